import path from 'node:path';
import type { Command, OptionValues } from '@commander-js/extra-typings';
import { isOfTimes } from '../core/audit/clockAudits';
import { usageError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import type { Review } from '../core/review/review';
import { inertLine } from '../core/text/inertText';
import type { CompareProgress } from '../workflow/comparePages';
import { buildWorkingTree, isAddress, type isEnvironment } from '../workflow/compareSides';
import { type CompareVersionsOptions, compareVersions, WORKING_TREE } from '../workflow/compareVersions';
import { namesOfGroup } from '../workflow/groups';
import { planJourney } from '../workflow/journeys';
import type { PlannedPage } from '../workflow/planPages';
import type { Workspace } from '../workflow/workspace';
import { categoriesOf, categoryIds } from './categories';
import { wholeNumber } from './command';
import { askConsent } from './consent';
import { ProgressLine } from './output';
import { collect, formFactorsOf, settingsOf, withPageOptions } from './pageOptions';
import { allowWishes, pagesToAudit } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { untilSignal, withEngine } from './withEngine';

/** Adds the options that say which pages of two versions are compared, and how the versions are made. */
export function withVersionOptions<Args extends unknown[], Opts extends OptionValues, Global extends OptionValues>(
  command: Command<Args, Opts, Global>,
) {
  return withPageOptions(
    command
      .option(
        '-t, --target <name>',
        'a page or journey of the record, or a file of --serve; repeatable (default: all)',
        collect,
      )
      .option('--group <template>', 'the pages of a group, such as "/product/*"')
      .option(
        '--only <categories>',
        `${categoryIds.join(', ')}; comma-separated (default: all). Without performance, each version is audited ` +
          'once, and journeys are not walked',
      )
      .option('--mobile', 'as a mobile device (the default)')
      .option('--desktop', 'as a desktop')
      .option('--both', 'as both')
      .option('--serve <folder>', 'serve this folder of each version as static files')
      .option(
        '--build <command>',
        'build each version first; runs in its workspace folder (default: "build" of the record)',
      ),
  )
    .option(
      '--pairs <n>',
      'so many pairs of runs of each page, whatever they say; 1 tells of everything but times',
      wholeNumber('pairs', 1, 50),
    )
    .option('-y, --yes', 'run commands of the record that build or serve its pages');
}

interface VersionFlags {
  target?: string[] | undefined;
  group?: string | undefined;
  only?: string | undefined;
  mobile?: true | undefined;
  desktop?: true | undefined;
  both?: true | undefined;
  serve?: string | undefined;
  build?: string | undefined;
  pairs?: number | undefined;
  yes?: true | undefined;
  quiet?: true | undefined;
  browser?: string | undefined;
  config?: string | undefined;
  ignoreCertificateErrors?: true | undefined;
  allowErrorPages?: true | undefined;
  preflight: boolean;
  header?: string[] | undefined;
  cookie?: string[] | undefined;
  basicAuth?: string | undefined;
  credentialsFor?: string[] | undefined;
}

/** Compares two versions as the options say, with progress on stderr. @throws HumanError as `compareVersions` */
export function compared(flags: VersionFlags, workspace: Workspace, base: string, head: string): Promise<Review> {
  return versionOptions(flags, workspace, head, (options) => compareVersions({ ...options, base, head }));
}

/** Does work on versions with an engine and the options of {@link withVersionOptions}. */
export async function versionOptions<T>(
  given: VersionFlags,
  workspace: Workspace,
  head: string,
  work: (options: Omit<CompareVersionsOptions, 'base' | 'head'>) => Promise<T>,
): Promise<T> {
  const { record } = await workspace.record.read();
  const { group, ...flags } = given;
  const categories = categoriesOf(flags);
  const isTimed = isOfTimes(categories);
  if (!isTimed) ensureTimeless(flags, record);
  if (group !== undefined) flags.target = [...(flags.target ?? []), ...namesOfGroup(record, group)];
  const build = flags.build ?? record.settings?.build;
  if (build !== undefined && flags.build === undefined) await allowBuild(build, flags, workspace.paths.root);
  // the pages of --serve are those that the build makes
  const isBuilt = build !== undefined && flags.serve !== undefined && head === WORKING_TREE;
  if (isBuilt) await buildFirst(build, flags, workspace.paths.root);
  const journeys = isTimed ? await journeysOf(flags, workspace, record, head) : [];
  const pages = [...(await pagesOf(flags, workspace, record, head)), ...journeys];
  await allowWishes(pages, record, flags, workspace);
  const credentials = await requestCredentials(flags, pages, workspace.paths.root);
  const { skipPreflight, ...settings } = settingsOf(flags);
  return withEngine(flags.browser, async ({ engine, signal }) => {
    const progress = new ProgressLine(Boolean(flags.quiet));
    const step = (text: string) => progress.update(inertLine(text), inertLine(text));
    try {
      return await work({
        workspace,
        engine,
        signal,
        pages,
        categories,
        ...(flags.pairs !== undefined && { pairs: flags.pairs }),
        formFactors: formFactorsOf(flags),
        build,
        isBuilt,
        settings: { ...settings, ignoredParameters: record.settings?.ignoredParameters },
        skipPreflight,
        credentials,
        environment: process.env,
        mask: record.settings?.mask,
        onStep: step,
        onProgress: (at) => progress.update(describe(at), at.side === 'base' ? describe(at) : undefined),
        log,
      });
    } finally {
      progress.clear();
    }
  });
}

function log(line: string): void {
  if (process.env.UX_AUDIT_DEBUG) process.stderr.write(`${inertLine(line)}\n`);
}

async function buildFirst(command: string, { quiet }: VersionFlags, root: string): Promise<void> {
  const progress = new ProgressLine(Boolean(quiet));
  progress.update('Building this version', 'Building this version');
  try {
    await untilSignal((signal) => buildWorkingTree(command, root, { signal, log }));
  } finally {
    progress.clear();
  }
}

/** @throws HumanError for what tells nothing without the category performance */
function ensureTimeless({ pairs = 1, target = [] }: VersionFlags, { targets }: Pick<AuditRecord, 'targets'>): void {
  if (pairs > 1) {
    throw usageError('pairs-of-times', 'One pair of runs tells of everything but times.', 'Leave --pairs out.');
  }
  const journey = target.find((name) => Object.hasOwn(targets, name) && targets[name]?.kind === 'journey');
  if (journey === undefined) return;
  const next = 'Add performance to --only, or name pages alone.';
  throw usageError('journey-of-times', `${journey} is a journey, which is compared by the category performance.`, next);
}

async function pagesOf(
  flags: VersionFlags,
  workspace: Workspace,
  record: Parameters<typeof isEnvironment>[1],
  head: string,
): Promise<PlannedPage[]> {
  const named = (flags.target ?? []).filter((name) => record.targets[name]?.kind !== 'journey');
  if (flags.target && named.length === 0) return [];
  const plan = { ...flags, record: false, all: undefined, environment: undefined };
  const isPage = isAddress(head) && (new URL(head).pathname !== '/' || Object.keys(record.targets).length === 0);
  if (isPage && named.length === 0) return pagesToAudit([head], { ...plan, serve: undefined }, workspace, record);
  const environment = head === WORKING_TREE || isAddress(head) ? undefined : head;
  if (flags.serve !== undefined || named.length > 0)
    return pagesToAudit(named, { ...plan, environment }, workspace, record);
  return pagesToAudit([], { ...plan, environment, all: true }, workspace, record);
}

/** The recorded journeys to walk: those that are named, else all that both versions can serve or reach. */
async function journeysOf(
  { target: named, serve }: VersionFlags,
  workspace: Workspace,
  { targets }: Parameters<typeof isEnvironment>[1],
  head: string,
): Promise<PlannedPage[]> {
  const recorded = await workspace.journeys.names();
  const isWanted = (name: string) => {
    const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
    if (target?.kind !== 'journey') return false;
    return named?.includes(name) ?? (recorded.includes(name) && (head !== WORKING_TREE || target.serve !== undefined));
  };
  const environment = head === WORKING_TREE || isAddress(head) ? undefined : head;
  const own = serve && (path.relative(workspace.paths.root, path.resolve(serve)).replaceAll('\\', '/') || '.');
  return Promise.all(
    Object.keys(targets)
      .filter(isWanted)
      .map(async (name) => {
        const page = planJourney({ targets }, name, await workspace.journeys.recording(name), environment);
        return own ? { ...page, serve: { folder: own } } : page;
      }),
  );
}

async function allowBuild(command: string, { yes, quiet }: VersionFlags, root: string): Promise<void> {
  const wish = { root, what: `Run "${command}" to build the site`, option: '--yes', code: 'command-not-allowed' };
  if (!yes) await askConsent(wish);
  else if (!quiet) process.stderr.write(`${inertLine(wish.what)}\n`);
}

function describe({ page, side, done, total, left }: CompareProgress): string {
  const which = side === 'base' ? 'before' : 'after';
  const time = left === undefined ? '' : `, about ${timeText(left)} left`;
  return `[pair ${done + 1} of ${total}] ${inertLine(page.target)} as ${page.formFactor}, ${which}${time}`;
}

function timeText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
