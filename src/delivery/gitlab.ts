import path from 'node:path';
import * as z from 'zod/mini';
import { type Client, LeftOut, nextByLink, refused } from './client';
import { asList } from './github';
import { clientOf, type Job, type Place, tokenOf, variable, withAdvice } from './job';
import { accessibilityFile, accessibilityReport, codeQualityFile, codeQualityReport, writeFresh } from './reports';
import { type Comment, type Provider, writeComment } from './upsert';
import type { Verdict } from './verdict';

/** Characters of a note at most (GitLab's documentation of its limits). */
const LONGEST_NOTE = 1_000_000;

const howToGetAToken =
  'The token of the job may not write notes: make a project access token with the scope "api" and the role ' +
  'Reporter, and set it as the masked variable UX_AUDIT_GITLAB_TOKEN. The reports of this job work without it.';

export function gitlabPlaces({ comment, annotations, accessibility }: Verdict, job: Job): Place[] {
  const { env } = job;
  // the artifacts of a job are named from here
  const folder = env.CI_PROJECT_DIR ?? job.cwd;
  const report = (place: string, name: string, text: () => string): Place => ({
    place: `${place} (${name})`,
    deliver: async () => {
      await writeFresh(path.join(folder, name), text());
      return { outcome: 'written' };
    },
  });
  return [
    report('code quality report', codeQualityFile, () => codeQualityReport(annotations)),
    ...(accessibility
      ? [report('accessibility report', accessibilityFile, () => accessibilityReport(accessibility))]
      : []),
    {
      place: 'note on GitLab',
      deliver: async () => {
        const number = env.CI_MERGE_REQUEST_IID;
        if (!number) throw new LeftOut('This pipeline is not of a merge request, so there is nothing to comment on.');
        const token = tokenOf(env, 'UX_AUDIT_GITLAB_TOKEN', 'GITLAB_TOKEN');
        if (!token) throw new LeftOut(howToGetAToken);
        const client = clientOf(job, 'GitLab', variable(env, 'CI_API_V4_URL'), token);
        // the pipeline of a fork runs in the fork
        const project = env.CI_MERGE_REQUEST_PROJECT_ID || variable(env, 'CI_PROJECT_ID');
        const page = `${env.CI_MERGE_REQUEST_PROJECT_URL ?? env.CI_PROJECT_URL ?? ''}/-/merge_requests/${number}`;
        const provider = gitlabProvider(
          client,
          `projects/${encodeURIComponent(project)}/merge_requests/${number}`,
          page,
        );
        const advice = { 401: howToGetAToken, 403: howToGetAToken, 404: 'The token may not see this merge request.' };
        return await withAdvice(advice, () => writeComment(provider, withoutActions(comment), env.CI_JOB_URL));
      },
    },
  ];
}

/** A line that begins with a slash is a command to GitLab, such as `/merge`, with the rights of the token. */
const withoutActions = (comment: string) => comment.replace(/^(\s*)\/(?=\w)/gm, '$1&#47;');

const noteSchema = z.object({
  id: z.int(),
  body: z.string(),
  system: z.optional(z.boolean()),
  author: z.nullish(z.object({ id: z.int() })),
});

function gitlabProvider(client: Client, below: string, page: string): Provider {
  const asComment = (data: unknown): Comment => {
    const { id, body, author } = noteSchema.parse(data);
    const url = page.startsWith('http') ? `${page}#note_${id}` : undefined;
    return { id: String(id), body, url, author: author ? String(author.id) : undefined };
  };
  const list = `${below}/notes?per_page=100&sort=asc&order_by=created_at`;
  return {
    limit: LONGEST_NOTE,
    list: async () => {
      const notes = await client.all(list, asList, (answer) => {
        const next = answer.headers.get('x-next-page');
        return next === null ? nextByLink(answer) : next ? `${list}&page=${Number(next)}` : undefined;
      });
      return notes.filter((note) => !(note as { system?: unknown } | null)?.system).map(asComment);
    },
    me: () => client.ask('GET', 'user').then(({ data }) => String(z.object({ id: z.int() }).parse(data).id), refused),
    create: async (body) => asComment((await client.ask('POST', `${below}/notes`, { body })).data),
    update: async (id, body) => asComment((await client.ask('PUT', `${below}/notes/${id}`, { body })).data),
    remove: (id) => client.ask('DELETE', `${below}/notes/${id}`),
  };
}
