import { HumanError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import { pullRequestPage, repositoryPage } from '../core/review/pullRequestPage';
import { Git } from '../storage/git';
import { gitOutput } from '../storage/gitProgram';
import { planShare, type SharePlan, share } from './shareEvaluations';
import type { Workspace } from './workspace';

/** What sending evaluations for review would do. */
export interface ReviewPlan extends SharePlan {
  /** The branch that is begun for it; undefined: it goes onto the one that is checked out. */
  newBranch: string | undefined;
  /** Where the team's copy of the project lies; undefined where no such place is set up. */
  remote: { name: string; url: string; place: string } | undefined;
  /** The page on which the pull request is made; undefined where the host is not known. */
  page: string | undefined;
  /** Subjects of earlier commits that the team does not have, and that go along; newest first. */
  alongside: string[];
  /** Whether what is on the branch already has not been sent. */
  isUnsent: boolean;
}

/** What became of evaluations that were sent for review. */
export interface SentReview {
  /** The commit; undefined: nothing had changed since the last one. */
  commit: string | undefined;
  branch: string;
  /** The page of the plan; undefined where nothing was sent, too. */
  page: string | undefined;
  /** Why it could not be sent. What was committed stays. */
  failure: HumanError | undefined;
}

/** Sends a branch to a remote. */
export type Push = (remote: string, branch: string) => Promise<unknown>;

/**
 * Plans how evaluations are sent for review: on a branch of their own, unless one that is not the base is checked out.
 * @returns undefined without a repository
 * @throws HumanError as {@link planShare}
 */
export async function planReview(
  workspace: Workspace,
  record: AuditRecord,
  ids: readonly string[],
): Promise<ReviewPlan | undefined> {
  const plan = await planShare(workspace, record, ids);
  if (!plan) return undefined;
  const git = await Git.open(workspace.paths.root);
  const base = (await git.baseBranch())?.replace(/^origin\//, '');
  const isOwn = plan.branch !== undefined && base !== undefined && plan.branch !== base;
  const remote = await remoteOf(git, plan.branch);
  const known = isOwn && remote ? await git.line('rev-parse', '--verify', `${remote.name}/${plan.branch}`) : undefined;
  const sent = known ?? (remote && base && `${remote.name}/${base}`);
  const unsent = sent === undefined ? undefined : await git.line('log', '--format=%s', `${sent}..HEAD`);
  const alongside = (unsent ?? '').split('\n').filter(Boolean);
  // a person may have committed it on the base, and not sent that
  const unsentRecord = sent && (await git.line('log', '--format=%s', `${sent}..HEAD`, '--', workspace.paths.record));
  const newBranch = isOwn ? undefined : await freeBranch(git, plan.suggestedBranch);
  return {
    ...plan,
    newBranch,
    remote,
    page: remote && pullRequestPage(remote.url, newBranch ?? plan.branch ?? '', base),
    alongside,
    isUnsent: isOwn ? known === undefined || alongside.length > 0 : unsentRecord !== undefined,
  };
}

/** The remote of a branch: the one it follows, origin, or the only one. */
async function remoteOf(git: Git, branch: string | undefined): Promise<ReviewPlan['remote']> {
  const names = ((await git.line('remote')) ?? '').split('\n').filter(Boolean);
  const own = branch && (await git.line('config', `branch.${branch}.remote`));
  const name = [own, 'origin', names.length === 1 ? names[0] : undefined].find((one) => one && names.includes(one));
  const url = name && (await git.line('remote', 'get-url', '--push', name));
  if (!name || !url) return undefined;
  const page = repositoryPage(url);
  return { name, url, place: page ? `${page.host}/${page.path}` : url.replace(/^(\w+:\/\/)[^@/]*@/, '$1') };
}

/** A name for a branch that is not there yet. */
async function freeBranch(git: Git, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if ((await git.line('branch', '--list', '--all', name, `*/${name}`)) === undefined) return name;
  }
}

/**
 * Commits what belongs to evaluations, and sends it to the team's copy of the project. What cannot be sent stays
 * committed on this machine.
 * @throws HumanError `commit-failed`, and nothing was changed
 */
export async function sendForReview(workspace: Workspace, plan: ReviewPlan, push?: Push): Promise<SentReview> {
  const git = await Git.open(workspace.paths.root);
  const commit = plan.files.length > 0 ? await share(workspace, plan, plan.newBranch) : undefined;
  if (commit === undefined && plan.newBranch !== undefined) await git.run('switch', '--create', plan.newBranch);
  const branch = (await git.branch()) ?? '';
  const { remote, page } = plan;
  if (!remote) return { commit, branch, page: undefined, failure: noRemote() };
  try {
    await (push ?? ((name, what) => git.push(name, what)))(remote.name, branch);
  } catch (error) {
    return { commit, branch, page: undefined, failure: failureOf(error, remote.place) };
  }
  return { commit, branch, page, failure: undefined };
}

function noRemote(): HumanError {
  return new HumanError('environment', 'not-sent-nowhere', {
    what: 'It is not known where your team keeps this project.',
    next: 'Ask somebody who works on the code to set that up (git remote add origin …), then send it again.',
  });
}

/** Reasons why a push fails, as git and hosts say them, each with what to do. */
const reasons: { code: string; said: RegExp; what: (place: string) => string; next: string }[] = [
  {
    code: 'not-sent-offline',
    said: /could not resolve|unable to access(?!.*returned error: 40)|connection|timed out|network is|no route|proxy/is,
    what: (place) => `${place} could not be reached.`,
    next: 'Check the connection, and send it again.',
  },
  {
    code: 'not-sent-refused',
    said: /authentication|permission|could not read (username|password)|access denied|403|401|not found|publickey/i,
    what: (place) => `${place} does not let you send anything.`,
    next: 'Sign in there (Accounts, at the bottom left), or ask somebody who works on the code for the right to send.',
  },
  {
    code: 'not-sent-behind',
    said: /non-fast-forward|fetch first|\[rejected\]|stale info|tip of your current branch is behind/i,
    what: () => 'Somebody has sent something under the same name meanwhile.',
    next: 'Ask somebody who works on the code to bring the two together (git pull), then send it again.',
  },
  {
    code: 'not-sent-checked',
    said: /hook|protected branch|GH\d{3}|declined/i,
    what: () => 'A check of your team stopped it.',
    next: 'Show the details to somebody who works on the code.',
  },
];

function failureOf(error: unknown, place: string): HumanError {
  const said = [gitOutput(error), stderrOf(error)].join('\n').trim();
  const known = reasons.find((reason) => reason.said.test(said));
  return new HumanError(
    'environment',
    known?.code ?? 'not-sent',
    {
      what: known?.what(place) ?? `It could not be sent to ${place}.`,
      next: known?.next ?? 'Show the details to somebody who works on the code, and send it again.',
    },
    { cause: new Error(said, { cause: error }) },
  );
}

/** What git printed, as VS Code's own git keeps it in an error. */
function stderrOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
}
