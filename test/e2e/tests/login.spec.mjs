import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  auditResult,
  chooseInMenu,
  dismissNotifications,
  notification,
  phaseMs,
  pickQuickInput,
  recordOf,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
} from '../harness.mjs';
import { listening } from '../site.mjs';

test.use({ settings: { 'uxAudit.runs': 1, 'uxAudit.categories': ['seo'] } });

/** An app with a login at which somebody signs in as soon as it is there, once. */
async function app() {
  const asked = [];
  let isThere = true;
  const page = (title, body = '') =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;
  const form = '<form method="post"><label>Password <input type="password" name="password"></label></form>';
  const server = http.createServer((request, response) => {
    asked.push(request.url);
    const isIn = /sid=1/.test(request.headers.cookie ?? '');
    const show = (text) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
    if (request.url !== '/login') {
      if (isIn) show(page('Your account'));
      else response.writeHead(303, { location: '/login' }).end();
    } else if (request.method === 'POST') {
      response.writeHead(303, { location: '/account', 'set-cookie': 'sid=1; HttpOnly; Path=/' }).end();
    } else {
      show(page('Sign in', `${form}${isThere ? '<script>document.querySelector("form").submit()</script>' : ''}`));
      isThere = false;
    }
  });
  return { asked, ...(await listening(server)) };
}

/** A shop that asks for consent before it shows anything. */
async function wall() {
  const dialog = `<div id="wall" role="dialog" style="position: fixed; inset: 0; background: white"><p>We use cookies.</p>
    <button onclick="document.querySelector('#wall').remove()">Reject all</button></div>`;
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>${dialog}</html>`);
  });
  return listening(server);
}

test('pages behind a login and behind a question for consent are audited once a person says how', async ({
  page,
  folder,
  open,
}) => {
  const site = await app();
  const asking = await wall();
  mkdirSync(path.join(folder, 'ux-audit'), { recursive: true });
  const targets = {
    account: { kind: 'page', path: '/account', origins: { local: site.origin } },
    home: { kind: 'page', path: '/', origins: { local: asking.origin } },
  };
  const record = { schemaVersion: 1, targets, evaluations: {}, findings: {} };
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(record));
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('a page behind a login is audited as who has signed in by hand, and its tree says so', async () => {
    await chooseInMenu(page, treeItem(page, /^account/), 'Sign In…');
    await typeQuickInput(page, 'Sign In: Name of the Login', 'customer');
    await expect(page.locator('.quick-input-widget input.input')).toHaveValue(`${site.origin}/account`);
    await page.keyboard.press('Enter');
    const question = await notification(page, 'Sign in as customer in the browser');
    await expect.poll(() => site.asked.filter((url) => url === '/account').length).toBeGreaterThan(1);
    await question.getByRole('button', { name: 'Done' }).click();
    await notification(page, 'account is audited as customer from now on');
    await expect(treeItem(page, /^account, as customer/)).toBeVisible();
    await screenshot(page, 'login-tree');
    expect(recordOf(folder)).toMatchObject({
      logins: { customer: { by: 'hand', check: { url: `${site.origin}/account` } } },
      targets: { account: { login: 'customer' } },
    });
    const file = path.join(folder, 'ux-audit/.auth/customer.json');
    expect(existsSync(file) && statSync(file).mode & 0o077).toBe(0);

    await chooseInMenu(page, treeItem(page, /^account/), 'Audit');
    await auditResult(page);
    await chooseInMenu(page, treeItem(page, /^account/), 'Confirm Page…');
    const dialog = page.getByRole('dialog').filter({ hasText: 'Is this the right page for account?' });
    await expect(dialog).toContainText('Its main heading is “Your account”');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await expect.poll(() => recordOf(folder).targets.account.is).toEqual({ url: '/account', heading: 'Your account' });
    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('a page that asks for consent is audited with its wall once a person says so', async () => {
    await chooseInMenu(page, treeItem(page, /^home/), 'Audit');
    const error = await notification(page, 'asks for consent', { timeout: phaseMs });
    await expect(error.getByRole('button', { name: 'Pass Consent…' })).toBeVisible();
    await dismissNotifications(page);
    await chooseInMenu(page, treeItem(page, /^home/), 'Pass Consent…');
    await pickQuickInput(page, 'Audit It With What Asks');
    await expect.poll(() => recordOf(folder).targets.home.consent).toEqual({ keep: true });
    await chooseInMenu(page, treeItem(page, /^home/), 'Audit');
    await auditResult(page);
  });
  await site.close();
  await asking.close();
});
