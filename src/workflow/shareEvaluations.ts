import { existsSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../core/errors';
import { checklistIdOf, evaluationOf, usableEvaluations } from '../core/evaluation/evaluation';
import { hiddenFindings } from '../core/evaluation/visibility';
import { sameJson } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import { type AuditRecord, evaluationSchema, findingSchema } from '../core/record/record';
import { fewText } from '../core/text/firstFew';
import { slugOf } from '../core/text/slug';
import { Git } from '../storage/git';
import { checklistFile, listChecklists, picturesOf } from './checklists';
import type { Workspace } from './workspace';

/** What sharing evaluations would commit. */
export interface SharePlan {
  /** Files that would be committed, relative to the workspace. */
  files: string[];
  /** Files that the record names but git is told to ignore, relative to the workspace; they are not committed. */
  ignored: string[];
  /** What else of the record goes along: its changes since the last commit that are not of these evaluations. */
  others: string[];
  message: string;
  /** The branch that is checked out. */
  branch: string | undefined;
  /** A suggested name for a new branch. */
  suggestedBranch: string;
}

/**
 * Plans the commit of some evaluations. The record is one file and is committed whole, so everything that it names goes
 * along: its Markdown copy, git's files beside it, all attachments of its findings, and the checklists of all its
 * evaluations, as far as they are new or changed.
 * @returns undefined without a repository
 * @throws HumanError `record-ignored` or `record-unnoticed` when git does not look at the record; why git cannot be
 *   asked
 */
export async function planShare(
  workspace: Workspace,
  record: AuditRecord,
  ids: readonly string[],
): Promise<SharePlan | undefined> {
  const git = await Git.find(workspace.paths.root);
  if (!git) return undefined;
  const folder = path.dirname(workspace.paths.record);
  const evaluations = ids.map((id) => evaluationOf(record, id));
  const attachments = new Set(await workspace.attachments());
  const findings = Object.values(record.findings).filter((finding) => findingSchema.safeParse(finding).success);
  const wanted = [
    workspace.paths.record,
    workspace.record.markdownPath,
    path.join(folder, '.gitignore'),
    path.join(folder, '.gitattributes'),
    ...usableEvaluations(record).map((evaluation) => checklistFile(workspace, checklistIdOf(evaluation))),
    ...[...findings.flatMap(({ evidence = [] }) => evidence), ...(await examplesOf(workspace, record))]
      .filter((file) => attachments.has(file))
      .map((file) => path.join(folder, file)),
  ];
  const there = [...new Set(wanted)].filter((file) => existsSync(file)); // built-in checklists have no file
  const ignored = await git.ignoredFiles(there);
  await ensureNoticed(git, workspace.paths.record, ignored);
  const below = (file: string) => path.relative(workspace.paths.root, file).replaceAll('\\', '/');
  const [first] = evaluations;
  const targets = [...new Set(evaluations.map(({ target }) => target))];
  const named = fewText(targets, 3);
  const checklist = first ? checklistIdOf(first) : '';
  return {
    files: (await git.changedFiles(there)).map(below),
    ignored: ignored.map(below),
    others: await otherChanges(git, workspace, record, ids),
    message: `UX evaluation of ${named} with ${checklist} by ${first?.evaluator ?? ''}`,
    branch: await git.branch(),
    suggestedBranch: `ux/${[checklist, targets[0], first?.evaluator].map((part) => slugOf(part ?? '')).join('-')}`,
  };
}

async function ensureNoticed(git: Git, record: string, ignored: readonly string[]): Promise<void> {
  const name = await git.relative(record);
  if (ignored.includes(record)) {
    throw usageError(
      'record-ignored',
      `git ignores ${name}, so it cannot be committed.`,
      `Remove the rule that "git check-ignore -v ${name}" names, then share again.`,
    );
  }
  const hiding = await git.hiding(record);
  if (hiding === undefined) return;
  throw usageError(
    'record-unnoticed',
    `git does not notice changes of ${name} (${hiding === 'sparse' ? 'sparse checkout' : hiding}).`,
    hiding === 'sparse'
      ? `Bring it into the sparse checkout: git sparse-checkout add ${path.posix.dirname(name)}`
      : `Let git look at it: git update-index --no-${hiding} ${name}`,
  );
}

/** What changed in the record since the last commit, apart from some evaluations; each entry in words. */
async function otherChanges(
  git: Git,
  workspace: Workspace,
  record: AuditRecord,
  ids: readonly string[],
): Promise<string[]> {
  const head = await git.head();
  let before: AuditRecord;
  try {
    before = parseRecord((head && (await git.show(head, workspace.paths.record))) ?? '').record;
  } catch {
    return ['what else changed is not known: the committed record cannot be read'];
  }
  const own = new Set(ids.flatMap((id) => [id, ...linkedTo(before, id), ...linkedTo(record, id)]));
  const [mine] = ids.map((id) => evaluationOf(record, id));
  for (const id of ids) own.add(evaluationOf(record, id).target);
  const hidden = hiddenFindings(record, { handle: mine?.evaluator });
  const found: string[] = [];
  let unseen = 0;
  for (const [section, word] of [
    ['targets', 'target'],
    ['evaluations', 'evaluation'],
    ['findings', 'finding'],
  ] as const) {
    const [was, is] = [before[section], record[section]] as [Record<string, unknown>, Record<string, unknown>];
    for (const key of new Set([...Object.keys(is), ...Object.keys(was)])) {
      if (own.has(key) || sameJson(was[key], is[key])) continue;
      if (section === 'findings' && hidden.has(key)) unseen += 1;
      else found.push(`${word} ${key}: ${key in was ? (key in is ? 'changed' : 'removed') : 'new'}`);
    }
  }
  if (unseen > 0) found.push(`${unseen} ${unseen === 1 ? 'problem' : 'problems'} of other evaluators`);
  if (!sameJson(before.settings, record.settings)) found.push('the settings: changed');
  return found;
}

/** The problems that an evaluation names; none when the record does not have it, or it is not valid. */
function linkedTo({ evaluations }: AuditRecord, id: string): string[] {
  const parsed = evaluationSchema.safeParse(Object.hasOwn(evaluations, id) ? evaluations[id] : undefined);
  return Object.values(parsed.data?.answers ?? {}).flatMap(({ findings }) => findings ?? []);
}

/** Commits what {@link planShare} planned. @returns the commit @throws HumanError `commit-failed` */
export async function share(workspace: Workspace, plan: SharePlan, branch?: string): Promise<string> {
  const git = await Git.open(workspace.paths.root);
  const files = plan.files.map((file) => path.join(workspace.paths.root, file));
  return git.commit(files, plan.message, branch);
}

/** The pictures of examples in the checklists that evaluations use. */
async function examplesOf(workspace: Workspace, record: AuditRecord): Promise<string[]> {
  const used = new Set(usableEvaluations(record).map(checklistIdOf));
  const listed = await listChecklists(workspace);
  return listed.flatMap(({ id, checklist }) => (checklist && used.has(id) ? picturesOf(checklist) : []));
}
