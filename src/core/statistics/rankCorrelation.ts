import { type Interval, mean } from './intervals';

/**
 * Spearman's rank correlation, -1 to 1, of two series of equal length, with its 95 % interval by Fisher's z and the
 * variance of Bonett & Wright, Psychometrika 65 (2000).
 *
 * @returns undefined when one series never changes
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): Interval | undefined {
  const rho = pearson(ranks(a), ranks(b));
  if (rho === undefined) return undefined;
  const z = Math.atanh(Math.min(0.999_999, Math.max(-0.999_999, rho)));
  const margin = 1.96 * Math.sqrt((1 + rho ** 2 / 2) / (a.length - 3));
  return { estimate: rho, low: Math.tanh(z - margin), high: Math.tanh(z + margin) };
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const first = new Map(sorted.toReversed().map((value, index) => [value, sorted.length - 1 - index]));
  const last = new Map(sorted.map((value, index) => [value, index]));
  return values.map((value) => ((first.get(value) as number) + (last.get(value) as number)) / 2 + 1);
}

/** Pearson's correlation. @returns undefined when one series never changes */
function pearson(a: readonly number[], b: readonly number[]): number | undefined {
  const [meanA, meanB] = [mean(a) as number, mean(b) as number];
  let [both, varianceA, varianceB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[index] as number) - meanB];
    both += x * y;
    varianceA += x * x;
    varianceB += y * y;
  }
  return varianceA === 0 || varianceB === 0 ? undefined : both / Math.sqrt(varianceA * varianceB);
}
