import { describe, expect, it } from 'vitest';
import { adjustedWald, tQuantile975 } from '../../../../src/core/statistics/intervals';
import {
  answersForMean,
  answersForMeans,
  answersForShare,
  answersForShares,
} from '../../../../src/core/statistics/sampleSize';

describe('how many answers', () => {
  it.each([
    [0.2, 394], // Cohen, "A Power Primer", Psychological Bulletin 112 (1992), table 2: 393, 64, 26; G*Power: 394, 64, 26
    [0.5, 64],
    [0.8, 26],
  ])('two groups need for a difference of %f standard deviations', (effect, n) => {
    expect(answersForMeans(10, 10 * effect)).toBe(n);
  });

  it.each([
    [0.05, 381], // z² · 0.25 / d² - z²: 384.16 - 3.84
    [0.1, 93],
    [0.2, 21],
  ])('a share needs for a margin of %f', (margin, n) => {
    expect(answersForShare(0.5, margin)).toBe(n);
  });

  it('a mean needs: one fewer would have too wide an interval', () => {
    for (const [deviation, margin] of [
      [17.7, 5],
      [100, 10],
      [1.5, 0.2],
      [1, 40],
    ] as const) {
      const n = answersForMean(deviation, margin) as number;
      const width = (of: number) => (tQuantile975(of - 1) * deviation) / Math.sqrt(of);
      expect(width(n)).toBeLessThanOrEqual(margin);
      if (n > 2) expect(width(n - 1)).toBeGreaterThan(margin);
    }
    expect(answersForMean(17.7, 5)).toBe(51);
    expect(answersForMean(1e9, 1e-9)).toBeUndefined();
  });

  it('a share needs fewer when it is not a half, and the interval it gets is as narrow as planned', () => {
    const n = answersForShare(0.9, 0.05) as number;
    expect(n).toBeLessThan(381);
    const { estimate = 0, high = 1 } = adjustedWald(0.9 * n, n) ?? {};
    expect(high - estimate).toBeLessThanOrEqual(0.05);
  });

  it('two shares need by the published formula', () => {
    expect(answersForShares(0.5, 0.1)).toBe(385); // 7.849 · (0.25 + 0.24) / 0.01
    expect(answersForShares(0.9, 0.1)).toBe(answersForShares(0.1, 0.1));
  });
});
