import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures.mjs';
import {
  git,
  notification,
  pickQuickInput,
  recordOf,
  root,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
} from '../harness.mjs';
import { listening } from '../site.mjs';

const PRODUCTS = 60;
const ORDERS = 30;
const TOPICS = 9;
const numbered = (count, path) => Array.from({ length: count }, (_, n) => `${path}${n + 1}`);
const paths = [
  '/account',
  ...numbered(PRODUCTS, '/product/'),
  ...numbered(ORDERS, '/orders/'),
  ...numbered(TOPICS, '/help/'),
];

/** A shop of 100 pages behind a login, whose products have a picture without a text. */
async function shop() {
  const page = (title, body = '') =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"><main><h1>${title}</h1>${body}</main></html>`;
  const form = `<form method="post"><label>Password <input type="password" name="password"></label><button>Sign in</button></form>`;
  const picture = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">';
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://shop');
    const origin = `http://${request.headers.host}`;
    const isIn = /sid=1/.test(request.headers.cookie ?? '');
    const show = (text, type = 'text/html') => response.writeHead(200, { 'content-type': type }).end(text);
    if (pathname === '/sitemap.xml')
      show(`<urlset>${paths.map((one) => `<url><loc>${origin}${one}</loc></url>`).join('')}</urlset>`, 'text/xml');
    else if (pathname === '/login' && request.method === 'POST')
      response.writeHead(303, { location: '/account', 'set-cookie': 'sid=1; HttpOnly; Path=/' }).end();
    else if (pathname === '/login') show(page('Sign in', form));
    else if (!paths.includes(pathname)) response.writeHead(404).end();
    else if (!isIn) response.writeHead(303, { location: '/login' }).end();
    else show(page(pathname, pathname.startsWith('/product/') ? picture : ''));
  });
  return listening(server);
}

/** Runs the terminal program, as a job of a build service does. */
async function cli(folder, args, env = {}) {
  const program = path.join(root, 'dist/cli.mjs');
  const given = { cwd: folder, env: { ...process.env, ...env } };
  return promisify(execFile)(process.execPath, [program, ...args], given).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('a site of 100 pages behind a login is discovered, audited in shards, gated by group, and read in the editor', async ({
  page,
  folder,
  open,
  person,
}) => {
  const site = await shop();
  mkdirSync(path.join(folder, 'ux-audit'), { recursive: true });
  const record = { schemaVersion: 1, targets: {}, evaluations: {}, findings: {} };
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(record));
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();

  await runCommand(page, 'UX Audit: Discover Pages…');
  await typeQuickInput(page, 'Discover Pages (1/3)', `${site.origin}/account`);
  await pickQuickInput(page, 'Sign In as Somebody…');
  await typeQuickInput(page, 'Sign In: Name of the Login', 'customer');
  await typeQuickInput(page, 'Sign In as customer: Where It Begins', `${site.origin}/account`);
  const question = await notification(page, 'Sign in as customer in the browser');
  const customer = await (await person()).pageWith('input[type="password"]');
  await customer.fill('input[type="password"]', 'Zq7-secret');
  await customer.getByRole('button', { name: 'Sign in' }).click();
  await expect(customer.getByRole('heading', { name: '/account' })).toBeVisible();
  await question.getByRole('button', { name: 'Done' }).click();
  await notification(page, 'Signed in as customer at localhost');
  await expect(page.getByText('Discover Pages (3/3): 100 Pages of 4 Groups')).toBeVisible();
  await expect(page.getByText('/orders/* · 3 of 30 pages')).toBeVisible();
  await screenshot(page, 'discover-pages');
  await page.keyboard.press('Enter');
  await notification(page, '10 pages added.');
  const { targets, logins } = recordOf(folder);
  expect(logins.customer).toMatchObject({ by: 'hand' });
  expect(Object.values(targets).map(({ login, origins }) => [login, origins.local])).toEqual(
    Array(10).fill(['customer', site.origin]),
  );

  const only = ['--only', 'accessibility', '-n', '1', '-y', '-q'];
  for (const index of ['0', '1', '2']) {
    const env = { JOB_COMPLETION_INDEX: index, UX_AUDIT_SHARDS: '3' };
    const shard = await cli(folder, ['audit', '--all', ...only, '--shard', 'auto', '--out', `measured/${index}`], env);
    expect([shard.code, shard.stderr]).toEqual([0, undefined]);
  }
  expect(recordOf(folder).findings).toEqual({});
  const merged = await cli(folder, ['merge-runs', 'measured/0', 'measured/1', 'measured/2']);
  expect(merged).toMatchObject({ code: 0, stdout: expect.stringContaining('3 shards of 3: 10 sets of runs.') });
  const found = Object.values(recordOf(folder).findings);
  expect(found.filter(({ rule }) => rule === 'lighthouse/image-alt').map(({ target }) => target)).toHaveLength(3);

  const group = treeItem(page, /^Group \/product\/\*, 3 pages$/);
  await expect(group).toBeVisible();
  await group.click();
  await page.keyboard.press('ArrowRight');
  await expect(treeItem(page, /Image without alt text.*3 on 3 pages/)).toBeVisible();
  await screenshot(page, 'site-groups');

  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.org', 'commit', '-q', '-m', 'Audit the shop');
  expect(existsSync(path.join(folder, 'ux-audit/.auth/customer.json'))).toBe(true);
  expect(git(folder, 'ls-files', 'ux-audit/.auth').trim()).toBe('');
  const gated = (template) => cli(folder, ['findings', 'check', '--group', template, '-y', '-q', '--json']);
  expect(await gated('/orders/*')).toMatchObject({ code: 2, stderr: expect.stringContaining('open') });
  const products = await gated('/product/*');
  expect([products.code, JSON.parse(products.stdout).checked.length]).toEqual([1, 3]);
  await site.close();
});
