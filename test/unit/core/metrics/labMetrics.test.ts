import { describe, expect, it } from 'vitest';
import { formatMetric, isLabMetric, labMetrics, verdictOf } from '../../../../src/core/metrics/labMetrics';

describe('a lab metric', () => {
  it('is shown in its unit', () => {
    expect(formatMetric(849.6, 'ms')).toBe('850 ms');
    expect(formatMetric(3_940, 'ms')).toBe('3.9 s');
    expect(formatMetric(0, 'ms')).toBe('0 ms');
    expect(formatMetric(0.0204, 'score')).toBe('0.02');
  });

  it('is good from 0.9, poor below 0.5 and unknown without a score', () => {
    expect([1, 0.9, 0.899, 0.5, 0.499, 0, null].map(verdictOf)).toEqual([
      'good',
      'good',
      'needs improvement',
      'needs improvement',
      'poor',
      'poor',
      null,
    ]);
  });

  it('is one of the five that Lighthouse weighs', () => {
    expect(labMetrics.map(({ acronym }) => acronym)).toEqual(['FCP', 'LCP', 'TBT', 'CLS', 'SI']);
    expect(isLabMetric('speed-index')).toBe(true);
    expect(isLabMetric('interactive')).toBe(false);
  });
});
