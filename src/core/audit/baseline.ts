import * as z from 'zod/mini';
import { renamedKey } from '../record/renameTarget';
import { compareMeasurements, type Difference, incomparable } from './compareMeasurements';
import { type Measurement, measurementSchema } from './measurement';

/** The version of the layout of `measurements.json` that this program writes. */
export const BASELINE_VERSION = 1;

export const baselineSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  /** By target, environment and form factor. */
  baseline: z._default(z.record(z.string(), measurementSchema), {}),
});
/** The workspace file `ux-audit/measurements.json` in memory: the measurements that a team compares with. */
export type Baseline = z.infer<typeof baselineSchema>;

export function emptyBaseline(): Baseline {
  return { schemaVersion: BASELINE_VERSION, baseline: {} };
}

/** `checkout/local/mobile` */
export function baselineKey({ target, environment, formFactor }: Measurement): string {
  return `${target}/${environment}/${formFactor}`;
}

/** Makes measurements the baseline of their targets. Other targets keep theirs. */
export function withBaseline(baseline: Baseline, measurements: readonly Measurement[]): Baseline {
  // estimates of savings, further values and what the page showed belong to this machine's runs; nothing compares them
  const added = measurements.map(
    ({ savings: _, further: __, proof: ___, ...kept }) => [baselineKey(kept), kept] as const,
  );
  return { ...baseline, baseline: { ...baseline.baseline, ...Object.fromEntries(added) } };
}

/** The baseline after a target got another name. */
export function renamedBaseline(baseline: Baseline, from: string, to: string): Baseline {
  const entries = Object.entries(baseline.baseline).map(([key, measurement]) =>
    measurement.target === from ? [renamedKey(key, from, to), { ...measurement, target: to }] : [key, measurement],
  );
  return { ...baseline, baseline: Object.fromEntries(entries) };
}

/** A measurement beside its baseline. */
export interface BaselineComparison {
  key: string;
  before: Measurement;
  /** Undefined when nothing was measured on this machine yet. */
  now: Measurement | undefined;
  /** Why the two cannot be compared, though both are shown. */
  reason: string | undefined;
  differences: Difference[];
}

/**
 * The largest ratio of benchmark indices within one class of machine. Simulated throttling starts from the machine's
 * own speed, so TBT and what depends on it would differ. A rule of this tool.
 */
const MACHINE_CLASS = 1.5;

/** Why a measurement cannot be compared with its baseline; undefined when it can. */
export function incomparableBaseline(before: Measurement, now: Measurement): string | undefined {
  const [then, today] = [before.benchmarkIndex?.value, now.benchmarkIndex?.value];
  if (then !== undefined && today !== undefined) {
    const ratio = today / then;
    if (!(ratio <= MACHINE_CLASS && ratio >= 1 / MACHINE_CLASS))
      return `another class of machine (benchmark index ${Math.round(then)}, now ${Math.round(today)})`;
  }
  return incomparable(before, now);
}

/** Pairs each baseline with the newest measurement of the same target, environment and form factor. */
export function compareBaseline({ baseline }: Baseline, latest: readonly Measurement[]): BaselineComparison[] {
  const byKey = new Map(latest.map((measurement) => [baselineKey(measurement), measurement]));
  return Object.entries(baseline).map(([key, before]) => {
    const now = byKey.get(key);
    const reason = now && incomparableBaseline(before, now);
    return {
      key,
      before,
      now,
      reason,
      differences: now && reason === undefined ? compareMeasurements(before, now) : [],
    };
  });
}
