import type { ImpactRun } from '../../core/impact/impactData';
import { isAmong } from '../../core/impact/impactFilter';
import { figureText } from '../../core/metrics/metricText';
import { isFew } from '../../core/outcomes/few';
import type { Figure } from '../../core/outcomes/figures';
import type { Chart, ChartPoint } from './chartDrawing';
import { metricOf, ui } from './store';

/** A metric over time: runs by page, environment and form factor, figures by definition; the longest first. */
export function seriesOf(metric: string): Chart[] {
  const { data, filter } = ui;
  if (!data) return [];
  const runs = data.runs.filter((run) => run.values[metric] && isAmong(run, filter));
  const figures = data.figures.filter(
    (one) =>
      one.metric === metric &&
      !isFew(one) &&
      (filter.target === undefined || one.target === undefined || one.target === filter.target),
  );
  const lab = [...Map.groupBy(runs, nameOfRuns)].map(([name, of]) => chartOfRuns(metric, name, of));
  const customers = [...Map.groupBy(figures, nameOfFigures)].flatMap(([name, of]) => {
    const periods = new Set(of.map(({ from, to }) => `${from} ${to}`));
    if (periods.size === of.length) return [chartOfFigures(metric, name, of)];
    const sources = Map.groupBy(of, ({ source }) => source); // surveys of one period are no course of time
    return [...sources].map(([source, one]) => chartOfFigures(metric, `${name}, ${source}`, one));
  });
  return [...lab, ...customers].sort(longestFirst);
}

export function longestFirst(a: Chart, b: Chart): number {
  return b.points.length - a.points.length;
}

function nameOfRuns({ target, environment, formFactor, isCommitted, lighthouse }: ImpactRun): string {
  const kind = isCommitted ? 'committed baseline' : 'lab';
  return [target, environment, formFactor, kind, `Lighthouse ${lighthouse.split('.')[0]}`].join(', ');
}

function chartOfRuns(metric: string, name: string, runs: readonly ImpactRun[]): Chart {
  const known = metricOf(metric);
  return {
    title: `${known?.short ?? metric}, ${name}`,
    text: (value) => figureText(value, known?.scale.unit ?? ''),
    spread: 'lowest to highest run',
    baseline: baselineOf(metric, runs[0]),
    points: runs.flatMap((run) => pointOfRun(metric, run) ?? []),
  };
}

/** The recorded baseline of the runs' page, environment and form factor, where it may be compared with them. */
function baselineOf(metric: string, run: ImpactRun | undefined): number | undefined {
  const line = ui.data?.baseline.find(
    ({ before }) =>
      before.target === run?.target && before.environment === run?.environment && before.formFactor === run?.formFactor,
  );
  return line?.reason === undefined ? line?.before.values[metric]?.[0] : undefined;
}

function pointOfRun(metric: string, { at, values, lighthouse, noisy }: ImpactRun): ChartPoint | undefined {
  const measured = values[metric];
  if (!measured) return undefined;
  const [value, lowest, highest, n] = measured;
  const [low, high] = n > 1 ? [lowest, highest] : [undefined, undefined];
  return { at, value, low, high, n, about: `lab, Lighthouse ${lighthouse}`, noisy };
}

function nameOfFigures({ target, variant, unit, basis }: Figure): string {
  return [target ?? 'whole product', variant, unit, basis === 'field' ? 'field' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
}

function chartOfFigures(metric: string, name: string, figures: readonly Figure[]): Chart {
  const known = metricOf(metric);
  const [first] = figures;
  const good = first?.basis === 'field' ? known?.thresholds?.good : undefined;
  return {
    title: `${known?.short ?? metric}, ${name}`,
    text: (value) => figureText(value, first?.unit ?? known?.scale.unit ?? ''),
    spread: '95 % interval',
    good: good === undefined ? undefined : { value: good, label: 'good' },
    points: figures.toSorted((a, b) => (a.to < b.to ? -1 : 1)).map(pointOfFigure),
  };
}

function pointOfFigure({ to, from, value, low, high, n, basis }: Figure): ChartPoint {
  return { at: from, value, low, high, n, about: `${basis}, ${from} to ${to}` };
}
