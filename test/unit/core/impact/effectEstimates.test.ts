import { describe, expect, it } from 'vitest';
import { computableLinks, estimate } from '../../../../src/core/impact/effectEstimates';

/* The dose vectors of the evidence catalogue; of SPD-C04 the one step that its study reports. */
describe('what a study allows to compute', () => {
  it.each([
    ['SPD-C04', { from: 3200, to: 2500 }, 1, 5],
    ['SPD-C04', { from: 4000, to: 2500 }, 1, 5],
    ['SPD-C01', { from: 8300, to: 5700 }, 8, 8],
    ['SPD-C05', { from: 1000, to: 950 }, 0.35, 0.35],
    ['SPD-C06', { from: 200, to: 450 }, -0.4, -0.4],
    ['SPD-C09', { from: 5000, to: 3000 }, 10, 10],
    ['SPD-F37', { from: 0, to: 1 }, -24, -24],
  ])('%s %j: %f to %f', (link, change, low, high) => {
    const result = estimate(link, change) as { low: number; high: number };
    expect(result.low).toBeCloseTo(low, 10);
    expect(result.high).toBeCloseTo(high, 10);
  });

  it.each([
    ['SPD-C04', { from: 3000, to: 2700 }],
    ['SPD-C04', { from: 3000, to: 2400 }],
    ['SPD-C04', { from: 12_000, to: 11_000 }],
    ['SPD-C04', { from: 2000, to: 1000 }],
    ['SPD-C04', { from: 2500, to: 2600 }],
    ['SPD-C01', { from: 4000, to: 2500 }],
    ['SPD-C01', { from: 8300, to: 4000 }],
    ['SPD-C05', { from: 1000, to: 800 }],
    ['SPD-C06', { from: 450, to: 200 }],
    ['SPD-C09', { from: 9000, to: 2000 }],
    ['SPD-F37', { from: 1, to: 1 }],
    ['USE-F01', { from: 60, to: 101 }],
  ])('%s %j: outside the study, and says so', (link, change) => {
    expect(estimate(link, change)).toEqual({ link, outside: expect.any(String) });
  });

  it('is nothing for links that are shown only, however well known', () => {
    expect(estimate('SPD-C07', { from: 0, to: 1500 })).toBeUndefined();
    expect(estimate('toString', { from: 0, to: 1 })).toBeUndefined();
  });

  it('is seven links', () => {
    expect(Object.keys(computableLinks).sort()).toEqual([
      'SPD-C01',
      'SPD-C04',
      'SPD-C05',
      'SPD-C06',
      'SPD-C09',
      'SPD-F37',
      'USE-F01',
    ]);
  });

  it('keeps a model of recommendation apart from an NPS', () => {
    expect(estimate('USE-F01', { from: 60, to: 68 })).toMatchObject({
      low: expect.closeTo(0.64, 10),
      unit: expect.stringContaining('no NPS'),
    });
  });
});
