import { slugOf } from '../text/slug';
import type { Target } from './record';

/** What tells a page from the others of its origin. */
export interface PageAddress {
  path: string;
  /** Sorted by name, without what does not make another page. Left out when empty. */
  query?: string;
  /** The route that a script reads from the fragment, such as `/cart` of `#/cart`. Left out when there is none. */
  hash?: string;
}

/** Parameters that say how a visitor came, by the documents of Google, Meta, Microsoft, HubSpot, Matomo and others. */
const tracking = new RegExp(
  '^(utm_\\w+|hsa_\\w+|mtm_\\w+|pk_\\w+|matomo_\\w+|_ga|_gl|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|fbclid|' +
    'msclkid|mc_[ce]id|yclid|ttclid|twclid|li_fat_id|igshid|_hsenc|_hsmi)$',
  'i',
);
/** Parameters whose value may let its reader in. It is never stored. */
const secret = new RegExp(
  '(^|[_.-])(\\w*token|\\w*secret|pass(word|wd|phrase)?|pwd|auth\\w*|\\w*sess(ion)?(id)?|sid|api_?key|access_?key|' +
    'sig(nature)?|jwt|otp|nonce|[cx]srf\\w*|ticket)$',
  'i',
);
/** Parameters that caches and logins add, where their value is made anew for each request. */
const passing = /^(_|t|ts|time|timestamp|cb|cache_?bust(er)?|rnd|rand(om)?|no_?cache|code|state)$/i;
/** Times in seconds or milliseconds, hashes, and random texts of both cases. */
const madeAnew = /^\d{10,}$|^(?=.*[a-f])(?=.*\d)[\da-f]{16,}$|^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=-]{16,}$/;
const jsonWebToken = /^eyJ[\w-]+\.[\w-]+\./;

function counted(parameters: URLSearchParams, ignored: readonly string[]): string {
  if (ignored.includes('*')) return '';
  const isLeftOut = (name: string, value: string) =>
    ignored.includes(name) ||
    tracking.test(name) ||
    secret.test(name) ||
    jsonWebToken.test(value) ||
    (passing.test(name) && madeAnew.test(value));
  const kept = new URLSearchParams([...parameters].filter(([name, value]) => !isLeftOut(name, value)));
  kept.sort();
  return kept.toString();
}

/** `#/cart?x=1` and `#!/cart` are routes; `#details` is a place in the page. */
function routeOf(fragment: string, ignored: readonly string[]): string {
  if (ignored.includes('#') || !/^#!?\//.test(fragment)) return '';
  const [route = '', query] = fragment.slice(1).split('?');
  const kept = query === undefined ? '' : counted(new URLSearchParams(query), ignored);
  return kept === '' ? route : `${route}?${kept}`;
}

/**
 * The address of a page, as it may be stored: without tracking, secrets and values that change with each request.
 * @param ignored names of parameters that do not make another page; `*` for the whole query, `#` for the fragment
 */
export function pageAddress(url: string, ignored: readonly string[] = []): PageAddress {
  const { pathname, searchParams, hash: fragment } = new URL(url);
  const query = counted(searchParams, ignored);
  const hash = routeOf(fragment, ignored);
  return { path: pathname, ...(query !== '' && { query }), ...(hash !== '' && { hash }) };
}

/** An address as text, such as `/shop?page=2#/cart`. */
export function addressText({ path, query, hash }: PageAddress): string {
  return `${path}${query === undefined ? '' : `?${query}`}${hash === undefined ? '' : `#${hash}`}`;
}

/** The address of a target; undefined for a journey. */
export function addressOfTarget({ path, query, hash }: Target): PageAddress | undefined {
  return path === undefined ? undefined : { path, ...(query !== undefined && { query }), ...(hash && { hash }) };
}

/** Where a target is: its address, a journey's steps, or a touchpoint's channel. */
export function placeText(target: Target): string {
  if (target.kind === 'touchpoint') return `touchpoint: ${target.channel ?? 'channel not given'}`;
  if (target.kind === 'journey') return `journey: ${(target.steps ?? []).join(' → ')}`;
  const address = addressOfTarget(target);
  return address ? addressText(address) : '';
}

/** The address of a target as it is compared: without what the team has meanwhile said not to count. */
function comparable({ query, hash, ...address }: PageAddress, ignored: readonly string[]): PageAddress {
  const said = pageAddress(`http://localhost/?${query ?? ''}#${hash ?? ''}`, ignored);
  return { ...said, path: normalizePath(address.path) };
}

/** The path of a page in one spelling: without index file and trailing slash. */
export function normalizePath(path: string): string {
  const withoutIndex = path.replace(/\/index\.html?$/i, '/');
  return withoutIndex.length > 1 ? withoutIndex.replace(/\/+$/, '') || '/' : '/';
}

/** Whether two addresses are of the same page. @param ignored as {@link pageAddress} */
export function isSameAddress(one: PageAddress, other: PageAddress, ignored: readonly string[] = []): boolean {
  return addressText(comparable(one, ignored)) === addressText(comparable(other, ignored));
}

/** Whether an address is the path of another one, which has a query or a route besides. */
export function isPathOf(path: PageAddress, other: PageAddress): boolean {
  const isPlain = path.query === undefined && path.hash === undefined;
  return isPlain && normalizePath(path.path) === normalizePath(other.path);
}

/** The words of query and route for the name of a target, such as `page-2`. */
export function addressWords({ query, hash = '' }: PageAddress): string[] {
  const parameters = [...new URLSearchParams(query), ...new URLSearchParams(hash.split('?')[1])];
  const route = (hash.split('?')[0] ?? '').split('/');
  return [...route, ...parameters.flat()].map(slugOf).filter(Boolean);
}
