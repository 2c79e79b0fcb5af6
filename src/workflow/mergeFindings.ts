import path from 'node:path';
import { HumanError, usageError } from '../core/errors';
import { type SideNames, splitConflict } from '../core/record/conflict';
import { type Merged, mergeRecords, sameJson } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../core/record/record';
import { type ConflictSides, Git } from '../storage/git';
import { isThere } from '../storage/recordFile';
import { sideNames } from '../storage/sideNames';
import type { Workspace } from './workspace';

/** A merge, with the questions that a person still has to answer. */
export interface PendingMerge {
  merged: Merged;
  /** The text of the file when it was read. */
  text: string;
  /** The branches, commits or files that the sides are. */
  sides: SideNames;
}

/** Parses a side's text; an empty record where that side has no file. @throws HumanError that names the side */
function recordOf(text: string | undefined, side: string): AuditRecord {
  return text === undefined ? emptyRecord() : parseRecord(text, side).record;
}

/** Merges three texts of a record. @throws HumanError of kind `record` when one of them cannot be read */
export function mergeTexts(base: string | undefined, ours: string | undefined, theirs: string | undefined): Merged {
  return mergeRecords(
    recordOf(base, 'the common version'),
    recordOf(ours, 'our version'),
    recordOf(theirs, 'their version'),
  );
}

/** A stand-in for a missing common version: what both sides have alike. */
function commonOf(ours: AuditRecord, theirs: AuditRecord): AuditRecord {
  const alike = <T>(a: Record<string, T>, b: Record<string, T>) =>
    Object.fromEntries(Object.entries(a).filter(([key, value]) => sameJson(value, b[key])));
  return {
    ...emptyRecord(),
    targets: alike(ours.targets, theirs.targets),
    evaluations: alike(ours.evaluations, theirs.evaluations),
    findings: alike(ours.findings, theirs.findings),
  };
}

/**
 * Merges a record in conflict, from git's three stages or from the markers in the file. Writes nothing: the caller
 * writes with {@link writeMerge} once the questions are answered.
 * @throws HumanError `not-conflicted`, `record-removed`, of kind `record` when a side cannot be read, or why git
 *   cannot be asked
 */
export async function mergeConflict(workspace: Workspace): Promise<PendingMerge> {
  const file = workspace.paths.record;
  const text = await workspace.record.text();
  const marked = splitConflict(text);
  const git = marked ? await Git.of(workspace.paths.root) : await Git.find(workspace.paths.root);
  const stages = await git?.sides(file);
  const sides = await namesOf(git, marked?.labels);
  if (stages) {
    ensureNoneRemoved(stages, sides, file);
    return { merged: mergeTexts(stages.base, stages.ours, stages.theirs), text, sides };
  }
  if (!marked) {
    throw new HumanError('usage', 'not-conflicted', {
      what: `${file} is not in conflict.`,
      next: 'To merge three files: ux-audit merge BASE OURS THEIRS -o OUT',
    });
  }
  const ours = recordOf(marked.ours, 'our version');
  const theirs = recordOf(marked.theirs, 'their version');
  const base = marked.base === undefined ? commonOf(ours, theirs) : recordOf(marked.base, 'the common version');
  return { merged: mergeRecords(base, ours, theirs), text, sides };
}

/** A side without the whole record is a choice of its own, not the deletion of each entry. */
function ensureNoneRemoved(stages: ConflictSides, names: SideNames, file: string): void {
  const isEmpty = (text: string | undefined) => !text?.trim();
  if (isEmpty(stages.base) || (!isEmpty(stages.ours) && !isEmpty(stages.theirs))) return;
  const [without, other] = isEmpty(stages.ours) ? [names.ours, names.theirs] : [names.theirs, names.ours];
  throw usageError(
    'record-removed',
    `The record was removed or emptied on one side (${without}) and changed on the other (${other}).`,
    `Choose one: git checkout ${isEmpty(stages.ours) ? '--theirs' : '--ours'} ${path.basename(file)} and git add it ` +
      'keeps it; git rm removes it.',
  );
}

/** Names the sides by git's present operation, else by the markers' labels; a temporary file's name says nothing. */
async function namesOf(git: Git | undefined, labels: SideNames | undefined): Promise<SideNames> {
  const named = await (git && sideNames(git));
  const label = (side: 'ours' | 'theirs') => (labels && !/^\.merge_file_/.test(labels[side]) && labels[side]) || side;
  return named ?? { ours: label('ours'), theirs: label('theirs') };
}

/** What was written at the end of a merge. */
export interface WrittenMerge {
  /** The files to stage, relative to the workspace. */
  toStage: string[];
  /** Why the Markdown copy was not written, though the record was. */
  warning?: HumanError;
}

/** Writes a merged record and its Markdown copy over those in conflict. @throws HumanError of kind `record` */
export async function writeMerge(workspace: Workspace, text: string, record: AuditRecord): Promise<WrittenMerge> {
  const warning = await workspace.record.replace(text, record);
  return { toStage: await toStage(workspace), ...(warning && { warning }) };
}

/**
 * Writes the Markdown copy anew from a record that is not in conflict, as after a merge by git's driver.
 * @returns undefined when it is that of the record already and not in conflict, or when the record is to have none
 */
export async function mendMarkdown(workspace: Workspace): Promise<WrittenMerge | undefined> {
  const { markdownPath } = workspace.record;
  if (!(await hasMarkdown(workspace))) return undefined;
  const isWritten = await workspace.record.refreshMarkdown();
  const git = await Git.of(workspace.paths.root);
  if (!isWritten && !(await git?.sides(markdownPath))) return undefined;
  return { toStage: await toStage(workspace) };
}

async function hasMarkdown({ record }: Workspace): Promise<boolean> {
  return (await record.read()).record.settings?.markdown !== false;
}

async function toStage(workspace: Workspace): Promise<string[]> {
  const git = await Git.of(workspace.paths.root);
  const { record } = workspace;
  const written = (await hasMarkdown(workspace)) ? [record.path, record.markdownPath] : [record.path];
  const all = [...written, record.attributesPath];
  const there = await Promise.all(all.map(isThere));
  const files = all.filter((_, index) => there[index]);
  const changed = (await git?.changedFiles(files).catch(() => undefined)) ?? files;
  return changed.map((file) => path.relative(workspace.paths.root, file).replaceAll('\\', '/'));
}

/** Merges another record into this one. Our side holds until the questions are answered. */
export function mergeOther(ours: AuditRecord, theirs: AuditRecord): Merged {
  return mergeRecords(commonOf(ours, theirs), ours, theirs);
}
