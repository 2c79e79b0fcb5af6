/**
 * Text of at most so many characters, which ends with `…` where something is left out. No word is cut, except one that
 * is longer than that itself.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 2);
  const end = start.lastIndexOf(' ');
  return end > 0 ? `${start.slice(0, end)} …` : `${start.toWellFormed()}…`;
}
