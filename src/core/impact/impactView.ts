import type { Metric } from '../metrics/metricSchema';
import { badness, definitionOf } from '../metrics/metrics';
import { type MetricRating, ratingOf } from '../metrics/metricText';
import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { byCodeUnit } from '../record/canonicalText';
import { daysBetween } from '../text/days';
import { type Estimate, estimate } from './effectEstimates';
import type { ImpactData, ImpactRun } from './impactData';
import { type ImpactFilter, isAmong, isFigureAmong, whoText } from './impactFilter';
import { type ImpactPath, pathsOf } from './impactPaths';
import { countText } from './impactText';
import { FIGURE_STALE_AFTER, type ImpactValue, LAB_STALE_AFTER } from './impactValue';
import { type Catalogue, teamCatalogue } from './teamCatalogue';
import { violations } from './violations';

export interface ImpactView {
  metrics: readonly Metric[];
  /**
   * The newest value of each metric, target, segment, environment, form factor and definition; of figures also others
   * of the same period, and an older one of far more answers.
   */
  values: ImpactValue[];
  /** From the UX metrics that have a value. */
  paths: ImpactPath[];
  /** CX metrics at the end of a path that have no value yet. */
  missing: string[];
}

function ofRun(run: ImpactRun, today: string, known: ReadonlyMap<string, Metric>): ImpactValue[] {
  const { target, environment, formFactor, at, noisy, warnings, development } = run;
  const isStale = daysBetween(at, today) > LAB_STALE_AFTER;
  const about = `${environment}, ${formFactor}${run.isCommitted ? ', committed baseline' : ''}`;
  // of the times that Lighthouse simulates, the load event is not one
  const isOfHere = (metric: string) => run.isSimulated && known.get(metric)?.lighthouse?.time === 'observedLoad';
  return Object.entries(run.values).map(([metric, [value, min, max, n, score]]) => ({
    metric,
    basis: 'lab',
    target,
    about: isOfHere(metric) ? `${about}, at the speed of this machine` : about,
    environment,
    formFactor,
    value,
    low: n > 1 ? min : undefined,
    high: n > 1 ? max : undefined,
    spread: n > 1 ? 'range' : undefined,
    n,
    at: at.slice(0, 10),
    unit: known.get(metric)?.scale.unit ?? '',
    state: isStale ? 'stale' : 'measured',
    verdict: known.get(metric)?.scale.unit === 'pass/fail' ? passRating(value) : ratingOf(score),
    noisy,
    source: `Lighthouse ${run.lighthouse}`,
    ...(warnings && { warnings }),
    ...(development !== undefined && { development }),
  }));
}

const passRating = (value: number): MetricRating => (value === 1 ? 'good' : 'poor');

/** The rating of a figure by the published thresholds of its metric, if there are any. */
function ratingOfFigure({ value, variant }: Figure, known: Metric): MetricRating | null {
  if (known.scale.unit === 'pass/fail') return passRating(value);
  if (!known.thresholds || known.thresholds.poor === null) return null;
  const { good, poor } = known.thresholds;
  const definition = definitionOf(known, variant);
  const isAtLeast = (threshold: number) => badness(definition, value) <= badness(definition, threshold);
  return isAtLeast(good) ? 'good' : isAtLeast(poor) ? 'needs improvement' : 'poor';
}

function ofFigure(figure: Figure, today: string, known: Metric, who: string | undefined): ImpactValue {
  const { metric, basis, target, variant, segment, from, to, value, low, high, n, parts, source } = figure;
  const few = isFew(figure);
  const hasInterval = !few && low !== undefined && low !== high; // without width it would claim certainty
  const isStale = daysBetween(to, today) > FIGURE_STALE_AFTER;
  return {
    metric,
    basis,
    target,
    about: [who ?? [], variant ?? [], from === to ? from : `${from} to ${to}`].flat().join(', '),
    value,
    low: hasInterval ? low : undefined,
    high: hasInterval ? high : undefined,
    spread: hasInterval ? '95 % interval' : undefined,
    n,
    at: to,
    from,
    unit: figure.unit ?? definitionOf(known, variant).scale.unit,
    state: few ? 'too few' : isStale ? 'stale' : 'measured',
    verdict: few ? null : ratingOfFigure(figure, known),
    noisy: false,
    parts,
    variant,
    segment,
    who,
    source,
  };
}

/** The newest for each key. */
function newestOf<T>(all: readonly T[], name: (one: T) => string, at: (one: T) => string): T[] {
  const newer = (a: T, b: T) => (at(b) >= at(a) ? b : a);
  return [...Map.groupBy(all, name).values()].map((same) => same.reduce(newer));
}

/** An older figure stands beside a newer one of less than this share of its answers. A rule of this tool. */
const SMALL_SAMPLE = 0.5;

/**
 * The figures of one metric, target, segment and definition that are shown: all of the newest period, and the newest
 * older one of far more answers, which a small sample must not hide in a list. A sentence is about the newest.
 */
