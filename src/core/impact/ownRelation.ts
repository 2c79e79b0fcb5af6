import { median } from '../audit/spread';
import type { ImpactData } from './impactData';

/**
 * Periods that have both values before a relation is computed. With 8, a rank correlation must already be 0.71 and more
 * for its interval to leave out 0; with fewer, anything looks like a relation. A rule of this tool.
 */
export const PERIODS_NEEDED = 8;

/** The team's own relation of two metrics, or how far it is from one. */
export type OwnRelation = { periods: { period: string; ux: number; cx: number }[] } & (
  | { state: 'too few'; needed: number }
  | {
      state: 'computed';
      /** Spearman's rank correlation, -1 to 1. */
      rho: number;
      low: number;
      high: number;
      n: number;
    }
);

/**
 * Values of both metrics in the same periods, and how they went together. Lab runs and field data count by their
 * calendar month (the median of the month); only months of one page in one environment and form factor are put together.
 */
export function ownRelation(
  data: Pick<ImpactData, 'runs' | 'outcomes'>,
  { ux, cx, target }: { ux: string; cx: string; target?: string | undefined },
): OwnRelation {
  const uxValues = seriesOf(data, ux, target);
  const cxValues = seriesOf(data, cx, target);
  const periods = [...uxValues]
    .flatMap(([period, value]) => {
      const other = cxValues.get(period);
      return other === undefined ? [] : [{ period, ux: value, cx: other }];
    })
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  const n = periods.length;
  if (n < PERIODS_NEEDED) return { state: 'too few', needed: PERIODS_NEEDED - n, periods };
  const rho = pearson(ranks(periods.map((one) => one.ux)), ranks(periods.map((one) => one.cx)));
  if (rho === undefined) return { state: 'too few', needed: 1, periods };
  return { state: 'computed', rho, ...rankInterval(rho, n), n, periods };
}

/** By month (`2026-09`): of the target where it has figures of its own, else of the whole product. */
function seriesOf(
  { runs, outcomes }: Pick<ImpactData, 'runs' | 'outcomes'>,
  metric: string,
  target: string | undefined,
): Map<string, number> {
  const figures = outcomes.filter((one) => one.metric === metric && one.from.slice(0, 7) === one.to.slice(0, 7));
  const own = figures.filter((one) => one.target === target);
  const chosen = own.length > 0 ? own : figures.filter((one) => one.target === undefined);
  const [first] = chosen;
  if (first) {
    const same = chosen.filter(({ variant }) => variant === first.variant);
    return new Map(same.map(({ from, value }) => [from.slice(0, 7), value]));
  }
  const measured = runs.filter((run) => run.values[metric] && (target === undefined || run.target === target));
  const newest = measured.at(-1);
  const byMonth = new Map<string, number[]>();
  for (const run of measured) {
    if (run.target !== newest?.target || run.environment !== newest.environment || run.formFactor !== newest.formFactor)
      continue;
    const month = run.at.slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), run.values[metric]?.[0] as number]);
  }
  return new Map([...byMonth].map(([month, values]) => [month, median(values) as number]));
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => {
    const first = sorted.indexOf(value);
    return (first + sorted.lastIndexOf(value)) / 2 + 1;
  });
}

/** @returns undefined where one of the two never changes */
function pearson(a: readonly number[], b: readonly number[]): number | undefined {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, varianceA, varianceB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[index] as number) - meanB];
    both += x * y;
    varianceA += x * x;
    varianceB += y * y;
  }
  return varianceA === 0 || varianceB === 0 ? undefined : both / Math.sqrt(varianceA * varianceB);
}

/** 95 % interval of a rank correlation by Fisher's z with the variance of Bonett & Wright, Psychometrika 65 (2000). */
function rankInterval(rho: number, n: number): { low: number; high: number } {
  const z = Math.atanh(Math.min(0.999_999, Math.max(-0.999_999, rho)));
  const margin = 1.96 * Math.sqrt((1 + rho ** 2 / 2) / (n - 3));
  return { low: Math.tanh(z - margin), high: Math.tanh(z + margin) };
}
