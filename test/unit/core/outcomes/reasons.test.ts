import { describe, expect, it } from 'vitest';
import { emptyFigures, withReason } from '../../../../src/core/outcomes/figures';
import { reasonsGiven, reasonText } from '../../../../src/core/outcomes/reasons';

const left = (parts: Record<string, number>, change: object = {}) => ({
  metric: 'churn_reasons',
  from: '2026-07-01',
  to: '2026-09-30',
  value: Object.values(parts).reduce((sum, one) => sum + one, 0),
  parts,
  ...change,
});

describe('reasons for leaving', () => {
  it('are those of the newest period, the most frequent first, without the rest and without few people', () => {
    const old = left({ service: 50 }, { to: '2026-06-30' });
    const given = reasonsGiven([old, left({ price: 20, checkout: 30, other: 9, rare: 4 })]);
    expect(given.map(({ reason, count, of }) => [reason, count, of])).toEqual([
      ['checkout', 30, 63],
      ['price', 20, 63],
    ]);
    expect(given[0] && reasonText(given[0])).toBe(
      'named in 30 of 63 reasons for leaving (checkout; 2026-07-01 to 2026-09-30)',
    );
  });

  it('are never added up over groups: the one that gave a reason most stands for it, and is named', () => {
    const given = reasonsGiven([
      left({ price: 6 }, { segment: 'users' }),
      left({ price: 9, service: 7 }, { segment: 'buyers' }),
    ]);
    expect(given.find(({ reason }) => reason === 'price')).toMatchObject({ count: 9, of: 16 });
    expect(given[0]?.about).toBe('buyers, 2026-07-01 to 2026-09-30');
  });

  it('may have the names of what every object has', () => {
    const figures = withReason(emptyFigures(), 'constructor', ['a/b/c', 'a/b/c'], '2026-10-01');
    expect(figures.reasons).toEqual({ constructor: { findings: ['a/b/c'], on: '2026-10-01' } });
    expect(withReason(figures, 'constructor', [], '2026-10-01').reasons).toBeUndefined();
    expect(reasonsGiven([left({ constructor: 6 })])).toMatchObject([{ reason: 'constructor', count: 6 }]);
  });
});
