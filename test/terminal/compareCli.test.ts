import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { type AuditRecord, emptyRecord, type Target } from '../../src/core/record/record';
import { cli, Place, page } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const git = (...given: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...given], {
    cwd: place.workspace,
    encoding: 'utf8',
  });

/** A repository with a branch and a page that is served as a target says. */
function repository(serve: Target['serve'] | undefined, settings?: AuditRecord['settings']): void {
  const home: Target = { kind: 'page', path: '/', ...(serve && { serve }) };
  place.writeRecord(canonicalText({ ...emptyRecord(), ...(settings && { settings }), targets: { home } }));
  mkdirSync(path.join(place.workspace, 'site'));
  writeFileSync(path.join(place.workspace, 'site/index.html'), page());
  writeFileSync(path.join(place.workspace, '.gitignore'), 'built/\n');
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'shop');
  git('checkout', '-qb', 'branch');
  git('commit', '-q', '--allow-empty', '-m', 'change');
}

/** What a command says when it cannot compare; it leaves nothing of the version before behind. */
async function refused(...args: string[]): Promise<{ code: number | null; stderr: string }> {
  const { code, stderr } = await cli(place, args);
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  return { code, stderr };
}

describe('ux-audit compare', () => {
  it('asks what to compare with', async () => {
    repository({ folder: 'site' });
    expect(await refused('compare')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ux-audit compare main'),
    });
    const unknown = await refused('compare', 'nowhere');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere') });
  });

  it('says what --only does not know, and what it leaves nothing to compare of', async () => {
    repository({ folder: 'site' });
    const compared = async (...args: string[]) => (await refused('compare', 'main', ...args)).stderr;
    expect(await refused('ci', 'main', '--only', 'accessability')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no category "accessability".*performance, accessibility/s),
    });
    expect(await compared('--only', ' , ')).toMatch(/names no category/);
    expect(await compared('--only', 'seo', '--pairs', '3')).toMatch(/everything but times/);
    expect(await compared('--only', 'seo', '--calibrate')).toMatch(/about times/);
  });

  it('says why an earlier version cannot be served, and what to do', async () => {
    repository(undefined);
    const { code, stderr } = await refused('compare', 'main');
    expect(code).toBe(2);
    expect(stderr).toMatch(/how to serve "home"|no address/);
  });

  it('says for how many pages nothing says how to serve them, and the command that says it for all', async () => {
    repository(undefined);
    const names = ['one', 'two', 'three', 'four'];
    const pages = names.map((name) => [
      name,
      { kind: 'page', path: `/${name}`, origins: { local: 'http://shop.test' } },
    ]);
    place.writeRecord(canonicalText({ ...emptyRecord(), targets: Object.fromEntries(pages) }));
    const { code, stderr } = await refused('ci', 'main');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'Nothing says how to serve 4 pages (four, one, three and 1 more), so their earlier version',
    );
    expect(stderr).toContain('ux-audit target set --all --serve dist, or');
    const two = await refused('ci', 'main', '--target', 'one', '--target', 'two');
    expect(two.stderr).toContain('ux-audit target set one two --serve dist, or');
  });

  it('does not serve two versions at one port', async () => {
    repository({ command: 'npm run preview', url: 'http://localhost:4173/' });
    expect(await refused('compare', 'main', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('{port}'),
    });
  });

  it('runs no command of the record that nobody allowed', async () => {
    repository({ folder: 'site' }, { build: 'touch built-by-the-record' });
    expect(await refused('ci', 'main')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(existsSync(path.join(place.workspace, 'built-by-the-record'))).toBe(false);
  });

  it('takes the pages of --serve from what the build makes', async () => {
    repository({ folder: 'site' });
    writeFileSync(
      path.join(place.workspace, 'build.cjs'),
      `const fs = require('node:fs');
       fs.mkdirSync('built');
       fs.writeFileSync('built/index.html', '<title>Shop</title>');
       fs.appendFileSync('builds.txt', 'built ');`,
    );
    const build = 'node build.cjs';
    const { stderr } = await refused('compare', 'nowhere', '--serve', 'built', '--build', build);
    expect(stderr).toContain('nowhere');
    expect(readFileSync(path.join(place.workspace, 'builds.txt'), 'utf8')).toBe('built ');
  });

  it('says how to build a version that was only laid out', async () => {
    repository({ folder: 'built' });
    const { code, stderr } = await refused('compare', 'main');
    expect(code).toBe(4);
    expect(stderr).toContain('--build');
    const failed = await refused('compare', 'main', '--build', 'echo broken && exit 3');
    expect(failed.code).toBe(4);
    expect(failed.stderr).toMatch(/build of main failed.*broken/);
  });
});
