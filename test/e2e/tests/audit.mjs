import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  dismissNotifications,
  notification,
  openWorkbench,
  root,
  runCommand,
  screenshot,
  setTheme,
  startHost,
  treeItem,
  webviewFrame,
} from '../harness.mjs';
import { serve } from '../site.mjs';
import { violations } from '../violations.mjs';

const workspace = path.join(root, 'test/fixtures/workspace');
const vsix = path.join(root, 'dist/ux-audit.vsix');
const auditTime = 90_000;

async function chooseAddress(page, address, name) {
  await runCommand(page, 'UX Audit: Audit a Page…');
  const input = page.locator('.quick-input-widget input.input');
  await input.fill(address);
  await page
    .locator('.quick-input-widget')
    .getByRole('option', { name: /this address/ })
    .click();
  await page.getByText('is recorded under this name').waitFor();
  await input.fill(name);
  await page.keyboard.press('Enter');
}

/** The findings that do not depend on how fast this machine was in a run. */
function withoutPerformance(findings) {
  const categories = JSON.parse(readFileSync(path.join(root, 'dist/auditCategories.json'), 'utf8'));
  return Object.keys(findings).filter((id) => !categories[id.split('/').at(-1)].includes('performance'));
}

export default async function ({ test, browser }) {
  await test('a person audits a local page and finds the findings in the views and in the file', async () => {
    const site = await serve(path.join(workspace, 'site'));
    const host = await startHost({ workspace, vsix, settings: { 'uxAudit.runs': 1 } });
    try {
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await page.getByText('No page has been audited here yet').waitFor();
      await page.getByText('What audits find is listed here').waitFor();
      await screenshot(page, 'empty');

      await chooseAddress(page, site.url, 'front-page');
      await notification(page, 'front-page as mobile');
      await screenshot(page, 'progress');
      const result = await webviewFrame(page, '.scores', { timeout: auditTime });
      await result.getByRole('heading', { name: 'front-page' }).waitFor();
      await result.getByText('Buttons do not have an accessible name').waitFor();
      assert.match(await result.locator('.metrics').innerText(), /Largest Contentful Paint/);

      const record = path.join(host.workspace, 'ux-audit/findings.json');
      const text = readFileSync(record, 'utf8');
      const { findings, targets } = JSON.parse(text);
      assert.deepEqual(targets['front-page'], { kind: 'page', path: '/', origins: { local: site.url.slice(0, -1) } });
      assert.equal(findings['front-page/lighthouse/button-name'].state.status, 'open');
      assert.equal(findings['front-page/lighthouse/image-alt'].state.seenIn[0], 'local/mobile');

      await treeItem(page, /^front-page, .*LCP/).waitFor();
      const group = page.getByRole('treeitem', { name: /^front-page/ }).last();
      await group.click();
      const finding = treeItem(page, /Buttons do not have an accessible name/);
      await finding.waitFor();
      await screenshot(page, 'result-dark');
      await finding.click();
      const shown = await webviewFrame(page, '#where');
      await shown.getByRole('button', { name: 'Open in the record' }).click();
      const line =
        text.split('\n').findIndex((candidate) => candidate.includes('"front-page/lighthouse/button-name": {')) + 1;
      await page.getByText(`Ln ${line}, Col 1`).waitFor();

      await runCommand(page, 'View: Close Editor');
      await runCommand(page, 'UX Audit: Filter Findings…');
      await page.locator('.quick-input-widget input.input').fill('contrast');
      await page.keyboard.press('Enter');
      await page.getByText('1 open matching').waitFor();
      await runCommand(page, 'UX Audit: Clear Filter');

      const before = statSync(record).mtimeMs;
      await runCommand(page, 'UX Audit: Audit Again');
      await result.getByText('Runs kept on this machine').waitFor({ timeout: auditTime });
      const after = readFileSync(record, 'utf8');
      if (after === text) assert.equal(statSync(record).mtimeMs, before);
      assert.deepEqual(withoutPerformance(JSON.parse(after).findings), withoutPerformance(findings));
      await runCommand(page, 'UX Audit: Compare with the Previous Run');
      await result.getByRole('columnheader', { name: 'Change of the median' }).waitFor();
    } finally {
      await host.stop();
      await site.close();
    }
  });

  await test('the result page has no accessibility violation in four themes, and fits a narrow column', async () => {
    const site = await serve(path.join(root, 'media/sample-shop/flawed'));
    const host = await startHost({ workspace, vsix, settings: { 'uxAudit.runs': 1 } });
    try {
      const page = await openWorkbench(browser, host);
      await chooseAddress(page, `${site.url}list.html`, 'list');
      const result = await webviewFrame(page, '.scores', { timeout: auditTime });
      await dismissNotifications(page);
      await result.locator('summary').first().click();
      for (const theme of ['dark', 'light', 'hc-dark', 'hc-light']) {
        await setTheme(page, theme);
        await screenshot(page, `result-${theme}`);
        assert.deepEqual(await violations(result), [], theme);
      }
      await page.setViewportSize({ width: 420, height: 800 });
      await runCommand(page, 'View: Hide Primary Side Bar').catch(() =>
        runCommand(page, 'View: Toggle Primary Side Bar Visibility'),
      );
      await screenshot(page, 'result-narrow');
      const overflow = await result.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than its column`);
    } finally {
      await host.stop();
      await site.close();
    }
  });

  await test('a cancelled audit records nothing', async () => {
    const site = await serve(path.join(workspace, 'site'));
    const host = await startHost({ workspace, vsix });
    try {
      const page = await openWorkbench(browser, host);
      await chooseAddress(page, `${site.url}product.html`, 'product');
      const toast = await notification(page, /loading|examining/, { timeout: auditTime });
      await toast.getByRole('button', { name: 'Cancel' }).click();
      await toast.waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await page.getByText('No page has been audited here yet').waitFor();
      assert.throws(() => statSync(path.join(host.workspace, 'ux-audit/findings.json')), /ENOENT/);
    } finally {
      await host.stop();
      await site.close();
    }
  });

  await test('a server that is gone is named with what to do', async () => {
    const site = await serve(path.join(workspace, 'site'));
    await site.close();
    const host = await startHost({ workspace, vsix });
    try {
      const page = await openWorkbench(browser, host);
      await chooseAddress(page, site.url, 'gone');
      await notification(page, 'the connection was refused. Start the server, then try again.');
      await screenshot(page, 'refused');
    } finally {
      await host.stop();
    }
  });

  await test('an open HTML file is audited from its editor, served from the folder a person picks', async () => {
    const host = await startHost({ workspace, vsix, settings: { 'uxAudit.runs': 1 } });
    try {
      const page = await openWorkbench(browser, host);
      await treeItem(page, 'site').click();
      await treeItem(page, 'product.html').dblclick();
      await page.getByRole('button', { name: 'Audit This Page' }).first().click();
      await page.locator('.quick-input-widget').getByRole('option', { name: /^site/ }).click();
      const result = await webviewFrame(page, '.scores', { timeout: auditTime });
      await result.getByRole('heading', { name: 'product' }).waitFor();
      const { targets } = JSON.parse(readFileSync(path.join(host.workspace, 'ux-audit/findings.json'), 'utf8'));
      assert.deepEqual(targets.product, { kind: 'page', path: '/product.html', serve: { folder: 'site' } });
    } finally {
      await host.stop();
    }
  });

  await test('in an untrusted workspace audits are off, and the view says why', async () => {
    const host = await startHost({ workspace, vsix, trust: true });
    try {
      const page = await openWorkbench(browser, host);
      const no = page.getByRole('button', { name: /No, I don't trust/ });
      if (await no.isVisible({ timeout: 5000 }).catch(() => false)) await no.click();
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await page.getByText('Audits are off because this workspace is not trusted').waitFor();
      await screenshot(page, 'untrusted');
    } finally {
      await host.stop();
    }
  });

  await test('a record in conflict is left alone, named in the Problems panel, and the views keep the last good state', async () => {
    const host = await startHost({ workspace: path.join(root, 'test/fixtures/conflict'), vsix });
    try {
      const page = await openWorkbench(browser, host);
      const record = path.join(host.workspace, 'ux-audit/findings.json');
      const before = readFileSync(record, 'utf8');
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await page.getByText('unresolved merge conflict at line').first().waitFor();
      await runCommand(page, 'View: Toggle Problems');
      await page.locator('.markers-panel').getByText('unresolved merge conflict at line').waitFor();
      await screenshot(page, 'conflict');
      assert.equal(readFileSync(record, 'utf8'), before);
    } finally {
      await host.stop();
    }
  });
}
