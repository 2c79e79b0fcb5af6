import { describe, expect, it } from 'vitest';
import { ownRelation, PERIODS_NEEDED } from '../../../../src/core/impact/ownRelation';
import { data, figure, run } from './build';

/** Months of 2026 from January. */
const month = (index: number) => `2026-${String(index + 1).padStart(2, '0')}`;
const monthly = (metric: string, values: readonly number[]) =>
  values.map((value, index) => figure({ metric, value, from: `${month(index)}-01`, to: `${month(index)}-28` }));

describe('the own relation of two metrics', () => {
  // Spearman's worked example (en.wikipedia.org, "Spearman's rank correlation coefficient": IQ and hours of TV, rho -29/165)
  const iq = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113];
  const hours = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12];

  it('is Spearman’s rank correlation with its interval', () => {
    const relation = ownRelation(data({ runs: [], figures: [...monthly('sus', iq), ...monthly('nps', hours)] }), {
      ux: 'sus',
      cx: 'nps',
    });
    expect(relation).toMatchObject({ state: 'computed', n: 10 });
    if (relation.state !== 'computed') throw new Error('too few');
    expect(relation.rho).toBeCloseTo(-29 / 165, 10);
    expect(relation.low).toBeLessThan(-0.6);
    expect(relation.high).toBeGreaterThan(0.4);
  });

  it('needs enough periods that have both values, and says how many more', () => {
    const few = data({ runs: [], figures: [...monthly('sus', iq.slice(0, 6)), ...monthly('nps', hours)] });
    expect(ownRelation(few, { ux: 'sus', cx: 'nps' })).toMatchObject({ state: 'too few', needed: PERIODS_NEEDED - 6 });
    expect(ownRelation(data(), { ux: 'lcp', cx: 'nps' })).toMatchObject({ state: 'too few', needed: PERIODS_NEEDED });
  });

  it('takes lab runs by the median of their month, of one page in one environment and form factor', () => {
    const runs = [1, 2, 3].map((value) =>
      run({ at: `2026-01-0${value}T00:00:00.000Z`, values: { lcp: [value * 1000, 0, 0, 3, 0.5] } }),
    );
    const desktop = run({ formFactor: 'desktop', at: '2026-01-01T00:00:00.000Z', values: { lcp: [9, 9, 9, 1, 1] } });
    const { periods } = ownRelation(data({ runs: [desktop, ...runs], figures: monthly('nps', hours) }), {
      ux: 'lcp',
      cx: 'nps',
    });
    expect(periods).toEqual([{ period: '2026-01', ux: 2000, cx: 2 }]);
  });

  it('keeps machines, versions and kinds of figures apart, and says what it is about', () => {
    const older = run({ lighthouse: '12.6.0', at: '2026-01-01T00:00:00.000Z', values: { lcp: [9000, 0, 0, 3, 0] } });
    const elsewhere = run({ isCommitted: true, at: '2026-01-02T00:00:00.000Z', values: { lcp: [8000, 0, 0, 3, 0] } });
    const here = run({ at: '2026-01-03T00:00:00.000Z', values: { lcp: [2000, 0, 0, 3, 0] } });
    const few = monthly('nps', [50]).map((one) => ({ ...one, n: 3, variant: 'few' }));
    const relation = ownRelation(
      data({ runs: [older, elsewhere, here], figures: [...few, ...monthly('nps', hours)] }),
      {
        ux: 'lcp',
        cx: 'nps',
      },
    );
    expect(relation.periods).toEqual([{ period: '2026-01', ux: 2000, cx: 2 }]);
    expect(relation.about).toEqual({ ux: 'checkout, local, mobile, Lighthouse 13', cx: 'whole product, imported' });
  });

  it('compares no groups of people with each other', () => {
    const of = (segment: string | undefined, all: ReturnType<typeof monthly>) =>
      all.map((one) => ({ ...one, segment }));
    const buyers = of('buyers', monthly('sus', iq));
    const users = of('users', monthly('nps', hours));
    const apart = ownRelation(data({ runs: [], figures: [...buyers, ...users] }), { ux: 'sus', cx: 'nps' });
    expect(apart).toMatchObject({ state: 'other groups', periods: [] });
    expect(apart.about).toEqual({ ux: 'whole product, buyers, imported', cx: 'whole product, users, imported' });
    const both = data({ runs: [], figures: [...buyers, ...of('users', monthly('sus', iq)), ...users] });
    expect(ownRelation(both, { ux: 'sus', cx: 'nps' }).about.ux).toBe('whole product, users, imported');
    const asked = data({ runs: [], figures: [...buyers, ...monthly('sus', iq), ...monthly('nps', hours)] });
    expect(ownRelation(asked, { ux: 'sus', cx: 'nps', segment: 'buyers' })).toMatchObject({
      state: 'computed',
      about: { ux: 'whole product, all together, imported' },
    });
    const lab = ownRelation(data({ figures: users }), { ux: 'lcp', cx: 'nps' });
    expect(lab.about.cx).toBe('whole product, users, imported');
  });

  it('says nothing where one of the two never changes', () => {
    const flat = data({ runs: [], figures: [...monthly('sus', Array(10).fill(70)), ...monthly('nps', hours)] });
    expect(ownRelation(flat, { ux: 'sus', cx: 'nps' }).state).toBe('too few');
  });
});
