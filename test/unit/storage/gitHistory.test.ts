import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Git } from '../../../src/storage/git';
import { gitHistory } from '../../../src/storage/gitHistory';

let root: string;
beforeEach(async () => {
  root = realpathSync(await mkdtemp(path.join(os.tmpdir(), 'ux-audit-history-')));
  git('2026-11-01', 'init', '-q');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function git(day: string, ...given: string[]): void {
  const date = `${day}T12:00:00Z`;
  const who = { GIT_AUTHOR_NAME: 't', GIT_AUTHOR_EMAIL: 't@x', GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@x' };
  const env = {
    ...process.env,
    ...who,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: os.devNull,
  };
  execFileSync('git', given, { cwd: root, env, stdio: 'ignore' });
}

function commit(day: string, file: string, subject: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), day);
  git(day, 'add', '.');
  git(day, 'commit', '-q', '--no-gpg-sign', '-m', subject);
}

describe('the history of a folder', () => {
  const history = async (folder = root) =>
    gitHistory(await Git.open(root), folder, {
      without: path.join(folder, 'ux-audit'),
      since: '2026-11-05',
      most: 10,
    });

  it('has its commits since a day with their tags, oldest first, without those of the record', async () => {
    commit('2026-11-02', 'app.js', 'Begin');
    commit('2026-11-06', 'app.js', 'Add a carousel');
    git('2026-11-06', 'tag', 'v2.8.0');
    commit('2026-11-07', 'ux-audit/findings.json', 'Accept a finding');
    commit('2026-11-08', 'app.js', 'Mend, and say so');
    const found = await history();
    expect(found?.map(({ at, kind }) => `${at} ${kind}`)).toEqual([
      '2026-11-06 commit',
      '2026-11-06 tag',
      '2026-11-08 commit',
    ]);
    expect(found?.[0]?.text).toMatch(/^[0-9a-f]{7,} Add a carousel$/);
    expect(found?.[1]?.text).toBe('v2.8.0');
  });

  it('is that of the folder alone, and empty before the first commit', async () => {
    expect(await history()).toEqual([]);
    commit('2026-11-06', 'shop/app.js', 'Of the shop');
    commit('2026-11-07', 'blog/app.js', 'Of the blog');
    expect((await history(path.join(root, 'shop'))).map(({ text }) => text.split(' ').slice(1).join(' '))).toEqual([
      'Of the shop',
    ]);
  });
});
