import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workbenchUrl } from '../../hosts/server.mjs';
import { expect, test } from '../fixtures.mjs';
import {
  dismissNotifications,
  phaseMs,
  pickQuickInput,
  recordOf,
  root,
  runCommand,
  screenshot,
  sitDown,
  webviewFrame,
} from '../harness.mjs';

test.use({ viewport: { width: 1600, height: 900 } });

const items = Array.from({ length: 10 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`);

/** What each person finds: by item, in words, its severity, and the words by which they find its place. */
const found = {
  ana: {
    H02: ['“Flash” and “Earnings (Annual)” are no words of customers', '2', 'earnings'],
    H10: ['Nothing on the page explains the figures', '3', 'dashboard'],
  },
  bo: {
    H04: ['Headings of cards look like links', '1', 'earnings overview'],
    H08: ['Four cards of one colour hide what matters', '3', 'tasks'],
  },
};

/** Does what a person does who has the page before them, and shows where each problem is. */
async function evaluate(page, handle, problems) {
  await runCommand(page, 'UX Audit: Evaluate a Page…');
  await page.locator('.quick-input-widget').getByText('Which Pages or Journeys').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await pickQuickInput(page, "Nielsen's 10");
  const form = await webviewFrame(page, `.head:has-text("· ${handle}")`);
  await form.locator('#item').focus();
  await page.keyboard.press('b');
  await form.getByRole('region', { name: /^Picture of/ }).waitFor({ timeout: phaseMs });
  for (const item of items) {
    await expect(form.locator('#item').getByText(item)).toBeVisible();
    const [title, severity, words] = problems[item] ?? [];
    if (title === undefined) await page.keyboard.press('p');
    else {
      await page.keyboard.press('f');
      await page.keyboard.type(title);
      await page.keyboard.press('Escape');
      await page.keyboard.press(severity);
      const search = form.getByRole('combobox', { name: /Find an element/ });
      await search.fill(words);
      await search.press('Enter');
      await form.getByRole('button', { name: 'Attach the picture…' }).click();
      await form.getByRole('heading', { name: 'Attach this picture?' }).waitFor();
      await form.getByRole('button', { name: 'Attach', exact: true }).click();
      await form.getByRole('heading', { name: 'Attach this picture?' }).waitFor({ state: 'detached' });
      await form.locator('#item').focus();
    }
    await page.keyboard.press('j');
  }
  await expect(form.getByText('10 of 10')).toBeVisible();
  await form.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of dashboard?')).toBeVisible();
  await page.keyboard.press('Enter');
  return form;
}

/** Rates a problem of somebody else in the list of problems to rate. */
async function rate(form, title, word) {
  const card = form.getByRole('listitem').filter({ hasText: title });
  await card.getByRole('button', { name: word }).click();
  return card;
}

test('two people evaluate a real site with pictures, discuss, agree, and print a report', async ({
  page,
  host,
  folder,
  context,
}) => {
  const site = path.join(root, 'node_modules/startbootstrap-sb-admin-2');
  for (const part of ['css', 'img', 'js', 'vendor', 'index.html'])
    cpSync(path.join(site, part), path.join(folder, 'site', part), { recursive: true });
  const dashboard = { kind: 'page', path: '/index.html', serve: { folder: 'site' } };
  mkdirSync(path.join(folder, 'ux-audit'), { recursive: true });
  const record = { schemaVersion: 1, targets: { dashboard }, evaluations: {}, findings: {} };
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(record));
  const openAs = async (handle) => {
    sitDown(host, handle);
    await page.goto(workbenchUrl(host, { folder }));
    await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    await runCommand(page, 'View: Close All Editors'); // a form of the person before may have come back
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
  };

  await openAs('ana');
  await evaluate(page, 'ana', found.ana);
  await openAs('bo');
  const form = await evaluate(page, 'bo', found.bo);
  const card = await rate(form, found.ana.H02[0], /minor/);
  await rate(form, found.ana.H10[0], /major/);
  await card.getByText(/^Discussion/).click();
  await card.getByLabel('Add a remark').fill('Our customers do say “earnings”; “flash” nobody does.');
  await card.getByLabel('Add a remark').press('Control+Enter');
  await expect(card.getByText('Our customers do say')).toBeVisible();
  await dismissNotifications(page);

  await openAs('ana');
  await runCommand(page, 'UX Audit: My Work');
  const work = await webviewFrame(page, 'h1');
  await work.getByRole('button', { name: /Rate/ }).first().click();
  const hers = await webviewFrame(page, '.rating');
  await rate(hers, found.bo.H04[0], /minor/);
  await rate(hers, found.bo.H08[0], /major/);
  await expect(hers.getByText('4 of 4 rated')).toBeVisible();
  await hers.getByRole('button', { name: 'Together' }).click();
  for (const [title, severity] of [...Object.values(found.ana), ...Object.values(found.bo)])
    await hers.getByLabel(`Agreed severity of: ${title}`).selectOption(severity);
  const agreed = () => Object.values(recordOf(folder).findings).map(({ state }) => state.consensus?.severity);
  await expect.poll(() => agreed().sort()).toEqual([1, 2, 3, 3]);
  await screenshot(page, 'together-agreed');

  await hers.getByRole('button', { name: 'Export…' }).click();
  await pickQuickInput(page, 'Report');
  await page.locator('.quick-input-widget').getByText('Export Evaluation (2/2)').first().waitFor();
  await page.keyboard.press('Enter');
  const report = path.join(folder, 'nielsen-10-dashboard-ana.html');
  await expect.poll(() => existsSync(report)).toBe(true);
  const paper = await context.newPage();
  await paper.goto(`file://${report}`);
  for (const [title] of [...Object.values(found.ana), ...Object.values(found.bo)])
    await expect(paper.getByText(title).first()).toBeVisible();
  await expect(paper.locator('img')).toHaveCount(4);
  await paper.pdf({ path: path.join(root, 'test-output/evaluation-report.pdf'), format: 'A4', printBackground: true });
  assert.equal(Object.values(recordOf(folder).findings).flatMap(({ evidence = [] }) => evidence).length, 4);
  await paper.close();
});
