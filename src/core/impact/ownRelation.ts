import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { rankCorrelation } from '../statistics/rankCorrelation';
import { median } from '../statistics/spread';
import type { ImpactData, ImpactRun } from './impactData';
import { type ImpactFilter, isAmong, isFigureAmong, segmentsOf, whoText } from './impactFilter';

/**
 * The fewest periods with both values. With 8, the interval of a rank correlation excludes 0 only from 0.71 on; with
 * fewer, anything looks like a relation. A rule of this tool.
 */
export const PERIODS_NEEDED = 8;

/** The relation of two metrics in the team's own numbers, how many periods it has so far, or that groups differ. */
export type OwnRelation = {
  periods: { period: string; ux: number; cx: number }[];
  /** The scope of each metric's values. */
  about: { ux: string; cx: string };
} & (
  | { state: 'too few'; needed: number }
  | { state: 'other groups' }
  | {
      state: 'computed';
      /** Spearman's rank correlation, -1 to 1. */
      rho: number;
      low: number;
      high: number;
      n: number;
    }
);

/**
 * Correlates two metrics over the periods that have both. Figures of two groups of people are not compared: both are of
 * the group asked for, of all people together, or of the first group that both know. Lab runs count as the median of
 * their calendar month, and only those of one page, environment, form factor and major version of Lighthouse.
 */
export function ownRelation(
  data: Pick<ImpactData, 'runs' | 'figures'>,
  { ux, cx, ...filter }: { ux: string; cx: string } & ImpactFilter,
): OwnRelation {
  const [uxFigures, cxFigures] = [figuresOf(data, ux, filter), figuresOf(data, cx, filter)];
  const groups = [filter.segment, undefined, ...segmentsOf([...uxFigures, ...cxFigures])];
  const isOf = (segment: string | undefined) => (one: Figure) => one.segment === segment;
  const shared = groups.filter((group) =>
    [uxFigures, cxFigures].every((of) => of.length === 0 || of.some(isOf(group))),
  );
  const seriesOf = (figures: readonly Figure[], metric: string) => {
    const group = shared.length > 0 ? shared[0] : groups.find((one) => figures.some(isOf(one)));
    return figures.length > 0
      ? seriesOfFigures(figures.filter(isOf(group)), filter)
      : seriesOfRuns(data, metric, filter);
  };
  const [uxSeries, cxSeries] = [seriesOf(uxFigures, ux), seriesOf(cxFigures, cx)];
  const about = { ux: uxSeries.about, cx: cxSeries.about };
  if (shared.length === 0) return { state: 'other groups', periods: [], about };
  const periods = [...uxSeries.values]
    .flatMap(([period, value]) => {
      const other = cxSeries.values.get(period);
      return other === undefined ? [] : [{ period, ux: value, cx: other }];
    })
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  const n = periods.length;
  if (n < PERIODS_NEEDED) return { state: 'too few', needed: PERIODS_NEEDED - n, periods, about };
  const found = rankCorrelation(
    periods.map((one) => one.ux),
    periods.map((one) => one.cx),
  );
  if (!found) return { state: 'too few', needed: 1, periods, about };
  return { state: 'computed', rho: found.estimate, low: found.low, high: found.high, n, periods, about };
}

interface Series {
  /** By month: `2026-09`. */
  values: Map<string, number>;
  about: string;
}

/** The figures of single months: the target's, or the whole product's when the target has none. */
function figuresOf({ figures }: Pick<ImpactData, 'figures'>, metric: string, filter: ImpactFilter): Figure[] {
  const usable = figures.filter(
    (one) =>
      one.metric === metric &&
      !isFew(one) &&
      one.from.slice(0, 7) === one.to.slice(0, 7) &&
      isFigureAmong(one, { segment: filter.segment }),
  );
  const own = usable.filter((one) => one.target === filter.target);
  return own.length > 0 ? own : usable.filter((one) => one.target === undefined);
}

/** @param figures of one group of people */
function seriesOfFigures(figures: readonly Figure[], filter: ImpactFilter): Series {
  const [first] = figures;
  const kindOf = ({ variant, unit, basis }: Figure) => [variant, unit, basis].join('\n');
  const same = figures.filter((one) => first && kindOf(one) === kindOf(first));
  const fewestFirst = same.toSorted((a, b) => (a.n ?? 0) - (b.n ?? 0)); // of two surveys of a month the larger counts
  return {
    values: new Map(fewestFirst.map(({ from, value }) => [from.slice(0, 7), value])),
    about: first
      ? [first.target ?? 'whole product', whoText(first, filter) ?? [], first.basis, first.variant ?? []]
          .flat()
          .join(', ')
      : 'nothing',
  };
}

function seriesOfRuns({ runs }: Pick<ImpactData, 'runs'>, metric: string, filter: ImpactFilter): Series {
  const measured = runs.filter((run) => run.values[metric] && !run.isCommitted && isAmong(run, filter));
  const nameOf = (run: ImpactRun) =>
    [run.target, run.environment, run.formFactor, `Lighthouse ${run.lighthouse.split('.')[0]}`].join(', ');
  const newest = measured.at(-1);
  const same = measured.filter((run) => newest && nameOf(run) === nameOf(newest));
  const byMonth = Map.groupBy(same, ({ at }) => at.slice(0, 7));
  return {
    values: new Map(
      [...byMonth].map(([month, of]) => [month, median(of.map((run) => run.values[metric]?.[0] as number)) as number]),
    ),
    about: newest ? nameOf(newest) : 'nothing',
  };
}
