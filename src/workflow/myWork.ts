import { checklistIdOf, roundsOf, usableEvaluations } from '../core/evaluation/evaluation';
import { type Turn, type Work, workOf } from '../core/evaluation/work';
import { sameJson } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import type { AuditRecord, Evaluation } from '../core/record/record';
import { Git } from '../storage/git';
import { type ListedChecklist, listChecklists } from './checklists';
import { freshnessOf } from './evaluations';
import type { OpenRecord } from './pageStates/openRecord';

/** What waits for a person in one workspace, with the titles of the checklists. */
export interface MyWork extends Work {
  /** By id of the checklist. */
  titles: ReadonlyMap<string, string>;
  /** The person's newest evaluations that are submitted, and that the team does not have as they are now. */
  unsent: Pick<Turn, 'target' | 'checklist'>[];
}

/** What waits for a person. Asks git, where the workspace may, what changed since an evaluation, and what was sent. */
export async function myWork(
  { workspace, parsed }: Pick<OpenRecord, 'workspace' | 'parsed'>,
  me: string,
): Promise<MyWork> {
  const { record } = parsed;
  const listed = await listChecklists(workspace);
  const checklists = new Map(listed.flatMap(({ id, checklist }) => (checklist ? [[id, checklist] as const] : [])));
  const changed = new Map<string, string>();
  const mine = workspace.asksGit ? usableEvaluations(record).filter((one) => isNewest(record, one, me)) : [];
  for (const evaluation of mine) {
    const { state, why } = await freshnessOf(workspace, record, evaluation);
    if (state === 'stale') changed.set(evaluation.id, why);
  }
  const work = workOf(record, { me, checklists, changed });
  return { ...work, titles: titlesOf(listed), unsent: await unsentOf(workspace, record, mine) };
}

/** Those that are submitted, and are not the same where the team sees them. Without a repository, none. */
async function unsentOf(
  { paths }: OpenRecord['workspace'],
  record: AuditRecord,
  evaluations: readonly Evaluation[],
): Promise<MyWork['unsent']> {
  const submitted = evaluations.filter(({ state }) => state.status === 'submitted');
  const git = submitted.length > 0 ? await Git.of(paths.root) : undefined;
  const seen = git && (await teamSees(git));
  if (!git || seen === undefined) return [];
  const text = await git.show(seen, paths.record).catch(() => undefined);
  const sent = parsed(text ?? '');
  const isSent = (one: Evaluation) =>
    sent !== undefined && sameJson(sent.evaluations[one.id], one) && problemsIn(one).every((id) => isSame(id, sent));
  const isSame = (id: string, { findings }: AuditRecord) => sameJson(findings[id], record.findings[id]);
  return submitted.filter((one) => !isSent(one)).map((one) => ({ target: one.target, checklist: checklistIdOf(one) }));
}

/** A record; undefined where it is none. */
function parsed(text: string): AuditRecord | undefined {
  try {
    return parseRecord(text).record;
  } catch {
    return undefined;
  }
}

const problemsIn = ({ answers = {} }: Evaluation) => Object.values(answers).flatMap(({ findings = [] }) => findings);

/** The commit that shows what others have: of the branch that is followed, else of the base, else the last one. */
async function teamSees(git: Git): Promise<string | undefined> {
  const followed = await git.line('rev-parse', '--verify', '--quiet', '@{upstream}');
  return followed ?? (await git.baseBranch()) ?? git.head();
}

/** Whether this is the last that a person made of its target with its checklist. */
function isNewest(record: AuditRecord, evaluation: Evaluation, me: string): boolean {
  const { id, target, evaluator } = evaluation;
  return (
    evaluator === me && roundsOf(record, { target, checklist: checklistIdOf(evaluation), evaluator }).at(-1)?.id === id
  );
}

function titlesOf(listed: readonly ListedChecklist[]): ReadonlyMap<string, string> {
  return new Map(listed.map(({ id, checklist }) => [id, checklist?.title ?? id]));
}
