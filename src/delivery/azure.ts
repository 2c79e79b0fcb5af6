import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { inertLine } from '../core/text/inertText';
import { type Client, LeftOut, refused } from './client';
import { marked } from './comment';
import { clientOf, type Job, type Place, tokenOf, variable, withAdvice } from './job';
import { worstFirst, writeFresh } from './reports';
import { type Comment, type Provider, writeComment } from './upsert';
import type { Annotation, Delivered, Verdict } from './verdict';

/** Azure refuses a comment of more than 150,000 characters. */
const LONGEST_COMMENT = 149_000;
const VERSION = 'api-version=7.1';

const howToGetAToken =
  'Pass the token on to the step (SYSTEM_ACCESSTOKEN: $(System.AccessToken)), and allow the build service to ' +
  '"Contribute to pull requests" in the security of the repository.';

export function azurePlaces(verdict: Verdict, job: Job): Place[] {
  return [
    { place: 'issues of the job', deliver: async () => logIssues(verdict.annotations, job) },
    {
      place: 'job summary',
      deliver: async () => {
        const folder = job.env.AGENT_TEMPDIRECTORY ?? os.tmpdir();
        // its name is the heading above the text
        const file = await writeFresh(path.join(folder, 'UX Audit.md'), `${marked(verdict.comment)}\n`);
        job.print(`##vso[task.uploadsummary]${path.resolve(file)}`);
        return { outcome: 'written' };
      },
    },
    { place: 'thread on Azure DevOps', deliver: async () => await thread(verdict, job) },
  ];
}

/** Escapes the message of a logging command, and the value of one of its properties. */
const message = (text: string) => inertLine(text).replaceAll('%', '%AZP25');
const property = (text: string) => message(text).replaceAll(';', '%3B').replaceAll(']', '%5D');

function logIssues(all: readonly Annotation[], { print }: Job): Omit<Delivered, 'place'> {
  if (all.length === 0) return { outcome: 'unchanged', why: 'There is nothing to mark.' };
  for (const { file, line, level, title, message: text, rule } of worstFirst(all)) {
    const type = level === 'error' ? 'error' : 'warning'; // there is no third
    const where = `sourcepath=${property(file)};linenumber=${Math.max(1, line)};code=${property(rule)}`;
    print(`##vso[task.logissue type=${type};${where}]${message(text ? `${title}: ${text}` : title)}`);
  }
  return { outcome: 'written' };
}

async function thread({ comment }: Verdict, job: Job): Promise<Omit<Delivered, 'place'>> {
  const { env } = job;
  const number = env.SYSTEM_PULLREQUEST_PULLREQUESTID;
  if (!number) throw new LeftOut('This build is not of a pull request, so there is nothing to comment on.');
  if ((env.BUILD_REPOSITORY_PROVIDER ?? 'TfsGit') !== 'TfsGit')
    throw new LeftOut('The repository is not in Azure Repos. Run ux-audit where the pull request is.');
  const token = tokenOf(env, 'SYSTEM_ACCESSTOKEN');
  if (!token) throw new LeftOut(`There is no token. ${howToGetAToken}`);
  const collection = variable(env, 'SYSTEM_COLLECTIONURI').replace(/\/*$/, '/');
  const project = encodeURIComponent(variable(env, 'SYSTEM_TEAMPROJECT'));
  const client = clientOf(job, 'Azure DevOps', collection, token);
  const repository = encodeURIComponent(variable(env, 'BUILD_REPOSITORY_ID'));
  const threads = `${project}/_apis/git/repositories/${repository}/pullRequests/${number}/threads`;
  const build = env.BUILD_BUILDID && `${collection}${project}/_build/results?buildId=${env.BUILD_BUILDID}`;
  const advice = { 401: howToGetAToken, 403: howToGetAToken, 404: howToGetAToken };
  return await withAdvice(advice, () => writeComment(azureProvider(client, threads), comment, build));
}

const threadSchema = z.object({
  id: z.int(),
  isDeleted: z.optional(z.boolean()),
  comments: z.array(
    z.object({
      id: z.int(),
      content: z.optional(z.string()),
      isDeleted: z.optional(z.boolean()),
      author: z.optional(z.object({ id: z.string() })),
    }),
  ),
});

/** A comment of ours begins a thread, so it goes by the id of the thread; its own is 1, as of the first of each. */
function azureProvider(client: Client, threads: string): Provider {
  const first = (data: unknown): Comment[] => {
    const { id, isDeleted, comments } = threadSchema.parse(data);
    const [comment] = comments;
    if (isDeleted || !comment || comment.isDeleted) return [];
    return [{ id: String(id), body: comment.content ?? '', author: comment.author?.id }];
  };
  const one = (id: string) => `${threads}/${id}/comments/1?${VERSION}`;
  return {
    limit: LONGEST_COMMENT,
    // this list has no pages
    list: async () => {
      const { data } = await client.ask('GET', `${threads}?${VERSION}`);
      return z
        .object({ value: z.array(z.unknown()) })
        .parse(data)
        .value.flatMap(first);
    },
    me: () =>
      client
        .ask('GET', '_apis/connectionData')
        .then(
          ({ data }) => z.object({ authenticatedUser: z.object({ id: z.string() }) }).parse(data).authenticatedUser.id,
          refused,
        ),
    create: async (content) => {
      // closed: a policy may ask for every open thread to be resolved
      const body = { status: 'closed', comments: [{ parentCommentId: 0, commentType: 'text', content }] };
      const { id } = threadSchema.parse((await client.ask('POST', `${threads}?${VERSION}`, body)).data);
      return { id: String(id), body: content };
    },
    update: async (id, content) => {
      await client.ask('PATCH', one(id), { content });
      return { id, body: content };
    },
    remove: (id) => client.ask('DELETE', one(id)),
  };
}
