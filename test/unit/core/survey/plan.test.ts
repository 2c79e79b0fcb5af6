import { describe, expect, it } from 'vitest';
import { emptyFigures, type Figure, withFigures } from '../../../../src/core/outcomes/figures';
import { instrumentIds } from '../../../../src/core/survey/instruments';
import { planText, surveyPlan } from '../../../../src/core/survey/plan';

const today = '2026-11-28';
const nothing = { figures: emptyFigures(), today };
const figure = (change: Partial<Figure>): Figure => ({
  metric: 'nps',
  from: '2026-09-01',
  to: '2026-09-30',
  value: 12,
  n: 412,
  basis: 'imported',
  source: 'nps.csv',
  on: '2026-10-01',
  ...change,
});
const having = (...figures: Figure[]) => ({ figures: withFigures(emptyFigures(), figures), today });

describe('a plan', () => {
  it.each(instrumentIds)('of %s names what it assumes of the spread, and asks for more where more is wanted', (id) => {
    const { spread, intervals, differences } = surveyPlan(id, {}, nothing);
    expect(spread.basis).not.toBe('own');
    expect(spread.source).not.toBe('');
    const needed = [...intervals.map(({ answers }) => answers ?? 0)];
    expect(needed).toEqual(needed.toSorted((a, b) => b - a));
    expect(differences).toHaveLength(3);
  });

  it('of NPS is the worst case without a figure, and takes the own spread from one', () => {
    expect(surveyPlan('nps', { margin: 10 }, nothing)).toMatchObject({
      spread: { value: 100, basis: 'worst case' },
      intervals: [{ margin: 10, answers: 387 }],
      differences: [],
    });
    const parts = { promoters: 200, passives: 62, detractors: 150 };
    const own = surveyPlan('nps', { margin: 10 }, having(figure({ parts })));
    expect(own.spread).toMatchObject({ value: 91.38, basis: 'own' }); // √(350 / 412 · 10,000 - 12²)
    expect(own.spread.source).toContain('n 412');
  });

  it('takes the spread of a mean back from its interval, and never from few answers or another definition', () => {
    const ces = { metric: 'ces', variant: '2.0', value: 5, n: 25, low: 4.5, high: 5.5 };
    expect(surveyPlan('ces', {}, having(figure(ces))).spread).toMatchObject({ value: 1.21, basis: 'own' });
    for (const other of [{ n: 9 }, { variant: '1.0' }, { low: undefined }])
      expect(surveyPlan('ces', {}, having(figure({ ...ces, ...other }))).spread.basis).toBe('published');
  });

  it('takes the share of satisfied people, of whom all or none tell no spread', () => {
    const csat = { metric: 'csat', value: 90, n: 100, parts: { x: 90, n: 100 } };
    const own = surveyPlan('csat', { margin: 5 }, having(figure(csat)));
    expect(own.spread).toMatchObject({ value: 30, basis: 'own' });
    expect(own.intervals[0]?.answers).toBeLessThan(381);
    const all = surveyPlan('csat', { margin: 5 }, having(figure({ ...csat, value: 100, parts: { x: 100, n: 100 } })));
    expect(all.intervals).toEqual([{ margin: 5, answers: 381 }]);
  });

  it('never asks for fewer than a figure needs, and refuses what cannot be', () => {
    expect(surveyPlan('sus', { margin: 50 }, nothing).intervals[0]?.answers).toBe(5);
    for (const margin of [0, -1, 51, Number.NaN]) expect(() => surveyPlan('sus', { margin }, nothing)).toThrow('half');
  });

  it('says its numbers with what they rest on', () => {
    const lines = planText(surveyPlan('sus', { margin: 5, difference: 5 }, nothing)).join('\n');
    expect(lines).toContain('standard deviation of 17.7 points; published: thousands of SUS scores');
    expect(lines).toContain('± 5 points: 51');
    expect(lines).toContain('5 points: 198 in each of two groups');
  });
});
