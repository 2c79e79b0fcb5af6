/** Nielsen's severity scale in words, 0 to 4 (nngroup.com, "Severity Ratings for Usability Problems", 1995). */
export const severityWords = ['not a problem', 'cosmetic', 'minor', 'major', 'catastrophe'] as const;

/** `3 major`, `2.5 major`, or `not rated`. The nearest whole number gives the word. */
export function severityText(severity: number | undefined): string {
  if (severity === undefined) return 'not rated';
  return `${Number(severity.toFixed(1))} ${severityWords[Math.round(severity)] ?? ''}`.trim();
}
