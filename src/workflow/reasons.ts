import { usageError } from '../core/errors';
import { listFigures, withReason } from '../core/outcomes/figures';
import { joinedReasons } from '../core/outcomes/joinedReasons';
import type { JoinedReason } from '../core/outcomes/reasons';
import { findingNamed } from '../core/record/listFindings';
import { currentId } from '../core/record/reportedProblem';
import { inertLine } from '../core/text/inertText';
import { today } from './localDate';
import type { Workspace } from './workspace';

/** Why customers left, each with the ids of the findings that a person says it is about. */
export async function listReasons({ outcomes, record }: Workspace): Promise<JoinedReason[]> {
  const [figures, parsed] = await Promise.all([outcomes.read(), record.read()]);
  return joinedReasons(listFigures(figures), figures.reasons, parsed.record);
}

/**
 * Says which findings a reason for leaving is about, instead of what was said before; none takes that away.
 * @returns the ids of the findings as they are now
 * @throws HumanError `reason-unknown`, `finding-unknown`, `finding-invalid`
 */
export async function setReason(workspace: Workspace, reason: string, ids: readonly string[]): Promise<string[]> {
  const [figures, { record }] = await Promise.all([workspace.outcomes.read(), workspace.record.read()]);
  const given = joinedReasons(listFigures(figures), figures.reasons, record);
  if (!Object.hasOwn(figures.reasons ?? {}, reason) && !given.some((one) => one.reason === reason)) {
    const known = given.map((one) => inertLine(one.reason)).join(', ') || 'none yet';
    throw usageError('reason-unknown', `No customer gave the reason "${inertLine(reason)}".`, `Reasons: ${known}.`);
  }
  const now = ids.map((id) => findingNamed(record, currentId(record, id) ?? id).id);
  await workspace.outcomes.update((before) => withReason(before, reason, now, today()));
  return now;
}
