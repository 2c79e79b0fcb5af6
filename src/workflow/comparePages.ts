import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDisturbed } from '../core/audit/clockAudits';
import { incomparable } from '../core/audit/compareMeasurements';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { type Measurement, measure, type RunSet } from '../core/audit/measurement';
import { type WholeReport, wholeReportSchema } from '../core/audit/reportDetails';
import { runNumbers } from '../core/audit/runNumbers';
import { cancelled, HumanError, toHumanError } from '../core/errors';
import { comparedSteps, numbersOfWalk } from '../core/journey/comparedSteps';
import { failingTitle } from '../core/journey/journeyFindings';
import { journeySteps, type Recording } from '../core/journey/recording';
import { storableUrl } from '../core/record/targets';
import type { Budget } from '../core/verdict/budget';
import {
  expectedPairs,
  inTurn,
  type NextPair,
  nextPair,
  type PagePairs,
  type PairedRun,
} from '../core/verdict/pageComparison';
import type { AuditEngine } from '../engine/auditEngine';
import type { AuditOptions, Sent, Walk } from '../protocol/workerMessages';
import { endsAll, ensureAnswer, type FormFactor } from './auditPages';
import { walkOnce } from './walkOnce';

/** One page, in its two versions. */
export interface PageToCompare {
  target: string;
  environment: string;
  formFactor: FormFactor;
  /** Address of the version before; undefined when it has no such page. */
  base: string | undefined;
  head: string;
  /** Whether UX Audit serves the files itself, so that what the server sends says nothing of the product. */
  isOwnServer: boolean;
  /** The recording, where it is a journey; each run is then a walk. */
  journey?: Recording | undefined;
}

/** The runs of one version of a page. */
export interface VersionRuns {
  set: RunSet;
  measurement: Measurement;
  /** The whole report of the first run, which has all categories. */
  report: WholeReport | undefined;
}

/** The runs of both versions of a page. */
export interface PageRuns {
  page: PageToCompare;
  pairs: PagePairs;
  base?: VersionRuns;
  head?: VersionRuns;
  /** Why the versions cannot be compared. */
  incomparable?: string;
  /** Why a version could not be audited. */
  error?: { side: Side; error: HumanError };
}

export type Side = 'base' | 'head';

export interface CompareProgress {
  page: PageToCompare;
  side: Side;
  /** Pairs made, and how many it will be if nothing more is suspect. */
  done: number;
  total: number;
  /** Until the end, if nothing more is suspect. Milliseconds; undefined before the first pair is made. */
  left: number | undefined;
}

export interface ComparePagesOptions {
  engine: AuditEngine;
  pages: readonly PageToCompare[];
  settings: Omit<AuditOptions, 'url' | 'formFactor' | 'runs' | 'categories' | keyof Sent>;
  skipPreflight?: boolean | undefined;
  credentials?: ((page: PageToCompare, origin: string) => Promise<Sent>) | undefined;
  /** The values for `${env:NAME}` in journeys, and what to paint over on pictures of them. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
  mask?: string[] | undefined;
  /** What a page may not exceed, by its name. */
  budgetOf?: (target: string) => Budget;
  /** So many pairs of each page, whatever they say; as many as tell when left out. */
  pairs?: number;
  signal?: AbortSignal;
  onProgress?: (progress: CompareProgress) => void;
  now?: () => Date;
}

/** Why a page that only the version after has cannot be compared. */
export const NEW_PAGE = 'the page is new';

/**
 * Audits two versions of pages in turn on this machine: run after run, each in a fresh browser, in the order before,
 * after, after, before. The first pair of a page has all categories, the others the load alone. A page that fails does
 * not stop the others.
 *
 * @throws HumanError when no page can be audited: cancelled, or no browser
 */
export async function comparePages(options: ComparePagesOptions): Promise<PageRuns[]> {
  const { pages, onProgress, signal } = options;
  const all = pages.map((page): InWork => {
    const numbers = page.journey && comparedSteps(journeySteps(page.journey));
    const budget = page.journey ? undefined : options.budgetOf?.(page.target);
    const pairs = { first: [], fresh: [], ...(numbers && { numbers }), ...(budget && { budget }) };
    return { page, pairs, base: noRuns(), head: noRuns() };
  });
  for (const one of all) if (one.page.base === undefined) one.incomparable = NEW_PAGE;
  let spent = 0;
  for (;;) {
    const open = all.filter(
      ({ error, incomparable: why, head }) => !error && (why === undefined || head.begun === undefined),
    );
    const next = nextOf(open, options.pairs);
    if (!next) break;
    const one = open[next.page] as InWork;
    const { page, pairs } = one;
    const made = pairs.first.length + pairs.fresh.length;
    const order = inTurn<Side>(made, ['base', 'head']);
    const done = all.reduce((sum, { pairs: { first, fresh } }) => sum + first.length + fresh.length, 0);
    const ahead = open.map(({ pairs: of }) => (options.pairs ?? expectedPairs(of)) - of.first.length - of.fresh.length);
    const total =
      done +
      Math.max(
        1,
        ahead.reduce((sum, count) => sum + Math.max(0, count), 0),
      );
    const runs: Partial<Record<Side, PairedRun>> = {};
    const begun = Date.now();
    for (const side of order) {
      if (page[side] === undefined || (side === 'base' && one.incomparable === NEW_PAGE)) continue;
      if (signal?.aborted) throw cancelled();
      onProgress?.({ page, side, done, total, left: done === 0 ? undefined : (spent / done) * (total - done) });
      try {
        runs[side] = page.journey ? await oneWalk(options, one, side) : await oneRun(options, one, side);
      } catch (thrown) {
        const error = toHumanError(thrown);
        if (endsAll(error)) throw error;
        if (side === 'base' && error.code === 'not-found') one.incomparable = NEW_PAGE;
        else one.error = { side, error };
        if (one.error?.side === 'head') break;
      }
    }
    spent += Date.now() - begun;
    if (runs.base && runs.head) pairs[next.batch].push({ base: runs.base, head: runs.head });
    one.incomparable ??= whyIncomparable(one);
  }
  return all.map(finished);
}

