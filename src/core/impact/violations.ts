import { median } from '../statistics/spread';
import { daysBetween } from '../text/days';
import type { ImpactData, ImpactRun } from './impactData';
import type { ImpactFilter } from './impactFilter';
import { type ImpactValue, LAB_STALE_AFTER } from './impactValue';

/** The metric that counts what software finds of accessibility. */
const METRIC = 'a11y_violations';

/**
 * The accessibility violations of a page: the open places of its automated findings of the category. Of several pages
 * the median, from the page with the fewest to the page with the most; n is the number of pages. A page counts when
 * its accessibility was audited; without one there is no value.
 * @param runs the newest of each target, environment and form factor, under the filter
 */
export function violations(
  { findings, today }: Pick<ImpactData, 'findings' | 'today'>,
  runs: readonly ImpactRun[],
  filter: ImpactFilter,
): ImpactValue[] {
  const audited = runs.filter(({ values }) => values.a11y_score);
  const pages = [...new Set(audited.map(({ target }) => target))];
  const [only] = pages;
  if (only === undefined) return [];
  const open = findings.filter(({ kind, metrics, seenIn }) => {
    if (kind !== 'automated' || !metrics.includes(METRIC)) return false;
    const { environment: env, formFactor: form } = filter;
    return (seenIn ?? []).length === 0 || seenIn?.some((seen) => isSeen(seen, env, form));
  });
  const byPage = Map.groupBy(open, ({ target }) => target);
  const counts = pages.map((page) => (byPage.get(page) ?? []).reduce((sum, { places }) => sum + places, 0));
  const oldest = audited.map(({ at }) => at.slice(0, 10)).sort()[0] ?? today;
  const isOne = pages.length === 1;
  return [
    {
      metric: METRIC,
      basis: 'lab',
      target: isOne ? only : undefined,
      about: isOne ? 'open automated findings' : 'open automated findings, the median page',
      value: median(counts) ?? 0,
      low: isOne ? undefined : Math.min(...counts),
      high: isOne ? undefined : Math.max(...counts),
      spread: isOne ? undefined : 'range',
      n: pages.length,
      at: oldest,
      unit: 'violations',
      state: daysBetween(oldest, today) > LAB_STALE_AFTER ? 'stale' : 'measured',
      verdict: null,
      noisy: false,
    },
  ];
}

/** Whether evidence such as `local/mobile` passes a filter. */
function isSeen(seen: string, environment: string | undefined, formFactor: string | undefined): boolean {
  const [where, how] = seen.split('/');
  return (environment === undefined || where === environment) && (formFactor === undefined || how === formFactor);
}
