import { labIds } from './labIds';

/** What is needed to tell which metrics a finding bears on. */
export interface MetricKnowledge {
  /** Lighthouse's categories of an audit, such as `accessibility`. */
  categoriesOf(audit: string): readonly string[];
  /** Acronyms of the load metrics that the newest run of the target expects to gain, such as `LCP`. */
  savingsOf(target: string, audit: string): readonly string[];
  /** Metrics that an item of a checklist names. */
  itemMetrics(checklist: string, item: string): readonly string[];
}

const byAcronym: Record<string, string> = { LCP: 'lcp', FCP: 'fcp', TBT: 'tbt', CLS: 'cls', INP: 'inp', TTFB: 'ttfb' };
const byAudit: Record<string, string> = {
  ...labIds,
  'interaction-to-next-paint': 'inp',
  'server-response-time': 'ttfb',
  'document-latency-insight': 'ttfb',
  'layout-shifts': 'cls',
  'cls-culprits-insight': 'cls',
};
const byCategory: Record<string, string[]> = {
  performance: ['lh_performance'],
  accessibility: ['a11y_violations', 'a11y_score'],
  seo: ['seo_score'],
};

/**
 * The metrics of the catalogue that a finding bears on: the one an audit is, else what Lighthouse expects to gain from mending it, else those of its
 * category; what the item of a checklist names.
 */
export function metricsOfFinding({ rule, target }: { rule: string; target: string }, known: MetricKnowledge): string[] {
  const [source = '', name = ''] = rule.split('/');
  if (source === 'axe') return ['a11y_violations'];
  if (source !== 'lighthouse') return [...known.itemMetrics(source, name)];
  const own = Object.hasOwn(byAudit, name) ? byAudit[name] : undefined;
  if (own !== undefined) return [own];
  const gained = known.savingsOf(target, name).flatMap((acronym) => byAcronym[acronym] ?? []);
  if (gained.length > 0) return gained;
  return known.categoriesOf(name).flatMap((category) => byCategory[category] ?? []);
}
