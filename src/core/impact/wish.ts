import type { Metric } from '../metrics/metricSchema';
import { definitionOf, isOnScale, scaleText } from '../metrics/metrics';
import { figureText, numberText } from '../metrics/metricText';
import type { ImpactValue } from './impactValue';

/** A value that cannot be, why, and the one that was probably meant, in the metric's unit. */
export interface Impossible {
  why: string;
  meant?: number;
}

/** No page answers sooner, in milliseconds, and nobody waits longer. A rule of this tool. */
const TIMES = { least: 10, most: 600_000 };
/** A shift of the layout beyond this is none. A rule of this tool: Lighthouse's poor begins at 0.25. */
const SHIFT = 10;

/**
 * Why a wished value cannot be: off its scale, or a time in another unit.
 * @param to in the metric's unit; times in milliseconds
 */
export function whyImpossibleWish(metric: Metric, to: number, variant?: string): Impossible | undefined {
  const { scale } = definitionOf(metric, variant);
  if (!isOnScale(scale, to)) return { why: `${metric.name} is ${scaleText(scale)}.` };
  if (metric.id === 'cls' && to > SHIFT) return { why: `${metric.name} is rarely above 1.`, ...meant(to / 100, SHIFT) };
  if (scale.unit !== 'ms') return undefined;
  if (to > TIMES.most) {
    const minutes = numberText(to / 60_000, 0);
    const time = minutes.length > 4 ? 'more than a day' : `${minutes} minutes`;
    return { why: `${numberText(to / 1000, 1)} s is ${time}.`, ...meant(to / 1000, TIMES.most) };
  }
  if (to >= TIMES.least || metric.id === 'tbt') return undefined; // a page may block for no time at all
  return { why: `${numberText(to, 2)} ms is sooner than any page can answer.`, ...meant(to * 1000, TIMES.most) };
}

function meant(value: number, most: number): Pick<Impossible, 'meant'> {
  return value >= TIMES.least || most === SHIFT ? (value <= most && value > 0 ? { meant: value } : {}) : {};
}

/** The unit in which a person reads and gives a value, and how many of the metric's unit it holds. */
export function wishUnit({ value, unit }: Pick<ImpactValue, 'value' | 'unit'>): { name: string; times: number } {
  if (unit !== 'ms') return { name: unit, times: 1 };
  return value >= 1000 ? { name: 'seconds', times: 1000 } : { name: 'milliseconds', times: 1 };
}

/**
 * Reads a wished value as a person writes it, in {@link wishUnit}.
 * @returns in the metric's unit
 */
export function readWish(
  text: string,
  value: Pick<ImpactValue, 'value' | 'unit' | 'variant'>,
  metric: Metric,
): { to: number } | Impossible {
  const given = text.trim().replace(',', '.');
  const { times } = wishUnit(value);
  if (!/^-?\d+(\.\d+)?$/.test(given)) return { why: `“${text.trim()}” is no number. Give one, such as 2.4.` };
  const to = Number(given) * times;
  return whyImpossibleWish(metric, to, value.variant) ?? { to };
}

/** `2.5 s`, for the question *Did you mean …?* */
export function meantText({ meant: value = 0 }: Impossible, { scale }: Pick<Metric, 'scale'>): string {
  return figureText(value, scale.unit);
}
