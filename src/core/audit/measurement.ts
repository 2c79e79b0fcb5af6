import * as z from 'zod/mini';
import { defined } from '../defined';
import { labMetrics, pageMetrics } from '../metrics/pageMetrics';
import type { ExpectedPage } from '../record/logins';
import type { Savings } from '../record/problems';
import { storableUrl } from '../record/targets';
import { median, spreadOf } from '../statistics/spread';
import type { DevelopmentBuild } from './developmentBuild';
import type { AuditSlice, ReportSlice } from './lighthouseReport';
import { headingNote, type Proof } from './proof';

const spreadSchema = z.object({
  median: z.number(),
  min: z.number(),
  max: z.number(),
  n: z.int(),
  samples: z.array(z.number()),
});

/** The lab data of one set of runs of a page, in one environment and form factor. */
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
  /** The other page, such as a login, that the browser was sent to. The numbers are then not about the target. */
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
  /** The speed of the machine. Left out where the load was not measured. */
  benchmarkIndex: z.optional(
    z.object({
      value: z.number(),
      /** ISO 8601. Each worker measures the index once, and again after a pause or while other programs are busy. */
      measuredAt: z.string(),
    }),
  ),
  /** The share of all cores that other programs used during each run, 0 to 1; `null` when unknown. */
  foreignLoad: z.array(z.nullable(z.number())),
  /** Whether other programs slowed at least one run that counts. */
  noisy: z.boolean(),
  /** The tool that made a development build, and what shows it. Left out when nothing does. */
  development: z.optional(z.object({ tool: z.string(), because: z.string() })),
  warnings: z.array(z.string()),
  /** What the measured page showed, by which a person tells whether it is the right one. */
  proof: z.optional(
    z.looseObject({
      url: z.string(),
      heading: z.optional(z.string()),
      status: z.optional(z.int()),
      /** That the heading is another than a person confirmed, in words. */
      note: z.optional(z.string()),
    }),
  ),
  /**
   * What Lighthouse estimates the mending of an audit to save, by its id: the largest saving of a load metric in the
   * representative run. Milliseconds. Measurements of version 0.1.0 have none.
   */
  savings: z.optional(z.record(z.string(), z.number())),
  /**
   * Further values of the load, by metric: times that Lighthouse does not score (ms), and what is there (1) or not (0).
   * The impact view shows them; nothing compares or gates them.
   */
  further: z.optional(z.record(z.string(), spreadSchema)),
});
export type Measurement = z.infer<typeof measurementSchema>;

/** The newest measurement; undefined for none. */
export function newest(measurements: readonly Measurement[]): Measurement | undefined {
  return measurements.reduce<Measurement | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
}

/** The newest measurement of each target, environment and form factor, without those of another page. */
export function newestMeasurements(oldestFirst: readonly Measurement[]): Measurement[] {
  const found = new Map<string, Measurement>();
  for (const measurement of oldestFirst) {
    if (measurement.redirectedTo !== undefined) continue;
    const { target, environment, formFactor } = measurement;
    found.set(`${target}\n${environment}\n${formFactor}`, measurement);
  }
  return [...found.values()];
}

/** What the worker reports of a finished set of runs. */
export interface RunSet {
  /** Product and version that the browser reports, such as `Chrome 156.0.8078.79`. */
  browser: string;
  slices: ReportSlice[];
  representative: number;
  /** Left out where the load was not measured. */
  benchmarkIndex?: { value: number; measuredAt: string };
  foreignLoad: (number | null)[];
  noisy: boolean;
  redirectedTo?: string;
  /** Left out when nothing shows a development build. */
  development?: DevelopmentBuild;
  /** What the page of the representative run showed; left out when it did not say. */
  proof?: Proof;
}

