import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBrowserState } from '../../../src/core/audit/browserState';
import { LoginStore } from '../../../src/storage/loginStore';
import { workspacePaths } from '../../../src/storage/workspacePaths';

let root: string;
let store: LoginStore;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-logins-'));
  store = new LoginStore(workspacePaths(root));
});
afterEach(() => rmSync(root, { recursive: true }));

const state = (value: string) =>
  readBrowserState(JSON.stringify({ cookies: [{ name: 'sid', value, domain: 'shop.example' }] }), 'test');
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

describe('the states of logins', () => {
  it('are read as they were written, the newest of each', async () => {
    expect(await store.read('customer')).toBeUndefined();
    await store.write('customer', state('1'));
    await store.write('customer', state('2'));
    expect((await store.read('customer'))?.state).toEqual(state('2'));
    expect([...(await store.allKept()).keys()]).toEqual(['customer']);
    expect(await store.remove('customer')).toBe(true);
    expect(await store.remove('customer')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'are for their owner alone, also where others could read before',
    async () => {
      await store.write('customer', state('1'));
      const file = store.file('customer');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      execFileSync('chmod', ['644', file]);
      await store.write('customer', state('2'));
      expect(statSync(file).mode & 0o777).toBe(0o600);
    },
  );

  it('are never seen by git, also where its files forgot them', async () => {
    git('init', '-q');
    mkdirSync(path.join(root, 'ux-audit', '.auth'), { recursive: true }); // without our .gitignore
    await store.write('customer', state('1'));
    expect(git('status', '--porcelain', '-uall')).toBe('');
  });

  it('are not written into a file that git keeps', async () => {
    git('init', '-q');
    mkdirSync(path.dirname(store.file('customer')), { recursive: true });
    writeFileSync(store.file('customer'), '{}');
    git('add', '-f', store.file('customer'));
    await expect(store.write('customer', state('1'))).rejects.toMatchObject({ code: 'answers-committed' });
    expect(readFileSync(store.file('customer'), 'utf8')).toBe('{}');
  });

  it.skipIf(process.platform === 'win32')('are not written through a link that leads out', async () => {
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-elsewhere-'));
    mkdirSync(path.join(root, 'ux-audit'));
    symlinkSync(elsewhere, path.join(root, 'ux-audit', '.auth'));
    await expect(store.write('customer', state('1'))).rejects.toMatchObject({ code: 'write-outside' });
    rmSync(elsewhere, { recursive: true });
  });
});
