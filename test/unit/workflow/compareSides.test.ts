import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../../src/core/record/canonicalText';
import { emptyRecord, type Target } from '../../../src/core/record/record';
import { Git } from '../../../src/storage/git';
import { openCommit, openWorkingTree } from '../../../src/workflow/compareSides';
import { planTarget } from '../../../src/workflow/planPages';
import { Workspace } from '../../../src/workflow/workspace';

let root: string;
let workspace: Workspace;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sides-')));
  workspace = new Workspace(root);
  mkdirSync(path.join(root, 'ux-audit'));
  git('init', '-q', '-b', 'main');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...given: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...given], { cwd: root });
const recordOf = (home: Target) => canonicalText({ ...emptyRecord(), targets: { home } });

function write(folder: string, file: string, record: string): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, file), `<title>${file}</title>`);
  writeFileSync(workspace.paths.record, record);
}

/** The commit of what is written, as a side of a comparison, until `work` is done. */
async function opened<T>(work: (side: Awaited<ReturnType<typeof openCommit>>) => Promise<T>): Promise<T> {
  const open = await Git.open(root);
  const side = await openCommit(workspace, open, { name: 'main', commit: (await open.head()) as string });
  try {
    return await work(side);
  } finally {
    await side.stop();
  }
}

it('is not built again where it was built for its pages', async () => {
  writeFileSync(workspace.paths.record, canonicalText(emptyRecord()));
  const build = 'exit 1';
  await expect(openWorkingTree(workspace, { build })).rejects.toThrow('The build of this version failed');
  await (await openWorkingTree(workspace, { build, isBuilt: true })).stop();
});

describe('the version before', () => {
  it('has a page where its own record says, since the page may have moved since', async () => {
    write('dist', 'old.html', recordOf({ kind: 'page', path: '/old.html', serve: { folder: 'dist' } }));
    git('add', '-A');
    git('commit', '-qm', 'shop');
    const moved: Target = { kind: 'page', path: '/new.html', serve: { folder: 'build' } };
    await opened(async (side) => {
      const url = await side.urlOf(planTarget({ home: moved }, 'home'));
      expect(new URL(url ?? '').pathname).toBe('/old.html');
      expect(await (await fetch(url ?? '')).text()).toContain('old.html');
    });
  });

  it('runs no command of its own record that is not that of the page', async () => {
    const serve = { command: 'touch ran', url: 'http://localhost:{port}' };
    write('dist', 'old.html', recordOf({ kind: 'page', path: '/old.html', serve }));
    write('dist', 'new.html', recordOf({ kind: 'page', path: '/old.html', serve }));
    git('add', '-A');
    git('commit', '-qm', 'shop');
    const served: Target = { kind: 'page', path: '/new.html', serve: { folder: 'dist' } };
    await opened(async (side) => {
      const url = await side.urlOf(planTarget({ home: served }, 'home'));
      expect(new URL(url ?? '').pathname).toBe('/new.html');
    });
  });

  it('has the present record where its own cannot be read, and says so', async () => {
    write('dist', 'old.html', '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n');
    git('add', '-A');
    git('commit', '-qm', 'shop');
    const mended: Target = { kind: 'page', path: '/old.html', serve: { folder: 'dist' } };
    write('dist', 'old.html', recordOf(mended));
    await opened(async (side) => {
      expect(side.unread).toMatch(/main: findings\.json/);
      expect(Object.keys(side.record.record.targets)).toEqual(['home']);
      expect(await side.urlOf(planTarget({ home: mended }, 'home'))).toMatch(/old\.html$/);
    });
  });
});
