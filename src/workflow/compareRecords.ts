import { HumanError } from '../core/errors';
import { parseRecord } from '../core/record/parseRecord';
import type { EvaluationFacts } from '../core/report/evaluationFacts';
import { diffRecords, type FindingDifference, newEvaluations } from '../core/report/recordDiff';
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
}

/**
 * Compares the record on disk with the one at which this branch left its base.
 * @param base a branch or commit; without it, the branch that pull requests go to
 * @throws HumanError `no-repository`, `base-unknown`, or of kind `record`
 */
export async function compareWithBase(workspace: Workspace, base?: string): Promise<RecordComparison> {
  const git = await Git.of(workspace.paths.root);
  if (!git) {
    throw new HumanError('usage', 'no-repository', {
      what: 'This folder is not in a git repository, so there is nothing to compare with.',
      next: 'Create one (git init) and commit the record.',
    });
  }
  const ref = base ?? (await git.baseBranch());
  if (ref === undefined) {
    throw new HumanError('usage', 'base-unknown', {
      what: 'git does not know which branch to compare with.',
      next: 'Name it, for example: ux-audit diff main',
    });
  }
  const commit = await git.mergeBase(ref);
  const before = parseRecord((await git.show(commit, workspace.paths.record)) ?? '', `${ref}: findings.json`);
  const after = await workspace.record.read();
  return { base: ref, commit, differences: diffRecords(before, after), evaluations: newEvaluations(before, after) };
}
