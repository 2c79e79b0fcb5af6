import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { usageError } from '../core/errors';
import type { Recording } from '../core/journey/recording';
import { addressOfTarget, addressText, isPathOf, isSameAddress, pageAddress } from '../core/record/pageAddress';
import type { AuditRecord, Serve, Target } from '../core/record/record';
import { environmentOf, findTarget, storableUrl, suggestSlug, targetUrl, usableTargets } from '../core/record/targets';

/** One page to audit. */
export interface PlannedPage {
  target: string;
  environment: string;
  /** The address of the page. With `serve`, only its path and query count. */
  url: string;
  serve?: Serve;
  /** Whether the record names the origin, which anybody may have written; else a person does. */
  isFromRecord?: true;
  /** What the audit adds to the target in the record. Existing fields stay. */
  learn?: Partial<Target>;
  /** The recording of a journey, which begins at the address. */
  journey?: Recording;
}

/** The origin of a served page until its server has a port. */
const SERVED_ORIGIN = 'http://localhost';

/**
 * The page of a known target in an environment; without one, in its first.
 * @throws HumanError `target-unknown`, `target-invalid`, `target-not-a-page`, `environment-unknown`, `folder-outside`
 */
export function planTarget(all: AuditRecord['targets'], slug: string, environment?: string): PlannedPage {
  const targets = usableTargets(all);
  const target = Object.hasOwn(targets, slug) ? targets[slug] : undefined;
  if (!target && Object.hasOwn(all, slug)) {
    const next = 'See what is wrong with it: ux-audit validate. Or give a URL.';
    throw usageError('target-invalid', `The target "${slug}" of the record is not valid.`, next);
  }
  if (!target) {
    const known = Object.keys(targets).slice(0, 10).join(', ');
    throw usageError(
      'target-unknown',
      `There is no target "${slug}" in the record.`,
      known ? `Known targets: ${known}. Or give a URL.` : 'Give the URL of a page; it becomes a target.',
    );
  }
  const address = addressOfTarget(target);
  if (address === undefined)
    throw usageError(
      'target-not-a-page',
      `The target "${slug}" is a ${target.kind}, not a page.`,
      target.kind === 'touchpoint' ? 'Evaluate it instead: UX Audit: Evaluate…' : 'Audit one of its pages.',
    );
  const wanted =
    environment ??
    (target.serve
      ? 'local'
      : Object.keys(target.origins ?? {}).sort((a, b) => environmentRank(a) - environmentRank(b))[0]);
  if (wanted === 'local' && target.serve) {
    const { folder } = target.serve;
    if (typeof folder === 'string' && leadsOut(folder)) {
      throw usageError(
        'folder-outside',
        `The target "${slug}" is served from ${folder}, which is outside the workspace.`,
        'Correct "serve" in the record, or name the folder yourself with --serve.',
      );
    }
    return {
      target: slug,
      environment: 'local',
      url: `${target.origins?.local ?? SERVED_ORIGIN}${addressText(address)}`,
      serve: target.serve,
      isFromRecord: true,
    };
  }
  const url = wanted === undefined ? undefined : targetUrl(target, wanted);
  if (wanted === undefined || url === undefined) {
    const known = Object.keys(target.origins ?? {}).join(', ') || 'none';
    throw usageError(
      'environment-unknown',
      `The target "${slug}" has no address for ${wanted ?? 'any environment'} (known: ${known}).`,
      'Audit its URL once; the address is then kept.',
    );
  }
  return { target: slug, environment: wanted, url, isFromRecord: true };
}

/** Whether a path leads out of the folder that it is relative to. */
export function leadsOut(relative: string): boolean {
  const plain = path.posix.normalize(relative.replaceAll('\\', '/'));
  return path.posix.isAbsolute(plain) || path.win32.isAbsolute(plain) || plain.split('/')[0] === '..';
}

/** The address of a target; null for a journey, or when none is known. */
export function knownUrl(all: AuditRecord['targets'], slug: string, environment?: string): string | null {
  try {
    return planTarget(all, slug, environment).url;
  } catch {
    return null;
  }
}

/** Where a page is looked for first: local, deployed, then others. */
export function environmentRank(environment: string): number {
  return environment === 'local' ? 0 : environment === 'deployed' ? 1 : 2;
}

/** A page given by URL, and what a person has to confirm about it. */
export interface UrlPlan {
  page: PlannedPage;
  isNew: boolean;
  /** The origin that this address would add to a target with its path. A person confirms it: it may be another site. */
  joins?: string;
  /** A target with the path alone, which this address may have been recorded under before queries counted. */
  pathOf?: string;
}

/**
 * Plans a page given by URL, and suggests a slug for a new one.
 * @param wanted a slug chosen by a person, an environment name, the parameters that do not make another page
 * @throws HumanError `url-invalid`, `target-taken`
 */
