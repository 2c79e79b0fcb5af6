import type { Metric } from '../metrics/metricSchema';
import { definitionOf } from '../metrics/metrics';
import { amountText } from '../metrics/metricText';
import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { byCodeUnit } from '../record/canonicalText';
import { dayText } from '../text/days';
import { isChange, type Verdict, verdictWords } from '../verdict/judge';
import type { ImpactData } from './impactData';
import type { ImpactValue } from './impactValue';

/** How a tile's number went, in few words. */
export interface Trend {
  /** Oldest first; one or none draws nothing. */
  points: { at: string; value: number; low?: number | undefined; high?: number | undefined }[];
  /** Of what, and since when. */
  about: string;
  /** In the five words of every comparison; or why there is no trend. */
  says: string;
  verdict: Verdict | undefined;
}

/** The most sets of runs that a line draws. */
const MOST = 30;

/** The course of a lab value on this machine, and what its newest set says beside the one before. */
export function trendOfRuns(
  { runs, lately, today }: Pick<ImpactData, 'runs' | 'lately' | 'today'>,
  value: ImpactValue,
  metric: Metric,
): Trend {
  const { target = '', environment, formFactor } = value;
  const isSame = (one: { target: string; environment: string; formFactor: string }) =>
    one.target === target && one.environment === environment && one.formFactor === formFactor;
  const points = runs.flatMap((run) => {
    const measured = run.values[metric.id];
    if (!measured || run.isCommitted || !isSame(run)) return [];
    const [middle, low, high, n] = measured;
    return [{ at: run.at, value: middle, ...(n > 1 && { low, high }) }];
  });
  const change = lately.find(isSame);
  if (points.length < 2 || !change)
    return { points, about: target, says: 'measured once, no trend', verdict: undefined };
  const about = `${target}, since ${dayText(change.since.slice(0, 10), today)}`;
  const shown = points.slice(-MOST);
  const found = change.of[metric.id];
  if (change.reason !== undefined || !found)
    return { points: shown, about, says: verdictWords.incomparable, verdict: 'incomparable' };
  const { verdict, shift } = found;
  const by = shift === null ? '' : ` by ${amountText(shift, metric.scale)}`;
  return { points: shown, about, says: `${verdictWords[verdict]}${isChange(verdict) ? by : ''}`, verdict };
}

/**
 * The course of a figure over its periods. The last one and the last before it that has no day in common with it differ
 * when their 95 % intervals do not meet, which is stricter than a test of the difference; otherwise nothing can be
 * told. A rule of this tool.
 */
export function trendOfFigures(
  { figures, today }: Pick<ImpactData, 'figures' | 'today'>,
  value: ImpactValue,
  metric: Metric,
): Trend {
  const same = figures
    .filter(
      (one) =>
        one.metric === value.metric &&
        one.target === value.target &&
        one.variant === value.variant &&
        one.segment === value.segment &&
        one.basis === value.basis &&
        !isFew(one),
    )
    .sort((a, b) => byCodeUnit(a.to, b.to) || byCodeUnit(a.from, b.from) || (a.n ?? 0) - (b.n ?? 0));
  const byPeriod = [...new Map(same.map((one) => [one.to, one])).values()];
  const points = byPeriod.map(({ to, value: middle, low, high }) => ({ at: to, value: middle, low, high }));
  const after = byPeriod.at(-1);
  const before = byPeriod.findLast(({ to }) => after && to < after.from);
  if (!before || !after) {
    const why = points.length > 1 ? 'periods overlap' : 'one period';
    return { points, about: `to ${dayText(value.at, today)}`, says: `${why}, no trend`, verdict: undefined };
  }
  const verdict = differ(before, after, definitionOf(metric, value.variant).direction);
  return { points, about: `${points.length} periods`, says: verdictWords[verdict], verdict };
}

function differ(before: Figure, after: Figure, direction: Metric['direction']): Verdict {
  if (before.low === undefined || before.high === undefined || after.low === undefined || after.high === undefined)
    return 'unknown';
  const [isUp, isDown] = [after.low > before.high, after.high < before.low];
  if (direction === 'target' || !(isUp || isDown)) return 'unknown';
  return isUp === (direction === 'higher') ? 'better' : 'worse';
}
