import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  auditResult,
  dismissNotifications,
  eachTheme,
  expectFits,
  notification,
  pickQuickInput,
  root,
  runCommand,
  screenshot,
  treeItem,
  webviewFrame,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

const kinds = ['survey', 'sessions', 'analytics', 'customers', 'funnel'];

test.use({ settings: { 'uxAudit.runs': 1 } });

/** Audits one page of the sample shop, as a person on their first day would. */
async function firstAudit(page, site) {
  await runCommand(page, 'UX Audit: Audit a Page…');
  const input = page.locator('.quick-input-widget input.input');
  await input.fill(`${site.url}product.html`);
  await page
    .locator('.quick-input-widget')
    .getByRole('option', { name: /this address/ })
    .click();
  await page.getByText('is recorded under this name').waitFor();
  await input.fill('product');
  await page.keyboard.press('Enter');
  await auditResult(page);
}

/** Chooses a file in the dialog of the workbench, which reads its folder anew while one types. */
async function chooseFile(page, file) {
  const dialog = page.locator('.quick-input-widget');
  const input = dialog.locator('input.input');
  await dialog.getByText('Import a Table of Figures').waitFor();
  await dialog.locator('.monaco-list-row', { hasText: path.basename(file) }).waitFor();
  await input.fill(file);
  await dialog.locator('.monaco-list-row', { hasText: path.basename(file) }).click();
  await input.waitFor({ state: 'hidden' });
}

test('after one audit and the templates the impact view answers the five questions, in each theme and three widths', async ({
  page,
  folder,
  open,
  served,
}) => {
  const site = await served(path.join(root, 'media/sample-shop/flawed'));
  for (const kind of kinds)
    copyFileSync(path.join(root, `media/outcomes/${kind}.csv`), path.join(folder, `${kind}.csv`));
  await open();
  await firstAudit(page, site);
  await dismissNotifications(page);
  await page.getByRole('button', { name: /UX impact/ }).click(); // the status bar
  const impact = await webviewFrame(page, '.tiles');
  await runCommand(page, 'View: Close Other Editors in Group').catch(() => {});
  const panel = impact.getByRole('tabpanel');
  await expect(panel.locator('.answer')).toContainText(/product/i);
  await expect(panel.getByRole('button', { name: /^Go to code/ }).first()).toBeVisible();
  await screenshot(page, 'impact-first-day');

  for (const kind of kinds) {
    await impact.getByRole('button', { name: 'Import a table…' }).click();
    await chooseFile(page, path.join(folder, `${kind}.csv`));
    const form = impact.getByRole('region', { name: `Import ${kind}.csv` });
    if (kind === 'analytics') {
      await form.getByLabel('Currency').fill('EUR');
      await form.getByLabel('Currency').press('Tab');
      await expect(form.getByRole('cell', { name: /EUR/ }).first()).toBeVisible();
    }
    await expect(form.getByRole('button', { name: /^Import \d+ figures/ })).toBeVisible();
    if (kind === 'survey') await screenshot(page, 'impact-import');
    await form.getByRole('button', { name: /^Import \d+ figures/ }).click();
    await expect(impact.getByText(/figures recorded in outcomes\.json/)).toBeVisible();
  }
  const { values } = JSON.parse(readFileSync(path.join(folder, 'ux-audit/outcomes.json'), 'utf8'));
  expect(values['*/conversion_rate/2026-09-01..2026-09-30'].parts.n).toBe(41872);
  assert.doesNotMatch(JSON.stringify(values), /P7|Buy the lamp/);

  await expect(panel.locator('[data-tile="customers"]')).toContainText('NPS');
  await impact.getByRole('tab', { name: 'Chain' }).click();
  await panel.locator('[data-metric="conversion_rate"]').waitFor();
  await panel.locator('[data-metric="lcp"]').click();
  await expect(panel.locator('.detail-panel').getByText('SPD-C04')).toBeVisible();

  const heads = {
    Answer: 'What to fix first',
    'Fix first': 'Fix first, and why',
    Chain: 'One page or task',
    'What if': /^What if /,
    'Over time': /^Over time|since/,
    Claims: 'What you may claim',
  };
  await eachTheme(page, impact, async (theme, since) => {
    for (const [question, heading] of Object.entries(heads)) {
      await impact.getByRole('tab', { name: question }).click();
      await expect(panel.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible();
      await screenshot(page, `impact-${question.replaceAll(' ', '-').toLowerCase()}-${theme}`);
      assert.deepEqual(await violations(impact, since), [], `${question}, ${theme}`);
    }
  });
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  for (const width of [1400, 800, 370]) {
    await page.setViewportSize({ width, height: 900 });
    for (const question of Object.keys(heads)) {
      await impact.getByRole('tab', { name: question }).click();
      await expectFits(impact, `${question} at ${width} px`);
      await screenshot(page, `impact-${question.replaceAll(' ', '-').toLowerCase()}-${width}`);
    }
  }
  await page.setViewportSize({ width: 1400, height: 900 });

  await impact.getByRole('tab', { name: 'Over time' }).click();
  await panel.getByRole('button', { name: /^Record all as baseline/ }).click();
  await expect(panel.getByText(/No change shown/)).toBeVisible();
  assert.ok(existsSync(path.join(folder, 'ux-audit/measurements.json')));

  await impact.getByRole('tab', { name: 'Claims' }).click();
  await expect(panel.getByRole('heading', { name: 'What you may not claim' })).toBeVisible();
  await panel.getByRole('button', { name: /^Copy text: System Usability Scale/ }).click();
  await expect(impact.getByText('Copied.')).toBeVisible();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /Source: .*https:/);

  await impact.getByRole('tab', { name: 'Fix first' }).click();
  await panel.getByRole('button', { name: 'product' }).first().click();
  await webviewFrame(page, '#history');
});

