import { describe, expect, it } from 'vitest';
import { SessionCount, type SessionEvent } from '../../../../src/core/journey/sessionCount';
import { attemptRow } from '../../../../src/core/journey/sessionRow';

/** Counts events at times. Milliseconds. */
function counted(events: [at: number, type: string, more?: object][], steps = ['Cart', 'Pay']): SessionCount {
  const count = new SessionCount(steps);
  for (const [at, type, more] of events) count.add({ type, ...more } as SessionEvent, at);
  return count;
}

const click = { x: 10, y: 10 };

describe('counting an attempt', () => {
  it('counts nothing before the task begins and after it has ended', () => {
    const count = counted([
      [0, 'agreed'],
      [10, 'click', click],
      [20, 'begun'],
      [30, 'key'],
      [40, 'ended'],
      [50, 'key'],
      [60, 'error'],
    ]);
    expect([count.clicks, count.keys, count.errors, count.active]).toEqual([0, 1, 0, 20]);
  });

  it('gives each step its time and errors, without pauses and time away', () => {
    const count = counted([
      [0, 'begun'],
      [1_000, 'left'],
      [5_000, 'returned'],
      [6_000, 'error'],
      [7_000, 'reached'],
      [8_000, 'paused'],
      [8_500, 'click', click],
      [9_000, 'resumed'],
      [9_500, 'refused'],
      [10_000, 'ended'],
    ]);
    expect(count.steps).toEqual([
      { name: 'Cart', active: 3_000, errors: 1 },
      { name: 'Pay', active: 2_000, errors: 1 },
    ]);
    expect([count.active, count.away, count.clicks, count.errors]).toEqual([5_000, 4_000, 0, 2]);
  });

  it.each([
    ['three clicks on a spot within a second', [0, 300, 600], [0, 4, 8], 1],
    ['three clicks that are too slow', [0, 600, 1_200], [0, 0, 0], 0],
    ['three clicks that are apart', [0, 100, 200], [0, 100, 200], 0],
    ['five fast clicks, which are one burst and two', [0, 100, 200, 300, 400], [0, 0, 0, 0, 0], 1],
    ['six fast clicks, which are two bursts', [0, 100, 200, 300, 400, 500], [0, 0, 0, 0, 0, 0], 2],
  ])('of %s', (_, times, places, rage) => {
    const clicks = times.map((at, index): [number, string, object] => [at + 1, 'click', { x: places[index], y: 0 }]);
    expect(counted([[0, 'begun'], ...clicks]).rageClicks).toBe(rage);
  });

  it('makes a row that the import of sessions takes', () => {
    const count = counted(
      [
        [0, 'begun'],
        [21_000, 'reached'],
        [22_000, 'error'],
        [85_000, 'ended'],
      ],
      ['Cart; a|b=c', 'Address', 'Never'],
    );
    const attempt = { date: '2027-01-31', target: 'shop', participant: 'P1', count };
    expect(attemptRow({ ...attempt, ending: 'gave up' })).toBe(
      '"2027-01-31","shop","P1","shop","no","85","0","1","","0","Address","0","0","0","0","Cart a b c=21; Address=64","Cart a b c=0; Address=1","gave up"',
    );
    expect(attemptRow({ ...attempt, ending: 'done', seq: 6 })).toContain('"yes","85","0","1","6","0","",');
  });
});
