import { describe, expect, it } from 'vitest';
import {
  abandonment,
  asq,
  csat,
  lifetimeValue,
  likelihoodOfSus,
  nps,
  passesCoreWebVitals,
  rate,
  suprq,
  sus,
  umuxLite,
} from '../../../../src/core/outcomes/formulas';
import { adjustedWald, geometricMean, mean, tQuantile975 } from '../../../../src/core/statistics/intervals';

/* The values are the test vectors of the evidence catalogue; its sources stand with each formula. */

describe('intervals', () => {
  it.each([
    [4, 5, 0.6697, 0.3596, 0.9797],
    [9, 10, 0.789, 0.574, 1],
    [10, 10, 0.8612, 0.6791, 1],
    [0, 5, 0.2172, 0, 0.4891],
  ])('adjusted Wald of %i of %i', (x, n, estimate, low, high) => {
    const interval = adjustedWald(x, n);
    expect(interval?.estimate).toBeCloseTo(estimate, 3);
    expect(interval?.low).toBeCloseTo(low, 3);
    expect(interval?.high).toBeCloseTo(high, 3);
  });

  it('are not there without a trial, or for counts that cannot be', () => {
    expect(adjustedWald(0, 0)).toBeUndefined();
    expect(adjustedWald(3, 2)).toBeUndefined();
    expect(adjustedWald(-1, 2)).toBeUndefined();
  });

  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [100, 1.984],
  ])('Student’s t with %i degrees of freedom is that of any table', (degrees, t) => {
    expect(tQuantile975(degrees)).toBeCloseTo(t, 3);
  });

  it('geometric mean of task times, as in the worked example', () => {
    const interval = geometricMean([55, 65, 75, 62, 45, 135]);
    expect(interval?.estimate).toBeCloseTo(68.24, 1);
    expect(interval?.low).toBeCloseTo(46.0, 1);
    expect(interval?.high).toBeCloseTo(101.2, 1);
    expect(geometricMean([10])).toBeUndefined();
    expect(geometricMean([10, 0])).toBeUndefined();
  });
});

describe('questionnaires', () => {
  it('SUS', () => {
    expect(sus([5, 1, 5, 1, 5, 1, 5, 1, 5, 1])).toBe(100);
    expect(sus(Array(10).fill(3))).toBe(50);
    expect(sus([4, 2, 4, 2, 4, 2, 4, 2, 4, 2])).toBe(75);
    expect(sus([1, 5, 1, 5, 1, 5, 1, 5, 1, 5])).toBe(0);
    expect(sus(Array(9).fill(3))).toBeUndefined();
    expect(sus([...Array(9).fill(3), 6])).toBeUndefined();
  });

  it.each([
    [68, 6.77],
    [80, 7.73],
    [100, 9.33],
  ])('SUS %i goes with a likelihood to recommend of %f', (score, likelihood) => {
    expect(likelihoodOfSus(score)).toBeCloseTo(likelihood, 10);
  });

  it('UMUX-Lite, SUPR-Q, ASQ', () => {
    expect(umuxLite([7, 7])).toBe(100);
    expect(umuxLite([4, 4])).toBe(50);
    expect(umuxLite([6, 5])).toBe(75);
    expect(umuxLite([8, 1])).toBeUndefined();
    expect(suprq([...Array(7).fill(5), 10])).toBe(5);
    expect(suprq([...Array(7).fill(4), 8])).toBe(4);
    expect(mean([7, 6, 5, 4])).toBe(5.5); // SEQ
    expect(suprq(Array(7).fill(4))).toBeUndefined();
    expect(suprq([...Array(7).fill(4), 11])).toBeUndefined();
    expect(asq([1, 2, 3])).toBe(2);
    expect(asq([1, 2, null])).toBe(1.5);
    expect(asq([null, null, null])).toBeUndefined();
  });

  it('NPS, where 6 is a detractor', () => {
    const answers = [...Array(25).fill(3), ...Array(25).fill(8), ...Array(50).fill(10)];
    expect(nps(answers)?.score).toBe(25);
    expect(nps([...answers].reverse())).toEqual(nps(answers));
    expect(nps([10, 9, 8, 7, 6, 0])).toMatchObject({ score: 0, promoters: 2, passives: 2, detractors: 2, n: 6 });
    expect(nps([11])).toBeUndefined();
    expect(nps([])).toBeUndefined();
    expect(nps([10])?.interval).toBeUndefined();
  });

  it('CSAT counts 4 and 5, and is not a mean', () => {
    const ratings = [
      ...Array(42).fill(5),
      ...Array(32).fill(4),
      ...Array(10).fill(3),
      ...Array(9).fill(2),
      ...Array(14).fill(1),
    ];
    expect(csat(ratings)?.percent).toBeCloseTo(69.16, 2);
    expect(rate(30, 50)?.percent).toBe(60);
    expect(csat([6])).toBeUndefined();
  });
});

describe('what customers do', () => {
  it('completion, conversion, errors and abandonment as rates', () => {
    expect(rate(390, 500)?.percent).toBe(78);
    expect(rate(17, 20)?.percent).toBe(85);
    expect(rate(30, 1000)?.percent).toBe(3);
    expect(rate(10, 100)?.percent).toBe(10);
    expect(abandonment({ initiated: 1000, completed: 300 })?.percent).toBe(70);
    expect(abandonment({ initiated: 10000, completed: 3000 })?.percent).toBe(70);
    expect(rate(0, 0)).toBeUndefined();
  });

  it('retention, churn and lifetime value', () => {
    expect(rate(200 - 20, 200)?.percent).toBe(90);
    expect(rate(45, 98)?.percent).toBeCloseTo(45.92, 2);
    expect(lifetimeValue({ margin: 100, retention: 0.8, discount: 0.1 })).toBeCloseTo(266.67, 2);
    expect(lifetimeValue({ margin: 150, retention: 0.55, discount: 0.1, acquisition: 100 })).toBeCloseTo(50, 10);
    expect(lifetimeValue({ margin: 100, retention: 1.2, discount: 0.1 })).toBeUndefined();
  });

  it('Core Web Vitals, thresholds inclusive', () => {
    expect(passesCoreWebVitals({ lcp: 2500, inp: 200, cls: 0.1 })).toBe(true);
    expect(passesCoreWebVitals({ lcp: 2501, inp: 200, cls: 0.1 })).toBe(false);
  });
});
