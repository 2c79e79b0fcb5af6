import { numberText } from '../metrics/metricText';
import type { ComparedNumber } from '../verdict/numbers';
import type { ComparedRow } from '../verdict/pageComparison';

/** A value of a compared number: `4.20 s`, `290 ms`, `0.02`, `1,204 KB`, `34`. */
export function valueText(value: number, unit: ComparedNumber['unit']): string {
  const size = Math.abs(value);
  if (unit === 'ms')
    return size >= 1000 ? `${(value / 1000).toFixed(2).replace('-', '−')} s` : `${numberText(value, 0)} ms`;
  if (unit === 'bytes') return size < 10_000 ? `${grouped(value)} bytes` : `${grouped(value / 1000)} KB`;
  return unit === 'score' ? numberText(value, 3) : grouped(value);
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en').replace('-', '−');
}

/** `+340 ms`, `−88 KB`, `0` */
export function signedValue(value: number, unit: ComparedNumber['unit']): string {
  const text = valueText(value, unit);
  return value > 0 ? `+${text}` : text;
}

/** `210 to 460 ms`, `980 ms to 1.2 s`, or one value where the ends read the same. */
export function fromTo(ends: readonly number[], unit: ComparedNumber['unit']): string {
  const [low = '', high = ''] = ends.map((end) => valueText(end, unit));
  if (low === high) return low;
  const [number = '', sign] = low.split(' ');
  return sign !== undefined && high.endsWith(` ${sign}`) ? `${number} to ${high}` : `${low} to ${high}`;
}

/** The ends of a shift, signed so that nobody takes them for values: `+210 to +460 ms`, `−20 to +30 ms`. */
export function signedRange([low, high]: readonly [number, number], unit: ComparedNumber['unit']): string {
  const range = fromTo([low, high], unit);
  const [first = '', last] = range.split(' to ');
  const plus = (text: string, value: number) => (value > 0 ? `+${text}` : text);
  return last === undefined ? plus(first, high) : `${plus(first, low)} to ${plus(last, high)}`;
}

/** A shift with its interval: `+340 ms (+210 to +460 ms)`, or `+187 KB` where it is exact. */
export function shiftText({ shift, interval, isExact, number: { unit } }: ComparedRow): string {
  const size = signedValue(shift ?? 0, unit);
  if (isExact || !interval) return size;
  const range = signedRange(interval, unit);
  return range.includes(' to ') ? `${size} (${range})` : size;
}