export function planUrl(
  all: AuditRecord['targets'],
  input: string,
  wanted: {
    target?: string | undefined;
    environment?: string | undefined;
    ignored?: readonly string[] | undefined;
  } = {},
): UrlPlan {
  const targets = usableTargets(all);
  const url = parseUrl(input);
  const address = pageAddress(url.href, wanted.ignored);
  const match =
    wanted.target === undefined ? findTarget(targets, url.href, wanted.environment, wanted.ignored) : undefined;
  const environment = match?.environment ?? wanted.environment ?? environmentOf(url.href);
  const target = match?.target ?? wanted.target ?? suggestSlug(address, Object.keys(all));
  const known = Object.hasOwn(targets, target) ? targets[target] : undefined;
  const of = known && addressOfTarget(known);
  // a person may say that an address with a query is the page of its path
  if (known && (of === undefined || !(isSameAddress(of, address, wanted.ignored) || isPathOf(of, address)))) {
    throw usageError(
      'target-taken',
      `"${target}" is the name of another page (${of ? addressText(of) : known.kind}).`,
      'Choose another name.',
    );
  }
  const near = Object.entries(targets).find(([, other]) => {
    const path = addressOfTarget(other);
    return path !== undefined && !isSameAddress(path, address) && isPathOf(path, address);
  });
  const learn = {
    kind: 'page',
    ...address,
    ...(of && { query: of.query, hash: of.hash }),
    origins: { [environment]: new URL(storableUrl(url.href)).origin },
  };
  return {
    page: { target, environment, url: url.href, learn },
    isNew: !match && !known,
    ...(match?.newOrigin !== undefined && { joins: match.newOrigin }),
    ...(near && { pathOf: near[0] }),
  };
}

/**
 * Parses a web address as people type it, and completes ones such as `localhost:3000/x` and `shop.example`.
 * @throws HumanError `url-invalid`
 */
export function parseUrl(input: string): URL {
  const text = input.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? ''
    : /^(localhost|127\.|\[::1\])/.test(text)
      ? 'http://'
      : 'https://';
  try {
    const url = new URL(scheme + text);
    if ((url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') {
      url.username = '';
      url.password = '';
      return url;
    }
  } catch {
    // the error below says so
  }
  throw usageError(
    'url-invalid',
    `"${input}" is not a web address.`,
    'Give an address such as http://localhost:3000/checkout.',
  );
}

/**
 * Plans a page of a folder that is served for the audit.
 * @param file its path below the folder, with forward slashes; a query or a route may follow
 * @param options.environment a name for this folder, such as `preview`, when it is another build of known pages; they
 *   are then matched by path alone
 * @param options.taken names that must not be suggested
 */
export function planServed(
  all: AuditRecord['targets'],
  folder: string,
  file: string,
  { environment = 'local', taken = [] }: { environment?: string | undefined; taken?: Iterable<string> } = {},
): PlannedPage {
  const targets = usableTargets(all);
  const serve: Serve = { folder };
  const [, name = '', rest = ''] = /^\/*([^?#]*)(.*)$/s.exec(file) ?? [];
  const pathname = name === 'index.html' ? '/' : `/${name}`;
  const url = `${SERVED_ORIGIN}${pathname.split('/').map(encodeURIComponent).join('/')}${rest}`;
  const address = { ...pageAddress(url), path: pathname };
  const known = Object.entries(targets).find(
    ([, target]) =>
      addressText(addressOfTarget(target) ?? { path: '' }) === addressText(address) &&
      (environment !== 'local' || JSON.stringify(target.serve) === JSON.stringify(serve)),
  );
  const target = known?.[0] ?? suggestSlug(address, [...Object.keys(all), ...taken]);
  const learn = { kind: 'page', ...address, ...(environment === 'local' && { serve }) };
  return { target, environment, url, serve, learn };
}

/** What is known of all pages that were found on a site. */
export interface FoundFrom {
  /** How the site is served. */
  serve?: Serve | undefined;
  /** Who is signed in on its pages. */
  login?: string | undefined;
  /** The name of the environment; told by the addresses when left out. */
  environment?: string | undefined;
}

/**
 * Plans pages that were found on a site, each with a name of its own. Those that the record has already are left out.
 */
export function planFound(
  { targets, settings }: AuditRecord,
  urls: readonly string[],
  { serve, login, environment }: FoundFrom = {},
): PlannedPage[] {
  const all = { ...targets };
  return urls.flatMap((url) => {
    const { pathname, search, hash } = new URL(url);
    const planned =
      serve && 'folder' in serve
        ? planServed(all, String(serve.folder), `${fileOf(pathname)}${search}${hash}`)
        : planUrl(all, url, { environment, ignored: settings?.ignoredParameters }).page;
    if (Object.hasOwn(all, planned.target)) return [];
    const learn = { ...planned.learn, ...(serve && { serve }), ...(login !== undefined && { login }) };
    all[planned.target] = { kind: 'page', ...learn };
    return [{ ...planned, learn }];
  });
}

/** The file of a served page; a path that is not encoded rightly, and one with `#` or `?`, is taken as it is. */
function fileOf(pathname: string): string {
  try {
    const file = decodeURIComponent(pathname);
    return /[#?]/.test(file) ? pathname : file;
  } catch {
    return pathname;
  }
}

/** The most pages of a folder that one command audits. */
export const MAX_PAGES = 200;

/**
 * The HTML files below a folder, sorted, without hidden folders and dependencies. The caller compares their number with
 * {@link MAX_PAGES}.
 */
export async function pagesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (below: string): Promise<void> => {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const name = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await visit(name);
      else if (/\.html?$/i.test(entry.name)) found.push(name);
    }
  };
  await visit('');
  return found;
}
