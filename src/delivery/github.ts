import { appendFile, readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { inertLine } from '../core/text/inertText';
import { type Client, LeftOut, nextByLink, refused } from './client';
import { cutComment, marked } from './comment';
import { clientOf, type Job, type Place, tokenOf, variable, withAdvice } from './job';
import { worstFirst } from './reports';
import { type Comment, type Provider, writeComment } from './upsert';
import type { Annotation, Delivered, Verdict } from './verdict';

/** GitHub refuses a comment of more than 65,536 characters; the rest is for what it counts otherwise. */
export const LONGEST_COMMENT = 60_000;
/** Bytes of a step's summary; a longer one is not shown at all. */
const LARGEST_SUMMARY = 1024 * 1024;
/** Annotations of one level that GitHub shows of a step. */
const MOST_ANNOTATIONS = 10;

export const twoWorkflows =
  'A pull request of a fork gets a token that may only read: let a second workflow comment ' +
  '(media/ci/github-forks-comment.yml of ux-audit). Otherwise give the job the permission "pull-requests: write".';

export function githubPlaces(verdict: Verdict, job: Job): Place[] {
  return [
    { place: 'job summary', deliver: () => jobSummary(verdict, job) },
    { place: 'annotations', deliver: async () => annotate(verdict.annotations, job) },
    {
      place: 'comment on GitHub',
      deliver: async () => {
        const event = pullRequestEvent.safeParse(await eventOf(job.env));
        if (!event.success)
          throw new LeftOut('This job is not about a pull request, so there is nothing to comment on.');
        return await commentOnGithub(verdict.comment, event.data.pull_request.number, job, jobUrl(job.env));
      },
    },
  ];
}

const pullRequestEvent = z.object({ pull_request: z.object({ number: z.int() }) });

/** The event that started the workflow, from the file that the runner writes. */
export async function eventOf(env: NodeJS.ProcessEnv): Promise<unknown> {
  const file = variable(env, 'GITHUB_EVENT_PATH');
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new LeftOut('The file of GITHUB_EVENT_PATH could not be read, so the pull request is not known.');
  }
}

/** The address of the repository on the web, without a slash at its end. */
export const repositoryUrl = (env: NodeJS.ProcessEnv): string =>
  `${(env.GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, '')}/${variable(env, 'GITHUB_REPOSITORY')}`;

const jobUrl = (env: NodeJS.ProcessEnv) =>
  env.GITHUB_RUN_ID && env.GITHUB_REPOSITORY ? `${repositoryUrl(env)}/actions/runs/${env.GITHUB_RUN_ID}` : undefined;

async function jobSummary({ comment }: Verdict, { env }: Job): Promise<Omit<Delivered, 'place'>> {
  const file = variable(env, 'GITHUB_STEP_SUMMARY');
  const taken = await stat(file).then(
    ({ size }) => size,
    () => 0, // nothing is written yet
  );
  const room = LARGEST_SUMMARY - taken - 2;
  const bytes = (text: string) => Buffer.byteLength(text);
  const text = cutComment(marked(comment), room, undefined, bytes);
  if (bytes(text) > room) throw new LeftOut('The summary of this step is full. Run ux-audit in a step of its own.');
  await appendFile(file, `\n${text}\n`);
  return { outcome: 'written' };
}

/** Escapes the message of a workflow command, and the value of one of its properties. */
const message = (text: string) =>
  text.split(/\r?\n/).map(inertLine).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
const property = (text: string) => message(inertLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

function annotate(all: readonly Annotation[], { print }: Job): Omit<Delivered, 'place'> {
  if (all.length === 0) return { outcome: 'unchanged', why: 'There is nothing to mark.' };
  const hidden: string[] = [];
  for (const [level, of] of Map.groupBy(worstFirst(all), ({ level }) => level)) {
    for (const { file, line, title, message: text } of of.slice(0, MOST_ANNOTATIONS))
      print(`::${level} file=${property(file)},line=${Math.max(1, line)},title=${property(title)}::${message(text)}`);
    if (of.length > MOST_ANNOTATIONS) hidden.push(`${of.length - MOST_ANNOTATIONS} more of level ${level}`);
  }
  if (hidden.length === 0) return { outcome: 'written' };
  return {
    outcome: 'written',
    why: `Not shown: ${hidden.join(', ')}. GitHub shows ${MOST_ANNOTATIONS} of each a step.`,
  };
}

/** Asks the REST API for the repository of the job. */
export function githubClient(job: Job): Client {
  const token = tokenOf(job.env, 'UX_AUDIT_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN');
  if (!token)
    throw new LeftOut('There is no token. Give the step the variable GITHUB_TOKEN, with github.token as its value.');
  return clientOf(job, 'GitHub', job.env.GITHUB_API_URL ?? 'https://api.github.com', token);
}

/** Comments on a pull request of the job's repository. */
export function commentOnGithub(comment: string, number: number, job: Job, where: string | undefined) {
  const repository = variable(job.env, 'GITHUB_REPOSITORY');
  const provider = githubProvider(githubClient(job), repository, number);
  const advice = { 401: 'Renew the token.', 403: twoWorkflows, 404: 'The token may not see this repository.' };
  return withAdvice(advice, () => writeComment(provider, comment, where));
}

const commentSchema = z.object({
  id: z.int(),
  body: z.nullish(z.string()),
  html_url: z.optional(z.string()),
  user: z.nullish(z.object({ id: z.int(), type: z.optional(z.string()) })),
});

function asComment(data: unknown): Comment {
  const { id, body, html_url: url, user } = commentSchema.parse(data);
  return {
    id: String(id),
    body: body ?? '',
    url,
    author: user ? String(user.id) : undefined,
    isBot: user?.type === undefined ? undefined : user.type === 'Bot',
  };
}

/** The comments of one pull request; in GitHub's API they are those of an issue. */
function githubProvider(client: Client, repository: string, number: number): Provider {
  const comments = `repos/${repository}/issues/comments`;
  const below = `repos/${repository}/issues/${number}/comments`;
  return {
    limit: LONGEST_COMMENT,
    list: async () => (await client.all(`${below}?per_page=100`, asList, nextByLink)).map(asComment),
    me: () =>
      client.ask('GET', 'user').then(
        ({ data }) => String(z.object({ id: z.int() }).parse(data).id),
        refused, // the token of a job is no user's, and gets 403
      ),
    create: async (body) => asComment((await client.ask('POST', below, { body })).data),
    update: async (id, body) => asComment((await client.ask('PATCH', `${comments}/${id}`, { body })).data),
    remove: (id) => client.ask('DELETE', `${comments}/${id}`),
  };
}

/** An answer that is a list; anything else has no items. */
export const asList = (data: unknown): unknown[] => (Array.isArray(data) ? data : []);
