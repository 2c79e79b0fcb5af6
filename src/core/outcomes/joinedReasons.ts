import type { AuditRecord } from '../record/record';
import { currentId } from '../record/reportedProblem';
import type { Figures } from './figures';
import { type Given, type JoinedReason, reasonsGiven } from './reasons';

/** The reasons of {@link reasonsGiven}, with what a person says of each. */
export function joinedReasons(
  figures: readonly Given[],
  said: Figures['reasons'],
  record: Pick<AuditRecord, 'findings'>,
): JoinedReason[] {
  const known = new Map(Object.entries(said ?? {}));
  return reasonsGiven(figures).map((one) => ({
    ...one,
    findings: (known.get(one.reason)?.findings ?? []).map((id) => currentId(record, id) ?? id),
  }));
}