/** Sums up a set of runs: medians with range and n for numbers, Lighthouse's representative run for the rest. */
export function measure(
  set: RunSet,
  given: {
    id: string;
    target: string;
    environment: string;
    at: string;
    requestedUrl: string;
    finalUrl: string;
    /** What a person has confirmed of the page. */
    is?: ExpectedPage | undefined;
  },
): Measurement {
  const { is, ...about } = given;
  const shown = set.slices[set.representative] as ReportSlice;
  const metrics: Measurement['metrics'] = {};
  for (const { id } of labMetrics) {
    const audits = set.slices.map((slice) => slice.audits.find((audit) => audit.id === id));
    if (audits.every((audit) => audit === undefined)) continue; // performance was not audited
    const spread = spreadOf(audits.map((audit) => audit?.numericValue));
    const scores = audits.flatMap((audit) => (typeof audit?.score === 'number' ? [audit.score] : []));
    metrics[id] = spread && { ...spread, score: median(scores) ?? null };
  }
  const scores: Measurement['scores'] = {};
  for (const { id, title } of shown.categories) {
    const samples = set.slices.map((slice) => slice.categories.find((category) => category.id === id)?.score);
    scores[id] = { title, spread: spreadOf(samples) };
  }
  const savings = Object.fromEntries(
    shown.audits.map((audit): [string, number] => [audit.id, savingOf(audit)]).filter(([, saving]) => saving > 0),
  );
  const further = furtherOf(set.slices);
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
    throttlingMethod: shown.throttlingMethod ?? 'not stated',
    throttling: shown.throttling,
    ...(set.benchmarkIndex && { benchmarkIndex: set.benchmarkIndex }),
    foreignLoad: set.foreignLoad,
    noisy: set.noisy,
    ...(set.development && { development: set.development }),
    ...(set.proof && { proof: keptProof(set.proof, is) }),
    warnings: [...new Set(set.slices.flatMap((slice) => slice.warnings))],
    savings,
    ...(further && { further }),
  };
}

function keptProof({ url, heading, status }: Proof, is: ExpectedPage | undefined): Measurement['proof'] {
  const note = headingNote({ heading }, is);
  return defined({ url: storableUrl(url), heading, status, note });
}

/** The metrics that are a time of Lighthouse's own, or a check of it, over all runs; undefined for none. */
function furtherOf(slices: readonly ReportSlice[]): Measurement['further'] {
  const found = pageMetrics.flatMap(({ id, lighthouse: { time, check } = {} }) => {
    const values = slices.flatMap(({ times, audits }) => {
      if (time !== undefined) return times?.[time] ?? [];
      const audit = check === undefined ? undefined : audits.find((one) => one.id === check);
      return audit?.mode === 'binary' && audit.score !== null ? [audit.score === 1 ? 1 : 0] : [];
    });
    const spread = spreadOf(values);
    return spread ? [[id, spread] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The largest saving of a load metric that Lighthouse estimates for an audit. Milliseconds; 0 without an estimate. */
export function savingOf({ savings = {} }: Pick<AuditSlice, 'savings'>): number {
  const times = Object.entries(savings).flatMap(([metric, value]) => (metric === 'CLS' ? [] : [value]));
  return Math.max(0, ...times);
}

/** The estimated savings of findings on this machine, from the newest measurement of each page. */
export function savingsOf(latest: readonly Measurement[]): Savings {
  const found = new Map<string, number>();
  for (const { target, savings = {} } of latest) {
    for (const [audit, saving] of Object.entries(savings)) {
      const id = `${target}/lighthouse/${audit}`;
      found.set(id, Math.max(saving, found.get(id) ?? 0));
    }
  }
  return found;
}

/**
 * A measurement as the history keeps it. Of a development build, the numbers of the load are left out, since they say
 * little about the product: so nothing can compare, record or claim them. The run itself keeps them, for its page.
 */
export function forHistory(measurement: Measurement): Measurement {
  if (!measurement.development) return measurement;
  const { savings: _, further: ___, scores, ...kept } = measurement;
  const { performance: __, ...others } = scores;
  return { ...kept, metrics: {}, scores: others };
}
