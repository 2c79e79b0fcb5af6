import { describe, expect, it } from 'vitest';
import { compareRows, nextPair, type PagePairs, type Pair } from '../../../../src/core/verdict/pageComparison';

const LCP = 'largest-contentful-paint';

function pair(base: Record<string, number>, head: Record<string, number>, isDisturbed = false): Pair {
  return { base: { numbers: base, isDisturbed: false }, head: { numbers: head, isDisturbed } };
}

/** Runs a comparison to its end on pages whose LCP comes from functions of the number of the pair. */
function compared(...pages: ((n: number) => Pair)[]) {
  const all: PagePairs[] = pages.map(() => ({ first: [], fresh: [] }));
  for (let next = nextPair(all); next; next = nextPair(all)) {
    const { first, fresh } = all[next.page] as PagePairs;
    const made = (pages[next.page] as (typeof pages)[number])(first.length + fresh.length);
    (all[next.page] as PagePairs)[next.batch].push(made);
  }
  const rows = compareRows(all).map((page) => page.map(({ number, ...row }) => ({ number: number.id, ...row })));
  return { all, rows };
}

const calm = (n: number) => pair({ [LCP]: 2000 + n }, { [LCP]: 2001 + n });
/** Values that leave a change of 100 ms open. */
const wild = (n: number) => pair({ [LCP]: 1500 + ((n * 7) % 10) * 90 }, { [LCP]: 1500 + ((n * 3 + 5) % 10) * 90 });

describe('a comparison', () => {
  it('stops after three pairs of a page where nothing is suspect', () => {
    const { all, rows } = compared(calm, calm);
    expect(all.map(({ first, fresh }) => [first.length, fresh.length])).toEqual([
      [3, 0],
      [3, 0],
    ]);
    expect(rows.flat()).toMatchObject([
      { number: LCP, verdict: 'same', n: 3 },
      { number: LCP, verdict: 'same', n: 3 },
    ]);
  });

  it('makes more runs of a calm page where they can show that it is over its budget', () => {
    const all: PagePairs[] = ['over', 'kept'].map(() => ({ first: [], fresh: [] }));
    (all[0] as PagePairs).budget = { [LCP]: 1500 };
    (all[1] as PagePairs).budget = { [LCP]: 2500 };
    for (let next = nextPair(all); next; next = nextPair(all)) {
      const { first } = all[next.page] as PagePairs;
      first.push(calm(first.length));
    }
    expect(all.map(({ first }) => first.length)).toEqual([5, 3]);
  });

  it('calls a timing worse when fresh runs say the same', () => {
    const { all, rows } = compared((n) => pair({ [LCP]: 4000 + n * 9 }, { [LCP]: 4400 + n * 9 }), calm);
    expect(all[0]).toMatchObject({ first: { length: 5 }, fresh: { length: 5 } });
    expect(rows[0]).toMatchObject([{ number: LCP, verdict: 'worse', confirmed: true, shift: 400, n: 10 }]);
  });

  it('does not call worse what fresh runs do not say', () => {
    const { rows } = compared((n) => pair({ [LCP]: 4000 + n * 9 }, { [LCP]: (n < 5 ? 4400 : 4000) + n * 9 }), calm);
    expect(rows[0]).toMatchObject([{ number: LCP, verdict: 'unknown', confirmed: false }]);
  });

  it('spends what calm pages saved on those that cannot tell, and not more', () => {
    const { all } = compared(calm, wild, calm);
    expect(all.map(({ first }) => first.length)).toEqual([3, 10, 3]);
    expect(compared(wild, wild).all.reduce((sum, { first }) => sum + first.length, 0)).toBeLessThanOrEqual(11);
  });

  it('reads no timing from a disturbed run, and bytes also from it', () => {
    const { rows } = compared((n) => pair({ [LCP]: 2000, bytes: 50_000 }, { [LCP]: 9000, bytes: 90_000 }, n < 99));
    expect(rows[0]?.find(({ number }) => number === LCP)).toMatchObject({ verdict: 'unknown' });
    expect(rows[0]?.find(({ number }) => number === 'bytes')).toMatchObject({
      verdict: 'worse',
      shift: 40_000,
      interval: [40_000, 40_000],
      confirmed: true,
    });
  });

  it('makes disturbed pairs again, and gives up where all are', () => {
    const some = compared((n) => pair({ [LCP]: 2000 + n }, { [LCP]: 2001 + n }, n < 2));
    expect(some.all[0]).toMatchObject({ first: { length: 5 }, fresh: { length: 0 } });
    expect(some.rows[0]).toMatchObject([{ verdict: 'same', n: 3 }]);
    const all = compared((n) => pair({ [LCP]: 2000 + n }, { [LCP]: 2001 + n }, true));
    expect(all.all[0]?.first.length).toBeLessThanOrEqual(10);
    expect(all.rows[0]).toMatchObject([{ verdict: 'unknown', n: 0 }]);
  });

  it('compares what no clock decides exactly, from one run', () => {
    const rows = compareRows([
      { first: [pair({ bytes: 1000, requests: 5 }, { bytes: 1044, requests: 6 })], fresh: [] },
    ]);
    expect(rows[0]?.map(({ number, verdict, shift }) => [number.id, verdict, shift])).toEqual([
      ['bytes', 'same', 44],
      ['requests', 'worse', 1],
    ]);
  });
});
