import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cancelled, HumanError, isHumanError, usageError } from '../core/errors';
import { type ParsedRecord, parseRecord } from '../core/record/parseRecord';
import type { Version } from '../core/review/review';
import { fewText } from '../core/text/firstFew';
import { killGroup } from '../engine/killGroup';
import { Git } from '../storage/git';
import { addWorktree } from '../storage/worktree';
import { planJourney } from './journeys';
import { type PlannedPage, planTarget } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

/** One side of a comparison: a version of the product whose pages have addresses. */
export interface OpenSide {
  version: Version;
  record: ParsedRecord;
  /** Why the version's own record could not be read; `record` is then that of the working tree. */
  unread?: string;
  /** The address of a page; undefined when this version has none. @throws HumanError when its site does not start */
  urlOf(page: PlannedPage): Promise<string | undefined>;
  /** Whether UX Audit serves the files of a page itself. */
  isOwnServer(page: PlannedPage): boolean;
  stop(): Promise<void>;
}

/** How sides are prepared. */
export interface SideOptions {
  /** Command that builds a version, run in its workspace folder. */
  build?: string | undefined;
  /** Whether it built the working tree already. */
  isBuilt?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Gets what commands print. */
  log?: ((line: string) => void) | undefined;
}

/** Whether a side is named by the address of a page. */
export const isAddress = (name: string): boolean => /^https?:\/\//i.test(name);

/** Whether a name is one of the environments of the record's targets. */
export function isEnvironment(name: string, { targets }: ParsedRecord['record']): boolean {
  return Object.values(targets).some(({ origins, serve }) =>
    name === 'local' ? origins?.local !== undefined || serve !== undefined : Object.hasOwn(origins ?? {}, name),
  );
}

/** The files of the working tree, built first where that is asked for. */
export async function openWorkingTree(workspace: Workspace, options: SideOptions = {}): Promise<OpenSide> {
  const { root } = workspace.paths;
  const git = await Git.of(root);
  const [branch, commit] = [await git?.branch(), await git?.head()];
  const record = await workspace.record.read();
  if (options.build !== undefined && !options.isBuilt) await buildWorkingTree(options.build, root, options);
  const version = { name: branch ?? 'this version', ...(commit !== undefined && { commit }) };
  return servedSide(version, record, root, options);
}

/**
 * The files of a commit, laid out in a folder of their own beside the working tree, built first where that is asked
 * for. It has no packages but those that the build installs.
 *
 * @throws HumanError `git-failed`, `build-failed`, `cancelled`
 */
