import { describe, expect, it } from 'vitest';
import {
  anyTwoAgreement,
  fleissKappa,
  foundByMany,
  foundByOne,
  weightedKappa,
} from '../../../../src/core/evaluation/agreement';

describe('any-two agreement', () => {
  it('is the mean over all pairs of what both found among what either found', () => {
    // |A∩B|/|A∪B| = 2/4, A with C 1/4, B with C 0/4, by hand after Hertzum & Jacobsen's equation 2
    const found = [new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd']), new Set(['a', 'e'])];
    expect(anyTwoAgreement(found)?.value).toBeCloseTo((2 / 4 + 1 / 4 + 0) / 3, 10);
    expect(anyTwoAgreement(found)?.pairs).toBe(3);
  });

  it('is 1 where all found the same, and not known for one evaluator or where nobody found anything', () => {
    expect(anyTwoAgreement([new Set(['a']), new Set(['a'])])).toEqual({ value: 1, pairs: 1 });
    expect(anyTwoAgreement([new Set(['a'])])).toBeUndefined();
    expect(anyTwoAgreement([new Set(), new Set()])).toBeUndefined();
  });
});

describe("Fleiss' kappa", () => {
  it('gives 0.210 for the worked example of 14 raters, 10 subjects and 5 categories', () => {
    // The table and its result are those of the worked example in Wikipedia's article "Fleiss' kappa".
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const ratings = table.map((row) =>
      row.flatMap((count, category) => Array(count).fill(String(category)) as string[]),
    );
    expect(fleissKappa(ratings)).toBeCloseTo(0.21, 3);
  });

  it('is not known for one rater, unequal numbers of them, or where chance alone agrees always', () => {
    expect(fleissKappa([['pass'], ['fail']])).toBeUndefined();
    expect(fleissKappa([['pass', 'pass'], ['pass']])).toBeUndefined();
    expect(
      fleissKappa([
        ['pass', 'pass'],
        ['pass', 'pass'],
      ]),
    ).toBeUndefined();
    expect(fleissKappa([])).toBeUndefined();
  });
});

describe("Cohen's weighted kappa", () => {
  // Cohen 1968, doi:10.1037/h0026256: two psychologists, three diagnoses, 200 patients; also the example of R's psych::cohen.kappa
  const shares = [
    [0.44, 0.07, 0.09],
    [0.05, 0.2, 0.05],
    [0.01, 0.03, 0.06],
  ];
  const weights = [
    [0, 1, 3],
    [1, 0, 6],
    [3, 6, 0],
  ];

  it('gives 0.348 for his example, and 0.492 without weights', () => {
    expect(weightedKappa(shares, (row, column) => weights[row]?.[column] ?? 0)).toBeCloseTo(0.348, 3);
    expect(weightedKappa(shares, (row, column) => (row === column ? 0 : 1))).toBeCloseTo(0.492, 3);
  });

  it('is not known for nothing, or where there is one category only', () => {
    expect(weightedKappa([[0]])).toBeUndefined();
    expect(weightedKappa([[12]])).toBeUndefined();
  });
});

describe('what several evaluators find', () => {
  // the table of Nielsen & Landauer's rates in percent
  it.each([
    [1, 19, 34, 51],
    [3, 47, 71, 88],
    [5, 65, 87, 97],
  ])('%i: %i to %i to %i %%', (evaluators, low, mean, high) => {
    expect(Math.round(foundByMany(evaluators, foundByOne.low) * 100)).toBe(low);
    expect(Math.round(foundByMany(evaluators, foundByOne.mean) * 100)).toBe(mean);
    expect(Math.round(foundByMany(evaluators, foundByOne.high) * 100)).toBe(high);
  });
});
