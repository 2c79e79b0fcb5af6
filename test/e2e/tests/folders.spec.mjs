import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workbenchUrl } from '../../hosts/server.mjs';
import { expect, test } from '../fixtures.mjs';
import { clickInTree, openFromTree, root } from '../harness.mjs';

test.use({ fixture: 'triage', viewport: { width: 1600, height: 900 } });

test('a page stays current when another folder joins the workspace', async ({ page, host, folder }) => {
  const parent = path.dirname(folder);
  const [blog, docs] = ['blog', 'docs'].map((name) => path.join(parent, name));
  for (const other of [blog, docs]) cpSync(folder, other, { recursive: true });
  const workspace = path.join(parent, 'all.code-workspace');
  const consistsOf = (folders) =>
    writeFileSync(workspace, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }));
  consistsOf([folder, blog]);
  const url = new URL(workbenchUrl(host, { folder }));
  url.searchParams.delete('folder');
  url.searchParams.set('workspace', workspace);
  const groups = page.getByRole('treeitem', { name: /: open/ });
  // VS Code itself opens the workspace without folders where it reads the file too early
  await expect(async () => {
    await page.goto(url.href);
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await expect(groups).toHaveCount(2, { timeout: 30_000 });
  }).toPass();
  await clickInTree(page, /^workspace: open/, page.getByRole('treeitem', { name: /^Contrast too low/ }));
  const frame = await openFromTree(page, /^Contrast too low/, '.card');
  consistsOf([folder, blog, docs]);
  await expect(groups).toHaveCount(3);
  const cli = path.join(root, 'dist/cli.mjs');
  const accepted = [
    'findings',
    'accept',
    'home/lighthouse/color-contrast',
    '--reason',
    'the brand colours are fixed',
    '--by',
    'ana',
  ];
  for (const one of [folder, blog, docs]) execFileSync(process.execPath, [cli, ...accepted], { cwd: one });
  await expect(frame.getByText('the brand colours are fixed')).toBeVisible();
  await page.goto('about:blank');
});
