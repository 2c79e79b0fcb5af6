import { pageMetrics } from '../metrics/pageMetrics';

/** What {@link findingMetrics} needs to know. */
export interface MetricKnowledge {
  /** Lighthouse's categories of an audit, such as `accessibility`. */
  categoriesOf(audit: string): readonly string[];
  /** Acronyms of the load metrics, such as `LCP`, that a fix would improve by the target's newest run. */
  savingsOf(target: string, audit: string): readonly string[];
  /** The metrics that a checklist's item names. */
  itemMetrics(checklist: string, item: string): readonly string[];
}

/**
 * The metrics that a finding affects. For a Lighthouse audit: the one it measures or affects, else those that
 * Lighthouse expects to improve, else what it checks and those of its categories. For a checklist's item: those that
 * it names.
 */
export function metricsOfFinding({ rule, target }: { rule: string; target: string }, known: MetricKnowledge): string[] {
  const [source = '', name = ''] = rule.split('/');
  if (source === 'axe') return ['a11y_violations'];
  if (source !== 'lighthouse') return [...known.itemMetrics(source, name)];
  const own = pageMetrics.find(
    ({ lighthouse: { audit, related = [] } = {} }) => audit === name || related.includes(name),
  );
  if (own) return [own.id];
  const idsOf = (is: (metric: (typeof pageMetrics)[number]) => boolean) => pageMetrics.filter(is).map(({ id }) => id);
  const gained = known.savingsOf(target, name).flatMap((acronym) => idsOf(({ short }) => short === acronym));
  if (gained.length > 0) return gained;
  return [
    ...idsOf(({ lighthouse }) => lighthouse?.check === name),
    ...known
      .categoriesOf(name)
      .flatMap((one) => idsOf(({ lighthouse: { category, findings } = {} }) => category === one || findings === one)),
  ];
}
