import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/engine/worker/remembered';

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

describe('what is remembered of a text', () => {
  it('is computed once for the same text, and apart for another text or computation', () => {
    const { compute, times } = counted();
    expect(['one', 'one', 'two'].map((text) => remembered('length', long(text), compute))).toEqual([2000, 2000, 2000]);
    expect(times()).toBe(2);
    remembered('another', long('one'), compute);
    expect(times()).toBe(3);
  });

  it('keeps a result that is nothing', () => {
    let times = 0;
    const compute = () => {
      times += 1;
      return undefined;
    };
    remembered('nothing', long('x'), compute);
    remembered('nothing', long('x'), compute);
    expect(times).toBe(1);
  });

  it('forgets what was not used for longest, so that it does not grow with every page', () => {
    const { compute, times } = counted();
    remembered('bounded', long('used often'), compute);
    for (let text = 0; text < 600; text += 1) {
      remembered('bounded', long(`text ${text}`), compute);
      remembered('bounded', long('used often'), compute);
    }
    expect(times()).toBe(601);
    remembered('bounded', long('text 0'), compute);
    expect(times()).toBe(602);
  });
});
