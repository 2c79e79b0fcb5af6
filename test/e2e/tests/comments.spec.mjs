import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { notification, quickInputItem, recordOf, runCommand, typeQuickInput, webviewFrame } from '../harness.mjs';

test.use({ fixture: 'triage' });

test('what customers say is joined with findings, in the editor and by keyboard', async ({ page, folder, open }) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('comments of a file become a problem with a title of one’s own, and stay out of the record', async () => {
    writeFileSync(path.join(folder, 'said.txt'), 'Where do I pay? $(trash)\nNo way to pay\nLovely\n');
    await runCommand(page, 'UX Audit: Group Comments…');
    const widget = page.locator('.quick-input-widget');
    const input = widget.locator('input.input');
    await widget.getByText('Import What Customers Wrote').waitFor();
    const file = widget.locator('.monaco-list-row', { hasText: 'said.txt' });
    await file.waitFor();
    await input.fill(path.join(folder, 'said.txt'));
    await file.click();

    await widget.getByText('Group Comments: Which Say the Same').waitFor();
    const row = (text) => widget.locator('.monaco-list-row', { hasText: text });
    await expect(row('Where do I pay? $ (trash)')).toBeVisible(); // no icon is drawn
    await input.fill('pay');
    await expect(row('Lovely')).toHaveCount(0);
    await widget.getByRole('checkbox', { name: 'Toggle all checkboxes' }).check();
    await page.keyboard.press('Enter');
    await widget.getByText('In your own words').waitFor();
    await typeQuickInput(page, 'Group Comments: What Is Wrong', 'Paying is hard to find');
    await widget.getByText('Group Comments: Page or Journey').waitFor();
    await page.keyboard.press('Enter');
    await widget.getByText('Group Comments: Severity').waitFor();
    await quickInputItem(page, /^3/).click();

    await notification(page, /2 comments grouped\. The problem has 2 now/);
    const found = Object.values(recordOf(folder).findings).find(({ kind }) => kind === 'reported');
    assert.equal(found?.comments, 2);
    assert.equal(found?.state.severity, 3);
    assert.doesNotMatch(readFileSync(path.join(folder, 'ux-audit/findings.json'), 'utf8'), /Where do I|No way/);
    await page.getByRole('button', { name: 'Show the Problem' }).click();
    const finding = await webviewFrame(page, '#history');
    await expect(finding.getByText('said by customers, 2 comments')).toBeVisible();
  });
  await test.step('a reason for leaving is joined with findings on the impact page', async () => {
    const file = path.join(folder, 'ux-audit/outcomes.json');
    const left = { metric: 'churn_reasons', from: '2026-09-01', to: '2026-09-30', value: 54, on: '2026-10-01' };
    const figure = {
      ...left,
      parts: { search: 14, '$(trash)': 40 },
      n: 54,
      basis: 'imported',
      source: 'customers.csv',
    };
    writeFileSync(
      file,
      JSON.stringify({ schemaVersion: 1, values: { '*/churn_reasons/2026-09-01..2026-09-30': figure } }),
    );
    await runCommand(page, 'UX Audit: Show Impact');
    const impact = await webviewFrame(page, '[role=tablist]');
    await impact.getByRole('button', { name: 'Which findings are these about?' }).press('Enter');
    await impact.getByRole('button', { name: 'Choose findings: $(trash)' }).press('Enter');
    const widget = page.locator('.quick-input-widget');
    await widget.getByText('Customers Left Because of').waitFor();
    await expect(widget.getByText('“$ (trash)”')).toBeVisible(); // no icon is drawn
    await page.keyboard.press('Escape');
    await impact.getByRole('button', { name: 'Choose findings: search' }).press('Enter');
    await widget.getByText('“search”').waitFor();
    await widget.locator('.monaco-list-row').first().getByRole('checkbox').check();
    await widget.getByRole('button', { name: 'OK' }).press('Enter');
    await expect(impact.getByText('search is about 1 finding now.')).toBeVisible();
    const { reasons } = JSON.parse(readFileSync(file, 'utf8'));
    assert.ok(recordOf(folder).findings[reasons.search.findings[0]]);
    assert.deepEqual(Object.keys(reasons), ['search']);
  });
});
