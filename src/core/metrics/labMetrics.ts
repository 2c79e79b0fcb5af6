/** A load metric of a lab run, by its Lighthouse audit id. */
export interface LabMetric {
  id: string;
  acronym: string;
  name: string;
  unit: 'ms' | 'score';
}

/** The five metrics that Lighthouse 13 weighs into its performance score, in the order of its report. */
export const labMetrics: readonly LabMetric[] = [
  { id: 'first-contentful-paint', acronym: 'FCP', name: 'First Contentful Paint', unit: 'ms' },
  { id: 'largest-contentful-paint', acronym: 'LCP', name: 'Largest Contentful Paint', unit: 'ms' },
  { id: 'total-blocking-time', acronym: 'TBT', name: 'Total Blocking Time', unit: 'ms' },
  { id: 'cumulative-layout-shift', acronym: 'CLS', name: 'Cumulative Layout Shift', unit: 'score' },
  { id: 'speed-index', acronym: 'SI', name: 'Speed Index', unit: 'ms' },
];

export const isLabMetric = (id: string): boolean => labMetrics.some((metric) => metric.id === id);

/** Lighthouse's three bands of a score between 0 and 1: good from 0.9, poor below 0.5. */
export type Verdict = 'good' | 'needs improvement' | 'poor';

/** The band a Lighthouse score falls into; `null` stays unknown. */
export function verdictOf(score: number | null): Verdict | null {
  if (score === null) return null;
  return score >= 0.9 ? 'good' : score >= 0.5 ? 'needs improvement' : 'poor';
}

/** `3.9 s`, `310 ms`, `0.02`: as Lighthouse writes it. */
export function formatMetric(value: number, unit: LabMetric['unit']): string {
  if (unit === 'score') return String(Number(value.toFixed(3)));
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
}
