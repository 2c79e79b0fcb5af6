import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { type Discovery, groupPages, type LeftOut, propose } from '../core/discovery/groupPages';
import { routeFolders, routesOf } from '../core/discovery/routes';
import { siteAddresses } from '../core/discovery/siteAddresses';
import type { Target } from '../core/record/record';
import type { AuditEngine } from '../engine/auditEngine';
import { type SiteMaps, siteMaps } from '../engine/servers/siteMaps';
import { type Sent, sentOf } from '../protocol/opened';
import { WorkspaceFiles } from '../storage/workspaceFiles';
import { type FoundFrom, planFound, planUrl } from './planPages';
import { addPages } from './targets';
import type { Workspace } from './workspace';

/** How many pages are opened for their links, and in how many rounds. */
const OPENED = 60;
const ROUNDS = 4;

export interface DiscoverOptions {
  /** Where the site begins. */
  url: string;
  /** Opens pages for their links; none: only what site maps, folders and routes name. */
  engine?: AuditEngine | undefined;
  /** The workspace, whose files may name routes. */
  root: string;
  /** Paths of a served folder. */
  files?: readonly string[] | undefined;
  sent?: Sent | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((text: string) => void) | undefined;
  /** Whether every page is proposed, and not some of each group. */
  all?: boolean | undefined;
}

/** What was found, and where from. */
export interface Discovered extends Discovery {
  /** How many addresses each source named. */
  sources: { source: string; count: number }[];
  /** Where most of the pages that were opened led, if that is one other page: one may have to sign in first. */
  ledTo?: { url: string; pages: number; of: number } | undefined;
}

/**
 * Looks for the pages of a site: in its site maps, in the served folder, in the routes of a framework, and in the links
 * of pages, one page of each template opened in a browser.
 * @throws HumanError of kind `page` where nothing answers at the beginning, `environment` or `cancelled`
 */
export async function discover(options: DiscoverOptions): Promise<Discovered> {
  const { url, root, files = [], engine, sent, signal, onProgress } = options;
  const { origin } = new URL(url);
  onProgress?.('Opening the first page');
  const { ignoreCertificateErrors } = options;
  await engine?.visit({ url, ignoreCertificateErrors, ignoreStatusCode: true, ...sentOf(sent ?? {}) }, { signal });
  onProgress?.('Reading site maps');
  const maps: SiteMaps = files.length > 0 ? { urls: [], isCut: false } : await siteMaps(origin, sent?.headers, signal);
  const routes = await workspaceRoutes(root);
  const named = new Map<string, string[]>([
    ['start', [url]],
    ['site map', maps.urls],
    ['folder', files.map((file) => new URL(file, `${origin}/`).href)],
    ...routes.map(({ framework, paths }): [string, string[]] => [
      `routes of ${framework}`,
      paths.map((one) => origin + one),
    ]),
  ]);
  const opened = engine && (await linksFrom(options, engine, [...named.values()].flat()));
  named.set('links', opened?.links ?? []);
  const led = opened && ledTo(opened);
  const { pages, leftOut } = siteAddresses([...named.values()].flat(), origin);
  const open: LeftOut[] = routes.map(({ framework, open: those }) => ({
    count: those.length,
    why: `routes of ${framework} with parameters (${those.slice(0, 3).join(', ')}${those.length > 3 ? ', …' : ''})`,
  }));
  const cut = maps.isCut ? [{ count: 1, why: 'site map that is longer than what is read' }] : [];
  return {
    ...propose(pages, [...leftOut, ...open, ...cut], options.all ? Number.POSITIVE_INFINITY : undefined),
    ...(led && { ledTo: led }),
    sources: [...named]
      .map(([source, urls]) => ({ source, count: siteAddresses(urls, origin).pages.length }))
      .filter(({ count }) => count > 0),
  };
}

/** What adding pages came to, by their names. */
export interface AddedPages {
  added: string[];
  /** Pages that the record had without a login, and that are behind it now. */
  behind: string[];
}

