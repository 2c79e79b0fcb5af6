import { describe, expect, it } from 'vitest';
import { inTurn } from '../../../src/editor/shared/inTurn';

describe('work that is done in turn', () => {
  it('answers in the order of the calls, each with what is so when its turn comes', async () => {
    const slow = Promise.withResolvers<void>();
    const answered: string[] = [];
    let now = 'running';
    const turn = inTurn();
    const read = (who: string) =>
      turn(async () => {
        const seen = now;
        if (who === 'slow') await slow.promise;
        return `${who}: ${seen}`;
      });
    const all = [read('slow'), read('fast')].map((answer) => answer.then((text) => answered.push(text)));
    await Promise.resolve(); // the first has begun
    now = 'over';
    slow.resolve();
    await Promise.all(all);
    expect(answered).toEqual(['slow: running', 'fast: over']);
  });

  it('goes on after work that failed, and tells its failure to who asked', async () => {
    const turn = inTurn();
    const read = (isGood: boolean) =>
      turn(async () => {
        if (!isGood) throw new Error('no');
        return 'read';
      });
    const [bad, good] = await Promise.allSettled([read(false), read(true)]);
    expect([bad.status, good]).toEqual(['rejected', { status: 'fulfilled', value: 'read' }]);
  });
});
