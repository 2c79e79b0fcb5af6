import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../browserAlone.mjs';
import {
  asked,
  eachTheme,
  extensionHosts,
  notification,
  openFromTree,
  recordOf,
  root,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
  webviewFrame,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

test.use({ fixture: 'triage' });

async function pickRow(page, text) {
  await page.keyboard.type(text);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
  await page.keyboard.press('Enter');
}

test('a folder that only a browser reaches is read and decided about, and reports are written into it', async ({
  page,
  folder,
  open,
}) => {
  const file = path.join(folder, 'ux-audit/findings.json');
  copyFileSync(path.join(root, 'media/icon.png'), path.join(folder, 'lamp.png'));
  await open('ana');
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('a picture is attached, and a report is written', async () => {
    const frame = await openFromTree(page, /^Contrast too low/, '.card');
    await frame.getByRole('button', { name: 'Add picture', exact: true }).press('Enter');
    await asked(page, 'Attach an Image'); // its folder is one of the machine that the person sits at, or of its server
    const lamp = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'lamp.png' });
    await expect(async () => {
      // what is typed while the dialog still reads a folder comes behind the name of that folder
      await page.locator('.quick-input-widget input.input').fill(path.join(folder, 'lamp.png'));
      await expect(lamp).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await lamp.click();
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    const picture = frame.getByRole('img', { name: /^Attached to/ });
    await expect.poll(() => picture.evaluate(({ naturalWidth }) => naturalWidth)).toBeGreaterThan(0);
    const [kept] = recordOf(folder).findings['home/lighthouse/color-contrast'].evidence;
    const bytes = (file) => readFileSync(path.join(folder, file)).toString('base64');
    assert.equal(bytes(`ux-audit/${kept}`), bytes('lamp.png'));

    await runCommand(page, 'UX Audit: Export Findings…');
    await page.getByRole('option', { name: /^HTML report/ }).click();
    await asked(page, 'Export Findings as HTML report');
    await page.keyboard.press('Enter');
    const done = await notification(page, 'Exported to ux-findings.html');
    const report = readFileSync(path.join(folder, 'ux-findings.html'), 'utf8');
    assert.ok(report.includes('Contrast too low') && report.includes(bytes('lamp.png')));
    await done.getByRole('button', { name: 'Open' }).click();
    await webviewFrame(page, 'h1:has-text("UX findings")');
    await screenshot(page, 'web-report');

    await runCommand(page, 'UX Audit: Export Impact as HTML…');
    await asked(page, 'Export the Impact View');
    await page.keyboard.press('Enter');
    await notification(page, 'Wrote ux-impact.html');
    assert.match(readFileSync(path.join(folder, 'ux-impact.html'), 'utf8'), /url\(data:font\/ttf;base64,/);
    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('the folder is read and decided about, and audits say where they run', async () => {
    const row = treeItem(page, /^home/);
    await row.hover();
    await expect(row.getByRole('button', { name: 'Audit' })).toHaveCount(0);
    const frame = await openFromTree(page, /^Image without alt text, severity major \(3 of 4\), 1 on home/, '#history');
    await expect(frame.getByRole('heading', { name: 'Image without alt text' })).toBeVisible();
    await expect(frame.getByText('git cannot be asked in this window')).toBeVisible();
    await expect(frame.getByRole('button', { name: 'Check Again' })).toHaveCount(0);

    // somebody else changes the record meanwhile
    const before = recordOf(folder);
    before.findings['home/lighthouse/meta-description'].note = 'Written elsewhere.';
    writeFileSync(file, JSON.stringify(before, null, 2));
    await frame.getByRole('button', { name: 'Accept Until…' }).press('Enter');
    await page.getByRole('option', { name: /^This page/ }).click();
    await typeQuickInput(page, 'Accept Finding: Why?', 'the shop is redrawn in spring');
    await typeQuickInput(page, 'Accept Finding: Until When?', '2099-03-01');
    await page.getByRole('option', { name: /Reopen when there are more than 1 place/ }).click();
    await expect(frame.getByText('accepted by ana')).toBeVisible();
    const { findings } = recordOf(folder);
    assert.equal(findings['home/lighthouse/image-alt'].state.status, 'accepted');
    assert.equal(findings['home/lighthouse/meta-description'].note, 'Written elsewhere.');
    await expect
      .poll(() => readFileSync(path.join(folder, 'ux-audit/findings.md'), 'utf8'))
      .toMatch(/accepted by ana until 2099-03-01/);
    assert.deepEqual(readdirSync(path.dirname(file)).sort(), [
      '.gitattributes',
      '.gitignore',
      'evidence',
      'findings.json',
      'findings.md',
    ]);
    await screenshot(page, 'web-finding');

    await runCommand(page, 'UX Audit: Audit a Page…');
    const said = page.getByRole('dialog', { name: /“Audit a Page…” does not run in this window/ });
    await expect(said).toContainText('Open the project in VS Code there');
    await screenshot(page, 'web-audit');
    await page.keyboard.press('Escape');
    await expect(said).toBeHidden();

    await runCommand(page, 'UX Audit: Show Impact');
    const impact = await webviewFrame(page, '.tiles, .answer');
    await expect(impact.getByRole('heading').first()).toBeVisible();
    await screenshot(page, 'web-impact');
    assert.deepEqual(await violations(impact), []);

    await runCommand(page, 'UX Audit: Open Record');
    await expect(page.getByRole('button', { name: 'Show finding' }).first()).toBeVisible();
    writeFileSync(file, '{ "schemaVersion": 1, "targets": ');
    const other = await openFromTree(page, /^Contrast too low/, '.card');
    await other.getByRole('button', { name: 'Mark as Fixed' }).press('Enter');
    await expect(other.getByText('findings.json ends too early')).toBeVisible();
    assert.equal(readFileSync(file, 'utf8'), '{ "schemaVersion": 1, "targets": ');
  });
});

/** Answers the two items of the checklist: the first one fails, with a problem. */
async function evaluate(page, frame, problem) {
  await frame.locator('#item').focus();
  await page.keyboard.press('f');
  await page.keyboard.type(problem);
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await expect(frame.getByRole('button', { name: '3 major', pressed: true })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await expect(frame.getByText('2 of 2', { exact: true })).toBeVisible();
  await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
  await page.keyboard.press('Enter');
}

test('two people make a checklist, evaluate with it, rate, agree, and are told how to send it', async ({
  page,
  folder,
  open,
}) => {
  await open('ana');
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await runCommand(page, 'UX Audit: New Checklist…');
  await asked(page, 'New Checklist: Title (1/2)');
  await page.keyboard.type('House rules');
  await page.keyboard.press('Enter');
  await asked(page, 'New Checklist: Start from What? (2/2)');
  await pickRow(page, 'Write the questions');
  const checklist = await webviewFrame(page, '#add');
  const focused = () => checklist.locator('html').evaluate(() => document.activeElement?.id ?? '');
  await expect.poll(focused).toMatch(/^field-new-1-title$/);
  await page.keyboard.type('Price first');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Is the price shown before anything is asked?');
  await page.keyboard.press('Control+Enter');
  await expect.poll(focused).toBe('field-new-2-title');
  await page.keyboard.type('Way back');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Can people go back without losing what they typed?');
  await expect(checklist.getByText('2 items · version 1 · saved')).toBeVisible();
  await screenshot(page, 'web-checklist');

  const begin = async () => {
    await runCommand(page, 'UX Audit: Evaluate a Page…');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await asked(page, 'Evaluate: With Which Checklist? (2/2)');
    await pickRow(page, 'House rules');
    return webviewFrame(page, 'text=0 of 2');
  };
  let frame = await begin();
  await evaluate(page, frame, 'The price comes at the end');
  await expect(frame.getByText('1 of 1 rated')).toBeVisible();
  await expect.poll(() => recordOf(folder).evaluations['home/house-rules/ana']?.state.status).toBe('submitted');

  // the other evaluator, in a window of their own
  await open('bo');
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await runCommand(page, 'UX Audit: My Work');
  const work = await webviewFrame(page, '.answer');
  await expect(work.locator('.answer')).toContainText('open for you');
  await screenshot(page, 'web-work');
  frame = await begin();
  await expect(frame.getByText('The price comes at the end')).toHaveCount(0);
  await evaluate(page, frame, 'Fees are hidden until payment');
  await expect(frame.getByText('1 of 2 rated')).toBeVisible();
  const card = frame.getByRole('listitem').filter({ hasText: 'The price comes at the end' });
  await card.getByRole('button', { name: /catastrophe/ }).click();
  await expect(frame.getByText('2 of 2 rated')).toBeVisible();
  await frame.getByRole('button', { name: 'Together' }).click();
  await expect(frame.getByText('2 evaluators have submitted')).toBeVisible();
  await frame.getByLabel('Agreed severity of: The price comes at the end').selectOption('3 major');
  await expect(frame.getByText(/noted by bo on/)).toBeVisible();
  const problems = Object.values(recordOf(folder).findings).filter(({ kind }) => kind === 'heuristic');
  assert.deepEqual(problems.map(({ title }) => title).sort(), [
    'Fees are hidden until payment',
    'The price comes at the end',
  ]);
  const agreed = problems.find(({ title }) => title === 'The price comes at the end');
  assert.equal(agreed.state.consensus.severity, 3);
  assert.deepEqual(Object.keys(agreed.ratings).sort(), ['ana', 'bo']);
  await eachTheme(page, frame, async (theme, since) => {
    await screenshot(page, `web-together-${theme}`);
    assert.deepEqual(await violations(frame, since), [], theme);
  });

  await runCommand(page, 'UX Audit: Send for Review…');
  const question = page.getByRole('dialog', { name: /Send your evaluation for review/ });
  await expect(question).toContainText('Open Source Control');
  await screenshot(page, 'web-send');
  await question.getByRole('button', { name: 'Open Source Control' }).click();
  await expect(page.getByRole('tab', { name: /^Source Control/, selected: true })).toBeVisible();
});

test('a folder that is on no disk is read in a window with a machine, too', async ({ page, folder, open, host }) => {
  await open('ana', false);
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  const frame = await openFromTree(page, /^Contrast too low/, '.card');
  await frame.getByRole('button', { name: 'Mark as Fixed' }).press('Enter');
  await expect.poll(() => recordOf(folder).findings['home/lighthouse/color-contrast'].state.status).toBe('fixed');
  expect(extensionHosts(host).length).toBeGreaterThan(0);
});

test.describe('without a record', () => {
  test.use({ fixture: 'workspace' });

  test('a page is added by its address and evaluated, which begins the record', async ({ page, folder, open }) => {
    await open('ana');
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await expect(page.getByText('Audits run in VS Code on a computer')).toBeVisible();
    await screenshot(page, 'web-welcome');
    await runCommand(page, 'UX Audit: Evaluate a Page…');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await asked(page, 'Add Page');
    await pickRow(page, 'https://shop.example/checkout');
    await asked(page, 'Name of the New Page');
    await page.keyboard.press('Enter');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    await page.keyboard.press('Enter');
    await asked(page, 'Evaluate: With Which Checklist? (2/2)');
    await pickRow(page, "Nielsen's 10");
    const frame = await webviewFrame(page, '#item');
    await page.keyboard.press('p');
    await expect
      .poll(() => recordOf(folder).evaluations['checkout/nielsen-10/ana']?.answers.H01)
      .toEqual({
        verdict: 'pass',
      });
    await expect(frame.getByText('1 of 10')).toBeVisible();
    await screenshot(page, 'web-form');
    assert.deepEqual(await violations(frame), []);
  });
});
