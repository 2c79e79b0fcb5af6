import type { Measurement } from '../audit/measurement';
import type { Spread } from '../audit/spread';
import { type Estimate, estimate } from './doses';
import { type Grade, grades, type ImpactLink, type ImpactMetric } from './impactCatalogue';

/** Lighthouse's ids of what the catalogue knows under its own. */
const labIds: Record<string, string> = {
  'first-contentful-paint': 'fcp',
  'largest-contentful-paint': 'lcp',
  'total-blocking-time': 'tbt',
  'cumulative-layout-shift': 'cls',
  'speed-index': 'speed_index',
};
const scoreIds: Record<string, string> = {
  performance: 'lh_performance',
  accessibility: 'a11y_score',
  seo: 'seo_score',
};

/** One value that was measured in the lab, with its spread; scores from 0 to 100. */
export interface MeasuredValue {
  metric: string;
  target: string;
  environment: string;
  formFactor: string;
  median: number;
  min: number;
  max: number;
  n: number;
  /** ISO 8601. */
  at: string;
  /** Other programs disturbed a run. */
  noisy: boolean;
}

/** How the line of a path is drawn: causal evidence solid, regression and controlled comparison dashed, the rest dotted. */
export type Line = 'solid' | 'dashed' | 'dotted';

/** What joins a UX metric with a CX metric. */
export interface ImpactPath {
  ux: string;
  cx: string;
  grade: Grade;
  line: Line;
  /** Supporting studies, the strongest first. */
  links: string[];
  /** Studies that found no such relation; they switch off any computed number. */
  counterEvidence: string[];
  /** Studies of which a number may be computed inside their range. */
  computable: string[];
}

export interface ImpactView {
  measured: MeasuredValue[];
  /** From the metrics that were measured. */
  paths: ImpactPath[];
  /** CX metrics the paths lead to, none of which has a value yet. */
  outcomes: string[];
}

export interface ImpactFilter {
  target?: string | undefined;
  stage?: string | undefined;
}

/** The catalogue that a view is made with. */
export interface Catalogue {
  metrics: readonly ImpactMetric[];
  links: readonly ImpactLink[];
}

export function lineOf(grade: Grade): Line {
  if (grade.startsWith('A')) return 'solid';
  return grade === 'B1' || grade === 'B2' ? 'dashed' : 'dotted';
}

/** Every pair of metrics with a citation between them; of the pairs with counter-evidence alone the grade is that of it. */
export function pathsOf(links: readonly ImpactLink[]): ImpactPath[] {
  const byPair = new Map<string, ImpactLink[]>();
  for (const link of links) {
    const key = `${link.ux}\n${link.cx}`;
    byPair.set(key, [...(byPair.get(key) ?? []), link]);
  }
  return [...byPair.values()].flatMap((all) => {
    const ranked = [...all].sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade));
    const supporting = ranked.filter(({ apply }) => apply !== 'never');
    const counterEvidence = ranked.filter(({ apply }) => apply === 'never').map(({ id }) => id);
    const [best] = supporting.length > 0 ? supporting : ranked;
    if (!best) return [];
    return [
      {
        ux: best.ux,
        cx: best.cx,
        grade: best.grade,
        line: lineOf(best.grade),
        links: supporting.map(({ id }) => id),
        counterEvidence,
        computable:
          counterEvidence.length > 0 ? [] : supporting.filter(({ apply }) => apply === 'dose').map(({ id }) => id),
      },
    ];
  });
}

function valuesOf(measurement: Measurement): MeasuredValue[] {
  const { target, environment, formFactor, at, noisy } = measurement;
  const value = (
    metric: string | undefined,
    spread: Omit<Spread, 'samples'> | null | undefined,
    times = 1,
  ): MeasuredValue[] =>
    metric === undefined || !spread
      ? []
      : [
          {
            metric,
            target,
            environment,
            formFactor,
            median: spread.median * times,
            min: spread.min * times,
            max: spread.max * times,
            n: spread.n,
            at,
            noisy,
          },
        ];
  return [
    ...Object.entries(measurement.metrics).flatMap(([id, spread]) => value(labIds[id], spread)),
    ...Object.entries(measurement.scores).flatMap(([id, { spread }]) => value(scoreIds[id], spread, 100)),
  ];
}

/**
 * What was measured, and what published evidence joins it with. Nothing is added up or chained: a path is one UX metric
 * and one CX metric with their studies.
 *
 * @param latest the newest measurement of each target, environment and form factor
 */
export function impactView(
  latest: readonly Measurement[],
  { metrics, links }: Catalogue,
  { target, stage }: ImpactFilter = {},
): ImpactView {
  const known = new Map(metrics.map((metric) => [metric.id, metric]));
  const isOfStage = (id: string) =>
    stage === undefined || (known.get(id)?.stages as string[] | undefined)?.includes(stage);
  const measured = latest
    .filter((measurement) => target === undefined || measurement.target === target)
    .flatMap(valuesOf)
    .filter(({ metric }) => isOfStage(metric));
  const lit = new Set(measured.map(({ metric }) => metric));
  const paths = pathsOf(links.filter(({ kind, ux, cx }) => kind === 'ux->cx' && lit.has(ux) && isOfStage(cx)));
  return { measured, paths, outcomes: [...new Set(paths.map(({ cx }) => cx))] };
}

/** A better value that somebody wonders about. */
export interface WhatIf {
  target: string;
  metric: string;
  /** In the metric's unit; times in milliseconds. */
  to: number;
}

/** What the computable studies say of such a change, one by one; they are never added together. */
export interface WhatIfAnswer extends WhatIf {
  from: number;
  estimates: Estimate[];
  /** What is taken for granted. */
  assumptions: string[];
}

/** @returns undefined where the target has no value of the metric */
export function whatIf(view: ImpactView, question: WhatIf): WhatIfAnswer | undefined {
  const value = view.measured.find(({ target, metric }) => target === question.target && metric === question.metric);
  if (!value) return undefined;
  const computable = view.paths.filter(({ ux }) => ux === question.metric).flatMap((path) => path.computable);
  return {
    ...question,
    from: value.median,
    estimates: computable.flatMap((link) => estimate(link, { from: value.median, to: question.to }) ?? []),
    assumptions: [
      'Your visitors react as those of the study did.',
      `The value from is a lab median of ${value.n} ${value.n === 1 ? 'run' : 'runs'} on one machine; the studies measured real visits.`,
      'Each study stands alone: their numbers overlap and are never added together.',
    ],
  };
}
