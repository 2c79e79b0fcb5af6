import { isAtRest, isOfTimes } from '../core/audit/clockAudits';
import { incomparable } from '../core/audit/compareMeasurements';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { type Measurement, measure, type RunSet } from '../core/audit/measurement';
import type { WholeReport } from '../core/audit/reportDetails';
import { cancelled, type HumanError, toHumanError } from '../core/errors';
import { comparedSteps } from '../core/journey/comparedSteps';
import { journeySteps } from '../core/journey/recording';
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
import type { Sent } from '../protocol/workerMessages';
import { allAtRest } from './allAtRest';
import { endsAll } from './auditPages';
import { noRuns, oneRun, oneWalk, type PageToCompare, type RunOptions, type Side, type Versions } from './runVersion';

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

export interface CompareProgress {
  page: PageToCompare;
  side: Side;
  /** Pairs made, and how many it will be if nothing more is suspect. */
  done: number;
  total: number;
  /** Until the end, if nothing more is suspect. Milliseconds; undefined before the first pair is made. */
  left: number | undefined;
}

export interface ComparePagesOptions extends RunOptions {
  pages: readonly PageToCompare[];
  /** What a page may not exceed, by its name. */
  budgetOf?: (target: string) => Budget;
  /** So many pairs of each page, whatever they say; as many as tell when left out. */
  pairs?: number;
  onProgress?: (progress: CompareProgress) => void;
}

/** Why a page that only the version after has cannot be compared. */
export const NEW_PAGE = 'the page is new';

/**
 * Audits two versions of pages in turn on this machine: run after run, each in a fresh browser, in the order before,
 * after, after, before. The first pair of a page has all categories, the others the load alone. Where no clock decides
 * anything, pages are audited side by side, once in each version. A page that fails does not stop the others.
 *
 * @throws HumanError when no page can be audited: cancelled, or no browser
 */
export async function comparePages(options: ComparePagesOptions): Promise<PageRuns[]> {
  const { pages, categories, settings, onProgress, signal } = options;
  const isTimed = isOfTimes(categories);
  const wanted = isTimed ? options.pairs : 1;
  const all = pages.map((page): InWork => {
    const numbers = page.journey ? comparedSteps(journeySteps(page.journey)) : isTimed ? undefined : [];
    const budget = page.journey ? undefined : options.budgetOf?.(page.target);
    const pairs = { first: [], fresh: [], ...(numbers && { numbers }), ...(budget && { budget }) };
    return { page, pairs, base: noRuns(), head: noRuns() };
  });
  for (const one of all) if (one.page.base === undefined) one.incomparable = NEW_PAGE;
  if (isAtRest({ categories, configPath: settings.configPath })) {
    await atRest(options, all);
    return all.map(finished);
  }
  let spent = 0;
  for (;;) {
    const open = all.filter(
      ({ error, incomparable: why, head }) => !error && (why === undefined || head.begun === undefined),
    );
    const next = nextOf(open, wanted);
    if (!next) break;
    const one = open[next.page] as InWork;
    const { page, pairs } = one;
    const made = pairs.first.length + pairs.fresh.length;
    const order = inTurn<Side>(made, ['base', 'head']);
    const done = all.reduce((sum, { pairs: { first, fresh } }) => sum + first.length + fresh.length, 0);
    const ahead = open.map(({ pairs: of }) => (wanted ?? expectedPairs(of)) - of.first.length - of.fresh.length);
    const total =
      done +
      Math.max(
        1,
        ahead.reduce((sum, count) => sum + Math.max(0, count), 0),
      );
    const runs: Partial<Record<Side, PairedRun>> = {};
    const begun = Date.now();
    for (const side of order) {
      if (!isToRun(one, side)) continue;
      if (signal?.aborted) throw cancelled();
      onProgress?.({ page, side, done, total, left: done === 0 ? undefined : (spent / done) * (total - done) });
      const run = page.journey ? oneWalk(options, one, side) : oneRun(options, one, side);
      runs[side] = await orFailed(one, side, run);
      if (one.error?.side === 'head') break;
    }
    spent += Date.now() - begun;
    if (runs.base && runs.head) pairs[next.batch].push({ base: runs.base, head: runs.head });
    one.incomparable ??= whyIncomparable(one, isTimed);
  }
  return all.map(finished);
}

const isToRun = ({ page, incomparable: why }: InWork, side: Side) =>
  page[side] !== undefined && (side === 'head' || why !== NEW_PAGE);

/** Notes of a page why it could not be run. @throws HumanError when no further page can succeed */
async function orFailed(one: InWork, side: Side, run: Promise<PairedRun>): Promise<PairedRun | undefined> {
  try {
    return await run;
  } catch (thrown) {
    const error = toHumanError(thrown);
    if (endsAll(error)) throw error;
    if (side === 'base' && error.code === 'not-found') one.incomparable = NEW_PAGE;
    else if (side === 'head' || !one.error) one.error = { side, error };
    return undefined;
  }
}

const sides = ['base', 'head'] as const;

/** Audits pages for what no clock decides, several at once, each once in each version. */
async function atRest(options: ComparePagesOptions, all: readonly InWork[]): Promise<void> {
  const { engine, credentials, signal, onProgress } = options;
  const sent = new Map<InWork, Partial<Record<Side, Promise<Sent>>>>();
  for (const one of all) {
    const of: Partial<Record<Side, Promise<Sent>>> = {};
    for (const side of sides.filter((each) => isToRun(one, each))) {
      of[side] = credentials?.(one.page, new URL(one.page[side] as string).origin);
      await of[side]?.catch(() => {}); // told as the page's own; signing in needs a browser, so it comes first
    }
    sent.set(one, of);
  }
  const total = all.length;
  const begun = Date.now();
  let done = 0;
  await allAtRest({ engine, signal }, (beside) =>
    all.flatMap((one) => {
      const runs = sides.map(async (side) => {
        if (!isToRun(one, side)) return undefined;
        const onTurn = () => {
          const left = done === 0 ? undefined : ((Date.now() - begun) / done) * (total - done);
          onProgress?.({ page: one.page, side, done, total, left });
        };
        return orFailed(one, side, oneRun(options, one, side, { beside, onTurn, sent: sent.get(one)?.[side] }));
      });
      const both = Promise.all(runs).then(([base, head]) => {
        if (base && head) one.pairs.first.push({ base, head });
        one.incomparable ??= whyIncomparable(one, false);
        done += 1;
      });
      return [...runs, both];
    }),
  );
}

/** The pair to make next: where a number is given, until each page has so many. */
function nextOf(open: readonly InWork[], wanted: number | undefined): NextPair | undefined {
  if (wanted === undefined) return nextPair(open.map(({ pairs }) => pairs));
  const page = open.findIndex(({ pairs: { first } }) => first.length < wanted);
  return page < 0 ? undefined : { page, batch: 'first' };
}

/** A page whose runs are being made. */
interface InWork extends Versions, Pick<PageRuns, 'page' | 'pairs' | 'incomparable' | 'error'> {}

function whyIncomparable(one: InWork, isTimed: boolean): string | undefined {
  const [base, head] = sides.map((side) => versionOf(one, side)?.measurement);
  if (!base || !head) return undefined;
  // only the load of a development build tells nothing
  const [before, after] = isTimed ? [base, head] : [base, head].map(({ development: _, ...rest }) => rest);
  return before && after && incomparable(before, after);
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
