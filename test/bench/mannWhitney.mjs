/**
 * The two-sided Mann-Whitney U test: could both samples come from one distribution? Normal approximation with
 * corrections for ties and for continuity.
 *
 * Source: H. B. Mann and D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than
 * the Other", Annals of Mathematical Statistics 18 (1947), 50–60; the correction for ties as in M. Hollander and
 * D. A. Wolfe, Nonparametric Statistical Methods (1973), 68–75, which R's `wilcox.test` follows.
 *
 * @param {number[]} a
 * @param {number[]} b
 * @returns {{ u: number, p: number }} U of the first sample; p is 1 where all values are equal
 */
export function mannWhitney(a, b) {
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0) throw new Error('Both samples need values.');
  const sorted = [...a.map((value) => [value, true]), ...b.map((value) => [value, false])].sort(([x], [y]) => x - y);
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end][0] === sorted[start][0]) end += 1;
    const group = sorted.slice(start, end);
    const rank = (start + 1 + end) / 2;
    rankSum += rank * group.filter(([, first]) => first).length;
    ties += group.length ** 3 - group.length;
    start = end;
  }
  const u = rankSum - (m * (m + 1)) / 2;
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (variance <= 0) return { u, p: 1 };
  const distance = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5);
  return { u, p: Math.min(1, 2 * upperTail(distance / Math.sqrt(variance))) };
}

/**
 * Probability that a standard normal variable exceeds z ≥ 0, by the complementary error function in the form of
 * W. H. Press et al., Numerical Recipes (2nd edition, 1992), section 6.2 (`erfcc`); relative error below 1.2e-7.
 */
function upperTail(z) {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  const polynomial = coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return (t * Math.exp(-x * x + polynomial)) / 2;
}

/**
 * Holm's correction for several tests: the adjusted p-values, in the given order.
 *
 * Source: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6
 * (1979), 65–70.
 *
 * @param {number[]} values
 */
export function holm(values) {
  const order = values.map((_, index) => index).sort((i, j) => values[i] - values[j]);
  const adjusted = [];
  let largest = 0;
  order.forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, (values.length - position) * values[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** Worked examples with published results; the second has ties. */
const examples = [
  {
    // SciPy's documentation of scipy.stats.mannwhitneyu (method "asymptotic")
    a: [19, 22, 16, 29, 24],
    b: [20, 11, 17, 12],
    u: 17,
    p: 0.11134688653314041,
  },
  {
    // R's documentation of wilcox.test: Ozone in May and August from its data set airquality; W = 127.5, p = 0.0001208
    a: [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
    b: [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
    u: 127.5,
    p: 0.0001208,
  },
];

/**
 * Checks the arithmetic against published examples.
 * @throws Error when it deviates
 */
export function selfCheck() {
  for (const { a, b, u, p } of examples) {
    const found = mannWhitney(a, b);
    if (found.u !== u || Math.abs(found.p - p) / p > 5e-4) {
      throw new Error(`Mann-Whitney: U ${found.u} and p ${found.p} instead of ${u} and ${p}.`);
    }
  }
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]); // 3 × 0.01, 0.06 kept from 0.03 × 2, 2 × 0.03, 4 × 0.005
  const expected = [0.03, 0.06, 0.06, 0.02];
  if (adjusted.some((value, index) => Math.abs(value - expected[index]) > 1e-12)) {
    throw new Error(`Holm: ${adjusted} instead of ${expected}.`);
  }
}
