import { labBands } from '../metrics/labBands';
import { figureText } from '../metrics/metricText';
import { labMetrics } from '../metrics/pageMetrics';
import type { Finding } from '../record/record';
import type { Measurement } from './measurement';

/**
 * The value and the limit of a finding that is a metric, a line for each place where it was seen: `local/mobile: 4.6 s
 * (4.4 s–4.9 s, n = 3) on 2026-11-21; poor above 4.0 s`. Empty for any other finding. The record holds neither.
 * @param latest the newest measurement of each target, environment and form factor
 */
export function metricFacts({ rule, target, state }: Finding, latest: readonly Measurement[]): string[] {
  const metric = labMetrics.find(({ id }) => rule === `lighthouse/${id}`);
  if (!metric) return [];
  const text = (value: number) => figureText(value, metric.unit);
  return (state.seenIn ?? []).map((seen) => {
    const [environment, formFactor] = seen.split('/');
    const bands = labBands(metric.id, formFactor === 'desktop' ? 'desktop' : 'mobile');
    const limit = bands ? `poor above ${text(bands.poor)}` : 'not scored';
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
