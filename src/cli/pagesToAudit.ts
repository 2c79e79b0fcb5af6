import path from 'node:path';
import readline from 'node:readline/promises';
import { newestMeasurements } from '../core/audit/measurement';
import { toHumanError, usageError } from '../core/errors';
import { firstUrl } from '../core/journey/addresses';
import type { Recording } from '../core/journey/recording';
import type { Login } from '../core/record/logins';
import type { AuditRecord } from '../core/record/record';
import { isLoopback, slugError } from '../core/record/targets';
import { inertLine } from '../core/text/inertText';
import { changedPages } from '../workflow/changedPages';
import { namesOfGroup } from '../workflow/groups';
import { loginNameOf, usableLogin } from '../workflow/logins';
import { MAX_PAGES, type PlannedPage, pagesIn, planServed, planTarget, planUrl } from '../workflow/planPages';
import { namedOrigins } from '../workflow/signIn';
import type { Workspace } from '../workflow/workspace';
import { askConsent, type Wish } from './consent';

/** The options of `ux-audit audit` that say which pages. */
interface PageFlags {
  /** Whether every page of the record is meant. */
  all?: true | undefined;
  /** The template of the group whose pages are meant. */
  group?: string | undefined;
  /** Whether only pages are meant whose sources changed since they were measured. */
  changed?: true | undefined;
  serve?: string | undefined;
  as?: string | undefined;
  environment?: string | undefined;
  /** Whether the pages become targets of the record. */
  record: boolean;
  yes?: true | undefined;
  quiet?: true | undefined;
}

/** What the record wants done so that pages are there: commands that serve them, and logins that act by themselves. */
export async function wishesOf(
  pages: readonly PlannedPage[],
  record: LoginRecord,
  { paths: { root }, loginRecordings }: Pick<Workspace, 'paths' | 'loginRecordings'>,
): Promise<Wish[]> {
  const wishes = commandWishes(pages, root);
  for (const name of new Set(pages.map(({ target }) => loginNameOf(record, target)))) {
    const login = name === undefined ? undefined : usableLogin(record, name);
    if (name === undefined || !login) continue;
    // one that is not there, or not valid, is told when it is to be used
    const recording = await loginRecordings.recording(name).catch(() => undefined);
    wishes.push(...(loginWish(name, login, root, recording) ?? []));
  }
  return wishes;
}

type LoginRecord = Pick<AuditRecord, 'targets' | 'logins'>;

/** What a login does by itself, as something that a person has to allow: it may enter secrets, or be any program. */
export function loginWish(
  name: string,
  { by, script }: Pick<Login, 'by' | 'script'>,
  root: string,
  recording: Recording | undefined,
): [Wish] | undefined {
  const shared = { root, option: '--yes', code: 'login-not-allowed' };
  if (by === 'script') return [{ ...shared, what: `Run ${script} to sign in as ${name}` }];
  if (by !== 'recording') return undefined;
  const at = recording && hostsOf(recording);
  return [{ ...shared, what: `Sign in as ${name}${at ? ` at ${at}` : ''} as ux-audit/logins/${name}.json does` }];
}

/** Where a recording may enter secrets. A site of this machine may have another port each time. */
function hostsOf(recording: Recording): string {
  const first = firstUrl(recording)?.origin;
  const origins = [...(first ? [first] : []), ...namedOrigins(recording, first ?? 'http://localhost')];
  const hosts = origins
    .map((origin) => new URL(origin))
    .map(({ host, hostname }) => (isLoopback(hostname) ? hostname : host));
  return [...new Set(hosts)].join(', ');
}

function commandWishes(pages: readonly PlannedPage[], root: string): Wish[] {
  const commands = new Map(pages.flatMap(({ target, serve }) => (serve?.command ? [[serve.command, target]] : [])));
  return [...commands].map(([command, target]) => ({
    root,
    what: `Run "${command}" to serve ${target}`,
    option: '--yes',
    code: 'command-not-allowed',
  }));
}

/** Shows what the record wants done ({@link wishesOf}); without --yes a person has to allow each once. */
export async function allowWishes(
  pages: readonly PlannedPage[],
  record: LoginRecord,
  { yes, quiet }: Pick<PageFlags, 'yes' | 'quiet'>,
  workspace: Pick<Workspace, 'paths' | 'loginRecordings'>,
): Promise<void> {
  for (const wish of await wishesOf(pages, record, workspace)) {
    if (!yes) await askConsent(wish);
    else if (!quiet) process.stderr.write(`${inertLine(wish.what)}\n`);
  }
}

/**
 * The pages that the arguments and options of `ux-audit audit` name.
 * @returns none where no page changed
 * @throws HumanError of kind `usage`: environment-invalid, nothing-to-audit, slug-invalid; as groups.ts, planPages.ts
 */
