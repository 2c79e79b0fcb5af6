import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../src/core/errors';
import { type AuditAtRest, pagesAtOnce, sideBySide, workersBeside } from '../../../src/engine/sideBySide';

const done = { set: {}, reports: [] } as unknown as Awaited<ReturnType<AuditAtRest>>;
const died = () => new HumanError('environment', 'browser-died', { what: 'It ended.', next: 'Again.' });
const options = (url: string) => ({ url, formFactor: 'mobile' as const, runs: 1 });

/** A worker whose audits end when they are told to. */
function slowWorker() {
  const open = new Map<string, { resolve(): void; reject(error: Error): void }>();
  const begun: string[] = [];
  const worker: AuditAtRest = ({ url }) => {
    begun.push(url);
    return new Promise((resolve, reject) => {
      open.set(url, { resolve: () => resolve(done), reject });
    });
  };
  const settle = async (url: string, error?: Error) => {
    if (error) open.get(url)?.reject(error);
    else open.get(url)?.resolve();
    await new Promise(setImmediate);
  };
  return { worker, begun, settle };
}

describe('audits side by side', () => {
  it('are as many at once as there are cores but one, two at least, with a worker for every four', () => {
    expect([1, 2, 4, 8, 64].map((cores) => [pagesAtOnce(cores), workersBeside(cores)])).toEqual([
      [2, 0],
      [2, 0],
      [3, 0],
      [7, 1],
      [16, 3],
    ]);
  });

  it('wait for their turn, each with its own preparation', async () => {
    const { worker, begun, settle } = slowWorker();
    const audit = sideBySide([worker], 2);
    const turns: string[] = [];
    const all = ['a', 'b', 'c'].map((url) =>
      audit(options(url), {
        onTurn: async () => {
          turns.push(url);
          if (url === 'b') throw new Error('no answer');
        },
      }),
    );
    await expect(all[1]).rejects.toThrow('no answer');
    await new Promise(setImmediate);
    expect([turns, begun]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
    await settle('a');
    await settle('c');
    expect(await Promise.all([all[0], all[2]])).toEqual([done, done]);
  });

  it('are done again alone where the browser ended, and once only', async () => {
    const { worker, begun, settle } = slowWorker();
    const audit = sideBySide([worker], 3);
    const all = ['a', 'b', 'c'].map((url) => audit(options(url), {}));
    await new Promise(setImmediate);
    await settle('a', died());
    await settle('b', died());
    expect(begun).toEqual(['a', 'b', 'c']); // c is under way
    await settle('c');
    expect(begun).toEqual(['a', 'b', 'c', 'a']);
    const failed = expect(all[0]).rejects.toThrow('It ended.');
    await settle('a', died());
    await failed;
    expect(begun).toEqual(['a', 'b', 'c', 'a', 'b']);
    await settle('b');
    expect(await all[1]).toBe(done);
  });
});
