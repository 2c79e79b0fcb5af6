import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const eventSchema = z.object({ pull_request: z.optional(z.object({ head: z.object({ sha: z.string() }) })) });

/** Where a host shows the files of a version. */
export interface CodeAddresses {
  /** The page of a file of the repository, at a line or as a whole. */
  page(file: string, line?: number): string;
  /** The bytes of a file. */
  raw(file: string): string;
}

/** The commit that a job checks, as people know it: not a merge that exists for the job alone. */
export async function commitOf(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env.GITHUB_ACTIONS === 'true') return (await pullRequestHead(env.GITHUB_EVENT_PATH)) || env.GITHUB_SHA;
  return (
    env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || // set where GitLab merges first
    env.CI_COMMIT_SHA ||
    env.BITBUCKET_COMMIT ||
    env.SYSTEM_PULLREQUEST_SOURCECOMMITID
  );
}

/** Where the host of a job shows the files of the version that it checks; undefined outside of a job. */
export async function codeAddresses(env: NodeJS.ProcessEnv): Promise<CodeAddresses | undefined> {
  const commit = await commitOf(env);
  if (!commit) return undefined;
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL, BITBUCKET_REPO_FULL_NAME: name } = env;
  if (env.GITHUB_ACTIONS === 'true' && GITHUB_SERVER_URL && GITHUB_REPOSITORY)
    return addresses(`${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`, 'blob', commit, '#L');
  if (CI_PROJECT_URL) return addresses(`${CI_PROJECT_URL}/-`, 'blob', commit, '#L');
  return name ? addresses(`https://bitbucket.org/${name}`, 'src', commit, '#lines-') : undefined;
}

function addresses(repository: string, pages: string, commit: string, anchor: string): CodeAddresses {
  const below = (kind: string, file: string) =>
    `${repository}/${kind}/${commit}/${file.split('/').map(encodeURIComponent).join('/')}`;
  return {
    page: (file, line) => `${below(pages, file)}${line === undefined ? '' : `${anchor}${line}`}`,
    raw: (file) => below('raw', file),
  };
}

async function pullRequestHead(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return eventSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data?.pull_request?.head.sha;
  } catch {
    return undefined;
  }
}

/** The branch that a job's pull request goes to, as git names it here; undefined outside of one. */
export function baseBranchOf(env: NodeJS.ProcessEnv): string | undefined {
  const branch =
    env.GITHUB_BASE_REF ||
    env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME ||
    env.BITBUCKET_PR_DESTINATION_BRANCH ||
    env.SYSTEM_PULLREQUEST_TARGETBRANCH?.replace(/^refs\/heads\//, '');
  return branch ? `origin/${branch}` : undefined;
}
