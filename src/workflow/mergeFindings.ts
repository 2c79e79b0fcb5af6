import { HumanError } from '../core/errors';
import { splitConflict } from '../core/record/conflict';
import { type Merged, mergeRecords, sameJson } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../core/record/record';
import { Git } from '../storage/git';
import type { Workspace } from './workspace';

/** A merge, with the questions that a person still has to answer. */
export interface PendingMerge {
  merged: Merged;
  /** The text of the file when it was read. */
  text: string;
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
 * writes with {@link Workspace.record}.replace once the questions are answered.
 * @throws HumanError `not-conflicted`, or of kind `record` when a side cannot be read
 */
export async function mergeConflict(workspace: Workspace): Promise<PendingMerge> {
  const file = workspace.paths.record;
  const text = await workspace.record.text();
  const git = await Git.of(workspace.paths.root);
  if (git && (await git.isConflicted(file))) {
    const { base, ours, theirs } = await git.sides(file);
    return { merged: mergeTexts(base, ours, theirs), text };
  }
  const sides = splitConflict(text);
  if (!sides) {
    throw new HumanError('usage', 'not-conflicted', {
      what: `${file} is not in conflict.`,
      next: 'To merge three files: ux-audit merge BASE OURS THEIRS -o OUT',
    });
  }
  const ours = recordOf(sides.ours, 'our version');
  const theirs = recordOf(sides.theirs, 'their version');
  const base = sides.base === undefined ? commonOf(ours, theirs) : recordOf(sides.base, 'the common version');
  return { merged: mergeRecords(base, ours, theirs), text };
}

/** Merges another record into this one. Our side holds until the questions are answered. */
export function mergeOther(ours: AuditRecord, theirs: AuditRecord): Merged {
  return mergeRecords(commonOf(ours, theirs), ours, theirs);
}
