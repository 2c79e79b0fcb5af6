import { HumanError, usageError } from '../core/errors';
import { type FieldQuestion, fieldAnswerSchema, fieldFigures } from '../core/outcomes/fieldData';
import type { Figure } from '../core/outcomes/figures';
import { isLoopback } from '../core/record/targets';

const ENDPOINT = 'https://chromeuxreport.googleapis.com/v1/records:queryRecord';
/** Milliseconds. */
const GIVE_UP_AFTER = 30_000;

/** A query about a deployed page or its origin. */
export interface FieldRequest extends FieldQuestion {
  url: string;
  /** The person's own key. */
  key: string;
  on: string;
  signal?: AbortSignal | undefined;
  /** Replaces the network in tests. */
  endpoint?: string | undefined;
}

/**
 * Asks the Chrome UX Report for the 75th percentiles of real visits. Sends only the address and the key. Never answers
 * for a page with the numbers of its origin.
 * @throws HumanError `field-local`, `field-none` (too few visits), `field-key`, `field-limit`, `field-unreachable`,
 *   `field-answer`
 */
export async function fieldData({ url, key, on, signal, endpoint, ...about }: FieldRequest): Promise<Figure[]> {
  const { origin, hostname, pathname, protocol } = new URL(url);
  if (!/^https?:$/.test(protocol) || isLoopback(hostname) || hostname === '0.0.0.0')
    throw usageError(
      'field-local',
      `${origin} is not a deployed site, so no visits of it were collected.`,
      'Choose a deployed address.',
    );
  const asked = about.scope === 'origin' ? { origin } : { url: `${origin}${pathname}` };
  const timeout = AbortSignal.timeout(GIVE_UP_AFTER);
  const response = await fetch(`${endpoint ?? ENDPOINT}?key=${encodeURIComponent(key)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked, formFactor: about.formFactor }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw environmentError('field-unreachable', 'could not be reached', 'Check the network and any proxy.', error);
  });
  if (response.status === 404)
    throw new HumanError('page', 'field-none', {
      what: `The Chrome UX Report has no data for ${asked.origin ?? asked.url}: too few visits, or not public.`,
      next: asked.url
        ? 'Ask for its origin; that is another number and labelled so.'
        : 'Ask your own analytics instead, and import a table.',
    });
  if (response.status === 429)
    throw environmentError(
      'field-limit',
      'allows no more questions with this key now',
      'Wait a minute, then try again.',
    );
  if ([400, 401, 403].includes(response.status))
    throw usageError(
      'field-key',
      `The Chrome UX Report refused the key (${response.status}).`,
      'Check the key, and that the Chrome UX Report API is enabled for it.',
    );
  const answer = fieldAnswerSchema.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !answer.success)
    throw environmentError('field-answer', `answered something unexpected (${response.status})`, 'Try again later.');
  return fieldFigures(answer.data, about, on);
}

function environmentError(code: string, did: string, next: string, cause?: unknown): HumanError {
  return new HumanError('environment', code, { what: `The Chrome UX Report ${did}.`, next }, { cause });
}
