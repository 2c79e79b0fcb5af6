import path from 'node:path';
import * as vscode from 'vscode';
import { HumanError, isHumanError } from '../../core/errors';
import type { SideNames } from '../../core/record/conflict';
import { type Merged, type MergeQuestion, resolveQuestions } from '../../core/record/mergeRecords';
import { parseRecord } from '../../core/record/parseRecord';
import type { AuditRecord } from '../../core/record/record';
import { summarySentence } from '../../core/report/recordDiff';
import { diffMarkdown } from '../../core/report/recordDiffText';
import { inertLine } from '../../core/text/inertText';
import { decodeUtf8 } from '../../core/text/utf8';
import { compareWithBase } from '../../workflow/compareRecords';
import { mendMarkdown, mergeConflict, mergeOther, type WrittenMerge, writeMerge } from '../../workflow/mergeFindings';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModels } from '../shared/recordModels';
import { requireTrust } from '../shared/trust';

/** Resolves a git conflict in the record: asks where the sides disagree, and writes the merged record. */
export async function mergeFindings(models: RecordModels): Promise<void> {
  requireTrust();
  const model = models.all.find(({ error }) => error?.code === 'record-conflict') ?? (await chooseModel(models));
  if (!model) return;
  await ensureSaved(model);
  const pending = await mergeConflict(model.workspace).catch((error: unknown) => {
    if (isHumanError(error) && error.code === 'not-conflicted') return error;
    throw error;
  });
  if (pending instanceof Error) {
    const mended = await mendMarkdown(model.workspace);
    if (!mended) throw pending;
    const copy = path.basename(model.workspace.record.markdownPath);
    tellWritten(`The record is not in conflict, and ${copy} is that of it now.`, mended);
    return;
  }
  const { merged, text, sides } = pending;
  const record = await answered(merged, sides);
  if (!record) return;
  const { questions, notes } = merged;
  const answer = await vscode.window.showInformationMessage(
    'Write the merged record?',
    {
      modal: true,
      detail: [
        `${questions.length} question${questions.length === 1 ? '' : 's'} answered.`,
        ...notes.slice(0, 5).map((note) => inertLine(note.text)),
        'findings.md is written anew. The conflicted text is kept beside the record (findings.json.orig).',
        'Stage both files afterwards to end the conflict.',
      ].join('\n'),
    },
    'Write',
  );
  if (answer !== 'Write') return;
  const written = await writeMerge(model.workspace, text, record);
  await model.load();
  tellWritten('The record is merged.', written);
}

function tellWritten(what: string, { toStage, warning }: WrittenMerge): void {
  const files = toStage.map(inertLine).join(' and ');
  const next = toStage.length > 0 ? ` Look at ${files}, then stage ${toStage.length > 1 ? 'them' : 'it'}.` : '';
  if (warning) void vscode.window.showWarningMessage(`${what} ${warning.message} ${warning.next}`);
  else void vscode.window.showInformationMessage(`${what}${next}`);
}

/** Merges the findings of another file into the record. */
export async function mergeOtherFile(models: RecordModels): Promise<void> {
  requireTrust();
  const model = await chooseModel(models);
  if (!model) return;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Merge Another Findings File',
      filters: { 'Findings file': ['json'] },
    })) ?? [];
  if (!file) return;
  await ensureSaved(model);
  const name = path.basename(file.path);
  const text = decodeUtf8(await vscode.workspace.fs.readFile(file), name);
  const theirs = parseRecord(text, name).record;
  const before = (await model.workspace.record.read()).record;
  const merged = mergeOther(before, theirs);
  const answers = await answersFor(merged, { ours: 'this record', theirs: name });
  if (!answers) return;
  const { written } = await model.workspace.record.update((record) => {
    const again = mergeOther(record, theirs);
    if (JSON.stringify(again.questions) !== JSON.stringify(merged.questions)) {
      const text = { what: 'The record has changed while you were answering.', next: 'Merge again.' };
      throw new HumanError('record', 'record-changed', text);
    }
    return resolveQuestions(again, answers);
  });
  await model.load();
  void vscode.window.showInformationMessage(
    written ? `Merged ${path.basename(file.path)}.` : `${path.basename(file.path)} holds nothing new.`,
  );
}

async function answered(merged: Merged, sides: SideNames): Promise<AuditRecord | undefined> {
  const answers = await answersFor(merged, sides);
  return answers && resolveQuestions(merged, answers);
}

function shown(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (typeof value !== 'object' || value === null) return inertLine(String(value));
  return Object.entries(value)
    .map(([key, field]) => `${key}: ${inertLine(typeof field === 'string' ? field : JSON.stringify(field))}`)
    .join(', ');
}

/** Asks the person each question in turn. @returns undefined when they cancel */
async function answersFor({ questions }: Merged, sides: SideNames): Promise<('ours' | 'theirs')[] | undefined> {
  const answers: ('ours' | 'theirs')[] = [];
  for (const [index, question] of questions.entries()) {
    const answer = await askOne(question, sides, `Merge Findings (${index + 1}/${questions.length})`);
    if (!answer) return undefined;
    answers.push(answer);
  }
  return answers;
}

async function askOne(
  { path: [, id], fact, ours, theirs }: MergeQuestion,
  names: SideNames,
  title: string,
): Promise<'ours' | 'theirs' | undefined> {
  const nameOf = (side: 'ours' | 'theirs') => (names[side] === side ? '' : inertLine(names[side]));
  const chosen = await vscode.window.showQuickPick(
    [
      { label: 'Ours', description: nameOf('ours'), detail: shown(ours), side: 'ours' as const },
      { label: 'Theirs', description: nameOf('theirs'), detail: shown(theirs), side: 'theirs' as const },
    ],
    { title, placeHolder: `${inertLine(id ?? '')}: which ${inertLine(fact)} holds?`, ignoreFocusOut: true },
  );
  return chosen?.side;
}

/** Copies what changed since the base branch, as Markdown for a pull request. */
export async function copySummary(models: RecordModels): Promise<void> {
  requireTrust();
  const model = await chooseModel(models);
  if (!model) return;
  const { base, differences, evaluations, notes, links } = await compareWithBase(model.workspace);
  await vscode.env.clipboard.writeText(diffMarkdown(differences, evaluations, notes, links));
  void vscode.window.showInformationMessage(
    [`Copied: ${summarySentence(differences)} since ${base}.`, ...notes].map(inertLine).join(' '),
  );
}
