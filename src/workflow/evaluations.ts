import path from 'node:path';
import { toHumanError } from '../core/errors';
import { roundsOf, startEvaluation } from '../core/evaluation/evaluation';
import type { AuditRecord, Evaluation } from '../core/record/record';
import { usableTargets } from '../core/record/targets';
import { Git } from '../storage/git';
import { checklistOf } from './checklists';
import type { Workspace } from './workspace';

export interface EvaluationSelection {
  targets: readonly string[];
  checklist: string;
  evaluator: string;
}

/** The targets that the evaluator has not begun to evaluate. */
export function targetsToBegin(record: AuditRecord, { targets, checklist, evaluator }: EvaluationSelection): string[] {
  return targets.filter((target) => roundsOf(record, { target, checklist, evaluator }).length === 0);
}

/**
 * Begins the evaluations that are missing. Reads the checklist only if one is, as it may be gone or broken.
 * @param on today, YYYY-MM-DD
 * @throws HumanError when the checklist cannot be read, or as `startEvaluation`
 */
export async function beginEvaluations(
  workspace: Workspace,
  selection: EvaluationSelection,
  on: string,
): Promise<void> {
  const checklist = await checklistOf(workspace, selection.checklist);
  const { evaluator } = selection;
  await workspace.record.update((record) =>
    targetsToBegin(record, selection).reduce(
      (result, target) => startEvaluation(result, { target, checklist, evaluator, on }).record,
      record,
    ),
  );
}

/** Whether a target changed since it was evaluated, and how that is known. */
export interface Freshness {
  state: 'current' | 'stale' | 'unknown';
  why: string;
}

const noRepository = 'this folder is not in a git repository.';

/** The files that make up a target, relative to the workspace: its `sources`, else the folder it is served from. */
function sourcesOf(record: AuditRecord, name: string): string[] {
  const targets = usableTargets(record.targets);
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  const folder = target?.serve && 'folder' in target.serve ? String(target.serve.folder) : undefined;
  return target?.sources ?? (folder !== undefined ? [folder] : []);
}

/** The record's own folder, which is never part of a target; relative to the workspace. */
function ownFolder({ paths }: Workspace): string {
  return path.relative(paths.root, path.dirname(paths.record)).replaceAll('\\', '/');
}

/**
 * Compares a target's files with those of the commit that was evaluated. Does not notice a page that changes without
 * its files, such as by its data or another service.
 */
export async function freshnessOf(
  workspace: Workspace,
  record: AuditRecord,
  evaluation: Evaluation,
): Promise<Freshness> {
  const { commit, on, status, uncommitted } = evaluation.state;
  const specs = sourcesOf(record, evaluation.target);
  const where = specs.join(', ');
  const unknown = (why: string): Freshness => ({
    state: 'unknown',
    why: `It is unknown whether the page changed since: ${why}`,
  });
  if (status !== 'submitted') return { state: 'current', why: 'It is being made.' };
  if (specs.length === 0) {
    return unknown('nobody has said which files it is made of (a developer does so in "sources" of the page).');
  }
  if (commit === undefined) return unknown('no commit was noted with it.');
  const { root } = workspace.paths;
  const git = await Git.open(root).catch((error: unknown) => toHumanError(error));
  if (git instanceof Error) return unknown(git.code === 'no-repository' ? noRepository : git.message);
  const found = await git.changedSince(commit, root, specs, ownFolder(workspace));
  if (!found) {
    const fetch = (await git.isShallow()) ? ', which is shallow. Fetch its history: git fetch --unshallow' : '.';
    return unknown(`commit ${commit} is not in this repository${fetch}`);
  }
  if (!found.isAnyKnown) {
    return unknown(`git knows no file of ${where}. They are ignored, or "sources" of the target names others.`);
  }
  if (uncommitted) return unknown(`files of ${where} had changes that were not committed when it was submitted.`);
  const { changed } = found;
  if (changed.length === 0) return { state: 'current', why: `No file of ${where} changed since commit ${commit}.` };
  const files = `${changed.length} ${changed.length === 1 ? 'file' : 'files'} of ${where}`;
  const some = `${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ', …' : ''}`;
  return { state: 'stale', why: `${files} changed since commit ${commit}${on ? ` (${on})` : ''}: ${some}.` };
}

/**
 * What a submission notes of the targets' versions.
 * @returns the short hash of the commit, undefined without a repository; and the targets whose files differ from it
 */
export async function presentSources(
  workspace: Workspace,
  record: AuditRecord,
  targets: readonly string[],
): Promise<{ commit: string | undefined; uncommitted: Set<string> }> {
  const { root } = workspace.paths;
  const git = await Git.of(root);
  const commit = (await git?.head())?.slice(0, 10);
  const uncommitted = new Set<string>();
  if (!git || commit === undefined) return { commit, uncommitted };
  for (const target of new Set(targets)) {
    const specs = sourcesOf(record, target);
    const found = specs.length > 0 ? await git.changedSince(commit, root, specs, ownFolder(workspace)) : undefined;
    if (found && found.changed.length > 0) uncommitted.add(target);
  }
  return { commit, uncommitted };
}