export function standing(figures: readonly Figure[]): { figure: Figure; isOneOfSeveral: boolean }[] {
  const order = ({ from, to }: Figure) => `${to} ${from}`;
  const byEnd = figures.toSorted((a, b) => byCodeUnit(order(b), order(a)));
  const [newest] = byEnd;
  const now = byEnd.filter(({ from, to }) => from === newest?.from && to === newest.to);
  const most = Math.max(...now.map(({ n = Number.POSITIVE_INFINITY }) => n));
  const larger = byEnd.slice(now.length).find(({ n = 0 }) => n * SMALL_SAMPLE > most);
  return [...now, ...(larger ? [larger] : [])].map((figure) => ({
    figure,
    isOneOfSeveral: now.length > 1 && figure !== larger,
  }));
}

/**
 * Shows what is known, and which outcomes published evidence links to it. Adds and chains nothing: a path is one UX
 * metric and one CX metric with their studies.
 */
export function impactView(data: ImpactData, given: Catalogue, filter: ImpactFilter = {}): ImpactView {
  const { metrics, links } = teamCatalogue(given, data.settings);
  const known = new Map(metrics.map((metric) => [metric.id, metric]));
  const { stage } = filter;
  const isOfStage = (id: string) =>
    stage === undefined || (known.get(id)?.stages as string[] | undefined)?.includes(stage);
  const runs = newestOf<ImpactRun>(
    data.runs.filter((run) => isAmong(run, filter)),
    (run) => [run.target, run.environment, run.formFactor].join('\n'),
    ({ at, isCommitted }) => `${isCommitted ? 0 : 1}${at}`, // runs of this machine go before a committed baseline
  );
  const shown = data.figures.filter((figure) => isFigureAmong(figure, filter));
  const ofOne = shown.filter(({ segment }) => segment === filter.segment);
  const figures = [
    ...Map.groupBy([...new Set([...ofOne, ...shown])], ({ metric, variant, segment, target: of }) =>
      [metric, variant, segment, of].join('\n'),
    ).values(),
  ].flatMap(standing);
  const values = [
    ...runs.flatMap((run) => ofRun(run, data.today, known)),
    ...violations(data, runs, filter),
    ...figures.flatMap(({ figure, isOneOfSeveral }) => {
      const metric = known.get(figure.metric);
      if (!metric) return [];
      const value = ofFigure(figure, data.today, metric, whoText(figure, filter));
      return [isOneOfSeveral ? { ...value, about: `${value.about}, ${figure.source}` } : value];
    }),
  ].filter(({ metric }) => known.has(metric) && isOfStage(metric));
  const lit = new Set(values.map(({ metric }) => metric));
  const paths = pathsOf(links.filter(({ kind, ux, cx }) => kind === 'ux->cx' && lit.has(ux) && isOfStage(cx)));
  return { metrics, values, paths, missing: [...new Set(paths.map(({ cx }) => cx))].filter((cx) => !lit.has(cx)) };
}

/** A "what if": a metric changes to another value. */
export interface WhatIf {
  target: string;
  metric: string;
  /** In the metric's unit; times in milliseconds. */
  to: number;
}

/** The estimates of the computable studies for a change, one by one; never added together. */
export interface WhatIfAnswer extends Pick<ImpactValue, 'metric' | 'target' | 'unit' | 'basis' | 'about'> {
  to: number;
  from: number;
  estimates: Estimate[];
  /** The assumptions of the estimates. */
  assumptions: string[];
}

/** Sorts the worst first, each by its own definition. For a metric without a better direction, the highest. */
export function worstFirst(values: readonly ImpactValue[], metric: Metric | undefined): ImpactValue[] {
  const bad = ({ value, variant }: ImpactValue) => (metric ? badness(definitionOf(metric, variant), value) : value);
  return [...values].sort((a, b) => bad(b) - bad(a));
}

/**
 * Starts from the worst value of the target, or of the whole product when the target has none, and says which.
 * @returns undefined when neither has a value with enough answers
 */
export function whatIf(view: ImpactView, question: WhatIf): WhatIfAnswer | undefined {
  const usable = view.values.filter(({ metric, state }) => metric === question.metric && state !== 'too few');
  const worst = worstFirst(
    usable,
    view.metrics.find(({ id }) => id === question.metric),
  );
  const of = (slug: string | undefined) => worst.find(({ target }) => target === slug);
  const value = of(question.target) ?? of(undefined);
  if (!value) return undefined;
  const { metric, target, value: from, unit, basis, about } = value;
  const { to } = question;
  const computable = view.paths.filter(({ ux }) => ux === metric).flatMap((path) => path.computable);
  const answers = countText(value);
  const start =
    basis === 'lab'
      ? `a lab median (${about}, ${answers}) of one machine; the studies measured real visits.`
      : `${basis} data (${about}, ${answers}).`;
  return {
    metric,
    to,
    target,
    from,
    unit,
    basis,
    about,
    estimates: computable.flatMap((link) => estimate(link, { from, to }) ?? []),
    assumptions: [
      'Your visitors react as those of the study did. A correlation (grade B) says what went together, not why.',
      `The starting value is ${start}`,
      'Each study stands alone: their numbers overlap and are never added together.',
    ],
  };
}
