import { ratingsOf } from '../evaluation/jointView';
import { byCodeUnit } from '../record/canonicalText';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';

/** The decision in one sentence. */
export function stateSentence({ state }: Pick<Finding, 'state'>): string {
  const who = state.by ? ` by ${state.by}` : '';
  const until = state.until ? ` until ${state.until}` : '';
  const on = state.status === 'fixed' ? state.fixedOn : state.on;
  const when = on && !until ? ` on ${on}` : '';
  const reason = state.reason ? `: ${state.reason}` : '';
  const ceiling = state.upTo !== undefined ? ` (up to ${state.upTo} places)` : '';
  return `${state.status}${who}${until}${when}${ceiling}${reason}`;
}

/** `ana 4, bo 2; raters differ`; empty without ratings. Raters differ from a range of 2. */
export function ratersText(finding: Finding): string {
  const ratings = Object.entries(finding.ratings ?? {}).sort(([a], [b]) => byCodeUnit(a, b));
  const differ = ratingsOf(finding).ratersDiffer ? '; raters differ' : '';
  return `${ratings.map(([name, rating]) => `${name} ${rating.severity}`).join(', ')}${differ}`;
}

/** `Severity 3.0 (ana 4, bo 2; raters differ)`, or `Severity 3`, or nothing. */
export function severitySentence(finding: Finding): string | undefined {
  const severity = severityOf(finding);
  if (severity === undefined) return undefined;
  const raters = ratersText(finding);
  if (raters === '') return `Severity ${severity}`;
  const { consensus } = finding.state;
  const isDecided = consensus !== undefined || finding.state.severity !== undefined;
  const shown = `${isDecided ? severity : severity.toFixed(1)}${consensus ? ' agreed' : ''}`;
  return `Severity ${shown} (${raters})`;
}
