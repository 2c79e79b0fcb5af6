import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from '../engine/support';

let folder: string;

/** Runs npm in a folder; `npm exec` is what npx runs. */
function npm(cwd: string, ...args: string[]) {
  // npm is a script on Windows, which only a shell can start
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, shell, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-packed-'));
  npm(repository, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const [tarball] = readdirSync(folder);
  expect(tarball).toMatch(/^ux-audit-.*\.tgz$/);
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', `./${tarball}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the package, installed in an empty folder', () => {
  it('brings nothing else with it', () => {
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'ux-audit',
    ]);
  });

  it('says whether audits can run', () => {
    const { status, stdout } = npm(folder, 'exec', '--offline', '--', 'ux-audit', 'doctor');
    expect(stdout).toContain('Audits can run here.');
    expect(status).toBe(0);
  });

  it('audits', () => {
    cpSync(path.join(repository, 'media/sample-shop/fixed'), path.join(folder, 'site'), { recursive: true });
    const audit = ['audit', '--serve', 'site', 'index.html', '--runs', '1', '--only', 'seo', '--no-record', '--yes'];
    const { status, stdout } = npm(folder, 'exec', '--offline', '--', 'ux-audit', ...audit);
    expect(stdout).toMatch(/^home +local\/mobile/m);
    expect(status).toBe(0);
  });
});
