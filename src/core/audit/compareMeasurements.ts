import { isLabMetric, labMetrics } from '../metrics/pageMetrics';
import type { Spread } from '../statistics/spread';
import { type Judged, type Judgement, judge } from '../verdict/judge';
import { comparedNumber } from '../verdict/numbers';
import type { Measurement } from './measurement';

/** One number in two sets of runs, which were made at two times. */
export interface Difference extends Judgement {
  /** Lighthouse audit id or category id. */
  id: string;
  before: Spread;
  after: Spread;
}

/** Why two measurements cannot be compared; undefined when they can. */
export function incomparable(before: Measurement, after: Measurement): string | undefined {
  const major = (version: string) => /\d+/.exec(version)?.[0];
  if (before.formFactor !== after.formFactor) return 'another form factor';
  if (before.environment !== after.environment) return 'another environment';
  if (before.throttlingMethod !== after.throttlingMethod) return 'another throttling method';
  if (!isEqual(before.throttling, after.throttling)) return 'other throttling settings';
  if (major(before.lighthouseVersion) !== major(after.lighthouseVersion)) return 'another major version of Lighthouse';
  if (before.browser.split('.')[0] !== after.browser.split('.')[0]) return 'another browser';
  if (before.development || after.development) return 'a development build';
  if (before.redirectedTo !== after.redirectedTo) return 'a redirect to another page';
  return undefined;
}

/** Whether two settings are equal, in any order of keys. */
function isEqual(a: Record<string, number>, b: Record<string, number>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
}

/** Load metrics that versions of a page are not compared by are judged as those that are. */
const ofTimes: Judged = { isTimed: true, matters: { least: 100, share: 0.05 } };
/** A point of a hundred. */
const ofScores = { isBetterHigher: true, matters: { least: 0.01, share: 0 } };

function differenceOf(id: string, before: Spread | null | undefined, after: Spread | null | undefined): Difference[] {
  if (!before || !after) return [];
  const number = comparedNumber(id) ?? (isLabMetric(id) ? ofTimes : { ...ofScores, isTimed: id === 'performance' });
  return [{ id, before, after, ...judge(number, before.samples, after.samples, 'apart') }];
}

/** Compares every number that both measurements have: load metrics, then category scores. */
export function compareMeasurements(before: Measurement, after: Measurement): Difference[] {
  return [
    ...labMetrics.flatMap(({ id }) => differenceOf(id, before.metrics[id], after.metrics[id])),
    ...Object.keys(after.scores).flatMap((id) => differenceOf(id, before.scores[id]?.spread, after.scores[id]?.spread)),
  ];
}