/** The pair to make next: where a number is given, until each page has so many. */
function nextOf(open: readonly InWork[], wanted: number | undefined): NextPair | undefined {
  if (wanted === undefined) return nextPair(open.map(({ pairs }) => pairs));
  const page = open.findIndex(({ pairs: { first } }) => first.length < wanted);
  return page < 0 ? undefined : { page, batch: 'first' };
}

/** A page whose runs are being made. */
interface InWork extends Pick<PageRuns, 'page' | 'pairs' | 'incomparable' | 'error'> {
  base: Runs;
  head: Runs;
}

interface Runs {
  sets: RunSet[];
  report: WholeReport | undefined;
  begun: Date | undefined;
}

const noRuns = (): Runs => ({ sets: [], report: undefined, begun: undefined });

async function oneRun(options: ComparePagesOptions, one: InWork, side: Side): Promise<PairedRun> {
  const { engine, settings, skipPreflight, credentials, signal, now = () => new Date() } = options;
  const { page } = one;
  const runs = one[side];
  const isFirst = runs.sets.length === 0;
  const url = page[side] as string;
  const request: AuditOptions = {
    ...settings,
    categories: isFirst ? undefined : ['performance'],
    url,
    formFactor: page.formFactor,
    runs: 1,
    ...(await credentials?.(page, new URL(url).origin)),
  };
  if (isFirst && !skipPreflight) await ensureAnswer(engine, request, signal);
  runs.begun ??= now();
  const { set, reports } = await engine.audit(request, { anotherFollows: true, ...(signal && { signal }) });
  const text = await readFile(reports[0] as string, 'utf8');
  await Promise.all(reports.map((file) => rm(file, { force: true })));
  const report: unknown = JSON.parse(text);
  runs.sets.push(set);
  if (isFirst) runs.report = wholeReportSchema.safeParse(report).data;
  return { numbers: runNumbers(report), isDisturbed: set.foreignLoad.some(isDisturbed) };
}

/** Walks a journey once; a walk that fails is made again before it counts as failed. */
async function oneWalk(options: ComparePagesOptions, one: InWork, side: Side): Promise<PairedRun> {
  const { engine, settings, credentials, signal, environment = {}, mask = [], now = () => new Date() } = options;
  const { page } = one;
  const url = page[side] as string;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  one[side].begun ??= now();
  try {
    const { ignoreCertificateErrors } = settings;
    const walker = { engine, environment, recording: page.journey as Recording, mask, folder, ignoreCertificateErrors };
    const sent = await credentials?.(page, new URL(url).origin);
    const walk = async () => walkOnce({ ...walker, url, sent, name: side, signal });
    const first = await walk();
    const last = failedStep(first) ? await walk() : first;
    const failed = failedStep(last);
    if (failed) {
      const next = 'Walk it yourself, or see where it stops: ux-audit journey run';
      throw new HumanError('page', 'step-failed', { what: `${failingTitle(failed.name)}. ${failed.why ?? ''}`, next });
    }
    return { numbers: numbersOfWalk(last.steps), isDisturbed: isDisturbed(last.foreignLoad) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const failedStep = ({ steps }: Pick<Walk, 'steps'>) => steps.find(({ outcome }) => outcome === 'failed');

function whyIncomparable(one: InWork): string | undefined {
  const [base, head] = [versionOf(one, 'base'), versionOf(one, 'head')];
  return base && head && incomparable(base.measurement, head.measurement);
}

/** All runs of a version as one set; the first of them, which has all categories, represents it. */
function versionOf({ page, ...one }: InWork, side: Side): VersionRuns | undefined {
  const { sets, report, begun } = one[side];
  const [first] = sets;
  if (!first || !begun) return undefined;
  const elsewhere = sets.find(({ redirectedTo }) => redirectedTo !== undefined);
  const set: RunSet = {
    ...first,
    ...elsewhere,
    slices: sets.flatMap(({ slices }) => slices),
    representative: 0,
    foreignLoad: sets.flatMap(({ foreignLoad }) => foreignLoad),
    noisy: sets.some(({ noisy }) => noisy),
  };
  const { finalUrl } = set.slices[0] as ReportSlice;
  const about = {
    id: `${begun.toISOString().replace(/[:.]/g, '-')}-${page.environment}-${page.formFactor}`,
    target: page.target,
    environment: page.environment,
    at: begun.toISOString(),
    requestedUrl: storableUrl(page[side] as string),
    finalUrl: storableUrl(finalUrl),
  };
  return { set, report, measurement: measure(set, about) };
}

function finished(one: InWork): PageRuns {
  const { page, pairs, incomparable: why, error } = one;
  const [base, head] = [versionOf(one, 'base'), versionOf(one, 'head')];
  return {
    page,
    pairs,
    ...(base && { base }),
    ...(head && { head }),
    ...(why !== undefined && { incomparable: why }),
    ...(error && { error }),
  };
}
