import { describe, expect, it } from 'vitest';
import { median, spreadOf } from '../../../../src/core/statistics/spread';

describe('the median', () => {
  it('is the middle sample, or the mean of the middle two', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeUndefined();
  });

  it('does not sort what it was given', () => {
    const samples = [10, 9, 1];
    expect(median(samples)).toBe(9);
    expect(samples).toEqual([10, 9, 1]);
  });

  it('sorts by number, not by text', () => {
    expect(median([100, 20, 3])).toBe(20);
  });
});

describe('the spread of samples', () => {
  it('has median, range, number and the samples in their order', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, n: 3, samples: [3, 1, 2] });
  });

  it('counts a zero and leaves out what is not known', () => {
    expect(spreadOf([0, null, undefined, Number.NaN, 4])).toEqual({ median: 2, min: 0, max: 4, n: 2, samples: [0, 4] });
  });

  it('is not known, instead of 0, when there are no samples', () => {
    expect(spreadOf([])).toBeNull();
    expect(spreadOf([null, undefined])).toBeNull();
  });
});
