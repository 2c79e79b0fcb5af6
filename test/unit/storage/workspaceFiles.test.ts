import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { WorkspaceFiles } from '../../../src/storage/workspaceFiles';
import { temporaryFolder } from './support';

function workspace() {
  const folder = temporaryFolder();
  const root = path.join(folder, 'workspace');
  for (const name of ['workspace/src', 'workspace/.git', 'outside'])
    mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(root, 'src/app.ts'), 'app');
  writeFileSync(path.join(root, '.git/config'), 'config');
  writeFileSync(path.join(folder, 'outside/secret.ts'), 'secret');
  return { folder, root, files: new WorkspaceFiles(root) };
}

it('reads regular files below the workspace, by their name or their path', async () => {
  const { root, files } = workspace();
  expect(await files.text('src/app.ts')).toBe('app');
  expect(await files.text(path.join(root, 'src/app.ts'))).toBe('app');
  expect(await files.nameOf(path.join(await files.root, 'src/app.ts'))).toBe('src/app.ts');
});

it('reads a workspace whose own path leads through a link', async () => {
  const { folder, root } = workspace();
  const linked = path.join(folder, 'linked');
  symlinkSync(root, linked);
  const files = new WorkspaceFiles(linked);
  expect(await files.text('src/app.ts')).toBe('app');
  expect(await files.text(path.join(linked, 'src/app.ts'))).toBe('app');
});

it('refuses what lies outside, links, the folder of git, and what is too large or no file', async () => {
  const { folder, root, files } = workspace();
  symlinkSync(path.join(folder, 'outside/secret.ts'), path.join(root, 'src/out.ts'));
  symlinkSync(path.join(root, 'src/app.ts'), path.join(root, 'src/in.ts'));
  symlinkSync(path.join(folder, 'outside'), path.join(root, 'out'));
  execFileSync('mkfifo', [path.join(root, 'src/pipe.ts')]);
  const refused = async (name: string, largest?: number) => {
    const read = await files.bytes(name, largest);
    return 'refused' in read ? read.refused : 'read';
  };
  expect(await refused('../outside/secret.ts')).toBe('outside');
  expect(await refused(path.join(folder, 'outside/secret.ts'))).toBe('outside');
  expect(await refused('out/secret.ts')).toBe('outside');
  expect(await refused('.git/config')).toBe('outside');
  expect(await refused('src/out.ts')).toBe('link');
  expect(await refused('src/in.ts')).toBe('link');
  expect(await refused('src')).toBe('no-file');
  expect(await refused('src/pipe.ts')).toBe('no-file');
  expect(await refused('src/gone.ts')).toBe('absent');
  expect(await refused('src/app.ts/more')).toBe('absent');
  expect(await refused('src/a\0.ts')).toBe('unreadable');
  expect(await refused('src/app.ts', 2)).toBe('too-large');
  expect(await files.text('src/out.ts')).toBeUndefined();
});
