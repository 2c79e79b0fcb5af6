import { checklistIdOf, roundsOf, usableEvaluations } from '../core/evaluation/evaluation';
import { type Turn, type Work, workOf } from '../core/evaluation/work';
import { sameJson } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import type { AuditRecord, Evaluation } from '../core/record/record';
import { Git } from '../storage/git';
import { type ListedChecklist, listChecklists } from './checklists';
import { freshnessOf } from './evaluations';
import type { OpenRecord } from './webviewStates/openRecord';

/** What waits for a person in one workspace, with the titles of the checklists. */
export interface MyWork extends Work {
  /** By id of the checklist. */
  titles: ReadonlyMap<string, string>;
  /** The person's newest evaluations that are submitted, and that the team does not have as they are now. */
  unsent: Pick<Turn, 'target' | 'checklist'>[];
  /** Those that the team has. */
  sent: MyWork['unsent'];
  /** Those of which cannot be told whether the team has them, as without git. */
  unclear: MyWork['unsent'];
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
  const mine = usableEvaluations(record).filter((one) => isNewest(record, one, me));
  for (const evaluation of workspace.asksGit ? mine : []) {
    const { state, why } = await freshnessOf(workspace, record, evaluation);
    if (state === 'stale') changed.set(evaluation.id, why);
  }
  const work = workOf(record, { me, checklists, changed });
  return { ...work, titles: titlesOf(listed), ...(await sendingsOf(workspace, record, mine)) };
}

/** Those that are submitted: the same where the team sees them, or not, or nothing tells. */
async function sendingsOf(
  { paths, asksGit }: OpenRecord['workspace'],
  record: AuditRecord,
  evaluations: readonly Evaluation[],
): Promise<Pick<MyWork, 'unsent' | 'sent' | 'unclear'>> {
  const nameOf = (one: Evaluation) => ({ target: one.target, checklist: checklistIdOf(one) });
  const submitted = evaluations.filter(({ state }) => state.status === 'submitted');
  const none = { unsent: [], sent: [], unclear: submitted.map(nameOf) };
  const git = asksGit && submitted.length > 0 ? await Git.of(paths.root) : undefined;
  if (!git) return none;
  try {
    if ((await git.ignoredFiles([paths.record])).length > 0) return none;
    const seen: AuditRecord[] = [];
    for (const commit of await seenByTeam(git)) {
      const text = await git.show(commit, paths.record);
      if (text !== undefined) seen.push(parseRecord(text).record);
    }
    const isSent = (one: Evaluation) => seen.some((there) => isIn(there, record, one));
    return {
      unsent: submitted.filter((one) => !isSent(one)).map(nameOf),
      sent: submitted.filter(isSent).map(nameOf),
      unclear: [],
    };
  } catch {
    return none; // git cannot tell, or what it has is no record
  }
}

/** Whether a record has an evaluation, and the problems in it, as another has them. */
function isIn(there: AuditRecord, record: AuditRecord, evaluation: Evaluation): boolean {
  return (
    sameJson(there.evaluations[evaluation.id], evaluation) &&
    problemsIn(evaluation).every((id) => sameJson(there.findings[id], record.findings[id]))
  );
}

const problemsIn = ({ answers = {} }: Evaluation) => Object.values(answers).flatMap(({ findings = [] }) => findings);

/**
 * The commits that show what others have: of the branch that is followed, else of the base, else the last one; of the
 * branch that is pushed to; and where this one left it, since others may have gone on there.
 */
async function seenByTeam(git: Git): Promise<string[]> {
  const commitOf = (name: string) => git.line('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  const base = (await commitOf('@{upstream}')) ?? (await git.baseBranch()) ?? (await git.head());
  const left = base === undefined ? undefined : await git.line('merge-base', 'HEAD', base);
  const all = [base, await commitOf('@{push}'), left].filter((commit) => commit !== undefined);
  return [...new Set(all)];
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
