import { describe, expect, it } from 'vitest';
import { definitionsOf, metrics } from '../../../../src/core/metrics/metrics';
import { type EnteredFigure, enteredFigure } from '../../../../src/core/outcomes/enteredFigure';

const figure = (change: Partial<EnteredFigure> = {}) =>
  enteredFigure({
    metric: 'nps',
    value: 12,
    from: '2026-07-01',
    to: '2026-09-30',
    n: 412,
    source: 'survey, Q3',
    on: '2026-11-22',
    ...change,
  });
const codeOf = (change: Partial<EnteredFigure>) => {
  try {
    figure(change);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a typed figure', () => {
  it('keeps its date, n and source, and says that it was entered', () => {
    expect(figure()).toEqual({
      metric: 'nps',
      value: 12,
      from: '2026-07-01',
      to: '2026-09-30',
      n: 412,
      source: 'survey, Q3',
      on: '2026-11-22',
      basis: 'entered',
    });
    expect(figure({ n: undefined })).not.toHaveProperty('n');
  });

  it.each([
    [{ metric: 'happiness' }, 'metric-unknown'],
    [{ metric: 'lcp' }, 'metric-unknown'],
    [{ value: 101 }, 'value-impossible'],
    [{ value: Number.NaN }, 'value-impossible'],
    [{ metric: 'conversion_rate', value: -1 }, 'value-impossible'],
    [{ metric: 'time_on_task', value: -5 }, 'value-impossible'],
    [{ metric: 'seq', value: 8 }, 'value-impossible'],
    [{ from: '2026-10-01' }, 'period-invalid'],
    [{ from: 'last month' }, 'period-invalid'],
    [{ from: '2026-02-31' }, 'period-invalid'],
    [{ n: 1.5 }, 'n-invalid'],
    [{ source: ' ' }, 'source-missing'],
    [{ metric: 'ces', value: 4 }, 'variant-missing'],
    [{ metric: 'ces', value: 4, variant: '3.0' }, 'variant-missing'],
    [{ metric: 'ces', value: 6.5, variant: '1.0' }, 'value-impossible'],
    [{ metric: 'ces', value: 6.5, variant: 'Buy a lamp, 1.0' }, 'value-impossible'],
    [{ metric: 'ces', value: 4, low: 3, high: 5.5, variant: '1.0' }, 'value-impossible'],
    [{ metric: 'error_rate', value: 101, variant: 'participants with an error' }, 'value-impossible'],
    [{ value: 12, low: 14, high: 20 }, 'interval-invalid'],
    [{ value: 12, low: 20, high: 8 }, 'interval-invalid'],
    [{ from: '2099-01-01', to: '2099-01-31' }, 'period-invalid'],
    [{ from: '2026-11-01', to: '2099-01-31' }, 'period-invalid'],
    [{ metric: 'csat', value: 4.2 }, 'value-impossible'],
    [{ metric: 'csat', value: 4.2, unit: '%' }, 'value-impossible'],
    [{ metric: 'sus', value: 3.9 }, 'value-impossible'],
    [{ metric: 'umux_lite', value: 5.5 }, 'value-impossible'],
    [{ metric: 'clv', value: 120 }, 'currency-unknown'],
    [{ metric: 'aov', value: 50, unit: 'euros' }, 'currency-unknown'],
    [{ metric: 'time_on_task', value: 2, unit: 'min' }, 'unit-invalid'],
    [{ n: 4 }, 'figure-few'],
  ] as [Partial<EnteredFigure>, string][])('%j is refused', (change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  const typed = metrics.filter(({ obtained }) => obtained.includes('entered'));
  const definitions = typed.flatMap((metric) =>
    definitionsOf(metric).map(({ id, scale }) => ({ id, metric: metric.id, variant: id.split('@')[1], scale })),
  );

  it.each(definitions)(
    'of $id is on its scale, and so is its interval',
    ({ metric, variant, scale: { min, max, unit: currency } }) => {
      const inside = min ?? (max ?? 0) - 1;
      const unit = currency === 'currency' ? 'EUR' : undefined;
      const of = (change: Partial<EnteredFigure>) => codeOf({ metric, variant, unit, value: inside, ...change });
      expect(of({})).toBeUndefined();
      expect(of({ value: Number.POSITIVE_INFINITY })).toBe('value-impossible');
      for (const end of [min, max]) if (end !== null) expect(of({ value: end })).toBeUndefined();
      if (min !== null) {
        expect(of({ value: min - 0.01 })).toBe('value-impossible');
        expect(of({ low: min - 0.01 })).toBe('value-impossible');
      }
      if (max !== null) {
        expect(of({ value: max + 0.01 })).toBe('value-impossible');
        expect(of({ high: max + 0.01 })).toBe('value-impossible');
      }
    },
  );

  it('may fall below nothing and rise beyond all where the metric does', () => {
    expect([codeOf({ metric: 'growth', value: -3 }), codeOf({ metric: 'growth', value: 150 })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(codeOf({ metric: 'clv', value: -20, unit: 'EUR' })).toBeUndefined();
  });

  it('keeps a variant in words where its metric has none: a task, a scope', () => {
    expect(figure({ metric: 'seq', value: 6, variant: 'Buy a lamp' })).toMatchObject({ variant: 'Buy a lamp' });
  });

  it('of effort says which version of the question was asked', () => {
    expect(figure({ metric: 'ces', value: 4, variant: '1.0' })).toMatchObject({ variant: '1.0' });
  });
});
