/** Samples of one number with their median and range, in the unit of the samples. */
export interface Spread {
  median: number;
  min: number;
  max: number;
  n: number;
  /** In the order of the runs. */
  samples: number[];
}

/** The median; the mean of the middle two for an even number. `undefined` for no samples. */
export function median(samples: readonly number[]): number | undefined {
  if (samples.length === 0) return undefined;
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Median, range and n of samples; `null` ("not known") when there are none, never 0. */
export function spreadOf(samples: readonly (number | null | undefined)[]): Spread | null {
  const known = samples.filter((sample): sample is number => typeof sample === 'number' && Number.isFinite(sample));
  const middle = median(known);
  if (middle === undefined) return null;
  return { median: middle, min: Math.min(...known), max: Math.max(...known), n: known.length, samples: known };
}
