import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFileLock } from '../../../src/storage/fileLock';
import { writeError } from '../../../src/storage/writeError';
import { runScript, temporaryFolder } from './support';

const newFile = () => path.join(temporaryFolder(), 'findings.json');
const heldBy = (holder: object) => JSON.stringify({ at: '2026-11-21T10:00:00.000Z', ...holder });

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const script = path.join(temporaryFolder(), 'end.cjs');
  writeFileSync(script, '');
  const { child, ended } = runScript(script, []);
  await ended;
  return child.pid ?? 0;
}

describe('the lock of a file', () => {
  it('is there while the work is done, names its holder, and is gone afterwards', async () => {
    const file = newFile();
    const result = await withFileLock(file, async () => JSON.parse(readFileSync(`${file}.lock`, 'utf8')));
    expect(result).toMatchObject({ pid: process.pid, host: os.hostname() });
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is gone after work that fails', async () => {
    const file = newFile();
    await expect(withFileLock(file, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('lets one after the other in', async () => {
    const file = newFile();
    let inside = 0;
    const most: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withFileLock(file, async () => {
          inside += 1;
          most.push(inside);
          await new Promise(setImmediate);
          inside -= 1;
        }),
      ),
    );
    expect(most).toEqual(Array(8).fill(1));
  });

  it('is taken over when its process on this machine has ended', async () => {
    const file = newFile();
    writeFileSync(`${file}.lock`, heldBy({ pid: await endedProcess(), host: os.hostname() }));
    expect(await withFileLock(file, async () => 'in', { giveUpAfter: 2_000 })).toBe('in');
  });

  it('is taken over when nobody renewed it for long, whatever it says', async () => {
    for (const text of [
      heldBy({ pid: process.pid, host: 'another-machine' }),
      heldBy({ pid: process.pid, host: os.hostname() }),
      '',
      'cut o',
    ]) {
      const file = newFile();
      writeFileSync(`${file}.lock`, text);
      const longAgo = new Date(Date.now() - 60_000);
      utimesSync(`${file}.lock`, longAgo, longAgo);
      expect(await withFileLock(file, async () => 'in', { giveUpAfter: 2_000 })).toBe('in');
    }
  });

  it('is respected while its process runs, and who has to wait is told once and gives up with a remedy', async () => {
    for (const host of [os.hostname(), 'another-machine']) {
      const file = newFile();
      writeFileSync(`${file}.lock`, heldBy({ pid: process.pid, host }));
      let told = 0;
      const waiting = withFileLock(file, async () => 'in', {
        giveUpAfter: 200,
        onWait: () => {
          told += 1;
        },
      });
      await expect(waiting).rejects.toMatchObject({
        kind: 'record',
        code: 'record-locked',
        next: expect.stringContaining('findings.json.lock'),
      });
      expect(told).toBe(1);
      expect(existsSync(`${file}.lock`)).toBe(true);
    }
  });

  it('is waited for no longer once the person cancels', async () => {
    const file = newFile();
    writeFileSync(`${file}.lock`, heldBy({ pid: process.pid, host: os.hostname() }));
    const controller = new AbortController();
    const waiting = withFileLock(file, async () => 'in', {
      signal: controller.signal,
      onWait: () => controller.abort(),
    });
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('is not removed by one who lost it', async () => {
    const file = newFile();
    await withFileLock(file, async () => {
      renameSync(`${file}.lock`, `${file}.aside`);
      writeFileSync(`${file}.lock`, heldBy({ pid: 1, host: 'another-machine' }));
    });
    expect(existsSync(`${file}.lock`)).toBe(true);
  });

  it('creates the folder it lies in', async () => {
    const file = path.join(temporaryFolder(), 'a', 'b', 'findings.json');
    expect(await withFileLock(file, async () => existsSync(path.dirname(file)))).toBe(true);
  });

  it('cannot be taken where a file stands in the way, and that is said', async () => {
    const parent = newFile();
    writeFileSync(parent, '');
    await expect(withFileLock(path.join(parent, 'findings.json'), async () => 'in')).rejects.toMatchObject({
      kind: 'record',
      code: 'record-not-written',
      message: expect.stringContaining('findings.json could not be written'),
    });
  });
});

describe('a file that could not be written', () => {
  const cases: [code: string, ours: string, remedy: RegExp][] = [
    ['ENOSPC', 'disk-full', /Free some space/],
    ['EDQUOT', 'disk-full', /Free some space/],
    ['EFBIG', 'disk-full', /Free some space/],
    ['EACCES', 'record-read-only', /Make .*ux-audit writable/],
    ['EPERM', 'record-read-only', /writable/],
    ['EROFS', 'record-read-only', /writable/],
    ['EIO', 'record-not-written', /Try again/],
  ];
  for (const [code, ours, remedy] of cases) {
    it(`is explained with a remedy: ${code}`, () => {
      const cause = Object.assign(new Error(`${code}: raw`), { code });
      const fault = writeError(cause, path.join('shop', 'ux-audit', 'findings.json'));
      expect([fault.kind, fault.code]).toEqual(['record', ours]);
      expect(fault.message).toContain('findings.json could not be written');
      expect(fault.next).toMatch(remedy);
      expect(fault.cause).toBe(cause);
    });
  }
});

describe('a lock that is no lock', () => {
  it.each([
    ['a link to nothing', (lock: string) => symlinkSync('nowhere', lock)],
    ['a link to a file', (lock: string) => symlinkSync(import.meta.filename, lock)],
    ['a folder', (lock: string) => mkdirSync(lock)],
  ])('is an error at once: %s', async (_, make) => {
    const file = newFile();
    mkdirSync(path.dirname(file), { recursive: true });
    make(`${file}.lock`);
    await expect(withFileLock(file, async () => 'in')).rejects.toMatchObject({ code: 'lock-not-a-file' });
    expect(lstatSync(`${file}.lock`)).toBeDefined(); // it is left to the person
  });
});
