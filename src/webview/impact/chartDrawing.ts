import { type ScaleLinear, type ScaleTime, scaleLinear, scaleTime } from 'd3-scale';
import { area, line } from 'd3-shape';
import { nothing, svg, type TemplateResult } from 'lit-html';

/** One value over time with its spread. */
export interface ChartPoint {
  /** ISO 8601, a day or a moment. */
  at: string;
  value: number;
  low: number | undefined;
  high: number | undefined;
  n: number | undefined;
  /** What the point is, for the table. */
  about: string;
  noisy?: boolean;
}

export interface Chart {
  title: string;
  points: readonly ChartPoint[];
  /** Writes a value with its unit. */
  text: (value: number) => string;
  /** What low and high are. */
  spread: string;
  /** A published threshold: at or below (or above) it is good. */
  good?: { value: number; label: string } | undefined;
  /** A recorded baseline. */
  baseline?: number | undefined;
}

/** Size of a drawing; it scales with its page. Pixels. */
export const WIDTH = 340;
export const HEIGHT = 170;
const LEFT = 56;
const RIGHT = WIDTH - 12;
const TOP = 12;
const BOTTOM = HEIGHT - 24;

type X = ScaleTime<number, number>;
type Y = ScaleLinear<number, number>;

/** The contents of a chart's svg element: axes, threshold, baseline, curve and points. */
export function drawing({ points, text, good, baseline }: Chart): TemplateResult {
  const x = timeScale(points);
  const y = valueScale(points, baseline);
  const [lowest = 0, highest = 0] = y.domain();
  const isGoodShown = good && good.value >= lowest && good.value <= highest;
  const date = x.tickFormat(4);
  return svg`${y.ticks(4).map((tick) => valueTick(y(tick), text(tick)))}
    ${x.ticks(4).map((tick) => timeTick(x(tick), date(tick)))}
    ${isGoodShown ? level('good', y(good.value), good.label, { x: RIGHT, anchor: 'end' }) : nothing}
    ${baseline === undefined ? nothing : level('baseline', y(baseline), 'baseline', { x: LEFT + 4, anchor: 'start' })}
    ${points.length > 1 ? curve(points, x, y) : nothing}
    ${points.map((point) => mark(point, x, y))}`;
}

function timeOf({ at }: ChartPoint): Date {
  return new Date(at.length > 10 ? at : `${at}T00:00:00Z`);
}

function timeScale(points: readonly ChartPoint[]): X {
  const [first, last] = [points[0], points.at(-1)].map((point) => (point ? timeOf(point).getTime() : 0));
  const pad = Math.max(((last ?? 0) - (first ?? 0)) * 0.04, 3_600_000);
  return scaleTime([new Date((first ?? 0) - pad), new Date((last ?? 0) + pad)], [LEFT, RIGHT]);
}

/** Starts at 0, so that noise does not look like a change. */
function valueScale(points: readonly ChartPoint[], baseline: number | undefined): Y {
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const all = baseline === undefined ? values : [...values, baseline];
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  return scaleLinear([Math.min(0, lowest), highest > 0 ? highest * 1.08 : 1], [BOTTOM, TOP]).nice(4);
}

function valueTick(y: number, text: string): TemplateResult {
  return svg`<g><path class="grid" d="M${LEFT} ${y}H${RIGHT}"></path>
    <text x=${LEFT - 6} y=${y} dy="0.32em" text-anchor="end">${text}</text></g>`;
}

function timeTick(x: number, text: string): TemplateResult {
  return svg`<g><path class="grid" d="M${x} ${BOTTOM}v4"></path>
    <text x=${x} y=${HEIGHT - 6} text-anchor="middle">${text}</text></g>`;
}

/** A line across the chart with its name. */
function level(kind: string, y: number, name: string, label: { x: number; anchor: string }): TemplateResult {
  return svg`<path class=${kind} d="M${LEFT} ${y}H${RIGHT}"></path>
    <text x=${label.x} y=${y - 4} text-anchor=${label.anchor}>${name}</text>`;
}

function curve(points: readonly ChartPoint[], x: X, y: Y): TemplateResult {
  const at = (point: ChartPoint) => x(timeOf(point));
  const [low, high] = [
    (point: ChartPoint) => y(point.low ?? point.value),
    (point: ChartPoint) => y(point.high ?? point.value),
  ];
  const values = line<ChartPoint>(at, ({ value }) => y(value));
  return svg`<path class="band" d=${area<ChartPoint>(at, low, high)([...points]) ?? ''}></path>
    <path class="curve" d=${values([...points]) ?? ''}></path>`;
}

function mark(point: ChartPoint, x: X, y: Y): TemplateResult {
  const { value, low, high, noisy } = point;
  const at = x(timeOf(point));
  const hasSpread = low !== undefined && high !== undefined;
  return svg`<g>${hasSpread ? svg`<path class="bar" d="M${at} ${y(low)}V${y(high)}"></path>` : nothing}
    <circle class=${noisy ? 'noisy' : ''} cx=${at} cy=${y(value)} r="3"></circle></g>`;
}
