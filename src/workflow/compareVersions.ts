import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { HumanError, isHumanError, usageError } from '../core/errors';
import { formFactorOf } from '../core/journey/addresses';
import type { Target } from '../core/record/record';
import { isLoopback } from '../core/record/targets';
import { budgetsOf } from '../core/review/gate';
import type { Calibration, Review, Version } from '../core/review/review';
import { selfComparison } from '../core/verdict/calibration';
import { inTurn } from '../core/verdict/pageComparison';
import { atomicWrite } from '../storage/atomicWrite';
import { Git } from '../storage/git';
import { ensureGitFiles } from '../storage/workspacePaths';
import { writableFolder, writablePath } from '../storage/writablePath';
import type { FormFactor } from './auditPages';
import { type ComparePagesOptions, comparePages } from './comparePages';
import {
  ensureApart,
  isAddress,
  isEnvironment,
  type OpenSide,
  openAddress,
  openCommit,
  openEnvironment,
  openWorkingTree,
  type SideOptions,
} from './compareSides';
import { today } from './localDate';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { reviewChange } from './reviewChange';
import type { PageToCompare } from './runVersion';
import type { Workspace } from './workspace';

/** The name of the side that is the files of the working tree. */
export const WORKING_TREE = '.';

export interface CompareVersionsOptions
  extends Pick<
      ComparePagesOptions,
      'engine' | 'settings' | 'categories' | 'skipPreflight' | 'onProgress' | 'environment' | 'mask' | 'pairs'
    >,
    Pick<SideOptions, 'build' | 'isBuilt' | 'log'> {
  workspace: Workspace;
  /** An address, an environment of the record, a branch or commit, or {@link WORKING_TREE}. */
  base: string;
  head: string;
  /** The pages of the version after. */
  pages: readonly PlannedPage[];
  formFactors: readonly FormFactor[];
  credentials?: Credentials;
  /** Gets what is being prepared, as a sentence. */
  onStep?: (text: string) => void;
  signal: AbortSignal;
}

/**
 * Audits two versions of the product beside each other on this machine and says what the change did. Writes nothing
 * into the workspace; what it starts and lays out is gone at the end.
 *
 * @throws HumanError why a version cannot be laid out, built or served; `cancelled`
 */
