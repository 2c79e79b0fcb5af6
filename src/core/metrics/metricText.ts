import type { Scale } from './metricSchema';

/** Lighthouse's three bands of a metric or score. */
export type MetricRating = 'good' | 'needs improvement' | 'poor';

/** The band of a Lighthouse score between 0 and 1: good from 0.9, poor below 0.5; `null` stays unknown. */
export function ratingOf(score: number | null): MetricRating | null {
  if (score === null) return null;
  return score >= 0.9 ? 'good' : score >= 0.5 ? 'needs improvement' : 'poor';
}

/** Digits after the point, by unit. */
const digits: Record<string, number> = { '%': 1, score: 3 };

/** What 1 and 0 say; between them, runs differ. */
const sides: Record<string, [one: string, none: string]> = { 'pass/fail': ['pass', 'fail'], 'yes/no': ['yes', 'no'] };

/** A figure as people write it: `3.9 s`, `71 %`, `+12`, `54.20 EUR`. */
export function figureText(value: number, unit: string): string {
  if (unit === 'ms') return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
  if (unit === 's') return `${numberText(value, value >= 100 ? 0 : 1)} s`;
  const [one, none] = sides[unit] ?? [];
  if (one !== undefined && none !== undefined) return value === 1 ? one : value === 0 ? none : `${one} in some runs`;
  if (/^[A-Z]{3}$/.test(unit)) return `${value.toFixed(2)} ${unit}`;
  if (unit === 'net points') return signedText(value, 0);
  if (unit === 'points') return numberText(value, value >= 10 ? 1 : 2);
  return `${numberText(value, digits[unit] ?? 2)}${unit === '%' ? ' %' : ''}`;
}

/** A number with at most `digits` after the point, and a minus sign as wide as a digit. */
export function numberText(value: number, most: number): string {
  return String(Number(value.toFixed(most))).replace('-', '−');
}

/** `+1.25`, `−24`, `0` */
export function signedText(value: number, most = 2): string {
  const text = numberText(value, most);
  return value > 0 && text !== '0' ? `+${text}` : text;
}

/** What a difference is on; a scale without an upper end is taken for a long one. */
export type Measure = Pick<Scale, 'unit'> & Partial<Pick<Scale, 'max'>>;

/** The size of a difference, without its sign: `0.5 s`, `3 points`, `0.4 points` of a scale up to 10. */
export function amountText(amount: number, { unit, max }: Measure): string {
  const size = Math.abs(amount);
  if (unit === 'points') return `${numberText(size, typeof max === 'number' && max <= 10 ? 2 : 0)} points`;
  if (unit === '%') return `${numberText(size, 1)} points`;
  if (unit === 'net points') return numberText(size, 0);
  return unit === 'ms' && size >= 100 ? `${numberText(size / 1000, 1)} s` : figureText(size, unit);
}

/** A difference with its sign: `+0.5 s`, `−3 points`. */
export function signedAmountText(amount: number, scale: Measure): string {
  const sign = amount > 0 ? '+' : amount < 0 ? '−' : '';
  return `${sign}${amountText(amount, scale)}`;
}
