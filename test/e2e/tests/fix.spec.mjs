import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from '../fixtures.mjs';
import {
  auditResult,
  clickInTree,
  notification,
  openFromTree,
  phaseMs,
  recordOf,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
} from '../harness.mjs';

/** No clock decides what is mended here. */
const settings = { 'uxAudit.runs': 1, 'uxAudit.categories': ['accessibility'] };
test.use({ settings });

test('an open HTML file is audited from its editor, and what is found leads to its line and to a fix', async ({
  page,
  folder,
  open,
}) => {
  const file = path.join(folder, 'site/product.html');
  const written = readFileSync(file, 'utf8');
  await open();
  await treeItem(page, 'site').click();
  await treeItem(page, 'product.html').dblclick();
  await page.getByRole('button', { name: 'Audit This Page' }).first().click();
  await page.locator('.quick-input-widget').getByRole('option', { name: /^site/ }).click();
  const result = await auditResult(page);
  await expect(result.getByRole('heading', { name: 'product' })).toBeVisible();
  expect(recordOf(folder).targets.product).toEqual({ kind: 'page', path: '/product.html', serve: { folder: 'site' } });
  await test.step('findings are marked in the code when a person asks for it, and fixed from there', async () => {
    await expect(page.locator('.squiggly-warning')).toHaveCount(0);
    await runCommand(page, 'UX Audit: Show Findings in Code');
    const problem = treeItem(page, /Page language missing/);
    await problem.waitFor();
    await screenshot(page, 'marks-in-code');
    await problem.dblclick();
    await expect(page.locator('.squiggly-warning').first()).toBeVisible();
    await expect(page.locator('.monaco-editor.focused .squiggly-warning').first()).toBeVisible();
    const fix = page.locator('.action-widget').getByText('Set the language of the page…');
    // VS Code shows no menu, or one without the fix, while the file's language is still starting
    await expect(async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      await expect(fix).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await fix.click();
    await typeQuickInput(page, 'Set the language of the page', 'en');
    const question = await notification(page, 'Set the language of the page in site/product.html?');
    await question.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('<html lang="en">');
    await runCommand(page, 'UX Audit: Hide Findings in Code');
    await expect(page.locator('.squiggly-warning')).toHaveCount(0);
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+End'); // where the file is opened again unless something leads elsewhere
    await expect(page.getByText(/^Ln \d{2}/)).toBeVisible();
    await runCommand(page, 'View: Close All Editors');
    writeFileSync(file, written);
  });
  await test.step('from a finding to its line, and to a fix that is seen before it is done', async () => {
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    const finding = await openFromTree(page, /^Page language missing/, '#history');
    await finding.getByRole('button', { name: 'Go to Code', exact: true }).click();
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((text) => text.startsWith('<html')) + 1;
    await expect(page.getByText(`Ln ${line}, Col 1`)).toBeVisible();

    const fix = finding.getByRole('button', { name: /^Set the language of the page/ });
    await clickInTree(page, /^Page language missing/, fix);
    await fix.click();
    await typeQuickInput(page, 'Set the language of the page', 'en');
    const question = await notification(page, 'Set the language of the page in site/product.html?');
    await page.getByText('<html lang="en">').first().waitFor();
    await screenshot(page, 'fix-preview');
    expect(readFileSync(file, 'utf8')).not.toContain('<html lang');
    await question.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('<html lang="en">');
    const before = readFileSync(path.join(folder, 'ux-audit/findings.json'), 'utf8').split('\n');
    await finding.getByRole('button', { name: 'Check Again', exact: true }).click();
    await notification(page, '“Page language missing” is fixed.', { timeout: phaseMs });
    expect(recordOf(folder).findings['product/lighthouse/html-has-lang'].state.status).toBe('fixed');
    const after = readFileSync(path.join(folder, 'ux-audit/findings.json'), 'utf8').split('\n');
    expect(after.filter((text, row) => text !== before[row])).toHaveLength(1);
  });
});

test.describe(() => {
  test.use({ settings: { ...settings, 'uxAudit.auditOnSave': true } });

  test('a page in work is audited when it is saved, and a finding that is mended says so', async ({
    page,
    folder,
    open,
  }) => {
    await open();
    await treeItem(page, 'site').click();
    await treeItem(page, 'product.html').dblclick();
    await page.getByRole('button', { name: 'Audit This Page' }).first().click();
    await page.locator('.quick-input-widget').getByRole('option', { name: /^site/ }).click();
    await auditResult(page);
    const stateOf = () => recordOf(folder).findings['product/lighthouse/html-has-lang'].state;
    expect(stateOf().status).toBe('open');
    await page.locator('.view-line', { hasText: '<html>' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(' lang="en');
    await runCommand(page, 'File: Save');
    await expect.poll(() => stateOf().status, { timeout: phaseMs }).toBe('fixed');
    await expect(page.locator('.notifications-toasts .notification-list-item')).toHaveCount(0);
  });
});

test.describe(() => {
  test.use({ settings: { 'uxAudit.runs': 1, 'uxAudit.categories': ['best-practices'] } });

  test('from an error in a built script to the line that was written', async ({ page, folder, open }) => {
    const source = "const price: number = 12;\n\nconsole.log(price);\nthrow new Error('no card reader');\n";
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'src/pay.ts'), source);
    await build({
      entryPoints: [path.join(folder, 'src/pay.ts')],
      outfile: path.join(folder, 'built/pay.js'),
      bundle: true,
      minify: true,
      sourcemap: true,
    });
    writeFileSync(
      path.join(folder, 'built/pay.html'),
      '<!doctype html><title>Pay</title><h1>Pay</h1><script src="pay.js"></script>',
    );
    await open();
    await treeItem(page, 'built').click();
    await treeItem(page, 'pay.html').dblclick();
    await page.getByRole('button', { name: 'Audit This Page' }).first().click();
    await page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /^built/ })
      .click();
    await auditResult(page);
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    const finding = await openFromTree(page, /^Errors in the console/, '#history');
    await finding.getByRole('button', { name: /^Go to code: src\/pay\.ts:4, through the source map/ }).click();
    await expect(page.getByRole('tab', { name: /^pay\.ts/ })).toBeVisible();
    await expect(page.getByText('Ln 4, Col 7')).toBeVisible();
  });
});
