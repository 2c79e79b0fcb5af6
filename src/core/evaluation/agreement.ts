/** How far evaluators agree: computed from the record on demand and never stored. */

/** The mean agreement of pairs of evaluators on which problems there are. */
export interface AnyTwoAgreement {
  /** 0 to 1. */
  value: number;
  /** How many pairs it is the mean of. */
  pairs: number;
}

/**
 * Any-two agreement: the mean, over all pairs of evaluators, of the problems both found divided by the problems at
 * least one of them found (Hertzum & Jacobsen, "The Evaluator Effect", 2001/2003, equation 2). A pair that found
 * nothing is left out.
 *
 * @param found the problems of each evaluator, by id
 * @returns undefined for fewer than two evaluators, or where nobody found anything
 */
export function anyTwoAgreement(found: readonly ReadonlySet<string>[]): AnyTwoAgreement | undefined {
  let sum = 0;
  let pairs = 0;
  for (const [index, one] of found.entries()) {
    for (const other of found.slice(index + 1)) {
      const union = new Set([...one, ...other]).size;
      if (union === 0) continue;
      sum += [...one].filter((id) => other.has(id)).length / union;
      pairs += 1;
    }
  }
  return pairs > 0 ? { value: sum / pairs, pairs } : undefined;
}

/**
 * Fleiss' kappa: agreement of a fixed number of raters on categories, beyond chance (Fleiss 1971,
 * doi:10.1037/h0031619).
 *
 * @param ratings for each subject, one category for each rater; every subject has the same number of them
 * @returns -1 to 1; undefined with fewer than two raters or no subject, or where chance alone would agree always
 */
export function fleissKappa(ratings: readonly (readonly string[])[]): number | undefined {
  const raters = ratings[0]?.length ?? 0;
  if (raters < 2 || ratings.some((subject) => subject.length !== raters)) return undefined;
  const totals = new Map<string, number>();
  let observed = 0;
  for (const subject of ratings) {
    const counts = new Map<string, number>();
    for (const category of subject) counts.set(category, (counts.get(category) ?? 0) + 1);
    let pairs = 0;
    for (const [category, count] of counts) {
      pairs += count * (count - 1);
      totals.set(category, (totals.get(category) ?? 0) + count);
    }
    observed += pairs / (raters * (raters - 1));
  }
  const all = ratings.length * raters;
  const mean = observed / ratings.length;
  const chance = [...totals.values()].reduce((sum, count) => sum + (count / all) ** 2, 0);
  return chance < 1 ? (mean - chance) / (1 - chance) : undefined;
}

/**
 * Cohen's weighted kappa of two raters (Cohen 1968, doi:10.1037/h0026256).
 *
 * @param table how often the first rater gave the row's and the second the column's category (counts or shares)
 * @param weight disagreement of two categories, 0 for the same; the distance of their ranks when left out
 * @returns at most 1; undefined for an empty table, or where chance alone would never disagree
 */
export function weightedKappa(
  table: readonly (readonly number[])[],
  weight: (row: number, column: number) => number = (row, column) => Math.abs(row - column),
): number | undefined {
  const rows = table.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columns = table.map((_, index) => table.reduce((sum, row) => sum + (row[index] ?? 0), 0));
  const total = rows.reduce((sum, value) => sum + value, 0);
  if (total === 0) return undefined;
  let observed = 0;
  let expected = 0;
  for (const [i, row] of table.entries()) {
    for (const [j, value] of row.entries()) {
      observed += weight(i, j) * (value / total);
      expected += weight(i, j) * ((rows[i] ?? 0) / total) * ((columns[j] ?? 0) / total);
    }
  }
  return expected > 0 ? 1 - observed / expected : undefined;
}

/**
 * The share of all problems that one evaluator finds: 0.19 to 0.51, mean 0.34, in the six case studies of heuristic
 * evaluation in Nielsen & Landauer 1993 (doi:10.1145/169059.169166). The 0.31 that is often quoted is for user tests.
 */
export const foundByOne = { low: 0.19, mean: 0.34, high: 0.51 } as const;

/** The share of problems that `evaluators` find together if each finds `one` of them: 1 - (1 - one)^n. */
export function foundByMany(evaluators: number, one: number): number {
  return 1 - (1 - one) ** evaluators;
}