export async function compareVersions(options: CompareVersionsOptions): Promise<Review> {
  const { workspace, categories, onStep } = options;
  const sides: OpenSide[] = [];
  try {
    onStep?.(`Preparing ${options.base}`);
    const base = await openSide(options, options.base, 'base');
    sides.push(base);
    onStep?.(`Preparing ${options.head}`);
    const head = options.head === options.base ? base : await openSide(options, options.head, 'head');
    sides.push(head);
    const pages = await pagesOf(options, base, head);
    const budgetOf = budgetsOf(head.record.record);
    const runs = await comparePages({ ...options, pages, budgetOf, credentials: credentialsOf(options) });
    const targets = Object.fromEntries(
      options.pages.flatMap(({ target, learn, journey }): [string, Target][] =>
        journey ? [] : [[target, { kind: 'page', ...learn }]],
      ),
    );
    const calibration = await calibrationOf(workspace);
    return await reviewChange(workspace, { base, head, runs, categories, targets, today: today(), calibration });
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}

async function openSide(options: CompareVersionsOptions, name: string, side: 'base' | 'head'): Promise<OpenSide> {
  const { workspace, pages } = options;
  if (isAddress(name) && new URL(name).pathname !== '/' && pages.length > 1) {
    throw usageError(
      'one-page',
      `${name} is one page, and ${pages.length} pages are compared.`,
      'Name the page with --target, or give the address of the site.',
    );
  }
  if (name === WORKING_TREE) return openWorkingTree(workspace, options);
  if (isAddress(name)) return openAddress(workspace, name);
  const { record } = await workspace.record.read();
  if (isEnvironment(name, record)) return openEnvironment(workspace, name, options);
  if (side === 'head') {
    throw usageError(
      'head-unknown',
      `"${name}" is neither an address nor an environment of the record.`,
      'The version after is the working tree (.), an address, or an environment such as deployed.',
    );
  }
  const git = await Git.open(workspace.paths.root);
  const commit = await git.mergeBase(name);
  ensureApart(pages);
  return openCommit(workspace, git, { name, commit } satisfies Required<Version>, options);
}

async function pagesOf(
  { pages, formFactors }: CompareVersionsOptions,
  base: OpenSide,
  head: OpenSide,
): Promise<PageToCompare[]> {
  const all: PageToCompare[] = [];
  for (const page of pages) {
    const before = await base.urlOf(page).catch((error: unknown) => {
      throw withBuildHint(error, base.version.name);
    });
    const after = await head.urlOf(page);
    if (after === undefined) continue;
    const { target, environment, journey } = page;
    const isOwnServer = head.isOwnServer(page);
    const wanted = journey ? [formFactorOf(journey)] : formFactors;
    const sides = { base: before, head: after, isOwnServer, journey };
    all.push(...wanted.map((formFactor) => ({ target, environment, formFactor, ...sides })));
  }
  return all;
}

/** A folder that a build makes is missing in a version that was only laid out. */
function withBuildHint(error: unknown, name: string): unknown {
  if (!isHumanError(error) || error.code !== 'folder-missing') return error;
  const next = `Say how to build it: --build "npm run build". It runs in both versions.`;
  return new HumanError('page', 'folder-missing', { what: `${name} has no built site yet. ${error.message}`, next });
}

/** Who is signed in, and credentials, for pages of both versions. */
function credentialsOf(options: CompareVersionsOptions): ComparePagesOptions['credentials'] {
  const { workspace, engine, environment, signal, settings } = options;
  const { ignoreCertificateErrors } = settings;
  const credentials = ownCredentials(options);
  const logins = new Logins<PageToCompare>({
    workspace,
    engine,
    environment,
    signal,
    ignoreCertificateErrors,
    credentials,
  });
  return (page, origin) => logins.of(page, origin);
}

function ownCredentials({ credentials, pages }: CompareVersionsOptions): ComparePagesOptions['credentials'] {
  if (!credentials) return undefined;
  const planned = new Map(pages.map((page) => [page.target, page]));
  return async ({ target }, origin) => {
    const page = planned.get(target);
    // consent was asked for the planned address alone, and what runs on this machine is ours
    const isPlanned = page !== undefined && new URL(page.url).origin === origin;
    return page && (isPlanned || isLoopback(new URL(origin).hostname)) ? credentials(page, origin) : {};
  };
}

const calibrationSchema = z.object({
  at: z.string(),
  comparisons: z.int(),
  alarms: z.int(),
  visible: z.nullable(z.number()),
});

const calibrationFile = ({ paths }: Workspace) => path.join(paths.runs, 'calibration.json');

/** The newest calibration of this machine; undefined when there is none that can be read. */
async function calibrationOf(workspace: Workspace): Promise<Calibration | undefined> {
  try {
    return calibrationSchema.safeParse(JSON.parse(await readFile(calibrationFile(workspace), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Pairs of runs of each page in a calibration. */
const CALIBRATING = 20;

function notCalibrated(target: string, why: string): HumanError {
  const what = `${target} cannot be compared with itself: ${why}.`;
  const next = 'Calibrate with another page: --target NAME.';
  return new HumanError('page', 'not-calibrated', { what, next });
}

/** Compares the working tree with itself, to learn how far this machine can be relied on, and keeps what it learnt. */
export async function calibrate(options: Omit<CompareVersionsOptions, 'base' | 'head'>): Promise<Calibration> {
  const { workspace } = options;
  const side = await openWorkingTree(workspace, options);
  try {
    const pages = await pagesOf({ ...options, base: WORKING_TREE, head: WORKING_TREE }, side, side);
    const made = await comparePages({
      ...options,
      pages,
      credentials: credentialsOf({ ...options, base: WORKING_TREE, head: WORKING_TREE }),
      pairs: CALIBRATING,
    });
    const failed = made.find(({ error }) => error)?.error?.error;
    if (failed) throw failed;
    const apart = made.find(({ incomparable }) => incomparable !== undefined);
    if (apart) throw notCalibrated(apart.page.target, apart.incomparable ?? '');
    const series = made.map(({ pairs: { first } }) =>
      first.flatMap(({ base, head }, index) => inTurn(index, [base, head])),
    );
    const calibration = { at: new Date().toISOString(), ...selfComparison(series) };
    await ensureGitFiles(await writableFolder(path.dirname(workspace.paths.record), workspace.paths.root));
    await mkdir(await writableFolder(workspace.paths.runs, workspace.paths.root), { recursive: true });
    const file = await writablePath(calibrationFile(workspace), workspace.paths.root);
    await atomicWrite(file, `${JSON.stringify(calibration)}\n`);
    return calibration;
  } finally {
    await side.stop();
  }
}
