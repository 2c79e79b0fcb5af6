import * as z from 'zod/mini';
import { usageError } from '../errors';
import { isLoopback } from '../record/targets';

const pair = z.object({ name: z.string(), value: z.string() });
const cookieSchema = z.looseObject({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z._default(z.string(), '/'),
  /** Seconds since 1970; -1 for a cookie that ends with the browser. */
  expires: z._default(z.number(), -1),
  httpOnly: z._default(z.boolean(), false),
  secure: z._default(z.boolean(), false),
  sameSite: z.optional(z.enum(['Strict', 'Lax', 'None'])),
  /** The site in whose pages alone a partitioned cookie is sent. */
  partitionKey: z.optional(z.string()),
});
/** A database of the browser, as Playwright writes it; the page's script reads and writes what is in it. */
const databaseSchema = z.looseObject({ name: z.string(), version: z.int(), stores: z.array(z.looseObject({})) });
const originSchema = z.looseObject({
  origin: z.string().check(z.refine((text) => URL.canParse(text))),
  localStorage: z._default(z.array(pair), []),
  sessionStorage: z.optional(z.array(pair)),
  indexedDB: z.optional(z.array(databaseSchema)),
});

/**
 * What a browser keeps of somebody who is signed in: the format of Playwright's `storageState`, with `sessionStorage`
 * besides. Whoever has it is signed in, so it stays on the machine (storage/loginStore.ts).
 */
export const browserStateSchema = z.looseObject({
  cookies: z._default(z.array(cookieSchema), []),
  origins: z._default(z.array(originSchema), []),
});
export type BrowserState = z.infer<typeof browserStateSchema>;
export type StateCookie = BrowserState['cookies'][number];
export type StateOrigin = BrowserState['origins'][number];

/**
 * Reads a state.
 * @param name the file, for messages, which never repeat what is in it
 * @throws HumanError `state-invalid`
 */
export function readBrowserState(text: string, name: string): BrowserState {
  const next = 'Give a file that Playwright wrote with context.storageState({ path }), or sign in anew.';
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw usageError('state-invalid', `${name} is not valid JSON.`, next);
  }
  const { data, error } = browserStateSchema.safeParse(value);
  if (data && ('cookies' in (value as object) || 'origins' in (value as object))) return data;
  const place = error?.issues[0]?.path.map(String).join('.') || 'its top';
  throw usageError('state-invalid', `${name} is no state of a browser: at ${place}.`, next);
}

/** Whether a state holds nothing. */
export function isEmptyState({ cookies, origins }: BrowserState): boolean {
  const isEmpty = ({ localStorage, sessionStorage = [], indexedDB = [] }: StateOrigin) =>
    localStorage.length + sessionStorage.length + indexedDB.length === 0;
  return cookies.length === 0 && origins.every(isEmpty);
}

/** Whether the browser would send a cookie to a host, by its domain alone (RFC 6265, 5.1.3). */
function isSentTo({ domain }: StateCookie, host: string): boolean {
  const bare = domain.replace(/^\./, '').toLowerCase();
  return host === bare || (domain.startsWith('.') && host.endsWith(`.${bare}`));
}

/** The hosts that a state is for, for messages; sorted. */
export function hostsOf({ cookies, origins }: BrowserState): string[] {
  const hosts = [
    ...cookies.map(({ domain }) => domain.replace(/^\./, '')),
    ...origins.map(({ origin }) => new URL(origin).hostname),
  ];
  return [...new Set(hosts)].sort();
}

/**
 * What of a state may be put into a browser that opens a page: all of it where the page's own origin has a part in it,
 * nothing elsewhere. A record may name any address beside a login, and a page must not act with what other sites have
 * kept. A site of this machine may have another port meanwhile; what its host has kept is then for the new one.
 * @returns undefined when the state is for other sites
 */
export function stateFor(state: BrowserState, url: string): BrowserState | undefined {
  const { origin, hostname } = new URL(url);
  const isOwn = (one: StateOrigin) => one.origin === origin;
  const isOtherPort = (one: StateOrigin) => isLoopback(hostname) && new URL(one.origin).hostname === hostname;
  const own = state.origins.find(isOwn) ?? state.origins.find(isOtherPort);
  if (!own && !state.cookies.some((cookie) => isSentTo(cookie, hostname))) return undefined;
  const origins = state.origins.map((one) => (one === own ? { ...one, origin } : one));
  return { ...state, origins };
}

/** An address of a login on the site where a page runs now: one of this machine may have another port meanwhile. */
export function besidePage(address: string, url: string): string {
  const [known, page] = [new URL(address), new URL(url)];
  if (!isLoopback(page.hostname) || known.hostname !== page.hostname) return address;
  return `${page.origin}${known.pathname}${known.search}${known.hash}`;
}
