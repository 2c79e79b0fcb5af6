import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../../src/workflow/workspace';
import { temporaryFolder } from './support';

let root: string;
let workspace: Workspace;
beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(path.join(root, 'ux-audit'));
  workspace = new Workspace(root);
});

const git = (...given: string[]) => execFileSync('git', given, { cwd: root, encoding: 'utf8' });
const file = (name: string) => path.join(root, 'ux-audit', name);

/** A change of each file that is committed and written by UX Audit. */
const changes: Record<string, () => Promise<unknown>> = {
  'findings.json': () => workspace.record.update((record) => ({ ...record, targets: { home: { kind: 'page' } } })),
  'outcomes.json': () => workspace.outcomes.update((figures) => ({ ...figures })),
  'measurements.json': () => workspace.baseline.update((baseline) => ({ ...baseline })),
};

describe.each(Object.keys(changes))('a write of %s', (name) => {
  const change = () => changes[name]?.() as Promise<unknown>;

  it('does not replace a pointer of Git LFS', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;
    for (const text of [pointer, `\uFEFF${pointer}`, pointer.replaceAll('\n', '\r\n')]) {
      writeFileSync(file(name), text);
      await expect(change()).rejects.toMatchObject({
        kind: 'record',
        code: 'lfs-pointer',
        message: expect.stringContaining(name),
        next: expect.stringContaining('git lfs pull'),
      });
      expect(readFileSync(file(name), 'utf8')).toBe(text);
    }
  });

  const sparse = 'git sparse-checkout add ux-audit';
  const flagged = `git update-index --no-skip-worktree ux-audit/${name}, then git checkout -- ux-audit/${name}`;
  it.each([
    [['sparse-checkout', 'set', 'src'], sparse],
    [['sparse-checkout', 'set', '--sparse-index', 'src'], sparse],
    [['sparse-checkout', 'set', '--no-cone', '/src/'], sparse],
    [['update-index', '--skip-worktree', `ux-audit/${name}`], flagged],
  ])('does not begin one that git keeps out of the folder: %j', async (hide, next) => {
    await change();
    const text = readFileSync(file(name), 'utf8');
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=Test', '-c', 'user.email=test@localhost', 'commit', '-qm', 'first');
    git(...hide);
    rmSync(file(name), { force: true });
    workspace = new Workspace(root);
    await expect(change()).rejects.toMatchObject({ code: 'not-checked-out', next: expect.stringContaining(next) });
    expect(existsSync(file(name))).toBe(false);
    for (const command of next.split(', then ')) git(...command.split(' ').slice(1)); // as the message says
    expect(readFileSync(file(name), 'utf8')).toBe(text);
  });

  it('begins it where git does not have it, or cannot be asked', async () => {
    await change();
    rmSync(file(name));
    git('init', '-q');
    await change();
    rmSync(file(name));
    rmSync(path.join(root, '.git'), { recursive: true });
    writeFileSync(path.join(root, '.git'), 'gitdir: /nowhere\n');
    await change();
    expect(existsSync(file(name))).toBe(true);
  });
});
