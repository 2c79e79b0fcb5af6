import { chanceOf, holm, ONE_SIDED } from '../statistics/shift';
import { type Budget, seemsOver } from './budget';
import { isChange, type Judgement, judge, LEAST_RUNS, type Verdict } from './judge';
import { type ComparedNumber, comparedNumbers, type RunNumbers } from './numbers';

/** Runs of the two versions of a page that were made next to each other, in either order. */
export interface Pair {
  base: PairedRun;
  head: PairedRun;
}

export interface PairedRun {
  numbers: RunNumbers;
  /** Whether other programs disturbed it, so that what a clock decides is not read from it. */
  isDisturbed: boolean;
}

/** The pairs of runs of one page. */
export interface PagePairs {
  first: Pair[];
  /** Made anew once the first pairs raised a suspicion. */
  fresh: Pair[];
  /** What its versions are compared by; the numbers of a page when left out. */
  numbers?: readonly ComparedNumber[];
  /** What the page may not exceed; more runs are made where they can show that it does. */
  budget?: Budget;
}

/** The pairs that tell of every page, and of one that a clock leaves open. */
const FEW = LEAST_RUNS;
const FULL = 5;
/** The most first pairs of a page on which the runs saved on calm pages are spent. */
const MOST = 10;
/** Disturbed pairs are made again, as long as a page has at most so many times the pairs that tell. */
const PATIENCE = 2;
/** Pages take the time of so many pairs on average, where nothing is suspect: a tenth more than {@link FULL}. */
const ON_AVERAGE = 5.5;

const timedOf = ({ numbers = comparedNumbers }: PagePairs) => numbers.filter(({ isTimed }) => isTimed);

/** One number of a page in both versions. */
export interface ComparedRow extends Omit<Judgement, 'verdict'> {
  number: ComparedNumber;
  verdict: Verdict;
  /** Values of undisturbed runs, in the order of the runs. */
  base: number[];
  head: number[];
  /** Whether a difference is exact, or fresh runs said the same as the first. */
  confirmed: boolean;
}

/** The pair of runs to make next. */
export interface NextPair {
  /** Index of the page. */
  page: number;
  batch: 'first' | 'fresh';
}

/**
 * The pair of runs to make next; undefined when the comparison is at its end. Page after page has a few pairs, and more
 * where they leave something open; a page with a suspicion is measured afresh. The runs saved on calm pages are then
 * spent on those that cannot tell.
 */
export function nextPair(pages: readonly PagePairs[]): NextPair | undefined {
  for (const [page, pairs] of pages.entries()) {
    const batch = wanted(pairs);
    if (batch) return { page, batch };
  }
  const page = pageForSpareRuns(pages);
  return page === undefined ? undefined : { page, batch: 'first' };
}

/** The order of the runs of a pair, by its place: before, after, after, before, so that a trend hits both alike. */
export function inTurn<T>(place: number, [base, head]: readonly [T, T]): [T, T] {
  return place % 4 === 0 || place % 4 === 3 ? [base, head] : [head, base];
}

/** How many pairs a page will have in all, as far as its runs tell now. */
export function expectedPairs(page: PagePairs): number {
  const { first, fresh } = page;
  const told = quiet(first).length;
  if (told < FEW) return first.length + FULL - told;
  if (isCalm(page)) return first.length;
  const suspect = told >= FULL && isSuspect(page) ? Math.max(FULL, fresh.length) : fresh.length;
  return Math.max(FULL, first.length) + suspect;
}

/** The batch of a page that needs another pair before its numbers can be judged. */
function wanted(page: PagePairs): NextPair['batch'] | undefined {
  const { first, fresh } = page;
  if (isShort(first, FEW)) return 'first';
  if (isCalm(page)) return undefined;
  if (isShort(first, FULL)) return 'first';
  return isSuspect(page) && isShort(fresh, FULL) ? 'fresh' : undefined;
}

