import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalText } from '../../../src/core/record/canonicalText';
import { parseRecord } from '../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../../src/core/record/record';
import { RecordFile } from '../../../src/storage/recordFile';
import { attempts, eventually } from '../../patience';
import { bundledScript, runScript, temporaryFolder } from './support';

const newFile = () => path.join(temporaryFolder(), 'ux-audit', 'findings.json');
const withTarget = (slug: string) => (record: AuditRecord) => ({
  ...record,
  targets: { ...record.targets, [slug]: { kind: 'page', path: `/${slug}` } },
});

/** A record with this many targets, large enough that a write takes a moment. */
function large(targets: number): string {
  const record = emptyRecord();
  for (let n = 0; n < targets; n += 1)
    record.targets[`page-${n}`] = { kind: 'page', path: `/page-${n}`, steps: ['x'.repeat(200)] };
  return canonicalText(record);
}

/** Puts text at a path whose folder may not be there yet. */
function put(file: string, text: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Sets a file's time back, so that a write of any kind would show. */
function aged(file: string): number {
  const before = new Date('2026-01-01T00:00:00Z');
  utimesSync(file, before, before);
  return statSync(file).mtimeMs;
}

describe('the record on disk', () => {
  it('is empty while the file is missing, and reading creates nothing', async () => {
    const file = new RecordFile(newFile());
    expect((await file.read()).record).toEqual(emptyRecord());
    expect(await file.exists()).toBe(false);
    expect(existsSync(path.dirname(file.path))).toBe(false);
  });

  it('is created with its folder and what git must know of it', async () => {
    const file = new RecordFile(newFile());
    expect(await file.update(withTarget('home'))).toMatchObject({ written: true });
    const folder = path.dirname(file.path);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.gitattributes', '.gitignore', 'findings.json']));
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toMatch(/^runs\/$/m);
    expect(readFileSync(path.join(folder, '.gitattributes'), 'utf8')).toMatch(/^\*\.json text eol=lf$/m);
    expect(parseRecord(readFileSync(file.path, 'utf8')).record.targets).toEqual({
      home: { kind: 'page', path: '/home' },
    });
  });

  it('leaves git files alone that somebody else keeps there', async () => {
    const file = new RecordFile(newFile());
    const ignore = put(path.join(path.dirname(file.path), '.gitignore'), 'mine\n');
    await file.update(withTarget('home'));
    expect(readFileSync(ignore, 'utf8')).toBe('mine\n');
  });

  it('is not written when nothing changes', async () => {
    const file = new RecordFile(newFile());
    await file.update(withTarget('home'));
    const [before, bytes] = [aged(file.path), readFileSync(file.path)];
    expect(await file.update((record) => record)).toMatchObject({ written: false });
    expect(await file.update((record) => ({ ...record }))).toMatchObject({ written: false });
    expect(await file.update(withTarget('home'))).toMatchObject({ written: false });
    expect(statSync(file.path).mtimeMs).toBe(before);
    expect(readFileSync(file.path)).toEqual(bytes);
  });

  it('is not written when a person laid it out otherwise and nothing changes', async () => {
    const text = '{"schemaVersion":1,\n\n"targets":{}}';
    const file = new RecordFile(put(newFile(), text));
    expect(await file.update((record) => record)).toMatchObject({ written: false });
    expect(readFileSync(file.path, 'utf8')).toBe(text);
  });

  it('is not rewritten when git checked it out with CRLF, and keeps CRLF when it changes', async () => {
    const text = canonicalText(withTarget('home')(emptyRecord())).replaceAll('\n', '\r\n');
    const file = new RecordFile(put(newFile(), text));
    const before = aged(file.path);
    expect(await file.update((record) => ({ ...record }))).toMatchObject({ written: false });
    expect(statSync(file.path).mtimeMs).toBe(before);
    expect(await file.update(withTarget('next'))).toMatchObject({ written: true });
    const now = readFileSync(file.path, 'utf8');
    expect(now.replaceAll('\r\n', '\n')).toBe(canonicalText(withTarget('next')(withTarget('home')(emptyRecord()))));
    expect(now.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('is written where a symbolic link leads, and the link stays', async () => {
    const folder = temporaryFolder();
    const real = put(path.join(folder, 'elsewhere', 'shared.json'), canonicalText(emptyRecord()));
    mkdirSync(path.join(folder, 'ux-audit'));
    const link = path.join(folder, 'ux-audit', 'findings.json');
    symlinkSync(real, link);
    expect(await new RecordFile(link, folder).update(withTarget('home'))).toMatchObject({ written: true });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(parseRecord(readFileSync(real, 'utf8')).record.targets).toHaveProperty('home');
    expect(readdirSync(path.dirname(real))).toEqual(['shared.json']);
  });

  it('keeps the permissions of the file', async () => {
    const file = new RecordFile(newFile());
    await file.update(withTarget('home'));
    const mode = statSync(file.path).mode;
    await file.update(withTarget('next'));
    expect(statSync(file.path).mode).toBe(mode);
  });

  for (const [name, text] of [
    ['in conflict', '{\n<<<<<<< HEAD\n'],
    ['cut off', '{ "schemaVersion": 1, "targets": {'],
    ['of a newer version', '{ "schemaVersion": 9 }'],
    ['of something else', '{ "name": "x" }'],
    ['with a key twice', '{ "schemaVersion": 1, "targets": {}, "targets": {} }'],
  ] as const) {
    it(`is never written to while it is ${name}`, async () => {
      const file = new RecordFile(put(newFile(), text));
      const before = aged(file.path);
      await expect(file.update(withTarget('home'))).rejects.toMatchObject({ kind: 'record' });
      expect(readFileSync(file.path, 'utf8')).toBe(text);
      expect(statSync(file.path).mtimeMs).toBe(before);
      expect(readdirSync(path.dirname(file.path))).toEqual(['findings.json']);
    });
  }

  it('cannot be where a file stands in the way, and that is said', async () => {
    const folder = temporaryFolder();
    put(path.join(folder, 'ux-audit'), 'a file');
    const file = new RecordFile(path.join(folder, 'ux-audit', 'findings.json'));
    await expect(file.update(withTarget('home'))).rejects.toMatchObject({
      kind: 'record',
      message: expect.stringContaining('findings.json'),
    });
    await expect(file.read()).rejects.toMatchObject({ kind: 'record', code: 'record-unreadable' });
  });

  it('is as it was after a change that fails, and can be changed again', async () => {
    const file = new RecordFile(newFile());
    await file.update(withTarget('home'));
    const bytes = readFileSync(file.path);
    await expect(
      file.update(() => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(readFileSync(file.path)).toEqual(bytes);
    expect(await file.update(withTarget('next'))).toMatchObject({ written: true });
  });

  it('with 10,000 entries is changed with far less than ten seconds of work', async () => {
    const file = new RecordFile(put(newFile(), large(10_000)));
    const before = process.cpuUsage(); // of this process alone, so other programs do not count
    await file.update(withTarget('home'));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(10_000);
  });
});

describe('several processes at once', () => {
  let script: string;
  beforeAll(async () => {
    script = await bundledScript(`
      import { RecordFile } from './src/storage/recordFile';
      const [file, name, count] = process.argv.slice(2);
      (async () => {
        for (let n = 0; n < Number(count); n += 1) {
          process.stdout.write('.');
          await new RecordFile(file).update((record) => ({
            ...record,
            targets: { ...record.targets, [name + '-' + n]: { kind: 'page', path: '/' + n } },
          }));
        }
      })().catch((error) => { console.error(error.code, error.message); process.exitCode = 1; });
    `);
  });

  it('lose none of each other’s 100 changes, and nobody ever reads half a file', async () => {
    const file = newFile();
    const names = ['a', 'b', 'c', 'd'];
    const running = names.map((name) => runScript(script, [file, name, '100']));
    let reads = 0;
    const all = Promise.all(running.map(({ ended }) => ended));
    let done = false;
    void all.then(() => {
      done = true;
    });
    await eventually(
      async () => {
        await new RecordFile(file).read(); // throws when it is not whole
        reads += 1;
        return done;
      },
      'all processes ended',
      { progress: () => running.map(({ said }) => said()).join() },
    );
    expect(await all).toEqual(names.map(() => ({ code: 0, errors: '' })));
    const { record, problems } = await new RecordFile(file).read();
    expect(problems).toEqual([]);
    expect(Object.keys(record.targets)).toHaveLength(400);
    expect(reads).toBeGreaterThan(10);
    expect(readdirSync(path.dirname(file)).filter((name) => /\.(lock|tmp)$/.test(name))).toEqual([]);
  });

  it('take over a stale lock without losing anything', async () => {
    for (let round = 0; round < 6; round += 1) {
      const file = put(newFile(), canonicalText(emptyRecord()));
      const lock = put(`${file}.lock`, JSON.stringify({ pid: 1, host: 'another-machine', at: '2026-01-01T00:00:00Z' }));
      aged(lock);
      const names = ['a', 'b', 'c', 'd'];
      const ends = await Promise.all(names.map((name) => runScript(script, [file, name, '10']).ended));
      expect(ends).toEqual(names.map(() => ({ code: 0, errors: '' })));
      expect(Object.keys((await new RecordFile(file).read()).record.targets)).toHaveLength(40);
      expect(existsSync(lock)).toBe(false);
    }
  });

  it('take over a stale lock also where another ended in the middle of doing so', async () => {
    const file = put(newFile(), canonicalText(emptyRecord()));
    const lock = put(`${file}.lock`, JSON.stringify({ pid: 1, host: 'another-machine', at: '2026-01-01T00:00:00Z' }));
    const left = put(`${lock}.tmp`, '');
    for (const old of [lock, left]) aged(old);
    const names = ['a', 'b'];
    const ends = await Promise.all(names.map((name) => runScript(script, [file, name, '3']).ended));
    expect(ends).toEqual(names.map(() => ({ code: 0, errors: '' })));
    expect(Object.keys((await new RecordFile(file).read()).record.targets)).toHaveLength(6);
    expect([existsSync(lock), existsSync(left)]).toEqual([false, false]);
  });

  it('that are killed in the middle of writing leave a whole file and hinder nobody', async () => {
    const file = put(newFile(), large(2_000));
    let kept = 2_000;
    for (let round = 0; round < attempts(15, 180); round += 1) {
      const running = runScript(script, [file, `round-${round}`, '100000']);
      const updates = 1 + (round % 4);
      await eventually(() => running.said().length > updates || running.child.exitCode !== null, 'the process writes', {
        progress: () => running.said(),
      });
      running.child.kill('SIGKILL');
      expect((await running.ended).errors).toBe('');
      const { record, problems } = await new RecordFile(file).read();
      expect(problems).toEqual([]);
      const count = Object.keys(record.targets).length;
      expect(count).toBeGreaterThanOrEqual(kept + updates);
      kept = count;
    }
    await new RecordFile(file).update(withTarget('after-all'));
    expect((await new RecordFile(file).read()).record.targets).toHaveProperty('after-all');
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.lock'))).toEqual([]);
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.tmp')).length).toBeLessThanOrEqual(1);
  });
});

describe('looking ahead whether the record can be written', () => {
  it('leaves nothing behind where it can, also where there is no folder yet', async () => {
    const file = newFile();
    await new RecordFile(file).ensureWritable();
    expect(existsSync(path.dirname(file))).toBe(false);
    put(file, '{ "schemaVersion": 1 }\n');
    await new RecordFile(file).ensureWritable();
    expect(readdirSync(path.dirname(file))).toEqual(['findings.json']);
  });

  it('names a folder in the place of the file, and a device above it', async () => {
    const file = newFile();
    mkdirSync(file, { recursive: true });
    await expect(new RecordFile(file).ensureWritable()).rejects.toMatchObject({ kind: 'record' });
    await expect(new RecordFile('/dev/null/ux-audit/findings.json').ensureWritable()).rejects.toMatchObject({
      kind: 'record',
    });
  });
});
