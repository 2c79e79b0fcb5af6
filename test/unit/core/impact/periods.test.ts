import { describe, expect, it } from 'vitest';
import {
  type CoursePoint,
  changeText,
  comparePeriods,
  type PeriodComparison,
  sureText,
  wayText,
} from '../../../../src/core/impact/periods';
import type { Metric } from '../../../../src/core/metrics/metricSchema';
import { metricOf } from '../../../../src/core/metrics/metrics';

const ms = { unit: 'ms' };
const metric = (id: string) => metricOf(id) as Metric;
const days = (values: readonly number[], change: Partial<CoursePoint> = {}): CoursePoint[] =>
  values.map((value, day) => ({
    at: `2026-11-${String(day + 1).padStart(2, '0')}T10:00:00.000Z`,
    value,
    low: value - 50,
    high: value + 50,
    n: 3,
    ...change,
  }));
const compare = (points: CoursePoint[], at: number, id = 'lcp', isLab = true) =>
  comparePeriods(points, at, { metric: metric(id), direction: metric(id).direction, isLab }) as PeriodComparison;

const before = [4800, 4850, 4780, 4820, 4830];
const slower = [...before, 5290, 5240, 5310, 5280, 5300];

describe('two periods of sets of runs', () => {
  it('differ by the medians of their sets, with the interval of the difference', () => {
    const found = compare(days(slower), 5);
    expect(found).toMatchObject({ verdict: 'worse', shift: 470, level: '90 %', leftOut: 0 });
    const [low, high] = found.interval ?? [];
    expect(low).toBeGreaterThan(240);
    expect(high).toBeLessThan(600);
    expect(found.before).toMatchObject({ value: 4820, low: 4780, high: 4850, n: 5 });
    expect(changeText(found, ms, '2026-11-22')).toBe('worse by 0.5 s since 6 Nov');
    expect(sureText(found, ms)).toMatch(/^90 % interval \+0\.\d s to \+0\.\d s; 5 and 5 sets of runs$/);
  });

  it('that fell are good where lower is better, and it says so', () => {
    const faster = compare(days(slower.toReversed()), 5);
    expect(faster.verdict).toBe('better');
    expect(wayText(faster, 'lower')).toBe('The line falls, and that is good: lower is better.');
    expect(wayText(compare(days(slower), 5), 'lower')).toBe('The line rises, and that is bad: lower is better.');
    const score = compare(days([60, 61, 60, 61, 60, 90, 91, 90, 91, 90]), 5, 'a11y_score');
    expect(wayText(score, 'higher')).toBe('The line rises, and that is good: higher is better.');
  });

  it('claim no change within what matters, and nothing of too few sets', () => {
    expect(compare(days([...before, 4810, 4830, 4790, 4840, 4820]), 5).verdict).toBe('same');
    const few = compare(days([4800, 5300]), 1);
    expect(few).toMatchObject({ verdict: 'unknown', interval: null });
    expect(sureText(few, ms)).toBe('too few for an interval; 1 and 1 sets of runs');
    expect(wayText(few, 'lower')).toBe('Lower is better.');
  });

  it('leave out what other programs disturbed, and say how much', () => {
    const points = days(slower).map((point, index) => ({ ...point, noisy: index === 7 }));
    expect(compare(points, 5)).toMatchObject({ leftOut: 1, after: { n: 4 } });
    const noisy = days([1, 2]).map((point) => ({ ...point, noisy: true }));
    expect(compare(noisy, 1)).toBeUndefined();
  });
});

describe('two periods of figures', () => {
  const nps = (value: number, low: number, high: number, month = 7): CoursePoint => ({
    from: `2026-0${month}-01`,
    at: `2026-0${month}-28`,
    value,
    low,
    high,
    n: 400,
  });

  it('differ when the interval of their difference leaves out 0, though their own intervals meet', () => {
    const found = compare([nps(6, 0, 12), nps(15, 10, 20, 8)], 1, 'nps', false);
    expect(found).toMatchObject({ verdict: 'better', shift: 9, level: '95 %' });
    expect(found.interval?.map(Math.round)).toEqual([1, 17]);
    expect(compare([nps(6, -3, 15), nps(12, 4, 20, 8)], 1, 'nps', false).verdict).toBe('unknown');
  });

  it('without an interval cannot be told apart', () => {
    const bare = { low: undefined, high: undefined };
    const found = compare([{ ...nps(6, 0, 0), ...bare }, nps(40, 30, 50, 8)], 1, 'nps', false);
    expect(found).toMatchObject({ verdict: 'unknown', interval: null, shift: 34 });
  });

  it('of a short scale differ by tenths and hundredths, which are not rounded away', () => {
    const found = compare([nps(4.6, 4.5, 4.7), nps(5, 4.9, 5.1, 8)], 1, 'ces', false);
    const { scale } = metric('ces');
    expect(changeText(found, scale, '2026-11-22')).toBe('better by 0.4 points since 28 Aug');
    expect(sureText(found, scale)).toBe('95 % interval +0.26 points to +0.54 points; n 400 and 400');
    expect(changeText({ ...found, shift: 3.4 }, metric('sus').scale, '2026-11-22')).toContain('by 3 points');
  });

  it('are compared with the last one before that has no day in common, and with none where all have', () => {
    const [july, august] = [nps(0, -5, 5), nps(5, 0, 10, 8)];
    const quarter = { ...nps(20, 15, 25), from: '2026-08-01', at: '2026-09-30' };
    expect(compare([july, august, quarter], 2, 'nps', false)).toMatchObject({ shift: 20, before: { at: july.at } });
    expect(compare([august, quarter], 1, 'nps', false)).toBeUndefined();
    const nextDay = { ...nps(20, 15, 25, 8), from: '2026-07-29' };
    expect(compare([july, nextDay], 1, 'nps', false)).toMatchObject({ shift: 20 });
  });
});
