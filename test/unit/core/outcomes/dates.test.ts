import { describe, expect, it } from 'vitest';
import { OrderOfDates, readDate } from '../../../../src/core/outcomes/dates';

const latest = '2026-11-29';
const read = (text: string, dates?: Parameters<typeof readDate>[1]['dates']) => readDate(text, { latest, dates });

describe('a date that can mean one day only', () => {
  it.each([
    ['2026-05-01', '2026-05-01'],
    ['2026-05-01T23:59:00Z', '2026-05-01'],
    ['2026-05-01T23:59:00-05:00', '2026-05-01'],
    ['2026-05-01 10:00:00.123 +0200', '2026-05-01'],
    ['2026-05-01Z', '2026-05-01'],
    ['2026-5-1', '2026-05-01'],
    ['2026/05/01 9:00:12 AM GMT+2', '2026-05-01'],
    ['2026.05.01', '2026-05-01'],
    ['2026. 5. 1.', '2026-05-01'],
    ['2026年5月1日', '2026-05-01'],
    ['2026년 5월 1일', '2026-05-01'],
    ['20260501', '2026-05-01'],
    ['20260501T100000Z', '2026-05-01'],
    ['2026050110', '2026-05-01'],
    ['20260501103000', '2026-05-01'],
    ['1777629600', '2026-05-01'],
    ['1777629600000', '2026-05-01'],
    ['202605', '2026-05-01'],
    ['2026-05', '2026-05-01'],
    ['05/2026', '2026-05-01'],
    ['01.05.2026', '2026-05-01'],
    ['01.05.2026 10:00', '2026-05-01'],
    ['1.5.2026 10.00.00', '2026-05-01'],
    ['31/05/2026', '2026-05-31'],
    ['05/31/2026', '2026-05-31'],
    ['05/05/2026', '2026-05-05'],
    ['12/11/2026', '2026-11-12'],
    ['1 May 2026', '2026-05-01'],
    ['01-May-2026', '2026-05-01'],
    ['May 1, 2026', '2026-05-01'],
    ['May 1st, 2026', '2026-05-01'],
    ['Friday, May 1, 2026 at 9:00 AM', '2026-05-01'],
    ['Fri, 1 May 2026 10:00:00 +0000', '2026-05-01'],
    ['Fri May 01 2026 10:00:00 GMT+0200 (CEST)', '2026-05-01'],
    ['Fri May  1 10:00:00 UTC 2026', '2026-05-01'],
    ['May 2026', '2026-05-01'],
    ['2026-May-01', '2026-05-01'],
    ['1. Mai 2026', '2026-05-01'],
    ['3. März 2026', '2026-03-03'],
    ['Freitag, 1. Mai 2026', '2026-05-01'],
    ['1er mai 2026', '2026-05-01'],
    ['12 févr. 2026', '2026-02-12'],
    ['1 de mayo de 2026', '2026-05-01'],
    ['1 maggio 2026', '2026-05-01'],
    ['1 mrt 2026', '2026-03-01'],
    ['1 мая 2026 г.', '2026-05-01'],
    ['1 maja 2026', '2026-05-01'],
    ['Sept 3, 2026', '2026-09-03'],
    ['31-May-26', '2026-05-31'],
  ])('%s', (text, day) => {
    expect(read(text)).toBe(day);
  });
});

describe('a date that can mean two days', () => {
  it.each([
    ['3/4/2026', ['day first', 'month first']],
    ['03-04-2026', ['day first', 'month first']],
    ['3/4/26', ['day first', 'month first']],
    ['03.04.05', ['day first', 'year first']],
    ['01-May-05', ['day first', 'year first']],
    ['Jan-26', ['month and year']],
    ['26-Jan', ['month and year']],
    ['Mai 26', ['month and year']],
  ])('%s is not read, and names the orders that decide', (text, open) => {
    expect(read(text)).toMatchObject({ error: expect.stringContaining('could be'), open });
  });

  it('is read in the order that is given', () => {
    expect([read('3/4/2026', 'day first'), read('3/4/2026', 'month first')]).toEqual(['2026-04-03', '2026-03-04']);
    expect(read('Jan-26', 'month and year')).toBe('2026-01-01');
    expect(read('01-May-05', 'year first')).toBe('2001-05-05');
    expect(read('25/4/2026', 'month first')).toMatchObject({ error: expect.stringContaining('calendar') });
  });

  it('follows the column where one order alone makes each of its dates a day of the past', () => {
    const order = (...texts: string[]) => {
      const seen = new OrderOfDates(latest);
      for (const text of texts) seen.add(text);
      return seen.order;
    };
    expect(order('3/4/2026', '25/4/2026')).toBe('day first');
    expect(order('3/4/2026', '4/25/2026')).toBe('month first');
    expect(order('03-04-2026', '25-04-2026')).toBe('day first');
    expect(order('01-May-26', '31-May-26')).toBe('day first');
    expect(order('3/4/2026', '12/11/2026')).toBe('day first');
    expect(order('3/4/2026')).toBeUndefined();
    expect(order('25/4/2026', '4/25/2026')).toBeUndefined();
    expect(order('2026-05-01', '12:30', '3', 'Mai 26')).toBeUndefined();
  });
});

it.each([
  ['2026-02-30', 'calendar'],
  ['31.02.2026', 'calendar'],
  ['2099-01-01', 'future'],
  ['2026-12-24', 'future'],
  ['yesterday', 'no date'],
  ['12026-01-01', 'no date'],
  ['46143', 'no date'],
  ['Q2 2026', 'no date'],
  ['2026-W18', 'no date'],
  ['12:30', 'no date'],
  ['1', 'no date'],
  ['May', 'no date'],
  ['', 'no date'],
])('%s is no day: %s', (text, why) => {
  expect(read(text)).toMatchObject({ error: expect.stringContaining(why) });
});
