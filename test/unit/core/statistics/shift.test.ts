import { describe, expect, it } from 'vitest';
import { chanceOf, holm, shiftOf } from '../../../../src/core/statistics/shift';

/** Every way to deal values out on two sides of a size. */
function splits(values: readonly number[], size: number): [number[], number[]][] {
  if (size === 0) return [[[], [...values]]];
  if (values.length < size) return [];
  const [first, ...rest] = values as [number, ...number[]];
  const within = splits(rest, size - 1).map(([a, b]): [number[], number[]] => [[first, ...a], b]);
  const without = splits(rest, size).map(([a, b]): [number[], number[]] => [a, [first, ...b]]);
  return [...within, ...without];
}

/** The largest gap between the shares of values up to a point. */
function gapOf(before: readonly number[], after: readonly number[]): number {
  const share = (values: readonly number[], point: number) =>
    values.filter((one) => one <= point).length / values.length;
  return Math.max(...[...before, ...after].map((point) => share(before, point) - share(after, point)));
}

describe('the chance that two sets differ without a cause', () => {
  it('is the share of all ways to deal the values out that differ as clearly', () => {
    const cases: [number[], number[]][] = [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [1, 2, 6, 7],
        [3, 4, 5, 8],
      ],
      [
        [1, 4, 5, 9, 10],
        [2, 3, 6, 7, 8],
      ],
      [
        [5, 6, 7],
        [1, 2, 3, 4, 8],
      ],
    ];
    for (const [before, after] of cases) {
      const all = splits([...before, ...after], before.length);
      const observed = gapOf(before, after);
      const asClear = all.filter(([a, b]) => gapOf(a, b) >= observed - 1e-9).length;
      expect(chanceOf(before, after)).toBeCloseTo(observed <= 0 ? 1 : asClear / all.length, 12);
    }
  });

  it('is 1 of 252 for five runs apart from five, and 1 without values', () => {
    expect(chanceOf([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(1 / 252, 12);
    expect(chanceOf([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toBe(1);
    expect(chanceOf([], [1])).toBe(1);
  });
});

describe('a shift', () => {
  it('holds in its interval each shift that the test does not rule out', () => {
    const [before, after] = [
      [1370, 1065, 1372, 1369, 1388],
      [1401, 1399, 1405, 1098, 1410],
    ];
    const { low, high } = shiftOf(before, after) as { low: number; high: number };
    for (let shift = -400; shift <= 400; shift += 1) {
      if (shift === low || shift === high) continue; // ties
      const moved = after.map((value) => value - shift);
      const isRuledOut = chanceOf(before, moved) <= 0.05 || chanceOf(moved, before) <= 0.05;
      expect([shift, shift < low || shift > high]).toEqual([shift, isRuledOut]);
    }
  });

  it('has bounds from three runs a side, and none of two', () => {
    expect(shiftOf([1, 2, 3], [4, 5, 6])).toEqual({ estimate: 3, low: 1, high: 5 });
    expect(shiftOf([1, 2], [4, 5])).toEqual({ estimate: 3, low: -Infinity, high: Infinity });
    expect(shiftOf([], [4, 5])).toBeUndefined();
  });

  it('is not moved by single runs of another value', () => {
    expect(shiftOf([1370, 1065, 1370, 1371, 1372], [1372, 1371, 1372, 1369, 1365])).toMatchObject({ low: -3, high: 2 });
  });
});

describe('the correction of several tests', () => {
  it('is Holm’s', () => {
    // 3 × 0.01, 0.06 kept from 0.03 × 2, 2 × 0.03, 4 × 0.005
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((value) => Number(value.toFixed(3)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
});
