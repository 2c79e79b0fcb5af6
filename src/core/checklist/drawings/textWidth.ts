/** The widths of letters in Arial and the fonts made to its measure, as a part of their size. */
const widths: readonly (readonly [letters: string, width: number])[] = [
  ["'|ijl‘’", 0.222],
  [' .,:;!/\\[]ftI·', 0.278],
  ['()r-`“”', 0.34],
  ['*^"', 0.37],
  ['cksvxyzJ', 0.5],
  ['ABEKPSVXYÄ&', 0.667],
  ['CDHNRUÜw', 0.722],
  ['GOQÖ', 0.778],
  ['mM', 0.833],
  ['FTLZ', 0.611],
  ['W%…@', 1],
  ['+<>=×', 0.584],
];
const byLetter = new Map(widths.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));

/** Fonts differ a little, and a line that is too short looks better than one that is too long. */
const MARGIN = 1.04;
const BOLD = 1.07;
/** The width of each letter in a font for code. */
const CODE = 0.61;

/** How letters are set. */
export interface Measure {
  size: number;
  isBold?: boolean;
  /** Letters of one width. */
  isCode?: boolean;
}

/** About how wide a text is. */
export function textWidth(text: string, { size, isBold, isCode }: Measure): number {
  const width = [...text].reduce((sum, letter) => sum + (isCode ? CODE : (byLetter.get(letter) ?? 0.556)), 0);
  return width * size * MARGIN * (isBold ? BOLD : 1);
}

/** The lines of a text that has to fit into a width. A word that is too long for it stands by itself. */
export function wrapped(text: string, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, measure) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
