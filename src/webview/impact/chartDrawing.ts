import { type ScaleLinear, type ScaleTime, scaleLinear, scaleTime } from 'd3-scale';
import { nothing, svg, type TemplateResult } from 'lit-html';
import type { CourseEvent } from '../../core/impact/impactData';
import type { CoursePoint } from '../../core/impact/periods';
import type { Metric } from '../../core/metrics/metricSchema';
import type { Measure } from '../../core/metrics/metricText';
import { bandPath, linePath } from './paths';

/** One value over time with its spread. */
export interface ChartPoint extends CoursePoint {
  /** What the point is, for the table. */
  about: string;
}

/** Where good ends and poor begins, in the unit of the values. */
export interface Limits {
  good: number;
  poor: number;
}

/** The course of one metric in one place. */
export interface Chart {
  metric: Metric;
  /** Where and how it was measured. */
  name: string;
  isLab: boolean;
  scale: Measure;
  direction: Metric['direction'];
  points: readonly ChartPoint[];
  /** Writes a value with its unit. */
  text: (value: number) => string;
  /** What low and high are. */
  spread: string;
  limits?: Limits | undefined;
  /** A recorded baseline. */
  baseline?: number | undefined;
}

/** What a drawing shows besides the values. */
export interface Around {
  /** In pixels; the drawing scales with its page. */
  size: { width: number; height: number };
  events: readonly CourseEvent[];
  /** When the later of the two compared periods begins, ISO 8601. */
  split: string | undefined;
}

/** Room around the drawing for its words, in pixels. */
const [LEFT, RIGHT, TOP, BELOW] = [12, 56, 16, 26];

type X = ScaleTime<number, number>;
type Y = ScaleLinear<number, number>;

interface Frame extends Around {
  x: X;
  y: Y;
  right: number;
  bottom: number;
}

/** The contents of a chart's svg element: bands, axes, events, the curve with its spread, and the points. */
export function drawing(chart: Chart, around: Around): TemplateResult {
  const { points, text, limits, baseline } = chart;
  const [right, bottom] = [around.size.width - RIGHT, around.size.height - BELOW];
  const frame = { ...around, right, bottom, x: timeScale(points, right), y: valueScale(chart, bottom) };
  const { x, y } = frame;
  const date = x.tickFormat(4);
  const marks = Math.max(2, Math.floor(around.size.width / 150));
  return svg`${limits ? bands(limits, chart, frame) : nothing}
    ${(limits ? [0, limits.good, limits.poor] : y.ticks(4)).map((tick) => valueTick(tick, text(tick), frame))}
    ${x.ticks(marks).map((tick) => timeTick(x(tick), date(tick), frame))}
    ${ticks(frame)}
    ${baseline === undefined ? nothing : level(y(baseline), 'baseline', frame)}
    ${points.length > 1 ? curve(points, x, y) : nothing}
    ${points.map((point) => mark(point, x, y))}
    ${lastValue(chart, frame)}`;
}

function timeOf({ at }: { at: string }): Date {
  return new Date(at.length > 10 ? at : `${at}T00:00:00Z`);
}

function timeScale(points: readonly ChartPoint[], right: number): X {
  const [first, last] = [points[0], points.at(-1)].map((point) => (point ? timeOf(point).getTime() : 0));
  const pad = Math.max(((last ?? 0) - (first ?? 0)) * 0.02, 3_600_000);
  return scaleTime([new Date((first ?? 0) - pad), new Date((last ?? 0) + pad)], [LEFT, right]);
}

/** Starts at 0, so that noise does not look like a change, and shows where poor begins. */
function valueScale({ points, baseline, limits }: Chart, bottom: number): Y {
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const all = [...values, ...(baseline === undefined ? [] : [baseline]), ...(limits ? [limits.good, limits.poor] : [])];
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  return scaleLinear([Math.min(0, lowest), highest > 0 ? highest * 1.15 : 1], [bottom, TOP]).nice(4);
}

