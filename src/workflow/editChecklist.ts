import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Checklist, otherQuestions, parseChecklist } from '../core/checklist/checklist';
import {
  type ChecklistEdit,
  type ChecklistUse,
  copiedChecklist,
  type Edited,
  edited,
  isInUse,
  mustStay,
  takenIds,
} from '../core/checklist/editChecklist';
import type { ColumnField, PastedTable } from '../core/checklist/pastedTable';
import { usageError } from '../core/errors';
import { answersTo } from '../core/evaluation/checklistUse';
import type { AuditRecord } from '../core/record/record';
import { decodeUtf8 } from '../core/text/utf8';
import { atomicWrite } from '../storage/atomicWrite';
import { withFileLock } from '../storage/fileLock';
import { readRegular } from '../storage/readRegular';
import { ensureGitFiles } from '../storage/workspacePaths';
import { writableFolder, writablePath } from '../storage/writablePath';
import { checklistFile, checklistOf, committedChecklist, createChecklist } from './checklists';
import type { Workspace } from './workspace';

/** A checklist of one's own that a person edits. */
export interface OwnChecklist {
  workspace: Workspace;
  id: string;
  record: AuditRecord;
  /** What was begun and has no file yet, since it has no item. */
  begun?: Checklist | undefined;
  /** As it was when the person began: where git may not be asked, all of this counts as others' too. */
  opened?: Checklist | undefined;
}

/** What a change made of a file. */
export interface WrittenEdit extends Edited {
  /** The file's text before; undefined when there was no file. */
  before: string | undefined;
  /** Its text now; undefined while there is no item to write. */
  after: string | undefined;
}

/** A checklist's file: its path relative to the workspace, its text, and what it says. */
interface ReadChecklist {
  shown: string;
  text: string | undefined;
  checklist: Checklist | undefined;
}

/**
 * Reads a checklist's file, if there is one.
 * @throws HumanError as {@link parseChecklist}
 */
export async function readChecklist({ workspace, id, begun }: OwnChecklist): Promise<ReadChecklist> {
  const file = checklistFile(workspace, id);
  const shown = path.relative(workspace.paths.root, file).replaceAll('\\', '/');
  let bytes: Buffer;
  try {
    bytes = await readRegular(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { shown, text: undefined, checklist: begun };
  }
  const text = decodeUtf8(bytes, shown);
  return { shown, text, checklist: parseChecklist(text, shown, id) };
}

/** What holds on to a checklist as it is. */
export async function checklistUse({ workspace, id, record, opened }: OwnChecklist): Promise<ChecklistUse> {
  const committed = workspace.asksGit ? await committedChecklist(workspace, id) : opened;
  return { committed, ...answersTo(record, id) };
}

/**
 * Makes a change in a checklist's file as it is now, and writes it whole.
 * @throws HumanError as {@link edited} and {@link parseChecklist}; `checklist-gone`; then nothing is written
 */
export async function editChecklist(own: OwnChecklist, edit: ChecklistEdit): Promise<WrittenEdit> {
  return withLock(own, async (file) => {
    const { shown, text: before, checklist } = await readChecklist(own);
    if (!checklist) throw gone(shown);
    const done = edited(checklist, edit, await checklistUse(own));
    if (before === undefined && done.checklist.items.length === 0) return { ...done, before, after: undefined };
    const after = textOf(done.checklist, before);
    parseChecklist(after, shown, own.id);
    if (after !== before) await atomicWrite(file, after);
    return { ...done, before, after };
  });
}

/**
 * Takes a change back, if the file is still as that change left it.
 * @throws HumanError `checklist-changed`, `checklist-used`
 */
export async function takeBack(
  own: OwnChecklist,
  { before, after }: Pick<WrittenEdit, 'before' | 'after'>,
): Promise<void> {
  await withLock(own, async (file) => {
    const { shown, text, checklist } = await readChecklist({ ...own, begun: undefined });
    if (text !== after) {
      const what = `${shown} was changed meanwhile, so nothing was taken back.`;
      throw usageError('checklist-changed', what, 'Change it again by hand.');
    }
    if (text === undefined || checklist === undefined) return;
    const then = before === undefined ? undefined : parseChecklist(before, shown, own.id);
    refuseUsed(checklist, then, await checklistUse(own));
    if (before === undefined) await rm(file);
    else await atomicWrite(file, before);
  });
}

function refuseUsed(now: Checklist, then: Checklist | undefined, use: ChecklistUse): void {
  const left = new Set(then?.items.map(({ id }) => id));
  const isAnswered = now.items.some(({ id }) => !left.has(id) && mustStay(id, use));
  const isOlder = now.version > (then?.version ?? 0) && isInUse(now.version, use);
  const asksOther = then !== undefined && isInUse(then.version, use) && otherQuestions(now, then);
  if (!isAnswered && !isOlder && !asksOther) return;
  throw usageError(
    'checklist-used',
    'It was evaluated with or committed meanwhile, so it cannot be taken back.',
    'Change it again by hand; answers are kept.',
  );
}

function gone(shown: string) {
  return usageError(
    'checklist-gone',
    `${shown} is no longer there, so nothing was written.`,
    'Bring the file back, or begin a new checklist. What you typed stays here until you close the page.',
  );
}

/** The text of a checklist's file, indented and ended as before. */
function textOf(checklist: Checklist, before: string | undefined): string {
  const [, indent = '  '] = /^\{\r?\n([ \t]+)"/.exec(before ?? '') ?? [];
  const text = `${JSON.stringify(checklist, null, indent)}\n`;
  return before?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

async function withLock<T>({ workspace, id }: OwnChecklist, work: (file: string) => Promise<T>): Promise<T> {
  const { root, record } = workspace.paths;
  const file = await writablePath(checklistFile(workspace, id), root);
  await ensureGitFiles(await writableFolder(path.dirname(record), root));
  await mkdir(path.dirname(file), { recursive: true });
  return withFileLock(file, () => work(file));
}

/** Writes a checklist of one's own with the items of another. @throws HumanError as {@link createChecklist} */
export async function copyChecklist(workspace: Workspace, from: string, title: string): Promise<void> {
  const checklist = await checklistOf(workspace, from);
  await createChecklist(workspace, title, (id, given) => textOf(copiedChecklist(checklist, id, given), undefined));
}

/**
 * Reads a pasted table for a checklist.
 * @param columns what each column holds; guessed without it
 */
export async function pastedFor(
  own: OwnChecklist,
  { text, columns }: { text: string; columns: readonly ColumnField[] | null },
): Promise<PastedTable> {
  const { readPastedTable } = await import('../core/checklist/pastedTable');
  const { checklist } = await readChecklist(own);
  if (!checklist) return readPastedTable(text, { ids: new Set(), questions: [] }, columns);
  const questions = checklist.items.filter(({ retired }) => !retired).map(({ question }) => question);
  return readPastedTable(text, { ids: takenIds(checklist, await checklistUse(own)), questions }, columns);
}
