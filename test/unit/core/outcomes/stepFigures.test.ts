import { describe, expect, it } from 'vitest';
import { impactData } from '../../../../src/core/impact/impactData';
import {
  emptyFigures,
  type Figure,
  figureKey,
  renamedFigures,
  withFigures,
} from '../../../../src/core/outcomes/figures';
import { namedNumbers } from '../../../../src/core/outcomes/namedNumbers';
import { stepFigures, stepText } from '../../../../src/core/outcomes/stepFigures';
import { matchSteps } from '../../../../src/core/outcomes/stepNames';
import { emptyRecord } from '../../../../src/core/record/record';

const at = (step: string | undefined, more: Partial<Figure> = {}): Figure => ({
  metric: 'abandonment_rate',
  target: 'checkout',
  ...(step !== undefined && { step }),
  from: '2026-09-01',
  to: '2026-09-30',
  value: 25,
  n: 40,
  parts: { x: 10, n: 40 },
  basis: 'imported',
  source: 'ga4.csv',
  on: '2026-10-01',
  ...more,
});
const names = ['Cart', 'Pay'];
const of = (figures: readonly Figure[]) => stepFigures(figures, { target: 'checkout', names });

describe('a figure of a step', () => {
  it('has a place of its own beside that of the journey, which a new name of the journey keeps', () => {
    const both = withFigures(emptyFigures(), [at(undefined), at('Pay'), at('Pay', { value: 30 })]);
    expect(Object.keys(both.values)).toEqual([
      'checkout/abandonment_rate/2026-09-01..2026-09-30',
      'checkout/abandonment_rate@Pay/2026-09-01..2026-09-30',
    ]);
    expect(both.values[figureKey(at('Pay'))]?.value).toBe(30);
    const renamed = renamedFigures(both, 'checkout', 'order');
    expect(renamed.values['order/abandonment_rate@Pay/2026-09-01..2026-09-30']).toMatchObject({
      target: 'order',
      step: 'Pay',
    });
  });

  it('is none of the journey in the impact view', () => {
    const data = impactData({
      title: 'shop',
      today: '2026-11-22',
      parsed: { record: emptyRecord(), invalid: new Set() },
      measurements: [],
      figures: [at(undefined), at('Pay')],
      baseline: undefined,
      events: [],
      committed: [],
      metricsOf: () => [],
      reasons: undefined,
      faults: [],
    });
    expect(data.figures).toEqual([at(undefined)]);
  });
});

describe('the steps of a journey', () => {
  it('are in its order, with what is known of each and nothing for what is not', () => {
    const time = at('Pay', { metric: 'time_on_task', value: 31, parts: {} });
    const [found] = of([at('Pay'), time, at('Cart', { variant: 'reached the step', value: 70, n: 70, parts: {} })]);
    expect(found?.steps).toEqual([
      { name: 'Cart', isOfJourney: true, reached: 70 },
      { name: 'Pay', isOfJourney: true, reached: 40, stopped: 10, abandonment: at('Pay'), seconds: time },
    ]);
  });

  it('come of each source by itself, and of its newest period alone', () => {
    const older = { from: '2026-08-01', to: '2026-08-31', n: 999 };
    const found = of([
      at('Cart', older),
      at('Pay'),
      at('Cart', { ...older, source: 'lab.csv' }),
      at('Pay', { source: 'ga4.csv', segment: 'buyers', n: 12 }),
      at('Pay', { target: 'signup' }),
      at(undefined),
    ]);
    expect(
      found.map(({ source, segment, period, steps }) => [
        source,
        segment,
        period.to,
        steps.map(({ name, reached }) => [name, reached]),
      ]),
    ).toEqual([
      ['ga4.csv', undefined, '2026-09-30', [['Pay', 40]]],
      ['ga4.csv', 'buyers', '2026-09-30', [['Pay', 12]]],
      ['lab.csv', undefined, '2026-08-31', [['Cart', 999]]],
    ]);
  });

  it('keep tasks apart, and tell names that the journey does not have', () => {
    const errors = (variant: string) => at('Login', { metric: 'error_rate', variant, value: 0.5, parts: {} });
    const found = of([errors('task 1, errors per attempt'), errors('task 2, errors per attempt'), at('Pay')]);
    expect(found.map(({ task, steps }) => [task, steps.map(({ name, isOfJourney }) => [name, isOfJourney])])).toEqual([
      [undefined, [['Pay', true]]],
      ['task 1', [['Login', false]]],
      ['task 2', [['Login', false]]],
    ]);
  });

  it('that the journey does not have come by how many reached them', () => {
    const found = of([at('Address', { n: 30 }), at('Basket', { n: 90 }), at('Pay')]);
    expect(found[0]?.steps.map(({ name }) => name)).toEqual(['Pay', 'Basket', 'Address']);
  });

  it('say in words what is not known', () => {
    const text = (figures: Figure[]) => stepText(of(figures)[0]?.steps[0] ?? { name: '', isOfJourney: true });
    expect(text([at('Pay', { low: 14, high: 40 })])).toBe('40 reached it, 10 stopped there (25 %, 14 to 40 %)');
    expect(text([at('Pay', { variant: 'reached the step', value: 40, parts: {} })])).toBe(
      '40 reached it, how many stopped there is not known',
    );
  });
});

describe('names of steps', () => {
  it.each([
    [['cart', 'PAY'], 'name', ['Cart', 'Pay']],
    [['a', 'b'], 'order', ['Cart', 'Pay']],
    [['a', 'Pay'], 'order', ['Cart', 'Pay']],
    [['Pay', 'b'], 'own', ['Pay', 'b']],
    [['a', 'b', 'Pay'], 'own', ['a', 'b', 'Pay']],
    [['Pay', 'pay'], 'own', ['Pay', 'pay']],
  ] as const)('%j are found by %s', (found, by, kept) => {
    const match = matchSteps(found, names);
    expect([match.by, found.map((name) => match.names.get(name))]).toEqual([by, kept]);
  });
});

describe('a cell of names and numbers', () => {
  it.each([
    [
      'price=12; service=3',
      [
        ['price', '12'],
        ['service', '3'],
      ],
    ],
    ['price | service: 3', [['price'], ['service', '3']]],
    ['Step 2: Pay=64.5', [['Step 2: Pay', '64.5']]],
    ['Cart=1:20', [['Cart', '1:20']]],
    ['a=b:12;; =4', [['a=b', '12']]],
  ])('%s', (text, parts) => {
    expect(namedNumbers(text).map(({ name, number }) => (number === undefined ? [name] : [name, number]))).toEqual(
      parts,
    );
  });
});
