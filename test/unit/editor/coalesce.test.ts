import { describe, expect, it } from 'vitest';
import { coalesce } from '../../../src/editor/shared/coalesce';

describe('work that is done one at a time', () => {
  it('tells in order, and last what was so when it was asked for last', async () => {
    const told: number[] = [];
    const first = Promise.withResolvers<void>();
    let now = 1;
    const tell = coalesce(async () => {
      const seen = now;
      if (seen === 1) await first.promise;
      told.push(seen);
    });
    const asked = [tell()];
    now = 2;
    asked.push(tell());
    now = 3;
    asked.push(tell());
    first.resolve();
    await Promise.all(asked);
    expect(told).toEqual([1, 3]);
    await tell();
    expect(told).toEqual([1, 3, 3]);
  });

  it('can be asked for again after it failed', async () => {
    let times = 0;
    const fail = coalesce(async () => {
      times += 1;
      throw new Error('no');
    });
    await expect(fail()).rejects.toThrow('no');
    await expect(fail()).rejects.toThrow('no');
    expect(times).toBe(2);
  });

  it('is done once more for whoever asked while it was about to fail', async () => {
    const first = Promise.withResolvers<void>();
    let times = 0;
    const work = coalesce(async () => {
      times += 1;
      if (times === 1) await first.promise;
    });
    const asked = [work(), work()];
    first.reject(new Error('no'));
    await Promise.all(asked);
    expect(times).toBe(2);
  });
});
