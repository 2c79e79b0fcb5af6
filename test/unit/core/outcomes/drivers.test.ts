import { describe, expect, it } from 'vitest';
import { driversOf, OwnQuestions } from '../../../../src/core/outcomes/computeDrivers';
import { type Driver, driverKey, driverText, withDrivers } from '../../../../src/core/outcomes/drivers';
import { emptyFigures, renamedFigures, withoutFigures } from '../../../../src/core/outcomes/figures';
import type { Values } from '../../../../src/core/outcomes/groupFigures';

/** Twelve people: their likelihood to recommend, and a question of the team's own. */
const nps = [2, 3, 5, 5, 6, 7, 7, 8, 8, 9, 10, 10];
const delivery = [1, 2, 2, 3, 2, 3, 4, 3, 5, 4, 5, 5];
const people = (more: (index: number) => Values = () => ({})): Values[] =>
  nps.map((value, index) => ({ nps: value, 'other:Delivery': delivery[index] as number, ...more(index) }));

const driver = (change: Partial<Driver> = {}): Driver => ({
  question: 'Delivery',
  outcome: 'nps',
  from: '2026-09-01',
  to: '2026-09-30',
  rho: 0.9,
  low: 0.6,
  high: 0.98,
  n: 12,
  basis: 'imported',
  source: 'q3.csv',
  on: '2026-10-01',
  ...change,
});

describe('a driver', () => {
  it('is the rank correlation of a question with the outcome, as other code computes it', () => {
    // Pearson's correlation of the ranks of the two lists, worked out apart
    const [found] = driversOf(people(), ['Delivery']);
    expect(found).toMatchObject({ question: 'Delivery', outcome: 'nps', n: 12 });
    expect(found?.rho).toBeCloseTo(0.8884, 4);
    const [z, margin] = [Math.atanh(found?.rho ?? 0), 1.96 * Math.sqrt((1 + (found?.rho ?? 0) ** 2 / 2) / 9)];
    expect(found?.low).toBeCloseTo(Math.tanh(z - margin), 3);
    expect(found?.high).toBeCloseTo(Math.tanh(z + margin), 3);
  });

  it('needs ten people who answered both', () => {
    expect(driversOf(people().slice(0, 10), ['Delivery'])).toHaveLength(1);
    expect(driversOf(people().slice(0, 9), ['Delivery'])).toEqual([]);
    const three = people().map((row, index) => (index < 3 ? { nps: row.nps as number } : row));
    expect(driversOf(three, ['Delivery'])).toEqual([]);
  });

  it('is none where fewer than five people answered otherwise than the most', () => {
    const alike = (others: number) => people((index) => ({ 'other:Delivery': index < others ? index % 4 : 5 }));
    expect(driversOf(alike(4), ['Delivery'])).toEqual([]);
    expect(driversOf(alike(5), ['Delivery'])).toHaveLength(1);
    expect(driversOf(alike(0), ['Delivery'])).toEqual([]);
  });

  it('is about the scores of questionnaires and about known questions too, never about the outcome itself', () => {
    const rows = people((index) => ({ csat: (delivery[index] as number) || 1, umux1: (index % 7) + 1, umux2: 3 }));
    expect(driversOf(rows, []).map(({ question, outcome }) => [question, outcome])).toEqual([
      ['CSAT', 'nps'],
      ['UMUX-Lite', 'nps'],
    ]);
    const without = rows.map(({ nps: _, ...row }) => row);
    expect(driversOf(without as Values[], ['Delivery']).every(({ outcome }) => outcome === 'csat')).toBe(true);
    expect(driversOf(without as Values[], []).map(({ question }) => question)).toEqual(['UMUX-Lite']);
  });

  it('is said as observed together, with n and interval, and inert', () => {
    expect(driverText(driver())).toBe('Delivery: higher with NPS®, +0.90 (+0.60 to +0.98, n 12)');
    expect(driverText(driver({ rho: -0.2, low: -0.7, high: 0.4 }))).toContain('no relation shown with NPS®, −0.20');
    expect(driverText(driver({ question: '\u001b[31mx' }))).not.toContain('\u001b');
  });
});

describe('own questions', () => {
  it('are columns of whole numbers from 0 to 10 throughout, with a header of their own', () => {
    const own = new OwnQuestions(['Delivery', 'Comment', 'Id', 'Twice', 'Twice', '']);
    for (const [delivered, id] of [
      ['1', '10'],
      ['10', '11'],
    ] as const) {
      const values: Values = {};
      own.take('Delivery', delivered, values);
      own.take('Comment', `${delivered} is fine`, values);
      own.take('Id', id, values);
      own.take('Twice', '3', values);
      own.take('', '3', values);
      expect(values['other:Delivery']).toBe(Number(delivered));
    }
    expect(own.all).toEqual(['Delivery']);
  });
});

describe('what is kept of drivers', () => {
  it('is replaced by a newer import of the same source, period and target, and by no other', () => {
    const price = driver({ question: 'Price' });
    const other = driver({ source: 'panel.csv', rho: 0.1 });
    const before = withDrivers(withDrivers({}, [driver(), price], []), [other], []);
    expect(Object.keys(before)).toHaveLength(3);
    const after = withDrivers(before, [driver({ on: '2026-11-01' })], []);
    expect(Object.values(after)).toEqual(expect.arrayContaining([other, driver()])); // an equal one keeps its day
    expect(Object.values(after)).toHaveLength(2);
    expect(Object.values(withDrivers(before, [], [driver()]))).toEqual([other]); // its questions are gone
  });

  it('of a group stays when the survey comes again without groups', () => {
    const buyers = driver({ segment: 'buyers' });
    const before = withDrivers({}, [buyers], []);
    expect(Object.values(withDrivers(before, [driver()], [driver()]))).toEqual([buyers, driver()]);
    expect(Object.values(withDrivers(before, [], [buyers]))).toEqual([]);
  });

  it('follows the new name of its target, and is removed by key', () => {
    const about = driver({ target: 'checkout' });
    const figures = { ...emptyFigures(), drivers: withDrivers({}, [about], []) };
    const renamed = renamedFigures(figures, 'checkout', 'pay');
    const key = driverKey({ ...about, target: 'pay' });
    expect(renamed.drivers).toEqual({ [key]: { ...about, target: 'pay' } });
    expect(withoutFigures(renamed, [key]).drivers).toEqual({});
  });
});
