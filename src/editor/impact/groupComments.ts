import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { usageError } from '../../core/errors';
import { usableFinding } from '../../core/record/listFindings';
import type { ReportedProblem } from '../../core/record/reportedProblem';
import { severityWords } from '../../core/record/severity';
import { counted } from '../../core/text/counted';
import { shortened } from '../../core/text/shortened';
import { groupComments, importComments, type KnownComment, listComments } from '../../workflow/comments';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import { picked } from '../shared/plain';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { requireTrust } from '../shared/trust';

/** The longest text of a comment in a list. Characters. */
const SHOWN = 120;

/** Asks which comments belong to which problem, and groups them; first for a table of comments where there is none. */
export async function groupCommentsWithQuestions(models: RecordModels): Promise<void> {
  requireTrust(); // comments are kept from git, whose settings may name programs
  const model = await chooseModel(models);
  if (!model) return;
  const open = (await listComments(model.workspace)).filter(({ finding }) => finding === undefined);
  const toGroup = open.length > 0 && (await askWhatToDo(open.length));
  if (toGroup === undefined) return;
  const comments = toGroup ? open : await importWithQuestions(model);
  if (!comments || comments.length === 0) return;
  const chosen = await askComments(comments);
  if (!chosen || chosen.length === 0) return;
  const problem = await askProblem(model);
  if (!problem) return;
  await ensureSaved(model);
  const {
    id,
    added,
    comments: all,
  } = await groupComments(
    model.workspace,
    problem,
    chosen.map((one) => one.id),
  );
  const show = 'Show the Problem';
  const said = `${counted(added, 'comment')} grouped. The problem has ${all} now; their texts stay on this machine.`;
  if ((await vscode.window.showInformationMessage(said, show)) === show)
    await vscode.commands.executeCommand(commands.showFinding, { model, id });
}

/** @returns whether to group, false to import, undefined when the person gives up */
async function askWhatToDo(open: number): Promise<boolean | undefined> {
  const items = [
    { label: `Group ${counted(open, 'comment')}`, description: 'that no problem has yet', isGrouping: true },
    { label: 'Import Comments…', description: 'from a table, or a text file', isGrouping: false },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Group Comments' }))?.isGrouping;
}

/** Imports a file of comments. @returns the comments that no problem has */
async function importWithQuestions({ workspace }: RecordModel): Promise<KnownComment[] | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import What Customers Wrote',
      openLabel: 'Import',
      filters: { Comments: ['csv', 'tsv', 'txt'] },
      defaultUri: vscode.Uri.file(workspace.paths.root),
    })) ?? [];
  if (!file) return undefined;
  await importComments(workspace, await readFile(file.fsPath), path.basename(file.fsPath));
  return (await listComments(workspace)).filter(({ finding }) => finding === undefined);
}

async function askComments(comments: readonly KnownComment[]): Promise<KnownComment[] | undefined> {
  const items = comments.map((comment) => ({
    label: picked(shortened(comment.text, SHOWN)),
    description: picked([comment.date, comment.target, comment.segment].filter(Boolean).join(', ')),
    comment,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Group Comments: Which Say the Same',
    placeHolder: 'Type a word to find more of the kind',
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ comment }) => comment);
}

/** A problem that customers reported before, or a new one with its title, page and severity. */
async function askProblem(model: RecordModel): Promise<ReportedProblem | undefined> {
  const { record } = model.parsed;
  const reported = Object.keys(record.findings).flatMap((id) => {
    const finding = usableFinding(record, id);
    return finding?.kind === 'reported' ? [finding] : [];
  });
  const known = reported.map(({ title, target, comments = 0 }) => ({
    label: picked(title),
    description: picked(`${target}, ${counted(comments, 'comment')}`),
    problem: { title, target } as ReportedProblem | undefined,
  }));
  const isNew = { label: 'A New Problem…', description: 'in your own words', problem: undefined };
  const title = 'Group Comments: What Is Wrong';
  const chosen = known.length > 0 ? await vscode.window.showQuickPick([isNew, ...known], { title }) : isNew;
  return chosen && (chosen.problem ?? askNewProblem(model, title));
}

async function askNewProblem(model: RecordModel, title: string): Promise<ReportedProblem | undefined> {
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'In your own words: the title is committed, the comments are not.',
    placeHolder: 'The way to pay is hard to find',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Give a title.' : undefined),
  });
  if (name === undefined) return undefined;
  const targets = Object.entries(model.parsed.record.targets);
  if (targets.length === 0)
    throw usageError('target-unknown', 'The record has no page or journey yet.', 'Add one: UX Audit: Add Page…');
  const target = await vscode.window.showQuickPick(
    targets.map(([slug, { title: of = '' }]) => ({ label: slug, description: picked(of) })),
    { title: 'Group Comments: Page or Journey', ignoreFocusOut: true },
  );
  if (!target) return undefined;
  const severities = severityWords.map((word, severity) => ({ label: `${severity}`, description: word, severity }));
  const severity = await vscode.window.showQuickPick(
    [{ label: 'Not rated', description: '', severity: undefined }, ...severities.reverse()],
    { title: 'Group Comments: Severity', ignoreFocusOut: true },
  );
  return severity && { title: name, target: target.label, severity: severity.severity };
}
