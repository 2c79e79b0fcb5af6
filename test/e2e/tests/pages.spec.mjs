import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  chooseInMenu,
  notification,
  phaseMs,
  recordOf,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
  webviewFrame,
} from '../harness.mjs';

test.use({ fixture: 'triage', settings: { 'uxAudit.runs': 1 } });

test('pages are renamed, removed, audited as a person says, grouped by template, and explained by a walkthrough', async ({
  page,
  folder,
  open,
}) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('a page is renamed with its findings, and removed and taken back', async () => {
    await chooseInMenu(page, treeItem(page, /^home/), 'Rename…');
    await typeQuickInput(page, 'Rename home', 'front-page');
    await expect(treeItem(page, /^front-page/)).toBeVisible();
    expect(recordOf(folder).findings['front-page/lighthouse/image-alt'].target).toBe('front-page');
    const before = recordOf(folder);
    await chooseInMenu(page, treeItem(page, /^front-page/), 'Remove');
    await page.getByText('5 findings and 0 evaluations go with it').waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const toast = await notification(page, 'front-page was removed.');
    expect(recordOf(folder).findings).toEqual({});
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => recordOf(folder)).toEqual(before);
  });
  await test.step('how a page is audited is asked at the start and remembered; all pages are audited at once', async () => {
    await chooseInMenu(page, treeItem(page, /^front-page/), 'Audit As…');
    await page.getByRole('option', { name: /^Desktop/ }).click();
    await page.getByRole('option', { name: /^1 run/ }).click();
    const result = await webviewFrame(page, '.scores', { patience: phaseMs });
    await expect(result.getByText(/simulated desktop · desktop · 1 run/)).toBeVisible();
    await expect(treeItem(page, /^front-page, LCP .*desktop, 1 run/)).toBeVisible();
    await runCommand(page, 'UX Audit: Audit All Pages');
    await result.getByText('Runs kept on this machine').waitFor({ timeout: phaseMs });
    await screenshot(page, 'pages');
    expect(recordOf(folder).findings['front-page/lighthouse/image-alt'].state.seenIn).toEqual([
      'local/desktop',
      'local/mobile',
    ]);
  });
  await test.step('many pages of one template are a group, which is audited as one; the few pages of before are none', async () => {
    await expect(treeItem(page, /^front-page/)).toBeVisible();
    const file = path.join(folder, 'ux-audit/findings.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    const { serve } = record.targets['front-page'];
    for (let number = 1; number <= 10; number += 1)
      record.targets[`lamp-${number}`] = { kind: 'page', path: `/product/${number}`, serve };
    writeFileSync(file, JSON.stringify(record));
    const group = treeItem(page, /^Group \/product\/\*, 10 pages · 10 not audited here yet/);
    await expect(group).toBeVisible();
    await expect(treeItem(page, /^front-page/)).toBeVisible();
    await expect(treeItem(page, /^lamp-3/)).toBeHidden();
    await group.click();
    await page.keyboard.press('ArrowRight');
    await expect(treeItem(page, /^lamp-3/)).toBeVisible();
    await runCommand(page, 'UX Audit: Audit a Group of Pages…');
    await expect(page.getByRole('option', { name: /^\/product\/\*, 10 pages/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });
  await test.step('the walkthrough leads from a page to what is shared', async () => {
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await page.getByRole('option', { name: /Find What Is Wrong on a Page/ }).click();
    await expect(page.getByText('Audit the page you are working on').first()).toBeVisible();
    await screenshot(page, 'walkthrough');
  });
});

test.describe(() => {
  test.use({ fixture: 'production' });

  test('the production build is proposed, confirmed once, built, served and audited', async ({
    page,
    folder,
    open,
  }) => {
    await open();
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await chooseInMenu(page, treeItem(page, /^home/), 'Build, Serve and Audit…');
    const input = page.locator('.quick-input-widget input.input');
    await expect(input).toHaveValue('npm run build && npm run preview');
    await input.press('Enter');
    await expect(input).toHaveValue('http://localhost:47183/');
    await input.press('Enter');
    const result = await webviewFrame(page, '.scores', { patience: phaseMs });
    await expect(result.getByText('http://localhost:47183/')).toBeVisible();
    expect(recordOf(folder).targets.home.serve).toEqual({
      command: 'npm run build && npm run preview',
      url: 'http://localhost:47183/',
    });
    expect(recordOf(folder).findings['home/lighthouse/document-title']).toBeUndefined();
    expect(recordOf(folder).findings['home/lighthouse/meta-description'].state.status).toBe('open');
  });
});
