import type { Level, Metric } from '../metrics/metricSchema';
import { stages } from '../record/stages';
import type { ImpactLink } from './impactCatalogue';

/** The catalogue that a view is made with. */
export interface Catalogue {
  metrics: readonly Metric[];
  links: readonly ImpactLink[];
}

/** Where a team sees a metric: `settings.metrics` of the record. Words that mean nothing here change nothing. */
export type MetricSettings = Readonly<
  Record<string, { level?: string | undefined; stages?: readonly string[] | undefined }>
>;

const levels: readonly Level[] = ['interaction', 'journey', 'relationship'];

/** The catalogue with the levels and stages that a team has moved; a team can change nothing else of it. */
export function teamCatalogue({ metrics, links }: Catalogue, settings: MetricSettings): Catalogue {
  const moved = metrics.map((metric) => {
    const own = Object.hasOwn(settings, metric.id) ? settings[metric.id] : undefined;
    const wanted = stages.filter((stage) => own?.stages?.includes(stage));
    const level = levels.find((one) => one === own?.level) ?? metric.level;
    return own ? { ...metric, level, stages: wanted.length > 0 ? wanted : metric.stages } : metric;
  });
  return { metrics: moved, links };
}
