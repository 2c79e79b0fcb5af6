import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Git } from '../../../src/storage/git';
import { ignoreHere } from '../../../src/storage/ignoreHere';
import { temporaryFolder } from './support';

async function repository(gitignore?: string) {
  const root = temporaryFolder();
  execFileSync('git', ['init', '-q'], { cwd: root });
  mkdirSync(path.join(root, 'my [work]'));
  const file = path.join(root, 'my [work]', 'proposals.json');
  writeFileSync(file, '{}');
  if (gitignore !== undefined) writeFileSync(path.join(root, '.gitignore'), gitignore);
  const exclude = path.join(root, '.git/info/exclude');
  const seen = () => execFileSync('git', ['status', '--short', '-uall'], { cwd: root, encoding: 'utf8' });
  return { file, exclude, seen, git: await Git.open(root) };
}

describe('a file that stays on this machine', () => {
  it('is ignored here, once, whatever its name, and people keep their .gitignore', async () => {
    const { file, exclude, seen, git } = await repository();
    expect(seen()).toContain('proposals.json');
    await ignoreHere(git, file);
    const once = readFileSync(exclude, 'utf8');
    await ignoreHere(git, file);
    expect(seen()).toBe('');
    expect(readFileSync(exclude, 'utf8')).toBe(once);
  });

  it('is left alone where a .gitignore covers it', async () => {
    const { file, exclude, git } = await repository('proposals.json\n');
    const before = readFileSync(exclude, 'utf8');
    await ignoreHere(git, file);
    expect(readFileSync(exclude, 'utf8')).toBe(before);
  });

  it('leads no write through a link', async () => {
    const { file, exclude, git } = await repository();
    const outside = path.join(temporaryFolder(), 'profile');
    writeFileSync(outside, 'mine\n');
    rmSync(exclude);
    symlinkSync(outside, exclude);
    await expect(ignoreHere(git, file)).rejects.toThrow('leads to');
    expect(readFileSync(outside, 'utf8')).toBe('mine\n');
  });
});
