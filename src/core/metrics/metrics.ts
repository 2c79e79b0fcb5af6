import type { Definition, Metric, Scale } from './metricSchema';
import { people } from './metrics.json';
import { pageMetrics } from './pageMetrics';

/** Every metric of metrics.json. A test checks it against its schema, which at each start would take 10 ms. */
export const metrics: readonly Metric[] = [...pageMetrics, ...(people as readonly unknown[] as readonly Metric[])];

const metricsById = new Map(metrics.map((metric) => [metric.id, metric]));

export function metricOf(id: string): Metric | undefined {
  return metricsById.get(id);
}

/** Every definition of a metric: its own, unless a variant is required, and those of its variants. */
export function definitionsOf({ id, scale, direction, variants = {}, needsVariant }: Metric): Definition[] {
  const own = needsVariant ? [] : [{ id, scale, direction }];
  return [...own, ...Object.entries(variants).map(([name, variant]) => ({ id: `${id}@${name}`, ...variant }))];
}

/** The definition that a figure's variant names; the metric's own when the variant is a task, say. */
export function definitionOf(metric: Metric, variant = ''): Definition {
  const { id, scale, direction, variants = {} } = metric;
  const name = Object.keys(variants).find((one) => variant === one || variant.endsWith(`, ${one}`));
  const own = name === undefined ? undefined : variants[name];
  return own ? { id: `${id}@${name}`, ...own } : { id, scale, direction };
}

/** Whether a value is on a scale. */
export function isOnScale({ min, max }: Scale, value: number): boolean {
  return Number.isFinite(value) && value >= (min ?? value) && value <= (max ?? value);
}

/** `1 to 5 points`, `0 or more ms`, `%`. */
export function scaleText({ min, max, unit }: Scale): string {
  if (min !== null) return max === null ? `${min} or more ${unit}` : `${min} to ${max} ${unit}`;
  return max === null ? unit : `${max} or less ${unit}`;
}

/**
 * How bad a value is; more is worse. On a scale with two ends it is the distance from the good end, 0 to 1, so that
 * values of different definitions compare. For a metric without a better direction, higher counts as worse.
 */
export function badness({ scale: { min, max }, direction }: Definition, value: number): number {
  const way = min === null || max === null ? value : (value - min) / (max - min);
  if (direction !== 'higher') return way;
  return min === null || max === null ? -way : 1 - way;
}
