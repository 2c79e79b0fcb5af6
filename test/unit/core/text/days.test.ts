import { describe, expect, it } from 'vitest';
import { dayAfter, daysBetween, dayText, utcDay } from '../../../../src/core/text/days';

describe('a day', () => {
  it('is written short in the year of today, and whole else', () => {
    expect([dayText('2026-11-08'), dayText('2026-11-08', '2026-12-01'), dayText('2025-11-08', '2026-12-01')]).toEqual([
      '8 Nov 2026',
      '8 Nov',
      '8 Nov 2025',
    ]);
    expect(dayText('no\u001b day')).toBe('no\\u001b day');
  });

  it('is one of the calendar, or none', () => {
    expect(utcDay(2028, 2, 29)).toBe('2028-02-29');
    for (const [year, month, day] of [
      [2026, 2, 29],
      [2026, 13, 1],
      [2026, 0, 1],
      [Number.NaN, 1, 1],
    ] as const)
      expect(utcDay(year, month, day)).toBeUndefined();
  });

  it('is counted over months and changes of the clock', () => {
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-03-28T23:59:59Z', '2026-03-30')).toBe(2);
  });
});
