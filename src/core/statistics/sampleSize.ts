import { adjustedWald, tQuantile975 } from './intervals';

/** The standard normal quantiles of a two-sided test at 5 %, and of 80 % power. */
const ALPHA = 1.959_964;
const BETA = 0.841_621;

/** More answers than a team could ask for. */
const MOST = 10_000_000;

/** The smallest number from `least` on for which a condition holds, as for all above; undefined beyond 10 million. */
function smallest(least: number, holds: (n: number) => boolean): number | undefined {
  let high = least;
  while (!holds(high)) {
    if (high > MOST) return undefined;
    high *= 2;
  }
  let low = least - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * How many answers give a mean whose 95 % interval by Student's t reaches at most `margin` to each side: the smallest n
 * with t · s / √n ≤ margin, where t depends on n (Sauro & Lewis, Quantifying the User Experience, 2nd edition 2016,
 * chapter 6).
 *
 * @param deviation standard deviation of single answers, above 0, in the unit of the margin
 * @param margin above 0
 * @returns at least 2; undefined beyond 10 million
 */
export function answersForMean(deviation: number, margin: number): number | undefined {
  return smallest(2, (n) => (tQuantile975(n - 1) * deviation) / Math.sqrt(n) <= margin);
}

/**
 * How many answers give a share whose adjusted-Wald interval reaches at most `margin` to each side; for a share of a
 * half the same as n = z² · 0.25 / margin² - z² (Sauro & Lewis 2016, chapter 6).
 *
 * @param share that is expected, 0 to 1; 0.5 is the worst case
 * @param margin above 0, as a share
 * @returns at least 1; undefined beyond 10 million
 */
export function answersForShare(share: number, margin: number): number | undefined {
  return smallest(1, (n) => {
    const { estimate = 0, high = 1, low = 0 } = adjustedWald(share * n, n) ?? {};
    return Math.max(high - estimate, estimate - low) <= margin;
  });
}

/**
 * How many answers each of two groups needs, so that a true difference of their means is found in 80 of 100 studies, by
 * a two-sided t-test at 5 %: n = 2 (z₀.₉₇₅ + z₀.₈)² s² / d² + z₀.₉₇₅² / 4. The last term makes up for t in small groups
 * (W. C. Guenther, "Sample Size Formulas for Normal Theory T Tests", The American Statistician 35, 1981).
 *
 * @param deviation standard deviation of single answers in both groups, above 0
 * @param difference of the means, above 0
 */
export function answersForMeans(deviation: number, difference: number): number {
  return Math.ceil((2 * (ALPHA + BETA) ** 2 * deviation ** 2) / difference ** 2 + ALPHA ** 2 / 4);
}

/**
 * The same for two shares: n = (z₀.₉₇₅ + z₀.₈)² (p₁(1 - p₁) + p₂(1 - p₂)) / (p₁ - p₂)² (J. L. Fleiss, Statistical
 * Methods for Rates and Proportions, 2nd edition 1981, without the correction for continuity).
 *
 * @param share of the one group, 0 to 1
 * @param difference of the shares, above 0; the other share is taken on the side of a half, where more are needed
 */
export function answersForShares(share: number, difference: number): number {
  const other = share <= 0.5 ? share + difference : share - difference;
  const variance = share * (1 - share) + other * (1 - other);
  return Math.ceil(((ALPHA + BETA) ** 2 * variance) / difference ** 2);
}
