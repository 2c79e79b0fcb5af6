import { describe, expect, it } from 'vitest';
import { memoize } from '../../../src/engine/worker/patches/inWorker/memoize';

/** Longer than what is computed anew each time. */
const long = (text: string) => text.padEnd(2000, '.');

/** A computation that says how often it was done. */
function counted() {
  let times = 0;
  const compute = (text: string) => {
    times += 1;
    return text.trimEnd().length;
  };
  return { compute, times: () => times };
}

describe('a computation on a text', () => {
  it('is computed once for the same text, and apart for another text or computation', () => {
    const { compute, times } = counted();
    expect(['one', 'one', 'two'].map((text) => memoize('length', long(text), compute))).toEqual([2000, 2000, 2000]);
    expect(times()).toBe(2);
    memoize('another', long('one'), compute);
    expect(times()).toBe(3);
  });

  it('keeps a result that is nothing', () => {
    let times = 0;
    const compute = () => {
      times += 1;
      return undefined;
    };
    memoize('nothing', long('x'), compute);
    memoize('nothing', long('x'), compute);
    expect(times).toBe(1);
  });

  it('forgets what was not used for longest, so that it does not grow with every page', () => {
    const { compute, times } = counted();
    memoize('bounded', long('used often'), compute);
    for (let text = 0; text < 600; text += 1) {
      memoize('bounded', long(`text ${text}`), compute);
      memoize('bounded', long('used often'), compute);
    }
    expect(times()).toBe(601);
    memoize('bounded', long('text 0'), compute);
    expect(times()).toBe(602);
  });
});
