import http from 'node:http';
import * as z from 'zod/mini';
import { inertLine } from '../core/text/inertText';
import { type Answer, type Client, HostError, LeftOut, refused } from './client';
import { marked, withoutHtml } from './comment';
import { clientOf, type Job, type Place, tokenOf, variable, withAdvice } from './job';
import { distinct, worstFirst } from './reports';
import { type Comment, type Provider, writeComment } from './upsert';
import type { Annotation, Delivered, Verdict } from './verdict';

/** Characters of a comment at most, as its API answers to a longer one. */
const LONGEST_COMMENT = 32_000;
/** Limits of a report of Code Insights and of its annotations. */
const LONGEST_SUMMARY = 450;
const MOST_ANNOTATIONS = 1000;
const ANNOTATIONS_AT_ONCE = 100;
/**
 * Where Pipelines has a proxy that knows the job, and which API it leads to: over http, since the proxy adds who asks.
 */
const PROXY = 'http://localhost:29418';
const PROXIED_API = 'http://api.bitbucket.org/2.0';
const API = 'https://api.bitbucket.org/2.0';

export function bitbucketPlaces(verdict: Verdict, job: Job): Place[] {
  const { env } = job;
  const repository = () =>
    `repositories/${variable(env, 'BITBUCKET_WORKSPACE')}/${variable(env, 'BITBUCKET_REPO_SLUG')}`;
  const { BITBUCKET_WORKSPACE: owner, BITBUCKET_REPO_SLUG: slug, BITBUCKET_BUILD_NUMBER: build } = env;
  const pipeline =
    owner && slug && build ? `https://bitbucket.org/${owner}/${slug}/pipelines/results/${build}` : undefined;
  return [
    {
      place: 'Code Insights on Bitbucket',
      deliver: () => {
        const proxied = { ...job, fetch: fetchThrough(env.UX_AUDIT_BITBUCKET_PROXY ?? PROXY) };
        const client = clientOf(proxied, 'Bitbucket', PROXIED_API);
        const report = `${repository()}/commit/${variable(env, 'BITBUCKET_COMMIT')}/reports/ux-audit`;
        const advice = { 0: 'The proxy of Pipelines is at localhost:29418; inside a container of your own it is not.' };
        return withAdvice(advice, () => insights(verdict, client, report, pipeline));
      },
    },
    {
      place: 'comment on Bitbucket',
      deliver: async () => {
        const number = env.BITBUCKET_PR_ID;
        if (!number) throw new LeftOut('This pipeline is not of a pull request, so there is nothing to comment on.');
        const token = tokenOf(env, 'UX_AUDIT_BITBUCKET_TOKEN', 'BITBUCKET_TOKEN');
        const how =
          'For a comment, make a repository access token with the permission "Pull requests: write", and set ' +
          'it as the secured variable UX_AUDIT_BITBUCKET_TOKEN. Code Insights works without it.';
        if (!token) throw new LeftOut(how);
        const client = clientOf(job, 'Bitbucket', env.UX_AUDIT_BITBUCKET_API ?? API, token);
        const provider = bitbucketProvider(client, `${repository()}/pullrequests/${number}/comments`);
        return await withAdvice({ 401: how, 403: how }, () =>
          writeComment(provider, withoutHtml(marked(verdict.comment)), pipeline),
        );
      },
    },
  ];
}

const cut = (text: string, limit: number) => {
  const line = inertLine(text);
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
};