/** The bands of good, middling and poor behind the line, each with its name. */
function bands({ good, poor }: Limits, { text }: Chart, { y, right, bottom }: Frame): TemplateResult {
  const isHigherBetter = good > poor;
  const [near, far] = isHigherBetter ? [poor, good] : [good, poor];
  const band = (kind: string, from: number, to: number, name: string) =>
    svg`<rect class="zone ${kind}" x=${LEFT} y=${to} width=${right - LEFT} height=${Math.max(from - to, 0)}></rect>
    <text class="zone-name" x=${LEFT + 6} y=${Math.min(to + 14, from - 4)}>${name}</text>`;
  const [low, high] = isHigherBetter ? ['poor', 'good'] : ['good', 'poor'];
  const names = {
    good: `good, ${isHigherBetter ? 'from' : 'up to'} ${text(good)}`,
    poor: `poor, ${isHigherBetter ? 'below' : 'above'} ${text(poor)}`,
  };
  return svg`${band(low as string, bottom, y(near), names[low as 'good' | 'poor'])}
    ${band('fair', y(near), y(far), 'needs improvement')}
    ${band(high as string, y(far), TOP, names[high as 'good' | 'poor'])}`;
}

function valueTick(value: number, text: string, { y, right }: Frame): TemplateResult {
  return svg`<g><path class="grid" d="M${LEFT} ${y(value)}H${right}"></path>
    <text x=${right + 6} y=${y(value)} dy="0.32em">${text}</text></g>`;
}

function timeTick(x: number, text: string, { bottom, size }: Frame): TemplateResult {
  return svg`<g><path class="grid" d="M${x} ${bottom}v4"></path>
    <text x=${x} y=${size.height - 6} text-anchor="middle">${text}</text></g>`;
}

/** Commits as small ticks on the axis, tags as lines over the height, and where the later period begins. */
function ticks({ events, split, x, right, bottom }: Frame): TemplateResult {
  const inside = events
    .map((event) => ({ ...event, place: x(timeOf(event)) }))
    .filter(({ place }) => place >= LEFT && place <= right);
  const at = split === undefined ? undefined : x(timeOf({ at: split }));
  return svg`${inside.map(({ kind, place, text }) =>
    kind === 'tag'
      ? svg`<g><path class="event" d="M${place} ${TOP}V${bottom}"></path>
        <text x=${place - 4} y=${bottom - 6} text-anchor="end">${text}</text></g>`
      : svg`<path class="event" d="M${place} ${bottom}v-7"><title>${text}</title></path>`,
  )}
  ${at === undefined ? nothing : svg`<path class="split" d="M${at} ${TOP - 6}V${bottom}"></path>`}`;
}

/** A line across the chart with its name. */
function level(y: number, name: string, { right }: Frame): TemplateResult {
  return svg`<path class=${name} d="M${LEFT} ${y}H${right}"></path>
    <text x=${right - 4} y=${y - 4} text-anchor="end">${name}</text>`;
}

function curve(points: readonly ChartPoint[], x: X, y: Y): TemplateResult {
  const drawn = points.map((point) => {
    const { value, low = value, high = value } = point;
    return { x: x(timeOf(point)), value: y(value), low: y(low), high: y(high) };
  });
  return svg`<path class="band" d=${bandPath(drawn)}></path>
    <path class="curve" d=${linePath(drawn)}></path>`;
}

function mark(point: ChartPoint, x: X, y: Y): TemplateResult {
  const { value, noisy } = point;
  return svg`<circle class=${noisy ? 'noisy' : ''} cx=${x(timeOf(point))} cy=${y(value)} r="3"></circle>`;
}

function lastValue({ points, text }: Chart, { x, y }: Frame): TemplateResult | typeof nothing {
  const last = points.at(-1);
  if (!last) return nothing;
  const above = y(last.high ?? last.value) - 8;
  const [at, height] = [x(timeOf(last)), Math.max(above, TOP + 2)];
  return svg`<text class="last" x=${at} y=${height} text-anchor="end">${text(last.value)}</text>`;
}
