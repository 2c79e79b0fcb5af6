import type { Level, Metric } from '../metrics/metricSchema';
import { type Stage, stages } from '../record/stages';
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

const levels: readonly string[] = ['interaction', 'journey', 'relationship'] satisfies Level[];

/** The catalogue with the levels and stages that a team has moved; nothing else of it can be changed. */
export function teamCatalogue({ metrics, links }: Catalogue, settings: MetricSettings): Catalogue {
  const moved = metrics.map((metric) => {
    const own = Object.hasOwn(settings, metric.id) ? settings[metric.id] : undefined;
    if (!own) return metric;
    const level = own.level !== undefined && levels.includes(own.level) ? (own.level as Level) : metric.level;
    const wanted = own.stages?.filter((stage): stage is Stage => (stages as readonly string[]).includes(stage)) ?? [];
    return { ...metric, level, stages: wanted.length > 0 ? wanted : metric.stages };
  });
  return { metrics: moved, links };
}
