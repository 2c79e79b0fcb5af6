import { type HumanError, usageError } from '../errors';
import { definitionOf, definitionsOf, isOnScale, metricOf, scaleText } from '../metrics/metrics';
import { dayAfter, isDay } from '../text/days';
import type { Figure } from './figures';

/** How long after today a period may end. Days; a rule of this tool. */
const ENDS_WITHIN = 366;

/** @throws HumanError `period-invalid` when the days are none, in the wrong order, or in the future */
export function checkPeriod(period: { from: string; to: string } | undefined, today: string): void {
  if (!period) return;
  const { from, to } = period;
  if (!isDay(from) || !isDay(to) || from > to)
    throw usageError('period-invalid', `"${from}" to "${to}" is no period.`, 'Give days such as 2026-01-31.');
  if (from > dayAfter(today, 1) || to > dayAfter(today, ENDS_WITHIN))
    throw usageError('period-invalid', `${from} to ${to} lies in the future.`, 'Give a period that has begun.');
}

/** @throws HumanError `currency-unknown` */
export function checkCurrency(code: string): void {
  if (Intl.supportedValuesOf('currency').includes(code)) return;
  throw usageError('currency-unknown', `"${code}" is no currency.`, 'Give its code of ISO 4217, such as EUR or USD.');
}

/** Units that a figure cannot replace by its own. */
const closedUnits = new Set(['%', 'points', 'net points', 's', 'ms']);

/** Means and shares that are typed for another number: the values that give them away, and what they are. */
const mistaken: Record<string, { from: number; to: number; what: string; next: string }> = {
  csat: {
    from: 1,
    to: 10,
    what: 'looks like a mean answer; CSAT is the share of satisfied answers, in percent',
    next: 'Give that share, such as csat=84, or the mean as satisfaction=4.2.',
  },
  sus: {
    from: 1,
    to: 5,
    what: 'looks like a mean answer; SUS is a score from 0 to 100',
    next: 'Give the score, or import the answers.',
  },
  umux_lite: {
    from: 1,
    to: 7,
    what: 'looks like a mean answer; UMUX-Lite is a score from 0 to 100',
    next: 'Give the score, or import the answers.',
  },
};

/**
 * Checks that a figure can be: its definition, scale, interval, period, currency and number of people.
 * @param today the last day of what has happened
 * @returns what is wrong and what would be right, undefined when it is possible
 */
export function whyImpossible(figure: Figure, today: string): HumanError | undefined {
  try {
    checkFigure(figure, today);
    return undefined;
  } catch (error) {
    return error as HumanError;
  }
}

/** @throws HumanError as {@link whyImpossible} says */
export function checkFigure(figure: Figure, today: string): void {
  const { value, from, to, variant, unit, n, low, high, basis } = figure;
  const metric = metricOf(figure.metric);
  if (!metric) return;
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
  const other = basis === 'entered' ? mistaken[metric.id] : undefined;
  if (other && value >= other.from && value <= other.to)
    throw usageError('value-impossible', `${metric.name} of ${value} ${other.what}.`, other.next);
  if ((low ?? value) > value || (high ?? value) < value) {
    const interval = `${low ?? '…'} to ${high ?? '…'}`;
    throw usageError('interval-invalid', `${interval} does not hold ${value}.`, 'Give the lower end, then the upper.');
  }
  checkPeriod({ from, to }, today);
  if (unit !== undefined && closedUnits.has(scale.unit) && unit !== scale.unit)
    throw usageError('unit-invalid', `${metric.name} is not in ${unit}.`, `Its unit is ${scale.unit}; convert it.`);
  if (scale.unit === 'currency') {
    if (unit === undefined)
      throw usageError('currency-unknown', `${metric.name} has no currency.`, 'Say which it is, such as EUR.');
    checkCurrency(unit);
  }
  if (n !== undefined && !(Number.isInteger(n) && n >= 0))
    throw usageError('n-invalid', `${n} is no number of answers.`, 'Give a whole number, or leave it out.');
}
