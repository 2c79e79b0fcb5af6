import * as z from 'zod/mini';
import { labMetrics } from '../metrics/pageMetrics';
import { median, spreadOf } from '../statistics/spread';
import type { ReportSlice } from './lighthouseReport';

const spreadSchema = z.object({
  median: z.number(),
  min: z.number(),
  max: z.number(),
  n: z.int(),
  samples: z.array(z.number()),
});

/** What one set of runs of one page in one environment and form factor measured. Lab data. */
export const measurementSchema = z.looseObject({
  id: z.string(),
  kind: z.literal('lab'),
  target: z.string(),
  environment: z.string(),
  formFactor: z.enum(['mobile', 'desktop']),
  /** When the set began, ISO 8601 in UTC. */
  at: z.string(),
  /** Without query and fragment. */
  requestedUrl: z.string(),
  finalUrl: z.string(),
  /** Set when the browser ended on another page than asked for (a login, say): the numbers are not about the target. */
  redirectedTo: z.optional(z.string()),
  runs: z.int(),
  /** Index of Lighthouse's own representative run. */
  representative: z.int(),
  /** By Lighthouse audit id; milliseconds, CLS unitless. `score` is the median of Lighthouse's scores, 0 to 1. */
  metrics: z.record(z.string(), z.nullable(z.object({ ...spreadSchema.shape, score: z.nullable(z.number()) }))),
  /** By category id; 0 to 1. `null` where Lighthouse gave no score. */
  scores: z.record(z.string(), z.object({ title: z.string(), spread: z.nullable(spreadSchema) })),
  lighthouseVersion: z.string(),
  browser: z.string(),
  throttlingMethod: z.string(),
  throttling: z.record(z.string(), z.number()),
  benchmarkIndex: z.object({
    value: z.number(),
    /** ISO 8601: the index is measured once per worker and again after a pause or under foreign load. */
    measuredAt: z.string(),
  }),
  /** Share of all cores that other programs used during each run, 0 to 1; `null` where it cannot be told. */
  foreignLoad: z.array(z.nullable(z.number())),
  /** Other programs disturbed at least one run that counts. */
  noisy: z.boolean(),
  warnings: z.array(z.string()),
});
export type Measurement = z.infer<typeof measurementSchema>;

/** The newest of some measurements; undefined of none. */
export function newest(measurements: readonly Measurement[]): Measurement | undefined {
  return measurements.reduce<Measurement | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
}

/**
 * The newest measurement of each target, environment and form factor; those that ended on another page are left out.
 */
export function newestMeasurements(oldestFirst: readonly Measurement[]): Measurement[] {
  const found = new Map<string, Measurement>();
  for (const measurement of oldestFirst) {
    if (measurement.redirectedTo !== undefined) continue;
    const { target, environment, formFactor } = measurement;
    found.set(`${target}\n${environment}\n${formFactor}`, measurement);
  }
  return [...found.values()];
}

/** What the worker reports of a finished set, apart from what the caller knows. */
export interface RunSet {
  /** Product and version as the browser itself says, such as `Chrome 156.0.8078.79`. */
  browser: string;
  slices: ReportSlice[];
  representative: number;
  benchmarkIndex: { value: number; measuredAt: string };
  foreignLoad: (number | null)[];
  noisy: boolean;
  redirectedTo?: string;
}

/** Sums up a set of runs: medians with their range and n for numbers, Lighthouse's representative run for the rest. */
export function measure(
  set: RunSet,
  about: { id: string; target: string; environment: string; at: string; requestedUrl: string; finalUrl: string },
): Measurement {
  const shown = set.slices[set.representative] as ReportSlice;
  const metrics: Measurement['metrics'] = {};
  for (const { id } of labMetrics) {
    const audits = set.slices.map((slice) => slice.audits.find((audit) => audit.id === id));
    if (audits.every((audit) => audit === undefined)) continue; // performance was not asked for
    const spread = spreadOf(audits.map((audit) => audit?.numericValue));
    const scores = audits.flatMap((audit) => (typeof audit?.score === 'number' ? [audit.score] : []));
    metrics[id] = spread && { ...spread, score: median(scores) ?? null };
  }
  const scores: Measurement['scores'] = {};
  for (const { id, title } of shown.categories) {
    const samples = set.slices.map((slice) => slice.categories.find((category) => category.id === id)?.score);
    scores[id] = { title, spread: spreadOf(samples) };
  }
  return {
    ...about,
    kind: 'lab',
    formFactor: shown.formFactor,
    ...(set.redirectedTo !== undefined && { redirectedTo: set.redirectedTo }),
    runs: set.slices.length,
    representative: set.representative,
    metrics,
    scores,
    lighthouseVersion: shown.lighthouseVersion,
    browser: set.browser,
    throttlingMethod: shown.throttlingMethod,
    throttling: shown.throttling,
    benchmarkIndex: set.benchmarkIndex,
    foreignLoad: set.foreignLoad,
    noisy: set.noisy,
    warnings: [...new Set(set.slices.flatMap((slice) => slice.warnings))],
  };
}
