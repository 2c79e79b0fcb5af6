import { oneLine } from '../text/inertText';
import { slugOf } from '../text/slug';
import {
  addressOfTarget,
  addressText,
  addressWords,
  isSameAddress,
  normalizePath,
  type PageAddress,
  pageAddress,
} from './pageAddress';
import { type AuditRecord, type Target, targetSchema } from './record';
import { slugPattern } from './schemaParts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Hosts that only this machine answers on. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** A URL as it may be stored: without user, and with as much of query and fragment as makes it another page. */
export function storableUrl(url: string): string {
  const { protocol, host } = new URL(url);
  return protocol === 'http:' || protocol === 'https:'
    ? `${protocol}//${host}${addressText(pageAddress(url))}`
    : `${protocol}`;
}

/**
 * Suggests a slug for a page: the path in lower case without index file and extension, then route and query. `/`
 * becomes `home`; number and UUID segments of the path become `id`. A person confirms it once.
 *
 * @param taken slugs in use; the suggestion gets a number when it is among them
 */
export function suggestSlug(address: PageAddress, taken: Iterable<string> = []): string {
  const decoded = safeDecode(normalizePath(address.path))
    .toLowerCase()
    .replace(/\/([45]\d\d)\.html?$/, '/error-$1')
    .replace(/\.html?$/, '');
  const words = decoded
    .split('/')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) || uuid.test(part) ? 'id' : slugOf(part)))
    .filter(Boolean);
  const base = [...words, ...addressWords(address)].join('-').slice(0, 60).replace(/-+$/, '') || 'home';
  const used = new Set(taken);
  let slug = base;
  for (let n = 2; used.has(slug); n += 1) slug = `${base}-${n}`;
  return slug;
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Why a name cannot be a slug, or undefined when it can. */
export function slugError(slug: string): string | undefined {
  if (slug === '') return 'A name is needed.';
  if (!slugPattern.test(slug)) return 'Use lower-case letters, digits, dots and hyphens; begin with a letter or digit.';
  return undefined;
}

/** The default environment of a URL. */
export function environmentOf(url: string): string {
  return isLoopback(new URL(url).hostname) ? 'local' : 'deployed';
}

/** An environment as PageSpeed Insights sees it: its machines give other numbers than one's own. */
export function pageSpeedOf(environment: string): string {
  return environment.endsWith('pagespeed') ? environment : `${environment}-pagespeed`;
}

/** Names that only a network of one's own knows (RFC 2606, 6761, 6762, 8375; `internal` is reserved by ICANN). */
const ownNames = /(^|\.)(localhost|local|internal|intranet|lan|test|invalid|home\.arpa)$/;
/** Addresses that only a network of one's own routes (RFC 1918, 3927, 4193, 4291, 6598), and none. */
const ownAddresses = [
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^\[(::|f[cd]|fe[89ab])/i,
];

/** Whether machines elsewhere can open a host, as far as its name tells. */
export function isPublicHost(hostname: string): boolean {
  const hasDots = hostname.includes('.') || hostname.startsWith('[');
  return (
    hasDots && !isLoopback(hostname) && !ownNames.test(hostname) && !ownAddresses.some((range) => range.test(hostname))
  );
}

/** The targets with a valid slug. Another name could lead out of the folder of the runs. */
export function usableTargets(targets: AuditRecord['targets']): AuditRecord['targets'] {
  return Object.fromEntries(
    Object.entries(targets).filter(
      ([slug, target]) => slugPattern.test(slug) && targetSchema.safeParse(target).success,
    ),
  );
}

/** The target of a URL. */
export interface TargetMatch {
  target: string;
  environment: string;
  /** The origin, when the record does not have it for that environment yet. */
  newOrigin?: string;
}

/**
 * Finds the target of a URL. Loopback URLs match whatever their port, since that of a local site may change. A URL of a
 * new host matches a target with the same address only if that target has no origin for the environment yet.
 * @param ignored as {@link pageAddress}
 */
export function findTarget(
  targets: AuditRecord['targets'],
  url: string,
  environment?: string,
  ignored?: readonly string[],
): TargetMatch | undefined {
  const { origin } = new URL(url);
  const address = pageAddress(url, ignored);
  const pages = Object.entries(targets).filter(([, target]) => {
    const known = addressOfTarget(target);
    return known !== undefined && isSameAddress(known, address, ignored);
  });
  const isExact = ([, target]: (typeof pages)[number]) =>
    isSameAddress(addressOfTarget(target) ?? { path: '' }, address);
  pages.sort((a, b) => Number(isExact(b)) - Number(isExact(a)));
  for (const [slug, target] of pages) {
    const known = Object.entries(target.origins ?? {}).find(
      ([name, value]) => value === origin && (environment === undefined || environment === name),
    );
    if (known) return { target: slug, environment: known[0] };
  }
  const name = environment ?? environmentOf(url);
  for (const [slug, target] of pages) {
    const value = target.origins?.[name];
    if (value !== undefined && name === 'local' && isLoopback(new URL(value).hostname)) {
      return { target: slug, environment: name };
    }
    if (value === undefined && target.serve && name === 'local') return { target: slug, environment: name };
    if (value === undefined) return { target: slug, environment: name, newOrigin: origin };
  }
  return undefined;
}

/** The URL of a target in an environment, or undefined when the record does not say. */
export function targetUrl(target: Target, environment: string): string | undefined {
  const origin = target.origins?.[environment];
  const address = addressOfTarget(target);
  return origin && address ? `${origin}${addressText(address)}` : undefined;
}

/** A name as a person typed it. */
export interface GivenName {
  /** The name that the record keeps; '' where nothing of it is left. */
  name: string;
  /** What was typed, where that is more than the name. */
  title?: string;
}

/** Tidies a name that a person typed, and keeps what they typed: `Käse & Brot` is `kase-brot`. */
export function givenName(typed: string): GivenName {
  if (slugPattern.test(typed)) return { name: typed };
  const [name, title] = [slugOf(typed), oneLine(typed)];
  return { name, ...(title !== name && title !== '' && { title }) };
}

/** What people read of a target: its title, else its name. */
export function titleOf(targets: AuditRecord['targets'], slug: string): string {
  const target = Object.hasOwn(targets, slug) ? targets[slug] : undefined;
  return (typeof target?.title === 'string' && target.title.trim()) || slug;
}

/** Kinds of targets that the format knows, in the order in which they are named. */
const kinds = ['page', 'journey', 'touchpoint'];

/** The title of one target; of several how many there are: `3 pages`, or `3 pages and journeys`. */
export function titleOfAll(targets: AuditRecord['targets'], slugs: readonly string[]): string {
  const [first, ...others] = slugs;
  if (first !== undefined && others.length === 0) return titleOf(targets, first);
  const all = new Set(slugs.map((slug) => (Object.hasOwn(targets, slug) ? targets[slug]?.kind : undefined)));
  const named = kinds.filter((kind) => all.has(kind)).map((kind) => `${kind}s`);
  return `${slugs.length} ${named.length === all.size ? named.join(' and ') : 'targets'}`;
}
