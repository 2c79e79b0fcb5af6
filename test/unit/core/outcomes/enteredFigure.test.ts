import { describe, expect, it } from 'vitest';
import { metrics } from '../../../../src/core/impact/impactCatalogue';
import { type EnteredFigure, enteredFigure } from '../../../../src/core/outcomes/enteredFigure';

const figure = (change: Partial<EnteredFigure> = {}) =>
  enteredFigure(
    {
      metric: 'nps',
      value: 12,
      from: '2026-07-01',
      to: '2026-09-30',
      n: 412,
      source: 'survey, Q3',
      on: '2026-11-22',
      ...change,
    },
    metrics,
  );
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
    [{ n: 1.5 }, 'n-invalid'],
    [{ source: ' ' }, 'source-missing'],
    [{ metric: 'ces', value: 4 }, 'variant-missing'],
  ] as [Partial<EnteredFigure>, string][])('%j is refused', (change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it('of effort says which version of the question was asked', () => {
    expect(figure({ metric: 'ces', value: 4, variant: '1.0' })).toMatchObject({ variant: '1.0' });
  });
});
