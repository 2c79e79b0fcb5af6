import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { progressOf, submitEvaluation } from '../../core/evaluation/evaluation';
import { UNTITLED } from '../../core/evaluation/problems';
import type { AuditRecord, Evaluation } from '../../core/record/record';
import { titleOf, titleOfAll } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { presentSources } from '../../workflow/evaluations';
import { today } from '../../workflow/localDate';
import { ownEvaluation, subjectsIn } from '../../workflow/webviewStates/evaluationPage';
import { plain } from '../shared/plain';
import { type EvaluationSession, settled } from './evaluationSession';

/** How many lines of each kind the question shows. */
const SHOWN = 8;

/**
 * Shows what is left open in the drafts, and submits them once the person agrees.
 * @returns whether they were submitted
 * @throws HumanError of kind `usage` when a problem has no title yet
 */
export async function submitEvaluations(
  session: EvaluationSession,
  { evaluations, unattached }: { evaluations: readonly string[]; unattached: number },
  update: (change: (record: AuditRecord) => AuditRecord) => Promise<void>,
): Promise<boolean> {
  const { model } = session;
  await settled(session);
  const { record } = model.parsed;
  const drafts = [...new Set(evaluations)]
    .map((id) => ownEvaluation(record, session, { evaluation: id }))
    .filter(({ state }) => state.status !== 'submitted');
  refuseUntitled(record, drafts);
  const targets = drafts.map(({ target }) => target);
  const { commit, uncommitted } = vscode.workspace.isTrusted
    ? await presentSources(model.workspace, record, targets)
    : { commit: undefined, uncommitted: new Set<string>() };
  const dirty = [...uncommitted].map(
    (target) =>
      `${inertLine(titleOf(record.targets, target))}: its files have changes that are not committed, so it cannot ` +
      'be told later whether it changed. Commit them first if that matters.',
  );
  const detail = [
    ...openItems(record, drafts, session).slice(0, SHOWN),
    ...dirty.slice(0, SHOWN),
    ...(unattached > 0 ? [marksText(unattached)] : []),
    'Your answers then stand, and you see what others found.',
  ].join('\n');
  const question = `Submit your evaluation of ${plain(titleOfAll(record.targets, targets))}?`;
  const submit = 'Submit';
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, submit)) !== submit) return false;
  const on = today();
  await update((before) =>
    drafts.reduce(
      (result, { id, target }) => submitEvaluation(result, id, { on, commit, uncommitted: uncommitted.has(target) }),
      before,
    ),
  );
  return true;
}

/** Says that marks would be lost. */
function marksText(problems: number): string {
  return (
    `${counted(problems, 'problem has marks', 'problems have marks')} whose picture is not attached: ` +
    'nobody else will see them. Cancel to attach it first.'
  );
}

function refuseUntitled(record: AuditRecord, drafts: readonly Evaluation[]): void {
  const linked = drafts.flatMap(({ answers = {} }) => Object.values(answers).flatMap(({ findings = [] }) => findings));
  const untitled = linked.find((id) => record.findings[id]?.title === UNTITLED);
  if (untitled === undefined) return;
  throw usageError(
    'problem-untitled',
    `A problem on ${record.findings[untitled]?.target} has no title yet.`,
    'Say in a few words what goes wrong, then submit.',
  );
}

/** What is left open, one sentence for each target. */
function openItems(record: AuditRecord, drafts: readonly Evaluation[], { checklistNow }: EvaluationSession): string[] {
  return drafts.flatMap((evaluation) => {
    const subjects = subjectsIn(record, evaluation.target, checklistNow);
    const { answered, total } = progressOf(evaluation, checklistNow, subjects);
    const left = total - answered;
    return left > 0
      ? [`${inertLine(titleOf(record.targets, evaluation.target))}: ${left} of ${total} items were not looked at.`]
      : [];
  });
}
