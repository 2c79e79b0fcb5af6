import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Checklist,
  checklistChanges,
  checklistIdPattern,
  MAX_CHECKLIST_BYTES,
  newChecklist,
  parseChecklist,
} from '../core/checklist/checklist';
import { HumanError, isHumanError, toHumanError } from '../core/errors';
import { byCodeUnit } from '../core/record/canonicalText';
import { slugOf } from '../core/text/slug';
import { decodeUtf8 } from '../core/text/utf8';
import { Git } from '../storage/git';
import { readRegular } from '../storage/readRegular';
import { writableFolder } from '../storage/writablePath';
import { writeError } from '../storage/writeError';
import type { Workspace } from './workspace';

/** A checklist, or the file of one that cannot be read. */
export interface ListedChecklist {
  id: string;
  /** Undefined when its file cannot be read. */
  checklist?: Checklist;
  /** Its file, relative to the workspace. A built-in checklist has none. */
  file?: string;
  error?: HumanError;
}

/** The path of a checklist's file, which need not exist. */
export function checklistFile(workspace: Workspace, id: string): string {
  return path.join(workspace.paths.checklists, `${id}.json`);
}

/** Whether the workspace has files of checklists of its own. */
export async function hasOwnChecklists({ paths }: Workspace): Promise<boolean> {
  return (await readdir(paths.checklists).catch(() => [] as string[])).some((name) => name.endsWith('.json'));
}

/** The built-in checklists, then the workspace's, each with the error of its file. */
export async function listChecklists(workspace: Workspace): Promise<ListedChecklist[]> {
  const { builtInChecklists } = await import('../core/checklist/builtInChecklists');
  const builtIn = builtInChecklists.map((checklist): ListedChecklist => ({ id: checklist.id, checklist }));
  const taken = new Set(builtIn.map(({ id }) => id));
  const names = await readdir(workspace.paths.checklists).catch(() => [] as string[]);
  const own = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort(byCodeUnit)
      .map((name) => readOwn(workspace, name.slice(0, -'.json'.length), taken)),
  );
  return [...builtIn, ...own];
}

async function readOwn(workspace: Workspace, id: string, taken: ReadonlySet<string>): Promise<ListedChecklist> {
  const full = checklistFile(workspace, id);
  const file = path.relative(workspace.paths.root, full).replaceAll('\\', '/');
  try {
    if (taken.has(id)) {
      throw new HumanError('record', 'checklist-taken', {
        what: `${file} has the name of a built-in checklist.`,
        next: 'Give the file and its id another name.',
      });
    }
    const text = decodeUtf8(await readRegular(full), file);
    return { id, file, checklist: parseChecklist(text, file, id) };
  } catch (error) {
    return { id, file, error: toHumanError(error) };
  }
}

/** The checklist of an id; undefined when there is none that can be read. */
export async function findChecklist(workspace: Workspace, id: string): Promise<ListedChecklist | undefined> {
  return (await listChecklists(workspace)).find((listed) => listed.id === id);
}

/**
 * The checklist of an id.
 * @throws HumanError when its file cannot be read, or `checklist-unknown`
 */
export async function checklistOf(workspace: Workspace, id: string): Promise<Checklist> {
  const listed = await findChecklist(workspace, id);
  if (listed?.checklist) return listed.checklist;
  throw (
    listed?.error ??
    new HumanError('usage', 'checklist-unknown', {
      what: `There is no checklist "${id}" here.`,
      next: `Bring back ux-audit/checklists/${id}.json, or choose another (ux-audit checklist list names them).`,
    })
  );
}

/** The checklist as it was committed last; undefined when it never was, or when that cannot be known. */
export async function committedChecklist(workspace: Workspace, id: string): Promise<Checklist | undefined> {
  const full = checklistFile(workspace, id);
  const git = await Git.of(path.dirname(full));
  const head = await git?.head();
  const text = head === undefined ? undefined : await git?.show(head, full);
  if (text === undefined || text.length > MAX_CHECKLIST_BYTES) return undefined;
  try {
    return parseChecklist(text, id);
  } catch {
    return undefined; // the committed version cannot be read
  }
}

/**
 * Changes of a checklist's file since the last commit that would break or confuse answers to it.
 * @returns an empty list without a repository, or when the file is new
 */
export async function checklistWarnings(workspace: Workspace, { id, checklist }: ListedChecklist): Promise<string[]> {
  const before = checklist && (await committedChecklist(workspace, id));
  return before && checklist ? checklistChanges(before, checklist) : [];
}

/** Makes an id of a title: `ACME house rules` becomes `acme-house-rules`. */
export function checklistIdOf(title: string): string {
  return slugOf(title).slice(0, 40).replace(/-+$/, '');
}

/**
 * The id of a new checklist.
 * @throws HumanError `checklist-name`, `checklist-exists`
 */
export async function newChecklistId(workspace: Workspace, title: string): Promise<string> {
  const id = checklistIdOf(title);
  if (!checklistIdPattern.test(id)) {
    throw new HumanError('usage', 'checklist-name', {
      what: `The title "${title}" cannot become the name of a file.`,
      next: 'Give a title with at least two letters or digits.',
    });
  }
  const known = await findChecklist(workspace, id);
  if (known) throw existsAlready(id, known.file);
  return id;
}

function existsAlready(id: string, file: string | undefined): HumanError {
  return new HumanError('usage', 'checklist-exists', {
    what: `There is a checklist "${id}" already${file ? ` (${file})` : ' among the built-in ones'}.`,
    next: 'Choose another title, or edit that one.',
  });
}

/**
 * Writes a first checklist for a person to edit.
 * @param textFor the text of the file; examples when left out
 * @returns the path of the file
 * @throws HumanError `checklist-name`, `checklist-exists`
 */
export async function createChecklist(
  workspace: Workspace,
  title: string,
  textFor: (id: string, title: string) => string = newChecklist,
): Promise<string> {
  const id = await newChecklistId(workspace, title);
  const file = checklistFile(workspace, id);
  try {
    await mkdir(await writableFolder(path.dirname(file), workspace.paths.root), { recursive: true });
    await writeFile(file, textFor(id, title.trim()), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw existsAlready(id, path.basename(file));
    throw isHumanError(error) ? error : writeError(error, file);
  }
  return file;
}

/** The paths of the pictures that show examples of a checklist. */
export function picturesOf({ items }: Pick<Checklist, 'items'>): string[] {
  return items.flatMap(({ goodPicture, badPicture }) => [goodPicture, badPicture]).filter((path) => path !== undefined);
}