export async function pagesToAudit(
  inputs: string[],
  flags: PageFlags,
  workspace: Workspace,
  record: Pick<AuditRecord, 'targets' | 'settings'>,
): Promise<PlannedPage[]> {
  const error = flags.environment === undefined ? undefined : slugError(flags.environment);
  if (error) {
    const what = `--environment ${flags.environment}: ${error}`;
    throw usageError('environment-invalid', what, 'For example: --environment staging');
  }
  const isChoice = flags.all || flags.group !== undefined || flags.changed;
  if (isChoice && (inputs.length > 0 || flags.serve !== undefined)) {
    const what = '--all, --group and --changed choose among the pages of the record.';
    throw usageError('all-or-some', what, 'Leave out the names and --serve, or these options.');
  }
  if (isChoice) return chosenPages(flags, workspace, record);
  if (flags.serve !== undefined) return servedPages(inputs, flags.serve, flags, workspace, record);
  if (inputs.length === 0) {
    const known = Object.keys(record.targets);
    throw usageError(
      'nothing-to-audit',
      'Say what to audit: a URL, a target, a folder with --serve, --group, --changed or --all.',
      known.length > 0
        ? `Known targets: ${known.slice(0, 10).join(', ')}`
        : 'For example: ux-audit audit http://localhost:3000/',
    );
  }
  if (flags.as !== undefined) {
    const fault = slugError(flags.as) ?? (inputs.length > 1 ? 'It names one target; give one URL.' : undefined);
    if (fault) throw usageError('slug-invalid', `--as ${flags.as}: ${fault}`, 'For example: --as checkout');
  }
  return namedPages(inputs, flags, record);
}

/** Pages of the record; one without an address where it is asked for is named and left out. */
async function chosenPages(
  { environment, quiet, group, changed }: PageFlags,
  workspace: Workspace,
  record: Pick<AuditRecord, 'targets' | 'settings'>,
): Promise<PlannedPage[]> {
  const { targets } = record;
  const wanted = group === undefined ? Object.keys(targets) : namesOfGroup(record, group);
  const latest = changed && newestMeasurements(await workspace.runs.measurements());
  const isChanged = latest && new Set(await changedPages(workspace.paths.root, record, latest));
  const names = wanted.filter((name) => targets[name]?.kind !== 'journey' && (isChanged?.has(name) ?? true));
  const pages: PlannedPage[] = [];
  for (const slug of names) {
    try {
      pages.push(planTarget(targets, slug, environment));
    } catch (error) {
      if (!quiet) process.stderr.write(`Left out: ${inertLine(toHumanError(error).message)}\n`);
    }
  }
  if (pages.length > 0 || (changed && names.length === 0 && wanted.length > 0)) return pages;
  throw usageError('nothing-to-audit', 'The record has no page that could be audited.', 'Audit a URL first.');
}

async function servedPages(
  inputs: string[],
  serve: string,
  { environment }: PageFlags,
  workspace: Workspace,
  { targets }: Pick<AuditRecord, 'targets'>,
): Promise<PlannedPage[]> {
  const absolute = path.resolve(serve);
  const folder = path.relative(workspace.paths.root, absolute).replaceAll('\\', '/') || '.';
  const all = inputs.length > 0 ? inputs : await pagesIn(absolute);
  const files = all.slice(0, MAX_PAGES);
  if (files.length < all.length) {
    process.stderr.write(
      `Only the first ${MAX_PAGES} of ${all.length} pages are audited; name the others as arguments.\n`,
    );
  }
  if (files.length === 0) {
    const what = `There is no HTML page in ${serve}.`;
    throw usageError('nothing-to-audit', what, 'Build the site first, or name the pages.');
  }
  const pages: PlannedPage[] = [];
  for (const file of files)
    pages.push(planServed(targets, folder, file, { environment, taken: pages.map(({ target }) => target) }));
  return pages;
}

/** The pages of targets and addresses. */
async function namedPages(
  inputs: string[],
  flags: PageFlags,
  { targets, settings }: Pick<AuditRecord, 'targets' | 'settings'>,
): Promise<PlannedPage[]> {
  const pages: PlannedPage[] = [];
  for (const input of inputs) {
    if (Object.hasOwn(targets, input) || /^[a-z0-9][a-z0-9-]*$/.test(input)) {
      pages.push(planTarget(targets, input, flags.environment));
      continue;
    }
    const known = {
      ...targets,
      ...Object.fromEntries(pages.map(({ target, learn }) => [target, { kind: 'page', ...learn }])),
    };
    const { page, isNew, joins, pathOf } = planUrl(known, input, {
      target: flags.as,
      environment: flags.environment,
      ignored: settings?.ignoredParameters,
    });
    if (isNew && flags.record && flags.as === undefined) {
      page.target = await confirmSlug(page, flags, known);
      if (pathOf !== undefined && !flags.quiet)
        process.stderr.write(`"${pathOf}" has the same path without a query; --as ${pathOf} records the page there\n`);
    }
    if (joins && flags.record && !flags.quiet) {
      process.stderr.write(
        `${joins} is taken for the ${page.environment} address of "${page.target}", which has the same path and ` +
          'query (another page: --as NAME)\n',
      );
    }
    pages.push(page);
  }
  return pages;
}

/** Asks for the name of a new target. Without a terminal, prints and takes the suggestion. */
async function confirmSlug(page: PlannedPage, flags: PageFlags, taken: object): Promise<string> {
  if (flags.yes || !process.stdin.isTTY || !process.stderr.isTTY) {
    if (!flags.quiet)
      process.stderr.write(
        `${page.url} is recorded as the new target "${page.target}" (choose another name with --as)\n`,
      );
    return page.target;
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await terminal.question(`Name of the new target for ${page.url} [${page.target}]: `)).trim();
      if (answer === '') return page.target;
      const error =
        slugError(answer) ?? (Object.hasOwn(taken, answer) ? 'There is a target of this name already.' : undefined);
      if (!error) return answer;
      process.stderr.write(`${error}\n`);
    }
  } finally {
    terminal.close();
  }
}
