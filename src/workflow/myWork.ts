import { checklistIdOf, roundsOf, usableEvaluations } from '../core/evaluation/evaluation';
import { type Work, workOf } from '../core/evaluation/work';
import type { AuditRecord, Evaluation } from '../core/record/record';
import { type ListedChecklist, listChecklists } from './checklists';
import { freshnessOf } from './evaluations';
import type { OpenRecord } from './pageStates/openRecord';

/** What waits for a person in one workspace, with the titles of the checklists. */
export interface MyWork extends Work {
  /** By id of the checklist. */
  titles: ReadonlyMap<string, string>;
}

/** What waits for a person. Asks git, where the workspace may, whether pages changed since they were evaluated. */
export async function myWork(
  { workspace, parsed }: Pick<OpenRecord, 'workspace' | 'parsed'>,
  me: string,
): Promise<MyWork> {
  const { record } = parsed;
  const listed = await listChecklists(workspace);
  const checklists = new Map(listed.flatMap(({ id, checklist }) => (checklist ? [[id, checklist] as const] : [])));
  const changed = new Map<string, string>();
  if (workspace.asksGit) {
    for (const evaluation of usableEvaluations(record).filter((one) => isNewest(record, one, me))) {
      const { state, why } = await freshnessOf(workspace, record, evaluation);
      if (state === 'stale') changed.set(evaluation.id, why);
    }
  }
  return { ...workOf(record, { me, checklists, changed }), titles: titlesOf(listed) };
}

/** Whether this is the last that a person made of its target with its checklist. */
function isNewest(record: AuditRecord, evaluation: Evaluation, me: string): boolean {
  const { id, target, evaluator } = evaluation;
  return (
    evaluator === me && roundsOf(record, { target, checklist: checklistIdOf(evaluation), evaluator }).at(-1)?.id === id
  );
}

function titlesOf(listed: readonly ListedChecklist[]): ReadonlyMap<string, string> {
  return new Map(listed.map(({ id, checklist }) => [id, checklist?.title ?? id]));
}
