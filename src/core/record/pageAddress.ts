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
const tracking =
  /^(utm_\w+|hsa_\w+|mtm_\w+|pk_\w+|matomo_\w+|_ga|_gl|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|fbclid|msclkid|mc_[ce]id|yclid|ttclid|twclid|li_fat_id|igshid|_hsenc|_hsmi)$/i;
/** Parameters whose value may let its reader in. It is never stored. */
const secret =
  /(^|[_.-])(\w*token|\w*secret|pass(word|wd|phrase)?|pwd|auth\w*|\w*sess(ion)?(id)?|sid|api_?key|access_?key|sig(nature)?|jwt|otp|nonce|[cx]srf\w*|ticket)$/i;
/** Values that are made anew for each request: times, hashes, random texts of both cases, and JSON Web Tokens. */
const volatile =
  /^\d{10,}$|^(?=.*[a-f])(?=.*\d)[\da-f]{16,}$|^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=-]{20,}$|^[\w-]{8,}\.[\w-]{8,}\.[\w-]+$/;

function counted(parameters: URLSearchParams, ignored: readonly string[]): string {
  if (ignored.includes('*')) return '';
  const kept = [...parameters].filter(
    ([name, value]) => !ignored.includes(name) && !tracking.test(name) && !secret.test(name) && !volatile.test(value),
  );
  const sorted = new URLSearchParams(kept);
  sorted.sort();
  return sorted.toString();
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

/** The path of a page in one spelling: without index file and trailing slash. */
export function normalizePath(path: string): string {
  const withoutIndex = path.replace(/\/index\.html?$/i, '/');
  return withoutIndex.length > 1 ? withoutIndex.replace(/\/+$/, '') || '/' : '/';
}

/** Whether two addresses are of the same page. */
export function isSameAddress(one: PageAddress, other: PageAddress): boolean {
  const inOneSpelling = (address: PageAddress) => addressText({ ...address, path: normalizePath(address.path) });
  return inOneSpelling(one) === inOneSpelling(other);
}

/** The words of query and route for the name of a target, such as `page-2`. */
export function addressWords({ query, hash = '' }: PageAddress): string[] {
  const parameters = [...new URLSearchParams(query), ...new URLSearchParams(hash.split('?')[1])];
  const route = (hash.split('?')[0] ?? '').split('/');
  return [...route, ...parameters.flat()].map(slugOf).filter(Boolean);
}
