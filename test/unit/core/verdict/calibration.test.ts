import { describe, expect, it } from 'vitest';
import { neighbours, selfComparison } from '../../../../src/core/verdict/calibration';
import type { PairedRun } from '../../../../src/core/verdict/pageComparison';

const LCP = 'largest-contentful-paint';

/** Runs whose LCP is spread evenly over a range, in an order without a trend. */
const series = (spread: number, count = 60): PairedRun[] =>
  Array.from({ length: count }, (_, n) => ({
    numbers: { [LCP]: 3000 + (((n * 7919) % 101) / 101) * spread },
    isDisturbed: false,
  }));

describe('a calibration', () => {
  it('calls a calm page unchanged, and sees the smallest shift that matters', () => {
    expect(selfComparison([series(20)])).toEqual({ comparisons: 60, alarms: 0, visible: 200 });
  });

  it('sees less where the runs differ more', () => {
    const { visible } = selfComparison([series(2000)]);
    expect(visible === null || visible > 600).toBe(true);
  });

  it('says nothing of too few runs', () => {
    expect(selfComparison([series(20, 4)])).toEqual({ comparisons: 0, alarms: 0, visible: null });
  });

  it('counts windows at the end also where a suspicion takes more runs than are left', () => {
    const calm = series(20, 40);
    const jumps = calm.map((run, n) => (n < 30 || n % 2 === 0 ? run : { ...run, numbers: { [LCP]: 6000 } }));
    expect(selfComparison([jumps]).comparisons).toBe(40);
  });

  it('pairs neighbours in the order before, after, after, before', () => {
    const runs = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => ({ numbers: { [LCP]: value }, isDisturbed: false }));
    const next = neighbours(runs, 0);
    const pairs = [next(), next(), next(), next()].map((pair) => [pair?.base.numbers[LCP], pair?.head.numbers[LCP]]);
    expect(pairs).toEqual([
      [1, 2],
      [4, 3],
      [6, 5],
      [7, 8],
    ]);
    expect(next()).toBeUndefined();
  });
});
