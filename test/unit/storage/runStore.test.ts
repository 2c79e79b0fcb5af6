import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KEPT_PER_TARGET, RunStore } from '../../../src/storage/runStore';
import { measurement, report } from '../core/audit/build';
import { temporaryFolder } from './support';

/** A store below a fresh workspace, and a whole report to add. */
function newStore() {
  const workspace = temporaryFolder();
  const folder = path.join(workspace, 'ux-audit', 'runs');
  const whole = path.join(workspace, 'lighthouse.json');
  writeFileSync(whole, JSON.stringify({ lighthouseVersion: '13.5.0', long: 'x'.repeat(10_000) }));
  return { store: new RunStore(folder), folder, whole };
}

const run = (n: number, target = 'checkout') => ({
  measurement: measurement({ target, id: `2026-11-21T10-00-${String(n).padStart(2, '0')}-000Z-local-mobile` }),
  report: report([]),
});

describe('the runs kept on this machine', () => {
  it('give back what was added, with each whole report compressed', async () => {
    const { store, folder, whole } = newStore();
    const { measurement: added } = run(1);
    await store.add(run(1), [whole, whole]);
    expect(await store.ids('checkout')).toEqual([added.id]);
    expect(await store.read('checkout', added.id)).toEqual(run(1));
    expect(await store.report('checkout', added.id, 1)).toBe(readFileSync(whole, 'utf8'));
    expect(await store.report('checkout', added.id, 2)).toBeUndefined();
    const packed = readFileSync(path.join(folder, 'checkout', added.id, 'report-1.json.gz'));
    expect(packed.length).toBeLessThan(1_000);
    expect(gunzipSync(packed).toString()).toBe(readFileSync(whole, 'utf8'));
  });

  it('are kept out of git', async () => {
    const { store, folder, whole } = newStore();
    await store.add(run(1), [whole]);
    expect(readFileSync(path.join(folder, '..', '.gitignore'), 'utf8')).toMatch(/^runs\/$/m);
  });

  it('are the newest 20 of each target, while the history keeps every measurement', async () => {
    const { store, whole } = newStore();
    for (let n = 0; n < KEPT_PER_TARGET + 3; n += 1) await store.add(run(n), [whole]);
    await store.add(run(0, 'home'), [whole]);
    const ids = await store.ids('checkout');
    expect(ids).toHaveLength(20);
    expect([ids[0], ids.at(-1)]).toEqual([run(3).measurement.id, run(22).measurement.id]);
    expect(await store.ids('home')).toHaveLength(1);
    const measurements = await store.measurements();
    expect(measurements.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 23 }, (_, n) => run(n).measurement.id),
      run(0).measurement.id,
    ]);
    expect(await store.read('checkout', run(0).measurement.id)).toBeUndefined();
  });

  it.each([
    'null',
    '{}',
    '{"report":null}',
    '{"report":{"audits":5}}',
    (text: string) => text.replace('"audits":[', '"audits":[null'),
    (text: string) => text.replace('"filmstrip":[', '"filmstrip":7,"x":['),
  ])('are none where a file is no run: %s', async (change) => {
    const { store, folder, whole } = newStore();
    const { measurement: added } = run(1);
    await store.add(run(1), [whole]);
    const file = path.join(folder, 'checkout', added.id, 'run.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, typeof change === 'string' ? change : change(text));
    expect(readFileSync(file, 'utf8')).not.toBe(text);
    expect(await store.read('checkout', added.id)).toBeUndefined();
  });

  it('are none where there are none', async () => {
    const { store } = newStore();
    expect([await store.ids('checkout'), await store.measurements(), await store.read('checkout', 'x')]).toEqual([
      [],
      [],
      undefined,
    ]);
  });

  it('lose one line of history at most when a crash cut it off', async () => {
    const { store, folder, whole } = newStore();
    for (const n of [1, 2, 3]) await store.add(run(n), [whole]);
    const history = path.join(folder, 'history.jsonl');
    truncateSync(history, readFileSync(history).length - 40);
    expect((await store.measurements()).map(({ id }) => id)).toEqual(
      [run(1), run(2)].map(({ measurement: { id } }) => id),
    );
    await store.add(run(4), [whole]);
    expect((await store.measurements()).map(({ id }) => id)).toEqual(
      [run(1), run(2), run(4)].map(({ measurement: { id } }) => id),
    );
  });

  it('pass over lines that are something else', async () => {
    const { store, folder, whole } = newStore();
    await store.add(run(1), [whole]);
    appendFileSync(path.join(folder, 'history.jsonl'), '\n{"id": 5}\nnull\n[]\n');
    await store.add(run(2), [whole]);
    expect(await store.measurements()).toHaveLength(2);
  });

  it('leave nothing behind when a report cannot be read', async () => {
    const { store, folder, whole } = newStore();
    await expect(store.add(run(1), [whole, `${whole}.missing`])).rejects.toMatchObject({
      kind: 'record',
      code: 'record-not-written',
    });
    expect(readdirSync(path.join(folder, 'checkout'))).toEqual([]);
    expect([await store.ids('checkout'), await store.measurements()]).toEqual([[], []]);
  });

  it('do not count what an earlier process left unfinished', async () => {
    const { store, folder, whole } = newStore();
    await store.add(run(1), [whole]);
    mkdirSync(path.join(folder, 'checkout', 'later.tmp'));
    expect(await store.ids('checkout')).toEqual([run(1).measurement.id]);
    expect(existsSync(path.join(folder, 'history.jsonl.lock'))).toBe(false);
  });
});
