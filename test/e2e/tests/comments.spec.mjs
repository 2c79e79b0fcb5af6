import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { notification, quickInputItem, recordOf, runCommand, typeQuickInput, webviewFrame } from '../harness.mjs';

test.use({ fixture: 'triage' });

test('comments of a file become a problem with a title of one’s own, and stay out of the record', async ({
  page,
  folder,
  open,
}) => {
  writeFileSync(path.join(folder, 'said.txt'), 'Where do I pay? $(trash)\nNo way to pay\nLovely\n');
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
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
  await typeQuickInput(page, 'Paying is hard to find');
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