function severityOf({ level, severity }: Annotation): string {
  const known = ['LOW', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'][severity ?? -1];
  return known ?? { error: 'HIGH', warning: 'MEDIUM', notice: 'LOW' }[level];
}

/** Writes the report of a commit anew, since annotations of an earlier run would stay in it; without one, 404. */
async function insights(
  { annotations, failed, summaryTitle }: Verdict,
  client: Client,
  report: string,
  link: string | undefined,
): Promise<Omit<Delivered, 'place'>> {
  await client.ask('DELETE', report).catch((error: unknown) => {
    if (!(error instanceof HostError) || error.isUncertain) throw error;
  });
  await client.ask('PUT', report, {
    title: 'UX Audit',
    details: cut(summaryTitle, LONGEST_SUMMARY),
    report_type: 'TEST',
    reporter: 'ux-audit',
    result: failed ? 'FAILED' : 'PASSED',
    ...(link && { link }),
    data: [{ title: 'Problems shown', type: 'NUMBER', value: annotations.length }],
  });
  const shown = distinct(worstFirst(annotations)).slice(0, MOST_ANNOTATIONS);
  for (let from = 0; from < shown.length; from += ANNOTATIONS_AT_ONCE) {
    const bulk = shown.slice(from, from + ANNOTATIONS_AT_ONCE).map((annotation) => ({
      external_id: annotation.fingerprint,
      annotation_type: 'CODE_SMELL',
      title: cut(annotation.title, LONGEST_SUMMARY),
      summary: cut(annotation.message || annotation.title || annotation.rule, LONGEST_SUMMARY),
      severity: severityOf(annotation),
      path: annotation.file,
      line: Math.max(1, annotation.line),
    }));
    await client.ask('POST', `${report}/annotations`, bulk, true); // by external_id, so twice is once
  }
  const hidden = annotations.length - shown.length;
  return {
    outcome: 'written',
    ...(hidden > 0 && { why: `Not shown: ${hidden} more; Bitbucket takes ${shown.length}.` }),
  };
}

/** `fetch` through an HTTP proxy, which Node's own cannot be told for one request. Knows what {@link Client} uses. */
function fetchThrough(proxy: string): typeof fetch {
  const { hostname, port } = new URL(proxy);
  return (address, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(String(address));
      const request = http.request(
        {
          hostname,
          port,
          method,
          path: url.href,
          headers: {
            ...Object.fromEntries(new Headers(headers)),
            host: url.host,
            ...(typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }),
          },
          ...(signal && { signal }),
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            const { statusCode: status = 502, headersDistinct } = answer;
            const all = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
              values.map((value): [string, string] => [name, value]),
            );
            const text = [204, 205, 304].includes(status) ? null : Buffer.concat(parts);
            resolve(new Response(text, { status, headers: all }));
          });
        },
      );
      request.on('error', reject);
      request.end(typeof body === 'string' ? body : undefined);
    });
}

const pageSchema = z.object({ values: z.array(z.unknown()), next: z.optional(z.string()) });
const commentSchema = z.object({
  id: z.int(),
  content: z.object({ raw: z.string() }),
  deleted: z.optional(z.boolean()),
  user: z.nullish(z.object({ uuid: z.optional(z.string()), type: z.optional(z.string()) })),
  links: z.optional(z.object({ html: z.optional(z.object({ href: z.string() })) })),
});

function asComment(data: unknown): Comment {
  const { id, content, user, links } = commentSchema.parse(data);
  const isBot = user?.type === 'app_user' ? true : undefined; // an access token of a repository is one
  return { id: String(id), body: content.raw, url: links?.html?.href, author: user?.uuid, isBot };
}

function bitbucketProvider(client: Client, comments: string): Provider {
  const next = ({ data }: Answer) => pageSchema.parse(data).next;
  const body = (raw: string) => ({ content: { raw } });
  return {
    limit: LONGEST_COMMENT,
    list: async () => {
      const all = await client.all(`${comments}?pagelen=100`, (data) => pageSchema.parse(data).values, next);
      return all.filter((one) => !(one as { deleted?: unknown } | null)?.deleted).map(asComment);
    },
    me: () => client.ask('GET', 'user').then(({ data }) => z.object({ uuid: z.string() }).parse(data).uuid, refused),
    create: async (text) => asComment((await client.ask('POST', comments, body(text))).data),
    update: async (id, text) => asComment((await client.ask('PUT', `${comments}/${id}`, body(text))).data),
    remove: (id) => client.ask('DELETE', `${comments}/${id}`),
  };
}