/** Adds pages that were found to the record. Those that it has already get the login that they were found with. */
export async function addFound(
  workspace: Workspace,
  urls: readonly string[],
  from: FoundFrom = {},
): Promise<AddedPages> {
  const done: AddedPages = { added: [], behind: [] };
  await addPages(workspace, (record) => {
    const pages = planFound(record, urls, from);
    done.added = pages.map(({ target }) => target);
    return pages;
  });
  const { login, serve } = from;
  if (login === undefined || serve !== undefined) return done;
  await workspace.record.update((record) => {
    const how = { environment: from.environment, ignored: record.settings?.ignoredParameters };
    const names = urls.map((url) => planUrl(record.targets, url, how).page.target);
    done.behind = names.filter((name) => {
      return Object.hasOwn(record.targets, name) && record.targets[name]?.login === undefined;
    });
    const behind = done.behind.map((name): [string, Target] => [name, { ...(record.targets[name] as Target), login }]);
    return behind.length === 0 ? record : { ...record, targets: { ...record.targets, ...Object.fromEntries(behind) } };
  });
  return done;
}

/** What opening pages showed: their links, and the address at which each ended. */
interface OpenedPages {
  links: string[];
  ends: Map<string, string>;
}

/** The one other page to which most of those that were opened led, as a page for signing in does. */
function ledTo({ ends }: OpenedPages): Discovered['ledTo'] {
  const pathOf = (url: string) => new URL(url).origin + new URL(url).pathname;
  const elsewhere = [...ends].filter(([url, end]) => pathOf(url) !== pathOf(end)).map(([, end]) => pathOf(end));
  const counts = [...Map.groupBy(elsewhere, (end) => end)].map(([url, all]) => ({ url, pages: all.length }));
  const [most] = counts.sort((a, b) => b.pages - a.pages);
  return most && most.pages > 1 && 2 * most.pages >= ends.size ? { ...most, of: ends.size } : undefined;
}

/** The links of one page of each template, round after round. */
async function linksFrom(options: DiscoverOptions, engine: AuditEngine, first: string[]): Promise<OpenedPages> {
  const { origin } = new URL(options.url);
  const found: string[] = [];
  const ends = new Map<string, string>();
  const opened = new Set<string>();
  const templates = new Set<string>();
  for (let round = 0; round < ROUNDS && opened.size < OPENED; round += 1) {
    const { pages } = siteAddresses([...first, ...found], origin);
    const next = groupPages(pages)
      .filter(({ template }) => !templates.has(template))
      .slice(0, OPENED - opened.size);
    if (next.length === 0) break;
    options.onProgress?.(`Reading links, round ${round + 1}: ${next.length} pages`);
    const urls = next.map(({ pages: of }) => of[0] as string);
    for (const [index, url] of urls.entries()) {
      templates.add((next[index] as { template: string }).template);
      opened.add(url);
    }
    const { ignoreCertificateErrors } = options;
    const { links, ends: led } = await engine.links(
      { urls, ...sentOf(options.sent ?? {}), ignoreCertificateErrors },
      { signal: options.signal },
    );
    found.push(...links.flat());
    for (const [index, url] of urls.entries()) ends.set(url, led[index] ?? url);
  }
  return { links: found, ends };
}

const packageSchema = z.looseObject({
  dependencies: z._default(z.record(z.string(), z.string()), {}),
  devDependencies: z._default(z.record(z.string(), z.string()), {}),
});

/** The most files that are looked at for routes. */
const MOST_FILES = 5_000;

async function workspaceRoutes(root: string) {
  const text = await new WorkspaceFiles(root).text('package.json');
  const parsed = packageSchema.safeParse(orEmpty(text ?? '{}'));
  if (!parsed.success) return [];
  const packages = Object.keys({ ...parsed.data.dependencies, ...parsed.data.devDependencies });
  const files: string[] = [];
  for (const folder of routeFolders) {
    const names = await readdir(path.join(root, folder), { recursive: true }).catch(() => [] as string[]);
    files.push(...names.slice(0, MOST_FILES).map((name) => `${folder}/${name.replaceAll('\\', '/')}`));
  }
  return routesOf(
    packages,
    files.filter((file) => !file.includes('/node_modules/')),
  );
}

function orEmpty(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
