import type { ImpactData, ImpactRun } from '../../core/impact/impactData';
import { isAmong, isFigureAmong, whoText } from '../../core/impact/impactFilter';
import { labBands } from '../../core/metrics/labBands';
import type { Metric } from '../../core/metrics/metricSchema';
import { definitionOf } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { isFew } from '../../core/outcomes/few';
import type { Figure } from '../../core/outcomes/figures';
import { byCodeUnit } from '../../core/record/canonicalText';
import type { Chart, ChartPoint, Limits } from './chartDrawing';
import { metricOf, ui } from './store';

/** The runs and figures of a metric under the filter. */
function behind(metric: string, { runs, figures }: ImpactData): Pick<ImpactData, 'runs' | 'figures'> {
  const { filter } = ui;
  return {
    runs: runs.filter((run) => run.values[metric] && isAmong(run, filter)),
    figures: figures.filter((one) => one.metric === metric && !isFew(one) && isFigureAmong(one, filter)),
  };
}

/** Whether something of a metric was seen twice; quicker than {@link seriesOf}. */
export function hasCourse(metric: string): boolean {
  const { data } = ui;
  if (!data) return false;
  const { runs, figures } = behind(metric, data);
  const seen = new Set<string>();
  const isAgain = (name: string) => seen.size === seen.add(name).size;
  return runs.some((run) => isAgain(nameOfRuns(run))) || figures.some((one) => isAgain(nameOfFigures(one)));
}

/** A metric over time: runs by page, environment and form factor, figures by definition; the longest first. */
export function seriesOf(metric: string): Chart[] {
  const { data } = ui;
  const known = metricOf(metric);
  if (!data || !known) return [];
  const { runs, figures } = behind(metric, data);
  const lab = [...Map.groupBy(runs, nameOfRuns)].map(([name, of]) => chartOfRuns(known, name, of));
  const customers = [...Map.groupBy(figures, nameOfFigures)].flatMap(([name, of]) => {
    const periods = new Set(of.map(({ from, to }) => `${from} ${to}`));
    if (periods.size === of.length) return [chartOfFigures(known, name, of)];
    const sources = Map.groupBy(of, ({ source }) => source); // surveys of one period are no course of time
    return [...sources].map(([source, one]) => chartOfFigures(known, `${name}, ${source}`, one));
  });
  return [...lab, ...customers].sort((a, b) => b.points.length - a.points.length);
}

function nameOfRuns({ target, environment, formFactor, isCommitted, lighthouse }: ImpactRun): string {
  const kind = isCommitted ? 'committed baseline' : 'lab';
  return [target, environment, formFactor, kind, `Lighthouse ${lighthouse.split('.')[0]}`].join(', ');
}

function chartOfRuns(metric: Metric, name: string, runs: readonly ImpactRun[]): Chart {
  return {
    metric,
    name,
    isLab: true,
    scale: metric.scale,
    direction: metric.direction,
    text: (value) => figureText(value, metric.scale.unit),
    spread: 'smallest to largest run',
    limits: limitsOfLab(metric, runs[0]?.formFactor),
    baseline: baselineOf(metric.id, runs[0]),
    points: runs.flatMap((run) => pointOfRun(metric.id, run) ?? []),
  };
}

/** Lighthouse's own limits of a load metric, or those of its scores. */
function limitsOfLab({ lighthouse, scale, direction }: Metric, formFactor = 'mobile'): Limits | undefined {
  const { audit, category } = lighthouse ?? {};
  if (category !== undefined && scale.max === 100 && direction === 'higher') return { good: 90, poor: 50 };
  return audit === undefined ? undefined : labBands(audit, formFactor === 'desktop' ? 'desktop' : 'mobile');
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

function nameOfFigures(figure: Figure): string {
  const { target, variant, unit, basis } = figure;
  return [target ?? 'whole product', whoText(figure, ui.filter), variant, unit, basis === 'field' ? 'field' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
}

function chartOfFigures(metric: Metric, name: string, figures: readonly Figure[]): Chart {
  const [first] = figures;
  const { scale, direction } = definitionOf(metric, first?.variant);
  const unit = first?.unit ?? scale.unit;
  const { good, poor } = metric.thresholds ?? {};
  const hasLimits = first?.basis === 'field' && good !== undefined && typeof poor === 'number';
  return {
    metric,
    name,
    isLab: false,
    scale: { ...scale, unit },
    direction,
    text: (value) => figureText(value, unit),
    spread: '95 % interval',
    limits: hasLimits ? { good, poor } : undefined,
    points: figures.toSorted((a, b) => byCodeUnit(a.to, b.to) || byCodeUnit(a.from, b.from)).map(pointOfFigure),
  };
}

function pointOfFigure({ to, from, value, low, high, n, basis }: Figure): ChartPoint {
  return { at: to, from, value, low, high, n, about: `${basis}, ${from} to ${to}` };
}
