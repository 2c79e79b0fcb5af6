import { figureText } from '../metrics/metricText';
import { labMetrics } from '../metrics/pageMetrics';
import type { Finding } from '../record/record';
import type { Measurement } from './measurement';

/** Above these a metric is poor: where Lighthouse 13.5 scores it 0.5. Milliseconds; CLS has no unit. */
const poorAbove: Readonly<Record<string, { mobile: number; desktop: number }>> = {
  'largest-contentful-paint': { mobile: 4000, desktop: 2400 },
  'total-blocking-time': { mobile: 600, desktop: 350 },
  'cumulative-layout-shift': { mobile: 0.25, desktop: 0.25 },
};

/**
 * The value and the limit of a finding that is a metric, a line for each place where it was seen: `local/mobile: 4.6 s
 * (4.4 s–4.9 s, n = 3) on 2026-11-21; poor above 4.0 s`. Empty for any other finding. The record holds neither.
 * @param latest the newest measurement of each target, environment and form factor
 */
export function metricFacts({ rule, target, state }: Finding, latest: readonly Measurement[]): string[] {
  const metric = labMetrics.find(({ id }) => rule === `lighthouse/${id}`);
  const limits = metric && poorAbove[metric.id];
  if (!limits) return [];
  const text = (value: number) => figureText(value, metric.unit);
  return (state.seenIn ?? []).map((seen) => {
    const [environment, formFactor] = seen.split('/');
    const limit = `poor above ${text(formFactor === 'desktop' ? limits.desktop : limits.mobile)}`;
    const measured = latest.find(
      (one) => one.target === target && one.environment === environment && one.formFactor === formFactor,
    );
    const value = measured?.metrics[metric.id];
    if (!value) return `${seen}: not measured on this machine; ${limit}`;
    const { median, min, max, n } = value;
    const range = n > 1 ? `${text(min)}–${text(max)}, n = ${n}` : 'one run';
    return `${seen}: ${text(median)} (${range}) on ${measured.at.slice(0, 10)}; ${limit}`;
  });
}
