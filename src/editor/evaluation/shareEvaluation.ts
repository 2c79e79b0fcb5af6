import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { roundsOf } from '../../core/evaluation/evaluation';
import { inertLine } from '../../core/text/inertText';
import { planShare, type SharePlan, share } from '../../workflow/shareEvaluations';
import { ensureSaved } from '../shared/ensureSaved';
import { requireTrust } from '../shared/trust';
import type { EvaluationChoice } from './evaluationSession';

/** Shows which files would be committed, then commits only those, on this branch or a new one. */
export async function shareEvaluation({ model, targets, checklist, me }: EvaluationChoice): Promise<void> {
  requireTrust();
  await ensureSaved(model);
  await model.load();
  const { record } = model.parsed;
  const ids = targets.flatMap((target) => roundsOf(record, { target, checklist, evaluator: me }).map(({ id }) => id));
  const plan = ids.length > 0 ? await planShare(model.workspace, record, ids) : undefined;
  if (!plan) {
    throw usageError(
      'not-shareable',
      ids.length > 0 ? 'This folder is not in a git repository.' : `There is no evaluation by ${me} to share.`,
      ids.length > 0 ? 'Send the file ux-audit/findings.json, or export the evaluation.' : 'Evaluate a page first.',
    );
  }
  if (plan.files.length === 0) {
    void vscode.window.showInformationMessage('Your evaluation is committed already and has not changed since.');
    return;
  }
  const here = `Commit on ${plan.branch ?? 'what is checked out'}`;
  const own = 'Commit on a New Branch…';
  const drafts = ids.filter((id) => record.evaluations[id]?.state.status !== 'submitted').length;
  const answer = await vscode.window.showInformationMessage(
    'Share your evaluation?',
    {
      modal: true,
      detail: [
        'These files, and nothing else, are committed:',
        ...plan.files.map((file) => `  ${inertLine(file)}`),
        ...alongside(plan),
        '',
        `Message: ${plan.message}`,
        ...(drafts > 0 ? ['', 'It is still a draft: submit it first if you are done.'] : []),
        '',
        'Nothing is sent anywhere; push the commit when you are ready.',
      ].join('\n'),
    },
    here,
    own,
  );
  if (answer === undefined) return;
  let branch: string | undefined;
  if (answer === own) {
    branch = await vscode.window.showInputBox({
      title: 'Name of the New Branch',
      value: plan.suggestedBranch,
      ignoreFocusOut: true,
      validateInput: (text) =>
        /^[A-Za-z0-9][\w./-]*$/.test(text) && !/\.\.|\/$|\.lock$/.test(text)
          ? undefined
          : 'Letters, digits, hyphens and slashes.',
    });
    if (!branch) return;
  }
  const commit = await share(model.workspace, plan, branch);
  const push = 'Push…';
  const next = await vscode.window.showInformationMessage(
    `Committed ${plan.files.length} ${plan.files.length === 1 ? 'file' : 'files'} as ` +
      `${commit.slice(0, 8)}${branch ? ` on ${branch}` : ''}.`,
    push,
  );
  if (next === push) await vscode.commands.executeCommand(branch ? 'git.publish' : 'git.push');
}

/** How many other changes of the record the question lists. */
const LISTED = 8;

/** What goes along with the evaluation, or stays behind. */
function alongside({ others, ignored }: SharePlan): string[] {
  const more = others.length - LISTED;
  return [
    ...(others.length > 0
      ? [
          '',
          'The record is committed whole. Apart from your evaluation, it has changed since the last commit:',
          ...others.slice(0, LISTED).map((change) => `  ${inertLine(change)}`),
          ...(more > 0 ? [`  and ${more} more`] : []),
        ]
      : []),
    ...(ignored.length > 0 ? ['', `Not committed, since git ignores them: ${ignored.map(inertLine).join(', ')}`] : []),
  ];
}