export async function openCommit(
  workspace: Workspace,
  git: Git,
  version: Required<Version>,
  options: SideOptions = {},
): Promise<OpenSide> {
  const { root, record: file } = workspace.paths;
  const text = (await git.show(version.commit, file)) ?? '';
  const { record, unread } = await recordAt(text, version.name, workspace);
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-base-'));
  const top = path.join(temporary, 'version');
  let remove = async () => {};
  const drop = async () => {
    await remove();
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    remove = await addWorktree(git, version.commit, top);
    const below = path.dirname(await git.relative(path.join(root, 'any')));
    const folder = path.join(top, below);
    if (options.build !== undefined) await runBuild(options.build, folder, version.name, options);
    const side = servedSide(version, record, folder, options, drop);
    const planned = (page: PlannedPage) => plannedAt(page, record);
    return {
      ...side,
      urlOf: (page) => side.urlOf(planned(page)),
      isOwnServer: (page) => side.isOwnServer(planned(page)),
      ...(unread !== undefined && { unread }),
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** The record of a commit. In the place of one that cannot be read stands the present one, which shows no change. */
async function recordAt(text: string, name: string, { record }: Workspace) {
  try {
    return { record: parseRecord(text, `${name}: findings.json`) };
  } catch (error) {
    if (!isHumanError(error) || error.kind !== 'record') throw error;
    return { record: await record.read(), unread: error.message };
  }
}

/** A page where the record of a commit has it, unless a command would serve it that nobody was asked about. */
function plannedAt(page: PlannedPage, { record: { targets } }: ParsedRecord): PlannedPage {
  if (!page.isFromRecord || page.journey || !Object.hasOwn(targets, page.target)) return page;
  try {
    const { url, serve } = planTarget(targets, page.target, page.environment);
    return serve && serve.command === page.serve?.command ? { ...page, url, serve } : page;
  } catch {
    return page; // it could not be audited then
  }
}

function servedSide(
  version: Version,
  record: ParsedRecord,
  root: string,
  { signal, log }: SideOptions,
  drop = async () => {},
): OpenSide {
  const sites = new Sites(root, { signal, log });
  return {
    version,
    record,
    urlOf: (page) => sites.urlOf(page),
    isOwnServer: ({ serve }) => serve !== undefined && 'folder' in serve,
    async stop() {
      await sites.stop().finally(drop);
    },
  };
}

/** The pages where the record says that an environment has them. */
export async function openEnvironment(
  workspace: Workspace,
  name: string,
  options: SideOptions = {},
): Promise<OpenSide> {
  const record = await workspace.record.read();
  const sites = new Sites(workspace.paths.root, options);
  const { targets } = record.record;
  const planned = ({ target, journey }: PlannedPage) =>
    journey ? planJourney({ targets }, target, journey, name) : planTarget(targets, target, name);
  return {
    version: { name },
    record,
    urlOf: (page) => sites.urlOf(planned(page)),
    isOwnServer: (page) => 'folder' in (planned(page).serve ?? {}),
    stop: () => sites.stop(),
  };
}

/** A page at an address; an address without a path stands for all pages of its site. */
export async function openAddress(workspace: Workspace, url: string): Promise<OpenSide> {
  const { host, pathname, search, origin } = new URL(url);
  const isSite = pathname === '/' && search === '';
  const onSite = (page: PlannedPage) => {
    const { pathname: path, search: query, hash } = new URL(page.url);
    return `${origin}${path}${query}${hash}`;
  };
  return {
    version: { name: `${host}${pathname === '/' ? '' : pathname}` },
    record: await workspace.record.read(),
    urlOf: async (page) => (isSite ? onSite(page) : url),
    isOwnServer: () => false,
    stop: async () => {},
  };
}

/** Builds the working tree. @throws HumanError `build-failed`, `cancelled` */
export function buildWorkingTree(command: string, root: string, options: SideOptions): Promise<void> {
  return runBuild(command, root, 'this version', options);
}

/** So many pages that nothing says how to serve are named. */
const NAMED = 3;

/**
 * Makes sure that both versions of pages can be served beside each other.
 * @throws HumanError `not-served`, or `port-shared` where both versions would need the same port
 */
export function ensureApart(pages: readonly PlannedPage[]): void {
  const unserved = pages.filter(({ serve }) => serve === undefined).map(({ target }) => target);
  if (unserved.length > 0) throw notServed(unserved, unserved.length === pages.length);
  for (const { target, serve } of pages) {
    if (!serve || !('command' in serve) || String(serve.command).includes('{port}')) continue;
    throw usageError(
      'port-shared',
      `Both versions of "${target}" would be served at ${serve.url}.`,
      'Write {port} where the command and the URL of the target name the port, or serve a built folder with --serve.',
    );
  }
}

function notServed(names: readonly string[], isAll: boolean): HumanError {
  const [one] = names;
  const [what, whose] =
    names.length === 1 ? [`"${one}"`, 'its'] : [`${names.length} pages (${fewText(names, NAMED)})`, 'their'];
  // pages that are served already are left as they are
  const set = `ux-audit target set ${isAll && names.length > NAMED ? '--all' : names.join(' ')}`;
  return usageError(
    'not-served',
    `Nothing says how to serve ${what}, so ${whose} earlier version cannot be served either.`,
    'Name the folder of the built site with --serve, or compare two addresses. Or say it once for all: ' +
      `${set} --serve dist, or ` +
      `${set} --serve-command "npm start -- --port {port}" --serve-url "http://localhost:{port}".` +
      (set.endsWith('--all')
        ? ' It then holds for every page of the record; --group sets it for those of a group.'
        : ''),
  );
}

/** How much of what a failed command printed is told. */
const TOLD = 300;

async function runBuild(command: string, root: string, name: string, { signal, log }: SideOptions): Promise<void> {
  if (signal?.aborted) throw cancelled();
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      log?.(text.trimEnd());
    });
  }
  const stop = () => child.pid !== undefined && killGroup(child.pid, 'SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve).once('error', () => resolve(null));
  });
  signal?.removeEventListener('abort', stop);
  if (signal?.aborted) throw cancelled();
  if (code === 0) return;
  throw new HumanError('page', 'build-failed', {
    what: `The build of ${name} failed: ${command} (${said.trim().slice(-TOLD) || `exit code ${code}`})`,
    next: 'Run the command in a terminal to see what is wrong.',
  });
}
