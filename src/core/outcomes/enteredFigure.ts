import { defined } from '../defined';
import { usageError } from '../errors';
import { metricOf, metrics } from '../metrics/metrics';
import { FEW, isFew } from './few';
import type { Figure } from './figures';
import { checkFigure } from './possibleFigure';
import { typedSegment } from './segments';

/** A figure that a person typed. Empty fields are not kept. */
export type EnteredFigure = Pick<Figure, 'metric' | 'value' | 'from' | 'source' | 'on'> & {
  [field in 'n' | 'low' | 'high']?: number | undefined;
} & {
  /** `to` defaults to `from`. */
  [field in 'to' | 'target' | 'variant' | 'segment' | 'unit']?: string | undefined;
};

/**
 * Checks a typed figure.
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
  if (source.trim() === '')
    throw usageError('source-missing', 'A figure needs its source.', 'Say where it comes from: "support survey, Q3".');
  const figure = defined({
    metric: metric.id,
    target: target || undefined,
    variant: variant || undefined,
    segment: typedSegment(given.segment),
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
  checkFigure(figure, on);
  if (isFew(figure))
    throw usageError(
      'figure-few',
      `A figure of ${n} is not kept: fewer than ${FEW} people may be recognised.`,
      'Wait for more answers, or put periods together.',
    );
  return figure;
}
