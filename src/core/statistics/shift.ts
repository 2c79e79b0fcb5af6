import { median } from './spread';

/** The share of cases in which a one-sided statement may be wrong. */
export const ONE_SIDED = 0.05;

/** By how much one set of values is above another, with the interval that holds it. In the unit of the values. */
export interface Shift {
  estimate: number;
  /** `-Infinity` when the values are too few to bound it. */
  low: number;
  /** `Infinity` when the values are too few to bound it. */
  high: number;
}

/**
 * The shift from `before` to `after`. The estimate is the median of all differences between a value after and one
 * before (Hodges and Lehmann, Annals of Mathematical Statistics 34, 1963). The interval holds every shift that
 * Smirnov's one-sided test (see {@link chanceOf}) does not rule out in either direction, each with {@link ONE_SIDED}:
 * so it is one of 90 %. It supposes nothing of the distribution: load times often have two values, of which it asks
 * only that most runs have one of them.
 *
 * @returns undefined when a side has no value
 */
export function shiftOf(before: readonly number[], after: readonly number[]): Shift | undefined {
  const estimate = median(after.flatMap((later) => before.map((earlier) => later - earlier)));
  if (estimate === undefined) return undefined;
  const [b, a] = [ascending(before), ascending(after)];
  const needed = neededGap(b.length, a.length);
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [i, later] of a.entries()) {
    for (const [j, earlier] of b.entries()) {
      // if `after` were lower by more than this, its share up to here would exceed that of `before` by what is needed
      if ((i + 1) / a.length - j / b.length >= needed) high = Math.min(high, later - earlier);
      if ((j + 1) / b.length - i / a.length >= needed) low = Math.max(low, later - earlier);
    }
  }
  // where the two sides differ in form, each end may rule out the other: then nothing is known of a shift
  return low <= high
    ? { estimate, low, high }
    : { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}

/**
 * How often chance alone would put `after` as clearly above `before` as it is, whatever the distribution: the exact
 * one-sided test of Smirnov (1939) on the largest gap between the shares of values up to a point. Where values are
 * equal, it says rather too much than too little.
 *
 * @returns 0 to 1; 1 when a side has no value
 */
export function chanceOf(before: readonly number[], after: readonly number[]): number {
  if (before.length === 0 || after.length === 0) return 1;
  const shareUpTo = (values: readonly number[], point: number) =>
    values.filter((value) => value <= point).length / values.length;
  const gaps = before.map((point) => shareUpTo(before, point) - shareUpTo(after, point));
  return chanceOfGap(before.length, after.length, Math.max(0, ...gaps));
}

/** Shares are compared as fractions, which are not exact. */
const ALMOST = 1e-9;

/** How often chance alone makes a gap of at least so much: the share of the orders of m and n values that have it. */
function chanceOfGap(m: number, n: number, gap: number): number {
  if (gap <= ALMOST) return 1;
  // orders[i][j]: of how many orders of i and j values no start has the gap
  const orders: number[][] = [];
  const all: number[][] = [];
  for (let i = 0; i <= m; i += 1) {
    orders.push([]);
    all.push([]);
    for (let j = 0; j <= n; j += 1) {
      const sum = (table: number[][]) =>
        i === 0 && j === 0 ? 1 : (table[i - 1]?.[j] ?? 0) + (j > 0 ? (table[i]?.[j - 1] ?? 0) : 0);
      (all[i] as number[]).push(sum(all));
      (orders[i] as number[]).push(i / m - j / n >= gap - ALMOST ? 0 : sum(orders));
    }
  }
  return 1 - (orders[m]?.[n] as number) / (all[m]?.[n] as number);
}

const known = new Map<string, number>();

/** The smallest gap that chance alone makes in at most {@link ONE_SIDED} of all cases; above 1 when none is. */
function neededGap(m: number, n: number): number {
  const key = `${m} ${n}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const gaps = Array.from({ length: m }, (_, i) => Array.from({ length: n + 1 }, (_, j) => (i + 1) / m - j / n)).flat();
  const small = ascending(gaps).find((gap) => gap > ALMOST && chanceOfGap(m, n, gap) <= ONE_SIDED + ALMOST);
  const needed = (small ?? 2) - ALMOST;
  known.set(key, needed);
  return needed;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * Holm's correction for several tests (Scandinavian Journal of Statistics 6, 1979): the adjusted p values, in the given
 * order.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((i, j) => (values[i] as number) - (values[j] as number));
  const adjusted: number[] = [];
  let largest = 0;
  for (const [position, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - position) * (values[index] as number)));
    adjusted[index] = largest;
  }
  return adjusted;
}
