import type { Metric } from './metricSchema';
import { page } from './metrics.json';

/** The metrics that browsers measure. Apart from the others, so that a bundle can leave those out. */
export const pageMetrics = page as readonly unknown[] as readonly Metric[];

/** A load metric of a lab run. */
export interface LabMetric extends Pick<Metric, 'name' | 'direction'> {
  /** Its Lighthouse audit. */
  id: string;
  acronym: string;
  unit: 'ms' | 'score';
}

/** The load metrics of a lab run, in the order in which they are shown. */
export const labMetrics: readonly LabMetric[] = pageMetrics.flatMap(
  ({ short: acronym, name, scale, direction, lighthouse }) => {
    const unit = scale.unit as LabMetric['unit'];
    return lighthouse?.audit === undefined ? [] : [{ id: lighthouse.audit, acronym, name, unit, direction }];
  },
);

const labAudits = new Set(labMetrics.map(({ id }) => id));

/** Whether a Lighthouse audit is a load metric. */
export const isLabMetric = (audit: string): boolean => labAudits.has(audit);

/** The names under which Lighthouse's audit `metrics` has the other times. */
export const timeNames: readonly string[] = pageMetrics.flatMap(({ lighthouse }) => lighthouse?.time ?? []);

/** The metric that a Lighthouse audit or category measures; undefined when there is none. */
export function metricOfLighthouse(id: string): string | undefined {
  return pageMetrics.find(({ lighthouse }) => lighthouse?.audit === id || lighthouse?.category === id)?.id;
}
