import { describe, expect, it } from 'vitest';
import { differenceInterval, type Interval } from '../../../../src/core/statistics/intervals';

/** Wilson's interval of a share, which Newcombe's examples begin with. */
function wilson(x: number, n: number): Interval {
  const z = 1.959964;
  const p = x / n;
  const middle = 2 * n * p + z ** 2;
  const margin = z * Math.sqrt(z ** 2 + 4 * n * p * (1 - p));
  const of = 2 * (n + z ** 2);
  return { estimate: p, low: (middle - margin) / of, high: (middle + margin) / of };
}

describe('the interval of a difference', () => {
  // Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), table II, method 10
  it.each([
    ['56 of 70 and 48 of 80', [56, 70], [48, 80], 0.0524, 0.3339],
    ['9 of 10 and 3 of 10', [9, 10], [3, 10], 0.1705, 0.809],
    ['10 of 10 and 0 of 20', [10, 10], [0, 20], 0.6791, 1],
  ] as const)('is that of the published example %s', (_, [x1, n1], [x2, n2], low, high) => {
    const found = differenceInterval(wilson(x2, n2), wilson(x1, n1));
    expect(found.estimate).toBeCloseTo(x1 / n1 - x2 / n2, 10);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });
});
