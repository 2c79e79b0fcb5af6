import type { Finding } from './record';

/** Nielsen's severity scale in words, 0 to 4 (nngroup.com, "Severity Ratings for Usability Problems", 1995). */
export const severityWords = ['not a problem', 'cosmetic', 'minor', 'major', 'catastrophe'] as const;

/** `major (3 of 4)`, `major (2.5 of 4)`, or `not rated`. The nearest whole number gives the word. */
export function severityText(severity: number | undefined): string {
  if (severity === undefined) return 'not rated';
  const value = String(Number(severity.toFixed(1)));
  const word = severityWords[Math.round(severity)];
  return word === undefined ? value : `${word} (${value} of 4)`;
}

/** The severity of a finding: the raters' consensus, else the one that was set, else the raters' mean, else unknown. */
export function severityOf(finding: Finding): number | undefined {
  if (finding.state.consensus) return finding.state.consensus.severity;
  if (finding.state.severity !== undefined) return finding.state.severity;
  const ratings = Object.values(finding.ratings ?? {});
  if (ratings.length === 0) return undefined;
  return ratings.reduce((sum, { severity }) => sum + severity, 0) / ratings.length;
}
