import type { FindingChange } from '../audit/applyAudit';
import { problemOf } from '../record/problems';
import type { Finding } from '../record/record';
import { counted } from '../text/counted';

/** What a reader looks at first comes first. */
const kinds: readonly FindingChange['change'][] = ['new', 'reopened', 'fixed', 'updated', 'renamed', 'removed'];

/**
 * How many findings changed in which way, such as `2 new, 1 fixed`.
 * @param findings the findings after that; with them, many findings of one problem are told as such:
 *   `60 new (1 problem on 60 pages)`
 */
export function changeCounts(changes: readonly FindingChange[], findings: Record<string, Finding> = {}): string[] {
  return kinds.flatMap((kind) => {
    const ids = changes.flatMap(({ id, change }) => (change === kind ? [id] : []));
    if (ids.length === 0) return [];
    const known = [...new Set(ids)].flatMap((id) => findings[id] ?? []);
    const problems = new Set(known.map(problemOf)).size;
    const pages = new Set(known.map(({ target }) => target)).size;
    const isTold = problems > 0 && problems < ids.length;
    const detail = ` (${counted(problems, 'problem')} on ${counted(pages, 'page')})`;
    return [`${ids.length} ${kind}${isTold ? detail : ''}`];
  });
}

/** The same as one text, or `no change`. */
export function changesText(changes: readonly FindingChange[], findings?: Record<string, Finding>): string {
  return changeCounts(changes, findings).join(', ') || 'no change';
}
