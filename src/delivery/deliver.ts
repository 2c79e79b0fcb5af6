import { isHumanError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { artifactPlaces } from './artifact';
import { azurePlaces } from './azure';
import { bitbucketPlaces } from './bitbucket';
import { HostError, LeftOut } from './client';
import { githubPlaces } from './github';
import { gitlabPlaces } from './gitlab';
import { type Job, type Place, withoutTokens } from './job';
import type { Delivered, DeliveryOptions, Verdict } from './verdict';

export { writeArtifact } from './artifact';
export { takeTokens } from './job';
export type { AccessibilityIssue, Annotation, Delivered, DeliveryOptions, Verdict } from './verdict';

/** Milliseconds that one delivery may wait in all because hosts ask to. */
const PATIENCE = 60_000;

const isGithub = ({ GITHUB_ACTIONS }: NodeJS.ProcessEnv) => GITHUB_ACTIONS === 'true';

/** The hosts, each with the variable that it sets in every job. */
const hosts: { is: (env: NodeJS.ProcessEnv) => boolean; places: (verdict: Verdict, job: Job) => Place[] }[] = [
  { is: isGithub, places: githubPlaces },
  { is: ({ GITLAB_CI }) => GITLAB_CI === 'true', places: gitlabPlaces },
  { is: ({ BITBUCKET_BUILD_NUMBER }) => Boolean(BITBUCKET_BUILD_NUMBER), places: bitbucketPlaces },
  { is: ({ TF_BUILD }) => TF_BUILD?.toLowerCase() === 'true', places: azurePlaces },
];

/**
 * Takes a verdict to where a review happens: what a host shows of a job, which needs no token, and a comment on the
 * pull request, which needs one. A run after this one updates that comment. Never throws: what could not be delivered
 * is left out, with a reason. Says nothing itself; {@link deliveredLine} does.
 */
export async function deliver(verdict: Verdict, options: DeliveryOptions): Promise<Delivered[]> {
  return await deliverTo(options, (job) => hosts.find(({ is }) => is(job.env))?.places(verdict, job));
}

/**
 * Comments what {@link writeArtifact} wrote in another workflow, which ran the code of a fork. The artifact is taken as
 * hostile, and only its text is used. GitHub alone needs this. Never throws, as {@link deliver}.
 */
export async function deliverArtifact(folder: string, options: DeliveryOptions): Promise<Delivered[]> {
  return await deliverTo(options, (job) => (isGithub(job.env) ? artifactPlaces(folder, job) : undefined));
}

async function deliverTo(options: DeliveryOptions, placesOf: (job: Job) => Place[] | undefined): Promise<Delivered[]> {
  const inert = (text: string) => withoutTokens(text, options.env);
  const job: Job = {
    ...options,
    fetch: options.fetch ?? fetch,
    print: (line) => options.print(inert(line)),
    patience: { left: PATIENCE },
  };
  const nowhere =
    'None of GitHub Actions, GitLab CI, Bitbucket Pipelines and Azure Pipelines runs this. Use --artifact.';
  const places = placesOf(job) ?? [{ place: 'pull request', deliver: () => Promise.reject(new LeftOut(nowhere)) }];
  const delivered: Delivered[] = [];
  for (const { place, deliver } of places) {
    const result: Omit<Delivered, 'place'> = options.signal?.aborted
      ? { outcome: 'left out', why: 'Cancelled.' }
      : await outcomeOf(deliver);
    const { outcome, why, url } = result;
    delivered.push({ place, outcome, ...(why && { why: inert(why) }), ...(url && { url: inert(url) }) });
  }
  return delivered;
}

async function outcomeOf(deliver: Place['deliver']): Promise<Omit<Delivered, 'place'>> {
  try {
    return await deliver();
  } catch (error) {
    return { outcome: 'left out', why: reasonOf(error) };
  }
}

/** Why a place was left out. Only messages of our own are told; those of others may hold what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof LeftOut || error instanceof HostError) return error.message;
  if (isHumanError(error)) return error.kind === 'cancelled' ? 'Cancelled.' : `${error.message} ${error.next}`;
  const { name, code } = error as { name?: string; code?: unknown };
  if (name?.includes('Zod')) return 'The host answered in a form that is not known. Check the address of its API.';
  return `It could not be written (${typeof code === 'string' ? code : (name ?? 'unknown')}).`;
}

/** What became of a verdict at one place, as one line for a terminal. */
export function deliveredLine({ place, outcome, why, url }: Delivered): string {
  return inertLine(`${place}: ${outcome}${url ? ` ${url}` : ''}${why ? `. ${why}` : ''}`);
}
