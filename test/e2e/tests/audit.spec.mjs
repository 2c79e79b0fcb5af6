import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  auditResult,
  dismissNotifications,
  eachTheme,
  expectFits,
  notification,
  openFromTree,
  phaseMs,
  pickQuickInput,
  recordOf,
  root,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
  webviewFrame,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

const shop = path.join(root, 'test/fixtures/workspace/site');

async function chooseAddress(page, address, name) {
  await runCommand(page, 'UX Audit: Audit a Page…');
  const input = page.locator('.quick-input-widget input.input');
  await input.fill(address);
  await page
    .locator('.quick-input-widget')
    .getByRole('option', { name: /this address/ })
    .click();
  await typeQuickInput(page, 'Name of the New Page', name);
}

test.use({ settings: { 'uxAudit.runs': 1 } });

test('a person audits local pages: what goes wrong is named, and what is found is in the views and in the file', async ({
  page,
  folder,
  open,
  served,
}) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await expect(page.getByText('No page has been audited here yet')).toBeVisible();
  await expect(page.getByText('This view lists what audits find')).toBeVisible();
  await screenshot(page, 'empty');

  await test.step('a server that is gone is named with what to do', async () => {
    const site = await served(shop);
    await site.close();
    await chooseAddress(page, site.url, 'gone');
    await notification(page, 'the connection was refused. Start the server, then try again.');
    await screenshot(page, 'refused');
    await dismissNotifications(page);
  });
  await test.step('a cancelled audit records nothing', async () => {
    // nothing but the page itself is ever answered, so the audit cannot be over before it is cancelled
    const site = await served(shop, { before: ({ url }) => url !== '/product.html' && new Promise(() => {}) });
    await chooseAddress(page, `${site.url}product.html`, 'product');
    const toast = await notification(page, /loading|examining/, { timeout: phaseMs });
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await expect(toast).toBeHidden();
    await expect(page.getByText('No page has been audited here yet')).toBeVisible();
    assert.throws(() => statSync(path.join(folder, 'ux-audit/findings.json')), /ENOENT/);
  });
  await test.step('a page is audited, audited again, and compared', async () => {
    const site = await served(shop);
    await chooseAddress(page, site.url, 'front-page');
    await notification(page, 'front-page as mobile');
    await screenshot(page, 'progress');
    const result = await auditResult(page);
    await expect(result.getByRole('heading', { name: 'front-page' })).toBeVisible();
    await expect(result.getByRole('heading', { name: /Button without name/ })).toBeVisible();
    assert.match(await result.locator('.metrics').innerText(), /Largest Contentful Paint/);

    const record = path.join(folder, 'ux-audit/findings.json');
    const text = readFileSync(record, 'utf8');
    const { findings, targets } = JSON.parse(text);
    assert.deepEqual(targets['front-page'], { kind: 'page', path: '/', origins: { local: site.url.slice(0, -1) } });
    expect(findings['front-page/lighthouse/button-name'].state.status).toBe('open');
    expect(findings['front-page/lighthouse/image-alt'].state.seenIn[0]).toBe('local/mobile');

    await expect(treeItem(page, /^front-page, .*LCP/)).toBeVisible();
    await expect(treeItem(page, /^Button without name/)).toBeVisible();
    await screenshot(page, 'result-dark');
    const shown = await openFromTree(page, /^Button without name/, '#history');
    await shown.getByRole('button', { name: 'Open in the record' }).click();
    const line =
      text.split('\n').findIndex((candidate) => candidate.includes('"front-page/lighthouse/button-name": {')) + 1;
    await expect(page.getByText(`Ln ${line}, Col 1`)).toBeVisible();

    await runCommand(page, 'View: Close Editor');
    await runCommand(page, 'UX Audit: Filter Findings…');
    await page.locator('.quick-input-widget input.input').fill('contrast');
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 problem · matching')).toBeVisible();
    await runCommand(page, 'UX Audit: Clear Filter');

    await runCommand(page, 'UX Audit: Open Lighthouse Report');
    const report = await webviewFrame(page, '.lh-root');
    await expect(report.getByText('Total Blocking Time').first()).toBeVisible();
    await screenshot(page, 'lighthouse-report');
    await runCommand(page, 'View: Close Editor');

    const before = statSync(record).mtimeMs;
    await runCommand(page, 'UX Audit: Audit Again');
    await result.getByText('Runs kept on this machine').waitFor({ timeout: phaseMs });
    assert.equal(readFileSync(record, 'utf8'), text);
    expect(statSync(record).mtimeMs).toBe(before);
    await runCommand(page, 'UX Audit: Compare with the Previous Run');
    await expect(result.getByRole('columnheader', { name: 'Change of the median' })).toBeVisible();

    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('the result page has no accessibility violation in each theme, and fits a narrow column', async () => {
    const site = await served(path.join(root, 'media/sample-shop/flawed'));
    await chooseAddress(page, `${site.url}list.html`, 'list');
    const result = await auditResult(page);
    await dismissNotifications(page);
    await result.locator('.tasks summary').first().click();
    await eachTheme(page, result, async (theme, since) => {
      await screenshot(page, `result-${theme}`);
      assert.deepEqual(await violations(result, since), [], theme);
    });
    await page.setViewportSize({ width: 420, height: 800 });
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await screenshot(page, 'result-narrow');
    await expectFits(result);
    await page.setViewportSize({ width: 1400, height: 900 });
  });
  await test.step('the page is audited as desktop, and what is found says so', async () => {
    const result = await webviewFrame(page, '.scores');
    await result.getByRole('button', { name: 'Audit As…' }).click();
    await pickQuickInput(page, /^Desktop/);
    await pickQuickInput(page, /^1 run/);
    await result.getByText('simulated desktop').first().waitFor({ timeout: phaseMs });
    const seen = () => recordOf(folder).findings['list/lighthouse/color-contrast'].state.seenIn;
    await expect.poll(seen).toEqual(['local/desktop', 'local/mobile']);
  });
});

test.describe(() => {
  test.use({ fixture: 'conflict' });

  test('a record in conflict is left alone, named in the Problems panel, and the views keep the last good state', async ({
    page,
    folder,
    open,
  }) => {
    await open();
    const record = path.join(folder, 'ux-audit/findings.json');
    const before = readFileSync(record, 'utf8');
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await expect(page.getByText('unresolved merge conflict at line').first()).toBeVisible();
    await runCommand(page, 'View: Toggle Problems');
    await expect(page.locator('.markers-panel').getByText('unresolved merge conflict at line')).toBeVisible();
    await screenshot(page, 'conflict');
    expect(readFileSync(record, 'utf8')).toBe(before);
  });
});
