import { labMetrics } from '../metrics/pageMetrics';

/** A number of a page that two versions of it are compared by. Lower is better for all of them. */
export interface ComparedNumber {
  /** A Lighthouse audit, or `bytes`, `requests`, `elements`, `unused-bytes`. */
  id: string;
  /** As people read it: `LCP`, `bytes`. */
  name: string;
  unit: 'ms' | 'score' | 'bytes' | 'count';
  /** Whether a clock decides it, so that it differs from run to run. */
  isTimed: boolean;
  /** The smallest shift that matters, in the unit; at least `share` of the value before. */
  matters: { least: number; share: number };
}

/**
 * The sizes that matter. 100 ms and 5 %: what studies of load time relate to how people act begins there (0.1 s:
 * Deloitte and Google, "Milliseconds make millions", 2020). TBT: 50 ms, what the browser calls a long task. CLS: 0.01,
 * a tenth of the limit of good.
 */
const timings: Record<string, ComparedNumber['matters']> = {
  'first-contentful-paint': { least: 100, share: 0.05 },
  'largest-contentful-paint': { least: 100, share: 0.05 },
  'total-blocking-time': { least: 50, share: 0 },
  'cumulative-layout-shift': { least: 0.01, share: 0 },
  'speed-index': { least: 100, share: 0.05 },
};

/**
 * What the network and the page's text decide, not a clock. Bytes: 10 KiB, from which Lighthouse lists unused code of a
 * style sheet, 20 KiB of a script. Elements: a tenth, a rule of this tool.
 */
const exact: ComparedNumber[] = [
  { id: 'bytes', name: 'bytes', unit: 'bytes', isTimed: false, matters: { least: 10_240, share: 0 } },
  { id: 'requests', name: 'requests', unit: 'count', isTimed: false, matters: { least: 1, share: 0 } },
  { id: 'elements', name: 'elements', unit: 'count', isTimed: false, matters: { least: 20, share: 0.1 } },
  { id: 'unused-bytes', name: 'unused code', unit: 'bytes', isTimed: false, matters: { least: 20_480, share: 0 } },
];

/** The numbers of a comparison, in the order in which they are shown. */
export const comparedNumbers: readonly ComparedNumber[] = [
  ...labMetrics.flatMap(({ id, acronym, unit }): ComparedNumber[] => {
    const matters = timings[id];
    return matters ? [{ id, name: acronym, unit, isTimed: true, matters }] : [];
  }),
  ...exact,
];

const byId = new Map(comparedNumbers.map((number) => [number.id, number]));

/** A number of a comparison; undefined for an id that is none. */
export const comparedNumber = (id: string): ComparedNumber | undefined => byId.get(id);

/** The values of one run, by id; a number that the run does not have is left out. */
export type RunNumbers = Partial<Record<string, number>>;

/** The shift that matters at a value before, in the unit of the number. */
export function mattersAt({ least, share }: ComparedNumber['matters'], before: number): number {
  return Math.max(least, share * Math.abs(before));
}
