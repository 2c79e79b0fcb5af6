import { HumanError, usageError } from '../core/errors';
import { type FieldQuestion, fieldAnswerSchema, fieldFigures } from '../core/outcomes/fieldData';
import type { Figure } from '../core/outcomes/figures';

const ENDPOINT = 'https://chromeuxreport.googleapis.com/v1/records:queryRecord';
/** Milliseconds. */
const GIVE_UP_AFTER = 30_000;

/** What the report knows of a deployed page or its origin. */
export interface FieldRequest extends FieldQuestion {
  url: string;
  /** The person's own key. */
  key: string;
  on: string;
  signal?: AbortSignal | undefined;
  /** For tests: a stand-in that answers as the API is documented to. */
  endpoint?: string | undefined;
}

/**
 * Asks the Chrome UX Report for the 75th percentiles of real visits. Sends the address and the key, nothing else.
 *
 * @returns undefined where the report has no data for exactly this (too few visits); it never falls back to the origin
 * @throws HumanError `field-key`, `field-limit`, `field-unreachable`, `field-answer`
 */
export async function fieldData({
  url,
  key,
  on,
  signal,
  endpoint,
  ...about
}: FieldRequest): Promise<Figure[] | undefined> {
  const { origin, hostname, pathname, protocol } = new URL(url);
  if (!/^https?:$/.test(protocol) || isLocal(hostname))
    throw usageError(
      'field-local',
      `${origin} is not a deployed site, so no visits of it were collected.`,
      'Choose a deployed address.',
    );
  const asked = about.scope === 'origin' ? { origin } : { url: `${origin}${pathname}` };
  const timeout = AbortSignal.timeout(GIVE_UP_AFTER);
  let response: Response;
  try {
    response = await fetch(`${endpoint ?? ENDPOINT}?key=${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...asked, formFactor: about.formFactor }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new HumanError(
      'environment',
      'field-unreachable',
      { what: 'The Chrome UX Report could not be reached.', next: 'Check the network and any proxy, then try again.' },
      { cause: error },
    );
  }
  if (response.status === 404) return undefined;
  if (response.status === 429)
    throw new HumanError('environment', 'field-limit', {
      what: 'The Chrome UX Report allows no more questions with this key now.',
      next: 'Wait a minute, then try again.',
    });
  if (response.status === 400 || response.status === 401 || response.status === 403)
    throw usageError(
      'field-key',
      `The Chrome UX Report refused the key (${response.status}).`,
      'Check the key, and that the Chrome UX Report API is enabled for it.',
    );
  const answer = fieldAnswerSchema.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !answer.success)
    throw new HumanError('environment', 'field-answer', {
      what: `The Chrome UX Report answered something unexpected (${response.status}).`,
      next: 'Try again later.',
    });
  return fieldFigures(answer.data, about, on);
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|0\.0\.0\.0$|\[::1\]$)/.test(hostname);
}
