import type { Level, Metric } from '../metrics/metricSchema';
import type { MetricRating } from '../metrics/metricText';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import { fewText } from '../text/firstFew';
import { placeOfGrade } from './grades';
import type { ImpactPath } from './impactPaths';
import type { ImpactValue } from './impactValue';
import { type ImpactView, worstFirst } from './impactView';
import { howToGet } from './ways';

/** A metric of the chain. */
export interface ChainNode {
  metric: Metric;
  /** The worst first; empty when nothing is known. */
  values: ImpactValue[];
  /** Where the first value is from, or what leads here: `home, worst of 9 values`, `joined to SUS and 2 more`. */
  where: string;
}

/** One level of the chain: UX metrics, and the outcomes that belong to it. */
export interface ChainBand {
  level: Level;
  title: string;
  ux: ChainNode[];
  cx: ChainNode[];
}

/** What is known or one study away from it, and all the rest. */
export interface Chain {
  bands: ChainBand[];
  /** Each pair of shown metrics that studies join, the best evidence first. */
  relations: ImpactPath[];
  /** Metrics without a value to which nothing known leads, each with its way in. */
  rest: { metric: Metric; how: string }[];
}

const levels: readonly [level: Level, title: string][] = [
  ['interaction', 'One page or task'],
  ['journey', 'Several steps to a goal'],
  ['relationship', 'The whole relation'],
];
/** What nothing rates stands before what is good, so that barriers are not hidden. */
const ratings: (MetricRating | null)[] = ['poor', 'needs improvement', null, 'good'];

/**
 * The chain from UX metrics to outcomes: each metric once, in the band of its level. A metric is part of it when it has
 * a value, or when a study joins it with one that has. Nothing is added or chained: a relation is one pair.
 * @param paths the evidence of the whole catalogue
 */
export function chainOf({ metrics, values }: ImpactView, paths: readonly ImpactPath[], stage?: string): Chain {
  const inStage = metrics.filter(({ stages }) => stage === undefined || (stages as string[]).includes(stage));
  const known = new Map(inStage.map((metric) => [metric.id, metric]));
  const byMetric = Map.groupBy(values, ({ metric }) => metric);
  const isLit = (id: string) => byMetric.has(id);
  const relations = paths
    .filter(({ ux, cx }) => known.has(ux) && known.has(cx) && (isLit(ux) || isLit(cx)))
    .sort((a, b) => placeOf(a) - placeOf(b));
  const partners = partnersOf(relations);
  const nodes = inStage
    .filter(({ id, obtained }) => isLit(id) || (partners.has(id) && obtained.length > 0))
    .map((metric): ChainNode => {
      const own = worstFirst(byMetric.get(metric.id) ?? [], metric);
      const byRating = own.toSorted((a, b) => ratings.indexOf(a.verdict) - ratings.indexOf(b.verdict));
      const joined = (partners.get(metric.id) ?? []).filter(({ id }) => isLit(id)).map(({ id }) => known.get(id)?.name);
      return { metric, values: byRating, where: byRating[0] ? whereOf(byRating[0], own.length) : joinedText(joined) };
    })
    .sort((a, b) => order(a, b, partners));
  const isIn = new Set(nodes.map(({ metric }) => metric.id));
  return {
    bands: levels.map(([level, title]) => ({
      level,
      title,
      ux: nodes.filter(({ metric }) => metric.level === level && metric.kind === 'ux'),
      cx: nodes.filter(({ metric }) => metric.level === level && metric.kind === 'cx'),
    })),
    relations,
    rest: inStage.filter(({ id }) => !isIn.has(id)).map((metric) => ({ metric, how: howToGet(metric) })),
  };
}

/** A relation that only counter-evidence is about comes last. */
const placeOf = ({ grade, links }: ImpactPath) => placeOfGrade(links.length > 0 ? grade : undefined);

/** Of each metric, the metrics that studies join it with, the best evidence first. */
function partnersOf(relations: readonly ImpactPath[]): Map<string, { id: string; place: number }[]> {
  const found = new Map<string, { id: string; place: number }[]>();
  const add = (id: string, other: string, place: number) =>
    found.set(id, [...(found.get(id) ?? []), { id: other, place }]);
  for (const path of relations) {
    add(path.ux, path.cx, placeOf(path));
    add(path.cx, path.ux, placeOf(path));
  }
  return found;
}

/** What has a value first, and of that what a study joins; then the worst, the best evidence, the most relations. */
function order(a: ChainNode, b: ChainNode, partners: ReturnType<typeof partnersOf>): number {
  const rank = ({ values: [first] }: ChainNode) => (first ? ratings.indexOf(first.verdict) : ratings.length);
  const of = ({ metric }: ChainNode) => partners.get(metric.id) ?? [];
  const isByExperiment = (node: ChainNode) => Number(of(node).some(({ place }) => place <= placeOfGrade('A3')));
  const isLast = (node: ChainNode) => Number(node.values.length === 0) * 2 + Number(of(node).length === 0);
  return (
    isLast(a) - isLast(b) ||
    rank(a) - rank(b) ||
    isByExperiment(b) - isByExperiment(a) ||
    of(b).length - of(a).length ||
    a.metric.name.localeCompare(b.metric.name)
  );
}

/** `home`, `home, worst of 9 values`, `buyers, up to 30 Sep 2026, n 412` */
function whereOf({ target, who, at, basis, n }: ImpactValue, count: number): string {
  const of = target ?? (basis === 'lab' ? 'the median page' : `up to ${dayText(at)}`);
  const place = who === undefined ? of : `${who}, ${of}`;
  const answers = basis === 'lab' || n === undefined ? '' : `, n ${n}`;
  return count > 1 ? `${place}, worst of ${counted(count, 'value')}` : `${place}${answers}`;
}

/** The most metrics that are named; the rest is counted. */
const NAMED = 1;

function joinedText(names: readonly (string | undefined)[]): string {
  return `joined to ${fewText(names, NAMED, (name = '') => name)}`;
}
