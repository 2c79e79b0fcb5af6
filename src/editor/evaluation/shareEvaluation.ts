import * as vscode from 'vscode';
import type { Checklist } from '../../core/checklist/checklist';
import { usageError } from '../../core/errors';
import { progressOf, roundsOf } from '../../core/evaluation/evaluation';
import { contentsText, type SentWork, teamMessage } from '../../core/evaluation/reviewTexts';
import type { AuditRecord } from '../../core/record/record';
import { titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { findChecklist } from '../../workflow/checklists';
import { today } from '../../workflow/localDate';
import { type Push, planReview, type ReviewPlan, type SentReview, sendForReview } from '../../workflow/sendForReview';
import { subjectsIn } from '../../workflow/webviewStates/evaluationPage';
import { ensureSaved } from '../shared/ensureSaved';
import { requireTrust } from '../shared/trust';
import type { EvaluationChoice } from './evaluationSession';
import { copyMessage, rememberSent } from './sentEvaluations';

const DETAILS = 'Details';
const opens = 'A page opens on which you ask for the review.';

/**
 * Sends evaluations for review: says what goes where, commits it on a branch, pushes that where a remote is set up, and
 * opens the page on which a pull request is made. Words of git stand in the details only.
 */
export async function shareEvaluation(
  { model, targets, checklist, me }: EvaluationChoice,
  kept: vscode.Memento,
): Promise<void> {
  requireTrust();
  await ensureSaved(model);
  await model.load();
  const { record } = model.parsed;
  const ids = targets.flatMap((target) => roundsOf(record, { target, checklist, evaluator: me }).map(({ id }) => id));
  const plan = ids.length > 0 ? await planReview(model.workspace, record, ids) : undefined;
  if (!plan) {
    throw usageError(
      'not-shareable',
      ids.length > 0
        ? 'This folder has no history that a team shares (no git repository).'
        : `There is no evaluation by ${me} to send.`,
      ids.length > 0 ? 'Export the evaluation, and send that file.' : 'Evaluate a page first.',
    );
  }
  if (plan.files.length === 0 && !plan.isUnsent) {
    await rememberSent(kept, record, ids, today());
    void vscode.window.showInformationMessage('Your evaluation was sent already, and has not changed since.');
    return;
  }
  const list = (await findChecklist(model.workspace, checklist))?.checklist;
  const work = workOf(record, ids, list?.title ?? checklist);
  const progress = work.isDraft ? answeredText(record, ids, list) : '';
  if (!(await confirmed(plan, record, ids, work, progress))) return;
  const location = vscode.ProgressLocation.Notification;
  const title = 'UX Audit: sending your evaluation for review…';
  const sent = await vscode.window.withProgress({ location, title }, async () =>
    sendForReview(model.workspace, plan, await pushOfEditor(model.folder.uri)),
  );
  const message = messageOf(plan, sent, work);
  if (!sent.failure) await rememberSent(kept, record, ids, today(), message);
  void tell(plan, sent, message).catch(() => {}); // what was sent is sent
}

/** Asks whether to send; the details are shown where they are asked for. */
async function confirmed(
  plan: ReviewPlan,
  record: AuditRecord,
  ids: readonly string[],
  work: SentWork,
  progress: string,
): Promise<boolean> {
  const send = plan.remote ? (work.isDraft ? 'Send Draft' : 'Send') : 'Keep on This Computer';
  const next = 'Submit it first if you are done: until then others see it as one.';
  const draft = `Your evaluation is still a draft${progress}. ${next}`;
  const what = whatIsSent(plan, record, ids, work);
  const detail = work.isDraft ? `${draft}\n\n${what}` : what;
  const stay = { title: work.isDraft ? 'Keep Evaluating' : 'Cancel', isCloseAffordance: true };
  for (let shown = detail; ; shown = `${detail}\n\n${details(plan)}`) {
    const buttons = shown === detail ? [send, DETAILS] : [send];
    const answer = await vscode.window.showInformationMessage(
      'Send your evaluation for review?',
      { modal: true, detail: shown },
      ...buttons.map((title): vscode.MessageItem => ({ title })),
      stay,
    );
    if (answer?.title !== DETAILS) return answer?.title === send;
  }
}

function workOf(record: AuditRecord, ids: readonly string[], checklist: string): SentWork {
  const evaluations = ids.flatMap((id) => record.evaluations[id] ?? []);
  return {
    titles: [...new Set(evaluations.map(({ target }) => target))].map((target) => titleOf(record.targets, target)),
    checklist,
    by: evaluations[0]?.evaluator ?? '',
    problems: problemsOf(record, ids).size,
    isDraft: evaluations.some(({ state }) => state.status !== 'submitted'),
  };
}

/** `: 1 of 10 items answered`; empty where the checklist cannot be read. */
function answeredText(record: AuditRecord, ids: readonly string[], checklist: Checklist | undefined): string {
  if (!checklist) return '';
  const all = ids
    .flatMap((id) => record.evaluations[id] ?? [])
    .map((one) => progressOf(one, checklist, subjectsIn(record, one.target, checklist)));
  const sum = (of: 'answered' | 'total') => all.reduce((before, progress) => before + progress[of], 0);
  return `: ${sum('answered')} of ${counted(sum('total'), 'item')} answered`;
}

function problemsOf(record: AuditRecord, ids: readonly string[]): Set<string> {
  const evaluations = ids.flatMap((id) => record.evaluations[id] ?? []);
  return new Set(
    evaluations.flatMap(({ answers = {} }) => Object.values(answers).flatMap(({ findings = [] }) => findings)),
  );
}

/** Whether pictures of the problems were committed before; the plan names those that are new. */
function isAddition(plan: ReviewPlan, record: AuditRecord, ids: readonly string[]): boolean {
  const pictures = [...problemsOf(record, ids)].flatMap((id) => record.findings[id]?.evidence ?? []);
  return pictures.some((picture) => ![...plan.files, ...plan.ignored].some((file) => file.endsWith(picture)));
}

function whatIsSent(plan: ReviewPlan, record: AuditRecord, ids: readonly string[], work: SentWork): string {
  const { titles, by, problems } = work;
  const contents = contentsText({
    problems,
    pictures: plan.files.filter((file) => /\.(png|jpe?g)$/.test(file)).length,
    isAddition: isAddition(plan, record, ids),
    hasChecklist: plan.files.some((file) => /checklists\/[^/]+\.json$/.test(file)),
  });
  const named = titles.length > 3 ? counted(titles.length, 'page') : titles.map(inertLine).join(', ');
  const what = `your evaluation of ${named} (${contents})`;
  // a place without pages is one of a machine, which the details name
  const known = plan.page === undefined ? 'the place where your team keeps this project' : plan.remote?.place;
  const where = plan.remote && known && inertLine(known);
  const lines = [
    where === undefined
      ? 'It is not known where your team keeps this project, so nothing is sent. What you did is kept here, ready to ' +
        'be sent by somebody who works on the code.'
      : `Your team gets ${what}, as a proposal at ${where}. ${plan.page === undefined ? '' : opens}`,
    '',
    `It is sent under your name (${inertLine(by)}). Nothing changes for ` +
      'others until somebody takes it over, and you can go on and send again.',
    ...alongside(plan),
  ];
  return lines.join('\n');
}

/** The same in git's words. */
function details({ files, newBranch, branch, message, remote, ignored }: ReviewPlan): string {
  return [
    newBranch === undefined ? `Branch: ${branch}` : `New branch: ${newBranch}`,
    `Commit: ${message}`,
    ...files.map((file) => `  ${inertLine(file)}`),
    ...(ignored.length > 0 ? [`Not committed, since git ignores them: ${ignored.map(inertLine).join(', ')}`] : []),
    remote ? `Push to ${remote.name}: ${inertLine(remote.place)}` : 'No remote is set up, so nothing is pushed.',
  ].join('\n');
}

/** What a person may tell their team. A place that is a folder of a machine says nothing to others. */
function messageOf({ remote }: ReviewPlan, { page, branch }: SentReview, work: SentWork): string {
  const place = /^([./~\\]|[a-z]:)/i.test(remote?.place ?? '') ? undefined : remote?.place;
  return teamMessage(work, { page, place, branch });
}

async function tell(
  { remote }: ReviewPlan,
  { commit, branch, page, failure }: SentReview,
  message: string,
): Promise<void> {
  const kept = commit === undefined ? `branch ${branch}` : `commit ${commit.slice(0, 8)} on branch ${branch}`;
  if (failure) {
    const why = (failure.cause as Error | undefined)?.message;
    const text = `Nothing is lost: your evaluation is kept on this computer. ${failure.message} ${failure.next}`;
    const answer = await vscode.window.showWarningMessage(text, DETAILS);
    const detail = [kept, ...(why === undefined ? [] : ['', why])].map(inertLine).join('\n');
    if (answer === DETAILS) await vscode.window.showInformationMessage('Details', { modal: true, detail });
    return;
  }
  if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
  const next =
    page === undefined
      ? `Tell your team that it is there as “${branch}”, and ask for a review.`
      : 'Ask for the review on the page that opens; your team sees what got better and worse there.';
  const open = 'Open That Page Again';
  const copy = 'Copy a Message for Your Team';
  const text = `Your evaluation was sent. ${next} What you do next stays on your copy until you send again.`;
  const buttons = [...(page === undefined ? [] : [open]), copy, DETAILS];
  const answer = await vscode.window.showInformationMessage(text, ...buttons);
  if (answer === open && page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
  if (answer === copy) await copyMessage(message);
  const detail = [`${kept}, pushed to ${remote?.name}`, ...(page === undefined ? [] : [page])]
    .map(inertLine)
    .join('\n');
  if (answer === DETAILS) await vscode.window.showInformationMessage('Details', { modal: true, detail });
}

/** The part of the API of VS Code's git extension that is used here. */
interface GitExtension {
  enabled: boolean;
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<GitRepository | null> };
}
interface GitRepository {
  push(remote: string, branch: string, setUpstream: boolean): Promise<void>;
}

/** VS Code's own git, which knows the accounts that a person is signed in with; undefined where it is switched off. */
async function pushOfEditor(folder: vscode.Uri): Promise<Push | undefined> {
  const extension = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
  const repository = extension?.enabled ? await extension.getAPI(1).openRepository(folder) : null;
  return repository ? (remote, branch) => repository.push(remote, branch, true) : undefined;
}

/** How many other changes of the record the question lists. */
const LISTED = 8;

/** What goes along with the evaluation. */
function alongside({ others, alongside: commits }: ReviewPlan): string[] {
  return [
    ...listed('The record is one file, so what else changed in it goes along:', others),
    ...listed('What was done here before and not sent yet goes along, too:', commits),
  ];
}

function listed(title: string, all: readonly string[]): string[] {
  const more = all.length - LISTED;
  if (all.length === 0) return [];
  return [
    '',
    title,
    ...all.slice(0, LISTED).map((change) => `  ${inertLine(change)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
