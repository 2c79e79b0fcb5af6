import { setTimeout as delay } from 'node:timers/promises';
import { cancelled } from '../core/errors';
import { inertLine } from '../core/text/inertText';

/** Milliseconds for one answer. */
const GIVE_UP_AFTER = 30_000;
/** How often one request is made again because a host asks to wait. */
const MOST_PAUSES = 10;
/** How often a request that a host failed at (5xx) or that got no answer is made again. */
const MOST_FAILURES = 2;
/** Pages of one list; more of them would be a list without an end. */
const MOST_PAGES = 200;

/** A place is left out for a reason that is told: what happened, and what to do. */
export class LeftOut extends Error {}

/** A host refused a request, or did not answer. The message has no address and nothing that was sent. */
export class HostError extends Error {
  /**
   * @param status 0 when there was no answer
   * @param pause milliseconds until the host wants to be asked again, where it says so
   */
  constructor(
    readonly status: number,
    message: string,
    readonly pause?: number,
  ) {
    super(message);
  }

  /** Whether the host may have done all the same what it was asked. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/**
 * Whose token it is, where a host refuses to tell: undefined.
 * @throws the error of a host that did not answer, or asks to wait
 */
export function refused(error: unknown): undefined {
  if (error instanceof LeftOut || (error instanceof HostError && error.isUncertain)) throw error;
  return undefined;
}

/** How long deliveries may still wait because hosts ask to, in milliseconds. All places of a verdict share it. */
export interface Patience {
  left: number;
}

export interface ClientOptions {
  /** what people call the host, such as `GitHub` */
  host: string;
  /** the address that paths are added to */
  base: string;
  token?: string | undefined;
  fetch: typeof fetch;
  patience: Patience;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  /** the parsed body; undefined when it is not JSON */
  data: unknown;
  headers: Headers;
}

/** Asks the API of a host. Never follows an address of another origin, so that a token goes nowhere else. */
export class Client {
  constructor(private readonly options: ClientOptions) {}

  /**
   * @param target a path below the base, or an address of the same origin
   * @param repeatable whether it may be sent again when the host may have done it: a second POST makes a second comment
   * @throws HostError; {@link LeftOut} when the host asks to wait for too long; HumanError `cancelled`
   */
  async ask(method: string, target: string, body?: unknown, repeatable = method !== 'POST'): Promise<Answer> {
    const { host, patience, signal } = this.options;
    for (let failures = 0, pauses = 0; ; ) {
      try {
        const response = await this.send(method, target, body);
        const text = await response.text();
        const pause = pauseOf(response, Date.now());
        if (pause !== undefined) {
          pauses += 1;
          if (pause > patience.left || pauses > MOST_PAUSES)
            throw new LeftOut(
              `${host} asks to wait ${Math.ceil(pause / 1000)} s (rate limit), which is too long. ` +
                'Run the job again later.',
            );
          patience.left -= pause;
          await delay(pause, undefined, { signal });
          continue;
        }
        // Azure DevOps answers 203, with the page to sign in, to a token that it does not know
        const status = response.status === 203 ? 401 : response.status;
        if (!response.ok || status === 401)
          throw new HostError(status, `${host} answers ${status}${saidIn(text)}`, retryAfter(response, Date.now()));
        return { data: parsed(text), headers: response.headers };
      } catch (error) {
        if (signal?.aborted) throw cancelled();
        if (error instanceof LeftOut) throw error;
        // what fetch throws before it asks anybody has no cause
        if (error instanceof TypeError && error.cause === undefined)
          throw new LeftOut(`${host} was not asked: the token or an address has characters that cannot be sent.`);
        const failure = error instanceof HostError ? error : new HostError(0, `${host} did not answer${codeOf(error)}`);
        if (!failure.isUncertain || !repeatable || failures === MOST_FAILURES) throw failure;
        failures += 1;
        await delay(Math.min(failure.pause ?? 500 * failures, patience.left), undefined, { signal }).catch(() => {
          throw cancelled();
        });
      }
    }
  }

  /**
   * All items of a list that comes in pages.
   * @param next the address or path of the next page, from an answer; undefined for the last
   */
  async all(
    path: string,
    items: (data: unknown) => unknown[],
    next: (answer: Answer) => string | undefined,
  ): Promise<unknown[]> {
    const found: unknown[] = [];
    for (let page: string | undefined = path, pages = 0; page !== undefined && pages < MOST_PAGES; pages += 1) {
      const answer: Answer = await this.ask('GET', page);
      found.push(...items(answer.data));
      page = next(answer);
    }
    return found;
  }

  private send(method: string, target: string, body: unknown): Promise<Response> {
    const { base, host, token, signal } = this.options;
    const root = base.replace(/\/*$/, '/');
    const url = /^https?:\/\//.test(target) ? new URL(target) : new URL(root + target.replace(/^\/+/, ''));
    if (url.origin !== new URL(root).origin)
      throw new LeftOut(`${host} names an address of another host as the next page, which was not asked.`);
    const timeout = AbortSignal.timeout(GIVE_UP_AFTER);
    return this.options.fetch(url.href, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'ux-audit',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  }
}

/** The next page by the header `Link` (RFC 8288). */
export function nextByLink({ headers }: Answer): string | undefined {
  return /<([^<>]+)>[^,]*;\s*rel="?next\b/.exec(headers.get('link') ?? '')?.[1];
}

/**
 * How long a host asks to wait, in milliseconds; undefined when it does not. GitHub answers 403 to whom it limits, with
 * `retry-after`, or with `x-ratelimit-remaining: 0` and `x-ratelimit-reset` in seconds since 1970; without either, one
 * minute is right (GitHub's documentation of its rate limits).
 */
function pauseOf({ status, headers }: Response, now: number): number | undefined {
  const after = headers.get('retry-after');
  const isSpent = headers.get('x-ratelimit-remaining') === '0';
  if (status !== 429 && !(status === 403 && (after !== null || isSpent))) return undefined;
  const asked = retryAfter({ headers }, now);
  if (asked !== undefined) return asked;
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1000 - now) : 60_000;
}

/** The header `Retry-After` in milliseconds: it has seconds or a date (RFC 9110). */
function retryAfter({ headers }: Pick<Response, 'headers'>, now: number): number | undefined {
  const after = headers.get('retry-after');
  if (after === null) return undefined;
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  const time = Date.parse(after);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a host says of its refusal, as the end of a sentence. */
function saidIn(text: string): string {
  const data = parsed(text) as { message?: unknown; error?: unknown } | undefined;
  const nested = (data?.error as { message?: unknown } | undefined)?.message;
  const said = [data?.message, nested, data?.error].find((one) => typeof one === 'string');
  return typeof said === 'string' ? `: ${inertLine(said).slice(0, 200)}` : '';
}

/** The code of the system. The message of the error is left out: it may hold a header. */
function codeOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return ` within ${GIVE_UP_AFTER / 1000} s`;
  const known = [cause?.code, code].find((one) => typeof one === 'string');
  return typeof known === 'string' ? ` (${inertLine(known)})` : '';
}
