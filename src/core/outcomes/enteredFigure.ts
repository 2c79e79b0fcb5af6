import { usageError } from '../errors';
import type { ImpactMetric } from '../impact/impactCatalogue';
import type { Outcome } from './outcomes';

/** A figure that somebody typed. */
export interface EnteredFigure {
  metric: string;
  value: number;
  from: string;
  to: string;
  source: string;
  on: string;
  n?: number | undefined;
  low?: number | undefined;
  high?: number | undefined;
  target?: string | undefined;
  variant?: string | undefined;
  unit?: string | undefined;
}

/** Lowest and highest value that a unit of the catalogue allows. */
const ranges: Record<string, [number, number]> = {
  '%': [0, 100],
  '0-100': [0, 100],
  '1-7': [1, 7],
  '1-5': [1, 5],
  stars: [0, 5],
  '-100..100 / 0-10': [-100, 100],
  '1-7 (2.0) / 1-5 (1.0)': [1, 7],
};
/** May be negative. */
const signed = new Set(['growth', 'firm_value', 'clv']);

/**
 * A typed figure as it is kept, with its date, n and source.
 * @throws HumanError of kind `usage` naming what is wrong and what would be right
 */
export function enteredFigure(given: EnteredFigure, metrics: readonly ImpactMetric[]): Outcome {
  const { metric, value, from, to, source, on, ...rest } = given;
  const known = metrics.find(({ id }) => id === metric);
  if (!known?.obtained.includes('entered')) {
    const enterable = metrics.filter(({ obtained }) => obtained.includes('entered')).map(({ id }) => id);
    throw usageError(
      'metric-unknown',
      known ? `${known.name} is measured, not typed.` : `There is no metric "${metric.slice(0, 60)}".`,
      `One of: ${enterable.join(', ')}.`,
    );
  }
  const [low, high] = ranges[known.unit] ?? [
    signed.has(metric) ? Number.NEGATIVE_INFINITY : 0,
    Number.POSITIVE_INFINITY,
  ];
  if (!Number.isFinite(value) || value < low || value > high) {
    const range = high === Number.POSITIVE_INFINITY ? `${low} or more` : `from ${low} to ${high}`;
    throw usageError('value-impossible', `${known.name} cannot be ${value}.`, `It must be ${range} (${known.unit}).`);
  }
  if (metric === 'ces' && rest.variant !== '1.0' && rest.variant !== '2.0') {
    throw usageError(
      'variant-missing',
      'Effort scores of 2010 (1.0, low is good) and of today (2.0, high is good) are different measures.',
      'Say which it is: 1.0 or 2.0.',
    );
  }
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay(from) || !isDay(to) || from > to) {
    throw usageError(
      'period-invalid',
      `"${from}" to "${to}" is no period.`,
      'Give days such as 2026-01-01 and 2026-03-31.',
    );
  }
  if (rest.n !== undefined && !(Number.isInteger(rest.n) && rest.n >= 0)) {
    throw usageError(
      'n-invalid',
      `${rest.n} is no number of answers.`,
      'Give a whole number, or leave it out when it is not known.',
    );
  }
  if (source.trim() === '') {
    throw usageError(
      'source-missing',
      'A figure needs its source.',
      'Say where it comes from, such as "support survey, Q3".',
    );
  }
  const kept = Object.entries(rest).filter(([, one]) => one !== undefined && one !== '');
  return { metric, value, from, to, source: source.trim(), on, basis: 'entered', ...Object.fromEntries(kept) };
}
