import { defined } from '../defined';
import { usageError } from '../errors';
import { definitionOf, definitionsOf, isOnScale, metricOf, metrics, scaleText } from '../metrics/metrics';
import { isDay } from '../text/days';
import type { Figure } from './figures';

/** A figure that a person typed. Empty fields are not kept. */
export type EnteredFigure = Pick<Figure, 'metric' | 'value' | 'from' | 'source' | 'on'> & {
  [field in 'n' | 'low' | 'high']?: number | undefined;
} & {
  /** `to` defaults to `from`. */
  [field in 'to' | 'target' | 'variant' | 'unit']?: string | undefined;
};

/**
 * Checks a typed figure. Value and interval must be on the scale of its definition.
 * @throws HumanError of kind `usage` that says what is wrong and what would be right
 */
export function enteredFigure(given: EnteredFigure): Figure {
  const { value, from, source, variant, n, low, high, target, unit, on } = given;
  const to = given.to || from;
  const metric = metricOf(given.metric);
  if (!metric?.obtained.includes('entered')) {
    const enterable = metrics.filter(({ obtained }) => obtained.includes('entered')).map(({ id }) => id);
    throw usageError(
      'metric-unknown',
      metric ? `${metric.name} is measured, not typed.` : `There is no metric "${given.metric.slice(0, 60)}".`,
      `One of: ${enterable.join(', ')}.`,
    );
  }
  const { id, scale } = definitionOf(metric, variant);
  const definitions = definitionsOf(metric);
  if (!definitions.some((one) => one.id === id)) {
    const choices = definitions.map(
      (one) => `${one.id.split('@')[1]} (${scaleText(one.scale)}, ${one.direction} is better)`,
    );
    throw usageError(
      'variant-missing',
      `${metric.name} has versions that are different measures.`,
      `Say which it is: ${choices.join(' or ')}.`,
    );
  }
  const impossible = [value, low, high].find((one) => one !== undefined && !isOnScale(scale, one));
  if (impossible !== undefined) {
    const name = `${metric.name}${variant ? ` (${variant})` : ''}`;
    throw usageError('value-impossible', `${name} cannot be ${impossible}.`, `Its scale is ${scaleText(scale)}.`);
  }
  if ((low ?? value) > value || (high ?? value) < value) {
    const interval = `${low ?? '…'} to ${high ?? '…'}`;
    throw usageError('interval-invalid', `${interval} does not hold ${value}.`, 'Give the lower end, then the upper.');
  }
  if (!isDay(from) || !isDay(to) || from > to)
    throw usageError('period-invalid', `"${from}" to "${to}" is no period.`, 'Give days such as 2026-01-31.');
  if (n !== undefined && !(Number.isInteger(n) && n >= 0))
    throw usageError('n-invalid', `${n} is no number of answers.`, 'Give a whole number, or leave it out.');
  if (source.trim() === '')
    throw usageError('source-missing', 'A figure needs its source.', 'Say where it comes from: "support survey, Q3".');
  return defined({
    metric: metric.id,
    target: target || undefined,
    variant: variant || undefined,
    from,
    to,
    value,
    unit: unit || undefined,
    n,
    low,
    high,
    basis: 'entered' as const,
    source: source.trim(),
    on,
  });
}
