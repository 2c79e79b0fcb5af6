import { likelihoodOfSus } from '../outcomes/formulas';

/** A range; both ends are equal when the study published no interval. */
interface Range {
  low: number;
  high: number;
  /** Whether the value is published, or lies between published values by an assumption of this tool. */
  basis: 'published' | 'interpolated';
  /** What the study says about the size of the change, where the range is for one step. */
  about?: string;
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
  /** Set when the study does not publish where its pages began: an estimate then rests on our assumption. */
  isStartAssumed?: true;
  /** The estimate, or the range that the study covers when the change lies outside. */
  estimate(change: Change): Range | string;
}

function point(value: number, isPublished: boolean): Range {
  return { low: value, high: value, basis: isPublished ? 'published' : 'interpolated' };
}

/** Studies publish rounded seconds: a value this close counts as the published one. Milliseconds. */
const NEAR = 50;

/**
 * Lighthouse's middle band of LCP, in milliseconds. A study without a published start, and with fewer than half of its
 * page views in the good band before, most likely began here. A rule of this tool.
 */
const MIDDLE = { from: 2500, to: 4000 };

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
  // the study published one step, more than 600 ms saved, and no starting value: no line is drawn through it
  'SPD-C04': {
    ux: 'lcp',
    unit: '% relative conversion',
    isStartAssumed: true,
    estimate: ({ from, to }) => {
      if (from < MIDDLE.from || from > MIDDLE.to)
        return 'the study does not publish where its pages began; only a start from 2.5 to 4 s is likely';
      if (from - to <= 600) return 'the study reports more than 600 ms saved, and nothing about less';
      return { low: 1, high: 5, basis: 'published', about: 'for more than 600 ms saved, however much more' };
    },
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

/** Whether a study publishes the range that its estimate holds for, so that it may be claimed. */
export const isRangePublished = (link: string): boolean => effectOf(link)?.isStartAssumed === undefined;

/** A link's estimate for a change; undefined for a link that allows none. */
export function estimate(link: string, change: Change): Estimate | undefined {
  const effect = effectOf(link);
  const result = effect?.estimate(change);
  if (!effect || result === undefined) return undefined;
  return typeof result === 'string' ? { link, outside: result } : { link, ...result, unit: effect.unit };
}
