/** Two-sided 95 %: the standard normal quantile, as the sources of the formulas round it. */
const Z95 = 1.96;

/** An estimate with its two-sided 95 % interval, in the estimate's unit. */
export interface Interval {
  estimate: number;
  low: number;
  high: number;
}

/**
 * Adjusted Wald (Agresti-Coull) interval of a rate: the estimate is (x + z²/2) / (n + z²). Good below about 150 trials
 * (Agresti & Coull 1998; Sauro & Lewis, measuringu.com).
 *
 * @param x the number of successes, 0 to `n`
 * @returns shares from 0 to 1; undefined without a trial, or when the counts are impossible
 */
export function adjustedWald(x: number, n: number): Interval | undefined {
  if (!(n > 0) || x < 0 || x > n) return undefined;
  const z2 = Z95 ** 2;
  const estimate = (x + z2 / 2) / (n + z2);
  const margin = Z95 * Math.sqrt((estimate * (1 - estimate)) / (n + z2));
  return { estimate, low: Math.max(0, estimate - margin), high: Math.min(1, estimate + margin) };
}

/**
 * Mean and 95 % interval by Student's t; undefined for fewer than two values, and for values that are all equal: they
 * say nothing about the spread, and an interval without width would claim certainty.
 */
export function meanInterval(values: readonly number[]): Interval | undefined {
  const n = values.length;
  if (n < 2 || values.every((value) => value === values[0])) return undefined;
  const estimate = sum(values) / n;
  const variance = sum(values.map((value) => (value - estimate) ** 2)) / (n - 1);
  const margin = (tQuantile975(n - 1) * Math.sqrt(variance)) / Math.sqrt(n);
  return { estimate, low: estimate - margin, high: estimate + margin };
}

/**
 * Geometric mean of task times with its 95 % interval, computed on their logarithms (Sauro & Lewis 2010): times are
 * skewed, and below 25 of them the geometric mean is the better middle.
 *
 * @param times above 0, of successful attempts only; one unit for all
 * @returns undefined for fewer than two, for equal times, or a time of 0 or less
 */
export function geometricMean(times: readonly number[]): Interval | undefined {
  if (times.some((time) => !(time > 0))) return undefined;
  const logs = meanInterval(times.map((time) => Math.log(time)));
  return logs && { estimate: Math.exp(logs.estimate), low: Math.exp(logs.low), high: Math.exp(logs.high) };
}

/**
 * The difference of two independent estimates with the 95 % interval that follows from theirs, by squaring and adding
 * their distances (Newcombe, Statistics in Medicine 17, 1998, method 10; for any estimates Zou and Donner, Statistics
 * in Medicine 27, 2008).
 */
export function differenceInterval(before: Interval, after: Interval): Interval {
  const estimate = after.estimate - before.estimate;
  const apart = (a: number, b: number) => Math.sqrt(a ** 2 + b ** 2);
  return {
    estimate,
    low: estimate - apart(after.estimate - after.low, before.high - before.estimate),
    high: estimate + apart(after.high - after.estimate, before.estimate - before.low),
  };
}

/** The sum; 0 for no values. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean; undefined for no values. */
export function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? sum(values) / values.length : undefined;
}

/**
 * The 97.5 % quantile of Student's t, for two-sided 95 % intervals: exact for one and two degrees of freedom, beyond
 * that by G. W. Hill, "Algorithm 396: Student's t-quantiles", CACM 13 (1970), good to six digits.
 *
 * @param degrees of freedom, at least 1
 */
export function tQuantile975(degrees: number): number {
  const p = 0.05; // both tails together
  if (degrees === 1) return 1 / Math.tan((p * Math.PI) / 2);
  if (degrees === 2) return Math.sqrt(2 / (p * (2 - p)) - 2);
  const a = 1 / (degrees - 0.5);
  const b = 48 / a ** 2;
  let c = ((20700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees;
  let y = (d * p) ** (2 / degrees);
  if (y > 0.05 + a) {
    const x = -1.959963984540054; // the normal quantile of half of p
    y = x ** 2;
    if (degrees < 5) c += 0.3 * (degrees - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y ** 2);
  } else {
    y =
      ((1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3) + 0.5 / (degrees + 4)) * y - 1) *
        ((degrees + 1) / (degrees + 2)) +
      1 / y;
  }
  return Math.sqrt(degrees * y);
}