test('figures are typed and collected, and the impact view follows their file', async ({
  page,
  context,
  folder,
  open,
}) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('the impact view follows the files, and names one that it cannot read', async () => {
    await expect(treeItem(page, /./).or(page.getByText('No page has been audited here yet')).first()).toBeVisible();
    await runCommand(page, 'UX Audit: Show Impact');
    const impact = await webviewFrame(page, '[role=tablist]');
    await expect(impact.getByText('Nothing is known yet.')).toBeVisible();
    await impact.getByRole('tab', { name: 'Chain' }).click();
    await impact.getByRole('button', { name: 'Type a figure…' }).click();
    await impact.getByLabel(/^Value/).fill('12');
    await impact.getByLabel('First day of its period').fill('2026-07-01');
    await impact.getByLabel('Last day').fill('2026-09-30');
    await impact.getByLabel(/^n:/).fill('412');
    await impact.getByLabel('Where it comes from').fill('survey');
    await impact.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(impact.getByRole('button', { name: /^Net Promoter Score.*\+12/ })).toBeVisible();

    const file = path.join(folder, 'ux-audit/outcomes.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}<<<<<<< HEAD\n`);
    await expect(impact.getByText(/outcomes\.json has an unresolved merge conflict/)).toBeVisible();
    writeFileSync(file, text.replace('"value": 12', '"value": 13'));
    await expect(impact.getByRole('button', { name: /^Net Promoter Score.*\+13/ })).toBeVisible();
    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('a survey made in the editor is answered, collected here, and imported without mapping a column', async () => {
    await runCommand(page, 'UX Audit: Make a Survey…');
    await pickQuickInput(page, /^Single Ease Question/);
    await pickQuickInput(page, /^To this machine/);
    const dialog = page.locator('.quick-input-widget');
    await dialog.getByText('Where to Write the Survey').waitFor();
    await expect(dialog.locator('input.input')).toHaveValue(/survey-seq\.html$/);
    await dialog.locator('input.input').press('Enter');
    const collecting = await notification(page, 'collecting answers in answers');
    for (const answer of ['6', '7', '5', '6', '4']) {
      const survey = await context.newPage();
      await survey.goto('http://127.0.0.1:8737/');
      await survey.getByRole('radio', { name: answer }).check();
      await survey.getByRole('button', { name: 'Send' }).press('Enter');
      await survey.getByText(/Thank you/).waitFor();
      await survey.close();
    }
    await page.bringToFront();
    await expect(collecting).toContainText('5 answers');
    await screenshot(page, 'survey-collecting');
    await collecting.getByRole('button', { name: 'Cancel' }).click();
    const collected = await notification(page, /5 answers in /);
    expect(readFileSync(path.join(folder, 'ux-audit/answers/.gitignore'), 'utf8')).toBe('*\n');
    await collected.getByRole('button', { name: 'Import Them…' }).click();
    const impact = await webviewFrame(page, '.tiles');
    const form = impact.getByRole('region', { name: /^Import seq/ });
    await form.getByRole('button', { name: /^Import 1 figure/ }).click();
    await expect(impact.getByText('1 figure recorded in outcomes.json')).toBeVisible();
    const { values } = JSON.parse(readFileSync(path.join(folder, 'ux-audit/outcomes.json'), 'utf8'));
    const seq = Object.values(values).filter(({ metric }) => metric === 'seq');
    expect(seq).toMatchObject([{ value: 5.6, n: 5 }]);
    expect(Object.keys(values)).toHaveLength(2); // with the one that was typed
    await expect(impact.locator('[data-tile="ease"]')).toContainText('5.6');
  });
});
