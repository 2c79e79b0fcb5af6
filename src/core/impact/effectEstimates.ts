import { likelihoodOfSus } from '../outcomes/formulas';

/** A range; both ends are equal when the study published no interval. */
interface Range {
  low: number;
  high: number;
  /** Whether the value is published, or lies between published values by an assumption of this tool. */
  basis: 'published' | 'interpolated';
}

/** A study's estimate for a change, in a unit such as `% relative conversion`, or why there is none. */
export type Estimate = { link: string } & ((Range & { unit: string }) | { outside: string });

/** A change of a UX metric: values before and after, in the metric's unit (ms for times). */
export interface Change {
  from: number;
  to: number;
}

interface EffectEstimate {
  /** The metric that changes. */
  ux: string;
  unit: string;
  /** The estimate, or the range that the study covers when the change lies outside. */
  estimate(change: Change): Range | string;
  /** The part of a change that the study covers, when a first part alone makes sense. */
  part?(change: Change): Change | undefined;
}

function point(value: number, isPublished: boolean): Range {
  return { low: value, high: value, basis: isPublished ? 'published' : 'interpolated' };
}

/** Studies publish rounded seconds: a value this close counts as the published one. Milliseconds. */
const NEAR = 50;

/**
 * The links of the catalogue that allow an estimate, each only inside the range that its study covers. One estimate
 * uses one study: results are never added or chained.
 */
const effectEstimates: Record<string, EffectEstimate> = {
  // the study published one pair of values: nothing between or beyond them
  'SPD-C01': {
    ux: 'lcp',
    unit: '% relative sales',
    estimate: ({ from, to }) =>
      Math.abs(from - 8300) <= NEAR && Math.abs(to - 5700) <= NEAR
        ? point(8, true)
        : 'the study compared 8.3 s with 5.7 s and nothing else',
  },
  // the study published that more than 600 ms saved gave 1 to 5 %; this tool scales smaller steps down linearly
  'SPD-C04': {
    ux: 'lcp',
    unit: '% relative conversion',
    estimate: ({ from, to }) => {
      const share = (from - to) / 600;
      if (share <= 0 || share > 1) return 'the study covers up to 600 ms saved';
      return { low: share, high: 5 * share, basis: share === 1 ? 'published' : 'interpolated' };
    },
    part: ({ from, to }) => (from - to > 600 ? { from, to: from - 600 } : undefined),
  },
  'SPD-C05': {
    ux: 'page_load_time',
    unit: '% relative revenue per session',
    estimate: ({ from, to }) => {
      const share = (from - to) / 100;
      if (share === 0 || Math.abs(share) > 1) return 'the study covers changes of up to 100 ms';
      return point(share * 0.7, Math.abs(share) === 1);
    },
  },
  // the experiment only added latency
  'SPD-C06': {
    ux: 'ttfb',
    unit: '% searches per user',
    estimate: ({ from, to }) => {
      const added = to - from;
      if (added < 100 || added > 400) return 'the study covers 100 to 400 ms added';
      return point(-0.2 - ((added - 100) / 300) * 0.4, added === 100 || added === 400);
    },
  },
  'SPD-C09': {
    ux: 'page_load_time',
    unit: '% engagement score',
    estimate: ({ from, to }) => {
      const seconds = (from - to) / 1000;
      if (seconds === 0 || Math.abs(seconds) > 3) return 'the study covers changes of up to 3 s';
      return point(seconds * 5, Number.isInteger(seconds));
    },
  },
  // 0 fails, 1 passes
  'SPD-F37': {
    ux: 'cwv_pass',
    unit: '% relative abandonment before the page has loaded',
    estimate: ({ from, to }) =>
      from === 0 && to === 1 ? point(-24, true) : 'the study compared pages that fail with pages that pass',
  },
  'USE-F01': {
    ux: 'sus',
    unit: 'points of mean likelihood to recommend (0 to 10), no NPS',
    estimate: ({ from, to }) =>
      [from, to].every((score) => score >= 0 && score <= 100)
        ? point(likelihoodOfSus(to) - likelihoodOfSus(from), true)
        : 'SUS is a score from 0 to 100',
  },
};

/** The metric of each link that allows an estimate. */
export const computableLinks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(effectEstimates).map(([link, { ux }]) => [link, ux]),
);

const effectOf = (link: string) => (Object.hasOwn(effectEstimates, link) ? effectEstimates[link] : undefined);

/** A link's estimate for a change; undefined for a link that allows none. */
export function estimate(link: string, change: Change): Estimate | undefined {
  const effect = effectOf(link);
  const result = effect?.estimate(change);
  if (!effect || result === undefined) return undefined;
  return typeof result === 'string' ? { link, outside: result } : { link, ...result, unit: effect.unit };
}

/** The estimate for the part of a change that the study covers; undefined when it covers none. */
export function estimateOfPart(link: string, change: Change): (Estimate & { part: Change }) | undefined {
  const part = effectOf(link)?.part?.(change);
  const result = part && estimate(link, part);
  return result && { ...result, part };
}
