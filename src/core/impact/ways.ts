import type { Metric } from '../metrics/metricSchema';
import { counted } from '../text/counted';
import { industries } from './benchmarks';
import type { ImpactLink } from './impactCatalogue';
import type { Catalogue } from './teamCatalogue';

/** How a metric gets a value here: an audit, field data of real visits, an imported table, or a typed figure. */
export type Way = 'audit' | 'field data' | 'table' | 'typed';

const ways: Record<Metric['obtained'][number], Way> = {
  lab: 'audit',
  field: 'field data',
  imported: 'table',
  entered: 'typed',
};

/** The ways to a value of each metric, or why there is none; and of each link whether it can ever be shown. */
export interface CatalogueWays {
  metrics: ({ id: string } & ({ obtained: Way[] } | { unobtainable: string }))[];
  links: ({ id: string } & ({ shown: true } | { leftOut: string }))[];
}

/** Says of the whole catalogue what can be had. A link is shown once the metric that it starts from has a value. */
export function waysOf({ metrics, links }: Catalogue): CatalogueWays {
  const known = new Map(metrics.map((metric) => [metric.id, metric]));
  return {
    metrics: metrics.map(({ id, obtained, unobtainable = '' }) =>
      obtained.length > 0 ? { id, obtained: obtained.map((one) => ways[one]) } : { id, unobtainable },
    ),
    links: links.map(({ id, ux }) => {
      const reason = whyLeftOut({ ux }, known);
      return reason === undefined ? { id, shown: true } : { id, leftOut: reason };
    }),
  };
}

const wayWords: Record<Way, string> = {
  audit: 'from an audit',
  'field data': 'from field data of real visits',
  table: 'from a table',
  typed: 'typed in',
};

/** How a metric can be had, in words: `from an audit, or from field data of real visits`; or why it cannot. */
export function howToGet({ obtained, unobtainable = '' }: Pick<Metric, 'obtained' | 'unobtainable'>): string {
  if (obtained.length === 0) return `not obtainable: ${unobtainable}`;
  return obtained.map((one) => wayWords[ways[one]]).join(', or ');
}

/** Why a link can never be shown: nobody can have a value of what it starts from. Undefined when it can. */
export function whyLeftOut({ ux }: Pick<ImpactLink, 'ux'>, known: ReadonlyMap<string, Metric>): string | undefined {
  const metric = known.get(ux);
  if (metric && metric.obtained.length > 0) return undefined;
  return metric ? `${metric.name} cannot be had. ${metric.unobtainable}` : `There is no metric "${ux}".`;
}

/** The table for a terminal: a line for each way, then what cannot be had and why. */
export function waysText({ metrics, links }: CatalogueWays): string {
  const of = (way: Way) => metrics.filter((one) => 'obtained' in one && one.obtained.includes(way)).length;
  const rows = Object.values(ways).map((way) => `  ${way.padEnd(12)}${String(of(way)).padStart(3)} metrics`);
  const none = metrics.flatMap((one) => ('unobtainable' in one ? [`  ${one.id}: ${one.unobtainable}`] : []));
  const left = links.flatMap((one) => ('leftOut' in one ? [one.id] : []));
  return [
    `${counted(metrics.length, 'metric')}, by the ways to a value (one may have several):`,
    ...rows,
    '',
    `${counted(none.length, 'metric')} cannot be had:`,
    ...none,
    '',
    `${links.length - left.length} of ${counted(links.length, 'published relation')} can be shown.`,
    ...(left.length > 0 ? [`Left out, since they start from one of these: ${left.join(', ')}.`] : []),
    '',
    `Industries with benchmarks, for settings.industry of the record: ${industries.join(', ')}.`,
    '',
  ].join('\n');
}
