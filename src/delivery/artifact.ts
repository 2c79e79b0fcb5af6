import { constants } from 'node:fs';
import { lstat, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { HumanError } from '../core/errors';
import { type Client, LeftOut, nextByLink } from './client';
import { marked, markedFolder } from './comment';
import { asList, commentOnGithub, eventOf, githubClient, LONGEST_COMMENT, repositoryUrl } from './github';
import { inertComment } from './inertComment';
import { type Job, type Place, variable } from './job';
import {
  accessibilityFile,
  accessibilityReport,
  codeQualityFile,
  codeQualityReport,
  summaryJson,
  writeFresh,
} from './reports';
import type { Verdict } from './verdict';

const commentFile = 'comment.md';

/**
 * Writes a verdict as the files that another job can deliver: the comment, a summary for scripts, and GitLab's reports.
 * @returns their paths
 * @throws HumanError `artifact-not-written`
 */
export async function writeArtifact(verdict: Verdict, folder: string): Promise<string[]> {
  const files = {
    [commentFile]: `${marked(verdict.comment)}\n`,
    'summary.json': summaryJson(verdict),
    [codeQualityFile]: codeQualityReport(verdict.annotations),
    ...(verdict.accessibility && { [accessibilityFile]: accessibilityReport(verdict.accessibility) }),
  };
  try {
    await mkdir(folder, { recursive: true });
    const written: string[] = [];
    for (const [name, text] of Object.entries(files)) written.push(await writeFresh(path.join(folder, name), text));
    return written;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const what = `The verdict could not be written into ${folder} (${code}).`;
    const next = 'Name a folder that can be written.';
    throw new HumanError('environment', 'artifact-not-written', { what, next }, { cause: error });
  }
}

/**
 * The comment of an artifact that anybody may have made: of a regular file, no longer than a comment may be, and inert.
 * No other file is read.
 */
async function readComment(folder: string, repository: string): Promise<string> {
  const file = path.join(folder, commentFile);
  const missing = new LeftOut(
    `${commentFile} is not in the artifact as a regular file. ` +
      'Its first workflow writes it with "ux-audit ci --artifact".',
  );
  const entry = await lstat(file).catch(() => undefined);
  if (!entry?.isFile()) throw missing;
  // what changed since is refused too; without NONBLOCK, opening a pipe waits for a writer
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch(() => {
    throw missing;
  });
  try {
    if (!(await handle.stat()).isFile()) throw missing;
    const buffer = Buffer.alloc(LONGEST_COMMENT * 4); // UTF-8 has at most 4 bytes for a character
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    // a character that the end cuts in two is left out
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
    const folder = markedFolder(text);
    const body = folder === undefined ? text : text.slice(text.indexOf('\n') + 1 || text.length);
    return marked(inertComment(body, { repository }), folder);
  } finally {
    await handle.close();
  }
}

const runEvent = z.object({
  workflow_run: z.object({
    event: z.string(),
    head_sha: z.string().check(z.regex(/^[0-9a-f]{40,64}$/)),
    head_branch: z.nullish(z.string()),
    head_repository: z.nullish(z.object({ owner: z.object({ login: z.string() }) })),
    html_url: z.optional(z.string()),
  }),
});

/** Delivers the artifact of a workflow that may only read, from one that may write and runs nothing of the branch. */
export function artifactPlaces(folder: string, job: Job): Place[] {
  return [
    {
      place: 'comment on GitHub',
      deliver: async () => {
        const event = runEvent.safeParse(await eventOf(job.env));
        if (!event.success || event.data.workflow_run.event !== 'pull_request')
          throw new LeftOut(
            'This workflow was not started by the end of one for a pull request. ' +
              'Start it as media/ci/github-forks-comment.yml of ux-audit does.',
          );
        const run = event.data.workflow_run;
        const number = await pullRequestOf(run, githubClient(job), variable(job.env, 'GITHUB_REPOSITORY'));
        const comment = await readComment(folder, repositoryUrl(job.env));
        return await commentOnGithub(comment, number, job, run.html_url);
      },
    },
  ];
}

const pullSchema = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha: z.string() }),
  base: z.object({ repo: z.object({ full_name: z.string() }) }),
});

/**
 * The open pull request that a run was about, as the API has it: the artifact may say anything. Of a fork's commit, the
 * API of commits may know none; then the pull requests of its branch are asked.
 */
async function pullRequestOf(
  { head_sha: sha, head_branch: branch, head_repository: from }: z.infer<typeof runEvent>['workflow_run'],
  client: Client,
  repository: string,
): Promise<number> {
  const matching = async (path: string) =>
    (await client.all(path, asList, nextByLink))
      .flatMap((data) => pullSchema.safeParse(data).data ?? [])
      .filter(({ state, head }) => state === 'open' && head.sha === sha)
      .filter(({ base }) => base.repo.full_name.toLowerCase() === repository.toLowerCase());
  let found = await matching(`repos/${repository}/commits/${sha}/pulls?per_page=100`);
  if (found.length === 0 && from && branch) {
    const head = encodeURIComponent(`${from.owner.login}:${branch}`);
    found = await matching(`repos/${repository}/pulls?state=open&head=${head}&per_page=100`);
  }
  const [pull, another] = found;
  if (!pull) throw new LeftOut('No open pull request has this commit as its newest; a newer run comments on it.');
  const numbers = found.map(({ number }) => number).join(' and ');
  if (another) throw new LeftOut(`Pull requests ${numbers} have this commit; close all but one.`);
  return pull.number;
}
