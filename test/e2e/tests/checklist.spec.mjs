import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  asked,
  clickInTree,
  eachTheme,
  recordOf,
  runCommand,
  screenshot,
  treeItem,
  webviewFrame,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

/** Begins a checklist with the keyboard alone. @param start a part of the row to start from */
async function begin(page, title, start) {
  await runCommand(page, 'UX Audit: New Checklist…');
  await asked(page, 'New Checklist: Title (1/2)');
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await asked(page, 'New Checklist: Start from What? (2/2)');
  await page.keyboard.type(start);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: start }).first().waitFor();
  await page.keyboard.press('Enter');
}

const focused = (frame) => frame.locator('html').evaluate(() => document.activeElement?.id ?? '');
const fileOf = (folder) => path.join(folder, 'ux-audit/checklists/house-rules.json');
const checklistOf = (folder) => JSON.parse(readFileSync(fileOf(folder), 'utf8'));

const five = [
  ['One primary action', 'Is exactly one button styled as the main one?'],
  ['Price first', 'Is the price shown before anything is asked?'],
  ['Short labels', 'Are labels at most three words long?'],
  ['Errors help', 'Does each message say what to do next?'],
  ['Way back', 'Can people go back without losing what they typed?'],
];

test.use({ fixture: 'triage' });

test('a checklist of five items is made by keyboard alone, previewed, and a page is evaluated with it', async ({
  page,
  folder,
  open,
}) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await begin(page, 'House rules', 'Write the questions');
  const frame = await webviewFrame(page, '#add');
  await expect.poll(() => focused(frame)).toMatch(/^field-new-1-title$/);
  assert.equal(existsSync(fileOf(folder)), false);
  for (const [index, [title, question]] of five.entries()) {
    if (index > 0) await page.keyboard.press('Control+Enter');
    await expect.poll(() => focused(frame)).toBe(`field-new-${index + 1}-title`);
    await page.keyboard.type(title);
    await page.keyboard.press('Tab');
    await page.keyboard.type(question);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type('Go back in the browser');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(frame.getByText('5 items · version 1 · saved')).toBeVisible();
  const ids = ['OnePrimary', 'PriceFirst', 'ShortLabels', 'WayBack', 'ErrorsHelp'];
  await expect.poll(() => checklistOf(folder).items.map(({ id }) => id)).toEqual(ids);
  assert.deepEqual(checklistOf(folder).items[3].howToCheck, ['Go back in the browser']);
  await screenshot(page, 'checklist-items');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect.poll(() => checklistOf(folder).items.length).toBe(4);
  await page.keyboard.press('Control+z');
  await expect.poll(() => checklistOf(folder).items.map(({ id }) => id)).toEqual(ids);

  await frame.getByRole('button', { name: 'Preview' }).press('Enter');
  await expect(frame.getByRole('heading', { name: 'One primary action' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(frame.getByText('Are labels at most three words long?')).toBeVisible();
  await eachTheme(page, frame, async (theme, since) => {
    for (const view of ['Preview', 'About', 'Paste a Table', 'Items']) {
      await frame.getByRole('button', { name: view, exact: true }).click();
      await screenshot(page, `checklist-${view.toLowerCase().replaceAll(' ', '-')}-${theme}`);
      assert.deepEqual(await violations(frame, since), [], `${view}, ${theme}`);
    }
  });

  await frame.getByRole('button', { name: 'Evaluate with It…' }).press('Enter');
  await asked(page, /^Evaluate: Which Pages or Journeys\?$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await asked(page, 'Your Short Name');
  await page.keyboard.type('ana');
  await page.keyboard.press('Enter');
  const form = await webviewFrame(page, '.progress');
  await expect(form.getByText('0 of 5')).toBeVisible();
  for (const title of ['One primary action', 'Price first', 'Short labels', 'Way back', 'Errors help']) {
    await expect(form.locator('#item')).toHaveText(title); // its id says nothing besides
    await page.keyboard.press('p');
    await page.keyboard.press('j');
  }
  await expect(form.getByText('5 of 5')).toBeVisible();
  const answered = () => Object.keys(recordOf(folder).evaluations['home/house-rules/ana'].answers ?? {});
  await expect.poll(answered).toEqual(ids.toSorted());
  await screenshot(page, 'checklist-evaluated');

  // what was answered is retired and not deleted, and other words begin a version
  const retire = frame.getByRole('button', { name: 'Retire: Price first' });
  await clickInTree(page, /^House rules, 5 items/, retire);
  await retire.click();
  await expect.poll(() => checklistOf(folder).items[1]).toMatchObject({ id: 'PriceFirst', retired: true });
  await frame.locator('[id^="open-"]', { hasText: 'Short labels' }).click();
  await frame.getByLabel('Question').fill('Are labels at most two words long?');
  await expect.poll(() => checklistOf(folder)).toMatchObject({ version: 2 });
  await expect(treeItem(page, /^House rules, 4 items · version 2/)).toBeVisible();
  await screenshot(page, 'checklist-retired');
});

test('a pasted table becomes a checklist, a built-in one is copied, and a file that cannot be read is left alone', async ({
  page,
  folder,
  open,
}) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await begin(page, 'House rules', 'Paste a table');
  const frame = await webviewFrame(page, '#rows');
  await expect.poll(() => focused(frame)).toBe('rows');
  const rows = [['Title', 'Question', 'Severity'], ...five.map((row) => [...row, '2']), ['No question', '', '']];
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.map((row) => row.join('\t')).join('\n'));
  await page.keyboard.press('Control+v');
  await expect(frame.getByText('Row 7: it has no question. Write one, or leave the row out.')).toBeVisible();
  await screenshot(page, 'checklist-pasted');
  await frame.getByRole('button', { name: 'Add 5 Items' }).press('Enter');
  await expect(frame.getByText('5 items · version 1 · saved')).toBeVisible();
  expect(checklistOf(folder).items[1]).toEqual({
    id: 'PriceFirst',
    title: 'Price first',
    question: 'Is the price shown before anything is asked?',
    defaultSeverity: 2,
  });

  await frame.getByRole('button', { name: 'From Another Checklist…' }).press('Enter');
  await asked(page, 'Items from Which Checklist? (1/2)');
  await page.keyboard.type("Nielsen's 10");
  await page.keyboard.press('Enter');
  await asked(page, 'Which Items? (2/2)');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Error prevention' }).click();
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('button', { name: 'Undo: “Error prevention” added' })).toBeVisible();
  assert.equal(checklistOf(folder).items[5].id, 'Error');
  await expect.poll(() => focused(frame)).toBe('open-Error');
  await page.keyboard.press('Control+z');
  await expect.poll(() => checklistOf(folder).items.length).toBe(5);

  await begin(page, 'Our Nielsen', "Nielsen's 10");
  await expect(page.getByRole('tab', { name: 'Our Nielsen: checklist' })).toBeVisible();
  const copy = JSON.parse(readFileSync(path.join(folder, 'ux-audit/checklists/our-nielsen.json'), 'utf8'));
  assert.equal(copy.items.length, 10);
  assert.match(copy.source.licence, /Nielsen/);

  writeFileSync(fileOf(folder), '{ "id": "house-rules", oops');
  const why = page.getByText(/house-rules\.json, line 1: this is not valid JSON/).first();
  await clickInTree(page, /^house-rules, cannot be read/, why);
  await page.getByRole('button', { name: 'Open File' }).last().click();
  await expect(page.getByRole('tab', { name: 'house-rules.json' })).toBeVisible();
  assert.equal(readFileSync(fileOf(folder), 'utf8'), '{ "id": "house-rules", oops');
});
