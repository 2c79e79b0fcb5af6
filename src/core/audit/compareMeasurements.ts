import { labMetrics } from '../metrics/pageMetrics';
import type { Spread } from '../statistics/spread';
import type { Measurement } from './measurement';

/** What two sets of runs say about one number. */
export interface Difference {
  /** Lighthouse audit id or category id. */
  id: string;
  before: Spread;
  after: Spread;
  /** after.median - before.median, in the unit of the number. */
  delta: number;
  /** The ranges of the two sets overlap, or one has a single run only: the difference may be noise. */
  withinNoise: boolean;
}

/** Why two measurements must not be compared, or undefined when they may. */
export function incomparable(before: Measurement, after: Measurement): string | undefined {
  const major = (version: string) => /\d+/.exec(version)?.[0];
  if (before.formFactor !== after.formFactor) return 'another form factor';
  if (before.environment !== after.environment) return 'another environment';
  if (before.throttlingMethod !== after.throttlingMethod) return 'another throttling method';
  if (!isEqual(before.throttling, after.throttling)) return 'other throttling settings';
  if (major(before.lighthouseVersion) !== major(after.lighthouseVersion)) return 'another major version of Lighthouse';
  if (before.browser.split('.')[0] !== after.browser.split('.')[0]) return 'another browser';
  if (before.redirectedTo !== after.redirectedTo) return 'a redirect to another page';
  return undefined;
}

/** Whether two settings say the same, in whatever order. */
function isEqual(a: Record<string, number>, b: Record<string, number>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
}

function differenceOf(id: string, before: Spread | null | undefined, after: Spread | null | undefined): Difference[] {
  if (!before || !after) return [];
  const overlap = before.min <= after.max && after.min <= before.max;
  return [
    { id, before, after, delta: after.median - before.median, withinNoise: overlap || before.n < 2 || after.n < 2 },
  ];
}

/** Every number that both measurements have: load metrics first, then category scores. */
export function compareMeasurements(before: Measurement, after: Measurement): Difference[] {
  return [
    ...labMetrics.flatMap(({ id }) => differenceOf(id, before.metrics[id], after.metrics[id])),
    ...Object.keys(after.scores).flatMap((id) => differenceOf(id, before.scores[id]?.spread, after.scores[id]?.spread)),
  ];
}
