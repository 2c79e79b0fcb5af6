import { Client, HostError, LeftOut, type Patience } from './client';
import type { Delivered, DeliveryOptions } from './verdict';

/** The job that a verdict is delivered from. */
export interface Job extends DeliveryOptions {
  fetch: typeof fetch;
  patience: Patience;
}

/** One place that a verdict goes to. What it throws becomes the reason why it was left out. */
export interface Place {
  place: string;
  deliver: () => Promise<Omit<Delivered, 'place'>>;
}

/** The variables that may hold a token; their values are never shown. */
const tokens = [
  'UX_AUDIT_GITHUB_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'UX_AUDIT_GITLAB_TOKEN',
  'GITLAB_TOKEN',
  'CI_JOB_TOKEN',
  'UX_AUDIT_BITBUCKET_TOKEN',
  'BITBUCKET_TOKEN',
  'SYSTEM_ACCESSTOKEN',
] as const;
type TokenName = (typeof tokens)[number];

/** The tokens that are set. Azure passes a variable that does not exist on as `$(NAME)`. */
const valuesOf = (env: NodeJS.ProcessEnv, names: readonly TokenName[]): string[] =>
  names.map((name) => env[name]?.trim() ?? '').filter((token) => token && !token.startsWith('$('));

/** The first of these tokens that is set. */
export function tokenOf(env: NodeJS.ProcessEnv, ...names: TokenName[]): string | undefined {
  return valuesOf(env, names)[0];
}

/**
 * Takes the tokens that comments are written with out of an environment, so that no program that is started from here
 * on has them: what builds and serves a version is code that nobody has reviewed. The token of a GitLab job stays,
 * since builds fetch packages with it, and it cannot comment.
 *
 * @returns a copy that still has them
 */
export function takeTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const whole = { ...env };
  for (const name of tokens) if (name !== 'CI_JOB_TOKEN') delete env[name];
  return whole;
}

/** A text without the tokens of an environment, whoever put them there. */
export function withoutTokens(text: string, env: NodeJS.ProcessEnv): string {
  return valuesOf(env, tokens).reduce((rest, value) => rest.replaceAll(value, '***'), text);
}

/** A variable that the host sets for every job. */
export function variable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new LeftOut(`The variable ${name} is not set, which the host sets in its jobs. Pass it on.`);
  return value;
}

/** Asks the API of a host on behalf of a job. */
export function clientOf(job: Job, host: string, base: string, token?: string): Client {
  return new Client({ host, base, token, fetch: job.fetch, patience: job.patience, signal: job.signal });
}

/** Runs a delivery, and says of a status that the host answers what to do about it. */
export async function withAdvice<T>(advice: Partial<Record<number, string>>, deliver: () => Promise<T>): Promise<T> {
  try {
    return await deliver();
  } catch (error) {
    const next = error instanceof HostError ? advice[error.status] : undefined;
    if (next === undefined) throw error;
    throw new LeftOut(`${(error as HostError).message.replace(/\.$/, '')}. ${next}`);
  }
}
