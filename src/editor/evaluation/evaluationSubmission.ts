import * as vscode from 'vscode';
import { HumanError } from '../../core/errors';
import { progressOf, submitEvaluation } from '../../core/evaluation/evaluation';
import { UNTITLED } from '../../core/evaluation/problems';
import type { AuditRecord } from '../../core/record/record';
import { presentSources } from '../../workflow/evaluations';
import { localDate } from '../../workflow/localDate';
import { columnsIn, type Session, settled } from './evaluationSession';
import { stepsOf } from './evaluationState';

/**
 * Submits the drafts of the chosen columns, once the person has seen what is left open in them.
 * @returns whether they were submitted
 * @throws HumanError of kind `usage` when a problem has no title yet
 */
export async function submitColumns(
  session: Session,
  columns: readonly number[],
  update: (change: (record: AuditRecord) => AuditRecord) => Promise<void>,
): Promise<boolean> {
  const { model } = session;
  await settled(session);
  const { record } = model.parsed;
  const all = columnsIn(session);
  const chosen = new Map(
    columns.flatMap((index) => (all[index] ? [[all[index].evaluation.id, all[index].evaluation]] : [])),
  );
  const drafts = [...chosen.values()].filter(({ state }) => state.status !== 'submitted');
  const linked = drafts.flatMap(({ answers }) => Object.values(answers ?? {}).flatMap(({ findings = [] }) => findings));
  const untitled = linked.find((id) => record.findings[id]?.title === UNTITLED);
  if (untitled) {
    throw new HumanError('usage', 'problem-untitled', {
      what: `A problem has no title yet (${record.findings[untitled]?.rule}).`,
      next: 'Say in a few words what goes wrong, then submit.',
    });
  }
  const counts = drafts.map((evaluation) => {
    const { answered, total } = progressOf(
      evaluation,
      session.checklistNow,
      stepsOf(record, evaluation.target, session.checklistNow),
    );
    return { target: evaluation.target, left: total - answered, total };
  });
  const open = counts
    .filter(({ left }) => left > 0)
    .map(({ target, left, total }) => `${target}: ${left} of ${total} items were not looked at.`);
  const targets = drafts.map(({ target }) => target);
  const { commit, uncommitted } = vscode.workspace.isTrusted
    ? await presentSources(model.workspace, record, targets)
    : { commit: undefined, uncommitted: new Set<string>() };
  const dirty = [...uncommitted].map(
    (target) =>
      `${target}: its files have changes that are not committed, so it cannot be told later whether it changed. Commit them first if that matters.`,
  );
  const submit = 'Submit';
  const answer = await vscode.window.showInformationMessage(
    `Submit your evaluation of ${counts.length === 1 ? counts[0]?.target : `${counts.length} targets`}?`,
    {
      modal: true,
      detail: [
        ...open.slice(0, 8),
        ...dirty.slice(0, 8),
        'Your answers then stand, and you see what others found.',
      ].join('\n'),
    },
    submit,
  );
  if (answer !== submit) return false;
  const on = localDate(new Date());
  await update((before) =>
    drafts.reduce(
      (result, { id, target }) => submitEvaluation(result, id, { on, commit, uncommitted: uncommitted.has(target) }),
      before,
    ),
  );
  return true;
}
