import type { Metric } from '../metrics/metricSchema';
import { amountText, type Measure, signedAmountText } from '../metrics/metricText';
import { differenceInterval, type Interval } from '../statistics/intervals';
import { median } from '../statistics/spread';
import { dayText } from '../text/days';
import { isChange, type Judged, judge, type Verdict, verdictWords } from '../verdict/judge';
import { comparedNumber } from '../verdict/numbers';

/** One value of a course: a set of runs, or a figure of a period. */
export interface CoursePoint {
  /** ISO 8601, a day or a moment; of a figure its last day. */
  at: string;
  /** The first day of a figure. */
  from?: string;
  value: number;
  low: number | undefined;
  high: number | undefined;
  n: number | undefined;
  /** Whether other programs disturbed it; it is then left out of a comparison. */
  noisy?: boolean;
}

/** What the values of a period come to. */
export interface Period {
  from: string;
  to: string;
  value: number;
  low: number | undefined;
  high: number | undefined;
  /** Sets of runs; of figures their answers. */
  n: number | undefined;
}

/** Two periods of one course beside each other. */
export interface PeriodComparison {
  before: Period;
  after: Period;
  verdict: Verdict;
  /** By how much it went up, in the metric's unit; null without a value on a side. */
  shift: number | null;
  /** Null where values are too few for one. */
  interval: [low: number, high: number] | null;
  /** What the interval is: of sets of runs 90 %, of figures 95 %. */
  level: '90 %' | '95 %';
  /** Disturbed sets of runs that do not count. */
  leftOut: number;
}

/**
 * Compares the values before a point of a course with those from it on: sets of runs by the medians of the sets, as two
 * versions measured at two times are; figures by the last one of each side and their 95 % intervals. Two figures that
 * have days in common are not compared, since they are partly the same.
 * @param at the index of the first point of the later period
 * @returns undefined when a side has no value, or only one whose days the other has too
 */
export function comparePeriods(
  points: readonly CoursePoint[],
  at: number,
  { metric, direction, isLab }: { metric: Metric; direction: Metric['direction']; isLab: boolean },
): PeriodComparison | undefined {
  const isCounted = ({ noisy }: CoursePoint) => !noisy;
  const [early, late] = [points.slice(0, at).filter(isCounted), points.slice(at).filter(isCounted)];
  const leftOut = points.length - early.length - late.length;
  const about = { level: isLab ? ('90 %' as const) : ('95 %' as const), leftOut };
  if (!isLab) {
    const after = late.at(-1);
    const before = early.findLast((one) => after && one.at < (after.from ?? after.at));
    return before && after && { ...about, ...ofFigures(before, after, direction) };
  }
  const [before, after] = [periodOf(early), periodOf(late)];
  if (!before || !after) return undefined;
  const values = (side: readonly CoursePoint[]) => side.map(({ value }) => value);
  const { verdict, shift, interval } = judge(judgedOf(metric), values(early), values(late), 'apart');
  return { ...about, before, after, verdict, shift, interval };
}

function periodOf(points: readonly CoursePoint[]): Period | undefined {
  const values = points.map(({ value }) => value);
  const value = median(values);
  const [from, to] = [points[0]?.at, points.at(-1)?.at];
  if (value === undefined || from === undefined || to === undefined) return undefined;
  return { from, to, value, low: Math.min(...values), high: Math.max(...values), n: points.length };
}

/** How the numbers of a metric are judged: as a comparison of versions does, where it has them. */
function judgedOf({ lighthouse, scale, direction }: Metric): Judged {
  const isBetterHigher = direction === 'higher';
  const compared = comparedNumber(lighthouse?.audit ?? '');
  if (compared) return compared;
  if (scale.unit === 'ms') return { isTimed: true, isBetterHigher, matters: { least: 100, share: 0.05 } };
  const isTimed = lighthouse?.category === 'performance';
  return { isTimed, isBetterHigher, matters: { least: scale.unit === 'points' ? 1 : 0.01, share: 0 } };
}

function ofFigures(before: CoursePoint, after: CoursePoint, direction: Metric['direction']) {
  const periods = {
    before: { ...before, from: before.at, to: before.at },
    after: { ...after, from: after.at, to: after.at },
  };
  const shift = after.value - before.value;
  const [a, b] = [intervalOf(before), intervalOf(after)];
  if (!a || !b) return { ...periods, verdict: 'unknown' as const, shift, interval: null };
  const { low, high } = differenceInterval(a, b);
  const isClear = direction !== 'target' && (low > 0 || high < 0);
  const verdict: Verdict = !isClear ? 'unknown' : low > 0 === (direction === 'higher') ? 'better' : 'worse';
  return { ...periods, verdict, shift, interval: [low, high] as [number, number] };
}

function intervalOf({ value, low, high }: CoursePoint): Interval | undefined {
  return low === undefined || high === undefined ? undefined : { estimate: value, low, high };
}

/** `worse by 0.5 s since 10 Nov`, `no change shown since 10 Nov`. */
export function changeText({ verdict, shift, after }: PeriodComparison, scale: Measure, today: string): string {
  const by = isChange(verdict) && shift !== null ? ` by ${amountText(shift, scale)}` : '';
  return `${verdictWords[verdict]}${by} since ${dayText(after.from.slice(0, 10), today)}`;
}

/** How sure the change is: `90 % interval +0.3 s to +0.6 s; 6 and 5 sets of runs`. */
export function sureText({ interval, level, before, after, leftOut }: PeriodComparison, scale: Measure): string {
  const ends = interval?.map((end) => signedAmountText(end, scale)).join(' to ');
  const range = ends === undefined ? 'too few for an interval' : `${level} interval ${ends}`;
  const sets = `${before.n} and ${after.n} sets of runs`;
  const answers = `n ${before.n ?? 'not known'} and ${after.n ?? 'not known'}`;
  const left = leftOut > 0 ? `; ${leftOut} disturbed left out` : '';
  return `${range}; ${level === '90 %' ? sets : answers}${left}`;
}

/** What the way of the line means, since a falling one may be good. */
export function wayText({ verdict, shift }: PeriodComparison, direction: Metric['direction']): string {
  if (direction === 'target') return 'Whether more or less is better depends on the case.';
  const better = direction === 'lower' ? 'Lower is better' : 'Higher is better';
  if (!isChange(verdict) || shift === null) return `${better}.`;
  const goes = shift < 0 ? 'The line falls' : 'The line rises';
  return `${goes}, and that is ${verdict === 'better' ? 'good' : 'bad'}: ${better.toLowerCase()}.`;
}