/** Of the pages that cannot tell, the one with the fewest pairs; undefined when no saved run is left. */
function pageForSpareRuns(pages: readonly PagePairs[]): number | undefined {
  const used = pages.reduce((sum, { first, fresh }) => sum + first.length + fresh.length, 0);
  if (used + 1 > ON_AVERAGE * pages.length) return undefined;
  const open = [...pages.entries()].filter(
    ([, page]) => page.fresh.length === 0 && page.first.length < MOST && !isCalm(page),
  );
  return open.sort(([, a], [, b]) => a.first.length - b.first.length)[0]?.[0];
}

/** Pairs of which no run was disturbed. */
function quiet(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(({ base, head }) => !base.isDisturbed && !head.isDisturbed);
}

/** Whether a batch needs another pair to have a number of undisturbed ones, and patience is left. */
function isShort(pairs: readonly Pair[], wanted: number): boolean {
  return quiet(pairs).length < wanted && pairs.length < PATIENCE * wanted;
}

/** Whether every number that a clock decides shows no change in the first pairs, and none seems over its budget. */
function isCalm(page: PagePairs): boolean {
  const { first, budget = {} } = page;
  return timedOf(page).every((number) => {
    const limit = budget[number.id];
    if (typeof limit === 'number' && seemsOver(number, valuesOf(number, first, 'head'), limit)) return false;
    return !isMeasured(number, first) || judgeIn(number, first).verdict === 'same';
  });
}

function isSuspect(page: PagePairs): boolean {
  return timedOf(page).some((number) => isChange(judgeIn(number, page.first).verdict));
}

/** Whether both sides have a value of a number, in whatever runs. */
function isMeasured({ id }: ComparedNumber, pairs: readonly Pair[]): boolean {
  return (['base', 'head'] as const).every((side) => pairs.some((pair) => pair[side].numbers[id] !== undefined));
}

/** The values of a number on one side. */
function valuesOf({ id, isTimed }: ComparedNumber, pairs: readonly Pair[], side: 'base' | 'head'): number[] {
  return (isTimed ? quiet(pairs) : pairs).flatMap(({ [side]: { numbers } }) => numbers[id] ?? []);
}

function judgeIn(number: ComparedNumber, pairs: readonly Pair[]): Judgement {
  return judge(number, valuesOf(number, pairs, 'base'), valuesOf(number, pairs, 'head'), 'in turn');
}

/**
 * The rows of all pages of a comparison. A number that a clock decides is worse or better only when the first pairs say
 * so, the fresh ones say the same, and both together do so after Holm's correction for all numbers of all pages.
 */
export function compareRows(pages: readonly PagePairs[]): ComparedRow[][] {
  const rows = pages.map((page) => (page.numbers ?? comparedNumbers).flatMap((number) => rowOf(number, page) ?? []));
  const timedRows = rows.flat().filter(({ number: { isTimed } }) => isTimed);
  const chances = holm(timedRows.map(chanceOfRow));
  for (const [index, row] of timedRows.entries()) {
    if (!isChange(row.verdict)) continue;
    row.confirmed &&= (chances[index] as number) <= ONE_SIDED;
    if (!row.confirmed) row.verdict = 'unknown';
  }
  return rows;
}

function rowOf(number: ComparedNumber, { first, fresh }: PagePairs): ComparedRow | undefined {
  const pairs = [...first, ...fresh];
  if (!isMeasured(number, pairs)) return undefined;
  const [base, head] = [valuesOf(number, pairs, 'base'), valuesOf(number, pairs, 'head')];
  const judged = judge(number, base, head, 'in turn');
  const said = [first, fresh].map((batch) => judgeIn(number, batch).verdict);
  const confirmed = number.isTimed ? said.every((one) => one === judged.verdict) : judged.isExact;
  // what no clock decides and yet differs from run to run is told by nothing that was made again
  const isOpen = !number.isTimed && !judged.isExact && isChange(judged.verdict);
  return { ...judged, ...(isOpen && { verdict: 'unknown' as const }), number, base, head, confirmed };
}

/** How often chance alone would shift a number so far in its direction. */
function chanceOfRow({ shift, base, head }: ComparedRow): number {
  return (shift ?? 0) >= 0 ? chanceOf(base, head) : chanceOf(head, base);
}
