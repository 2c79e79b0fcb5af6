import type { Level, Metric } from '../metrics/metricSchema';
import { stages } from '../record/stages';
import type { ImpactLink } from './impactCatalogue';

/** The metrics and links that a view uses. */
export interface Catalogue {
  metrics: readonly Metric[];
  links: readonly ImpactLink[];
}

/** A team's own levels and stages of metrics: `settings.metrics` of the record. Unknown words are ignored. */
export type MetricSettings = Readonly<
  Record<string, { level?: string | undefined; stages?: readonly string[] | undefined }>
>;

const levels: readonly Level[] = ['interaction', 'journey', 'relationship'];

/** The catalogue with a team's own levels and stages, the only parts that a team can change. */
export function teamCatalogue({ metrics, links }: Catalogue, settings: MetricSettings): Catalogue {
  const moved = metrics.map((metric) => {
    const own = Object.hasOwn(settings, metric.id) ? settings[metric.id] : undefined;
    const wanted = stages.filter((stage) => own?.stages?.includes(stage));
    const level = levels.find((one) => one === own?.level) ?? metric.level;
    return own ? { ...metric, level, stages: wanted.length > 0 ? wanted : metric.stages } : metric;
  });
  return { metrics: moved, links };
}
