import { usageError } from '../core/errors';
import { parseRecord } from '../core/record/parseRecord';
import type { EvaluationFacts } from '../core/report/evaluationFacts';
import { problemAnchors } from '../core/report/findingsMarkdown';
import { diffRecords, type FindingDifference, newEvaluations } from '../core/report/recordDiff';
import type { ProblemLinks } from '../core/report/recordDiffText';
import { Git } from '../storage/git';
import type { Workspace } from './workspace';

/** What changed in the record since this branch left its base. */
export interface RecordComparison {
  /** The branch or commit compared with, and where this branch left it. */
  base: string;
  commit: string;
  differences: FindingDifference[];
  /** The evaluations submitted since. */
  evaluations: EvaluationFacts[];
  /** Where problems stand in the Markdown copy, by its path in the repository; left out when there is to be none. */
  links?: ProblemLinks;
  /** What a reader must know of the two records: that one of them is missing. */
  notes: string[];
}

/**
 * Compares the record on disk with the one at which this branch left its base.
 * @param base a branch or commit; without it, the branch that pull requests go to
 * @throws HumanError why git cannot be asked, as {@link Git.mergeBase}, or of kind `record`
 */
export async function compareWithBase(workspace: Workspace, base?: string): Promise<RecordComparison> {
  const git = await Git.open(workspace.paths.root);
  const ref = base ?? (await baseBranch(git, 'ux-audit diff'));
  const commit = await git.mergeBase(ref);
  const text = await git.show(commit, workspace.paths.record);
  const before = parseRecord(text ?? '', `${ref}: findings.json`);
  const after = await workspace.record.read();
  const name = await git.relative(workspace.paths.record);
  const where = `${ref} (${commit.slice(0, 10)}, where this branch left it)`;
  const notes = [
    ...(text === undefined ? [`${where} has no record at ${name}, so all that is recorded here is new.`] : []),
    ...((await workspace.record.exists())
      ? []
      : [`There is no record at ${name} here, so all that it held is removed.`]),
  ];
  if (notes.length === 2) notes.splice(0, 2, `Neither ${where} nor this folder has a record at ${name}.`);
  return {
    base: ref,
    commit,
    differences: diffRecords(before, after),
    evaluations: newEvaluations(before, after),
    ...(after.record.settings?.markdown !== false && {
      links: { file: await git.relative(workspace.record.markdownPath), anchors: problemAnchors(after) },
    }),
    notes,
  };
}

/**
 * The branch that pull requests go to.
 * @param command that a person would name it to
 * @throws HumanError `base-unknown`
 */
export async function baseBranch(git: Git, command: string): Promise<string> {
  const branch = await git.baseBranch();
  if (branch !== undefined) return branch;
  const fetch = await git.fetchOf('main');
  throw usageError(
    'base-unknown',
    'git does not know which branch to compare with.',
    `Name it, for example: ${command} main${fetch === undefined ? '' : `. If it is not here yet: ${fetch}`}`,
  );
}
