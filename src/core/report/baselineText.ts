import type { BaselineComparison } from '../audit/baseline';
import { figureText } from '../metrics/metricText';
import { labMetrics } from '../metrics/pageMetrics';

/**
 * A comparison as lines of text: `checkout/local/mobile: LCP 3.9 s (3.6 s to 4.2 s, n 5), baseline …`.
 * @param inert escapes text from the record for the output
 */
export function baselineLines(
  { key, now, reason, differences }: BaselineComparison,
  inert: (text: string) => string,
): string[] {
  if (!now) return [`${inert(key)}: not measured on this machine`];
  if (reason !== undefined) return [`${inert(key)}: not compared, ${inert(reason)}`];
  return differences.map(({ id, before, after, withinNoise }) => {
    const metric = labMetrics.find((one) => one.id === id);
    const text = (value: number) => (metric ? figureText(value, metric.unit) : String(Math.round(value * 100)));
    const spread = ({ median, min, max, n }: typeof before) => `${text(median)} (${text(min)} to ${text(max)}, n ${n})`;
    const isBetter = after.median < before.median === (metric?.direction === 'lower'); // a higher score is better
    const change = withinNoise ? 'no change beyond noise' : isBetter ? 'better' : 'worse';
    return `${inert(key)}: ${metric?.acronym ?? id} ${spread(after)}, baseline ${spread(before)}: ${change}`;
  });
}
