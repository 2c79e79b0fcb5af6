import type { BaselineComparison } from '../audit/baseline';
import { formatMetric, type LabMetric } from '../metrics/labMetrics';

/** A comparison in lines for people: `checkout/local/mobile: LCP 3.9 s (3.6 s to 4.2 s, n 5), baseline …`. */
export function baselineLines(
  { key, now, reason, differences }: BaselineComparison,
  metrics: readonly LabMetric[],
  inert: (text: string) => string,
): string[] {
  if (!now) return [`${inert(key)}: not measured on this machine`];
  if (reason !== undefined) return [`${inert(key)}: not compared, ${inert(reason)}`];
  return differences.map(({ id, before, after, withinNoise }) => {
    const metric = metrics.find((one) => one.id === id);
    const text = (value: number) => (metric ? formatMetric(value, metric.unit) : String(Math.round(value * 100)));
    const spread = ({ median, min, max, n }: typeof before) => `${text(median)} (${text(min)} to ${text(max)}, n ${n})`;
    const lower = metric !== undefined; // of load metrics lower is better, of scores higher
    const verdict = withinNoise
      ? 'no change beyond noise'
      : after.median < before.median === lower
        ? 'better'
        : 'worse';
    return `${inert(key)}: ${metric?.acronym ?? id} ${spread(after)}, baseline ${spread(before)}: ${verdict}`;
  });
}
