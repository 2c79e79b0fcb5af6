import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../src/core/checklist/builtInChecklists';
import { HumanError } from '../../src/core/errors';
import type { ChecklistView } from '../../src/protocol/checklistPage';
import { answering, ChecklistHost, item } from './checklistHost';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, leavePicture, oneBrowser, packedSize, stateAnswered } from './page';
import { looks } from './themes';

const evil = '<img src=x onerror="hacked=1">\u202e';
const nielsen = builtInChecklists[0]?.items ?? [];
const pastedRows = [
  'Group\tTitle\tQuestion\tHow to check\tSeverity',
  'Layout\tOne primary action\tIs exactly one button styled as the main one?\tSquint at the page.\tmajor',
  'Layout\tPrice first\t\t\t',
  'Words\tLabels\tAre labels the words that customers use?\tRead each label aloud.\t7',
  'Words\tErrors\tDoes each message say what to do next?\tSend the form empty.\t3',
].join('\n');

describe('the look of the page of a checklist', () => {
  const browser = oneBrowser();
  const scenes: Record<string, { host: () => ChecklistHost; view?: ChecklistView; rows?: string; opens?: string }> = {
    empty: { host: () => new ChecklistHost([]) },
    items: {
      host: () => new ChecklistHost([...nielsen, item('Old', { retired: true, title: 'Old rule' })], answering('H02')),
      opens: 'H02',
    },
    long: {
      host: () =>
        new ChecklistHost([
          item('Long', { title: `${evil} ${'w'.repeat(70)}`, question: `${evil} ${'word '.repeat(80)}`, good: evil }),
          item('Short'),
        ]),
      opens: 'Long',
    },
    preview: { host: () => new ChecklistHost([...nielsen]), view: 'preview' },
    about: { host: () => new ChecklistHost([item('A')]), view: 'about' },
    table: { host: () => new ChecklistHost([item('A')]), view: 'table', rows: pastedRows },
  };

  it.each(looks([320, 420, 800, 1400], 800))(
    'has no accessibility violation and fits at %i px, whatever it shows',
    async (width, themes) => {
      for (const [name, { host, view, rows, opens }] of Object.entries(scenes)) {
        const faults = await faultsOfLook(browser(), { name: `checklist-${name}`, themes, width }, async (page) => {
          await host().open(page, view);
          await page.getByRole('heading', { level: 1 }).waitFor();
          if (opens) await page.locator(`#open-${opens}`).click();
          if (!rows) return;
          await page.getByLabel('Rows', { exact: true }).fill(rows);
          await page.getByText('1 row left out').waitFor();
        });
        expect(faults, name).toEqual([]);
      }
    },
  );

  it('stays small', () => {
    expect(packedSize('checklist')).toBeLessThan(60_000);
  });
});

describe('the page of a checklist', () => {
  const page = aPageEach({ viewport: { width: 1200, height: 900 } });
  const list = () => page().getByRole('list', { name: 'Items', exact: true }).locator('> li');
  const titles = () => list().locator('strong').allInnerTexts();
  const focused = () => page().evaluate(() => document.activeElement?.id ?? '');
  const saved = () => page().getByText('· saved').waitFor();
  const field = (name: string) => page().getByRole('textbox', { name: new RegExp(`^${name}`) });
  const press = (key: string) => page().keyboard.press(key);
  const write = (text: string) => page().keyboard.type(text);
  const opened = async (...given: ConstructorParameters<typeof ChecklistHost>) => {
    const host = new ChecklistHost(...given);
    await host.open(page());
    await page().getByRole('heading', { level: 1 }).waitFor();
    return host;
  };

  it('makes a checklist by keyboard alone, each item kept as soon as it is one', async () => {
    const host = await opened([]);
    expect(await focused()).toBe('field-new-1-title');
    await write('Price first');
    await press('Tab');
    expect(existsSync(host.file)).toBe(false);
    await write('Is the price shown before anything is asked?');
    await saved();
    expect(await focused()).toBe('field-new-1-question');
    await press('Tab');
    await write('Scroll to the top');
    await press('Enter');
    await write('Look for the price');
    await press('Control+Enter');
    expect(await focused()).toBe('field-new-2-title');
    await write('Short labels');
    await press('Tab');
    await write('Are labels short?');
    await press('Escape');
    expect(await focused()).toBe('open-new-2');
    await saved();
    await expect
      .poll(() => host.checklist.items)
      .toEqual([
        {
          id: 'PriceFirst',
          title: 'Price first',
          question: 'Is the price shown before anything is asked?',
          howToCheck: ['Scroll to the top', 'Look for the price'],
        },
        { id: 'ShortLabels', title: 'Short labels', question: 'Are labels short?' },
      ]);
    expect(host.checklist.version).toBe(1);
  });

  it('keeps the order and every letter of items that are written faster than they are kept', async () => {
    const host = await opened([item('A')]);
    let release = () => {};
    host.held = new Promise((resolve) => {
      release = resolve;
    });
    await page().locator('#open-A').focus();
    for (const word of ['First', 'Second', 'Third']) {
      await press('Control+Enter');
      await write(word);
      await press('Tab');
      await write(`Is it the ${word.toLowerCase()}?`);
    }
    await press('Alt+ArrowUp'); // also what is not kept yet
    await page().getByText('· saving…').waitFor();
    expect(host.ids).toEqual(['A']);
    release();
    await page().getByText('Moved to place 3 of 4.').waitFor({ state: 'attached' });
    await saved();
    await expect
      .poll(() => host.checklist.items.map(({ question }) => question))
      .toEqual(['Is A so?', 'Is it the first?', 'Is it the third?', 'Is it the second?']);
    expect(await focused()).toBe('field-new-3-question');
  });

  it('begins one item, also where a state comes before the first answer of the host', async () => {
    const host = new ChecklistHost([]);
    const ready = Promise.withResolvers<void>();
    host.heldReady = ready.promise;
    await host.open(page());
    await host.tell(page());
    await expect.poll(focused).toBe('field-new-1-title');
    await write('Price f');
    const answered = stateAnswered(page());
    ready.resolve();
    await answered;
    await write('irst');
    expect(await focused()).toBe('field-new-1-title');
    expect(await titles()).toEqual(['Price first']);
  });

  it('moves items; the focus goes with them, and what was done is said', async () => {
    const host = await opened([item('A'), item('B'), item('C')]);
    await page().locator('#open-C').focus();
    await press('Alt+ArrowUp');
    await page().getByText('Moved to place 2 of 3.').waitFor({ state: 'attached' });
    expect(await focused()).toBe('open-C');
    await press('Alt+ArrowUp');
    await expect.poll(() => host.ids).toEqual(['C', 'A', 'B']);
    await press('Alt+ArrowUp');
    await page().getByRole('button', { name: 'Move down: Title C' }).click();
    await expect.poll(() => host.ids).toEqual(['A', 'C', 'B']);
    await expect.poll(() => focused()).toBe('down-C');
    await press('Enter'); // at once, as of a key that is held down
    await press('Enter');
    await expect.poll(() => focused()).toBe('up-C'); // it is last, and cannot go on
    await expect.poll(() => host.ids).toEqual(['A', 'B', 'C']);
  });

  it('loses no key that is pressed while an item moves', async () => {
    const host = await opened([item('A'), item('B'), item('C')]);
    const answer = Promise.withResolvers<void>();
    host.heldAnswer = answer.promise;
    await page().getByRole('button', { name: 'Move down: Title A' }).focus();
    await press('Enter');
    await expect.poll(titles).toEqual(['Title B', 'Title A', 'Title C']);
    expect(await focused()).toBe('down-A');
    await press('Enter');
    answer.resolve();
    await expect.poll(titles).toEqual(['Title B', 'Title C', 'Title A']);
    await expect.poll(focused).toBe('up-A');
  });

  it('deletes an item and takes it back; the focus stays near', async () => {
    const host = await opened([item('A'), item('B'), item('C')]);
    await page().locator('#open-B').focus();
    await press('Delete');
    await expect.poll(() => host.ids).toEqual(['A', 'C']);
    await expect.poll(() => focused()).toBe('open-C');
    await page().getByRole('button', { name: 'Undo: “Title B” deleted' }).waitFor();
    await press('Control+z');
    await expect.poll(() => focused()).toBe('open-B');
    expect(host.ids).toEqual(['A', 'B', 'C']);
    expect(await titles()).toEqual(['Title A', 'Title B', 'Title C']);
  });

  it('retires an item with answers, shows it, and asks it again', async () => {
    const host = await opened([item('A'), item('B')], answering('A'));
    expect(
      await page()
        .getByRole('button', { name: /^Delete/ })
        .count(),
    ).toBe(1);
    await page().getByRole('button', { name: 'Retire: Title A' }).click();
    await page().getByText('1 retired item').click();
    await page().getByRole('button', { name: 'Ask Again: Title A' }).click();
    await expect.poll(() => host.checklist.items[0]).toEqual(item('A'));
    await expect.poll(() => focused()).toBe('open-A');
  });

  it('begins a version when words of an item in use change, and another item when its meaning does', async () => {
    const host = await opened([item('A'), item('B')], answering('A'));
    await page().getByText('Version 1 is in use.').waitFor();
    await page().locator('#open-A').click();
    await field('Question').fill('Is A really so?');
    await page().getByText('version 2 · 1 evaluation').waitFor();
    await page().getByRole('button', { name: 'Ask Something Else: Title A' }).click();
    await expect.poll(() => focused()).toBe('field-TitleA-title');
    expect(host.checklist.items[0]).toMatchObject({ id: 'A', retired: true, replacedBy: 'TitleA' });
    expect(host.checklist.items[1]).toMatchObject({ id: 'TitleA', since: 2, question: 'Is A really so?' });
  });

  it('keeps what was typed when it cannot be written, and writes it when asked again', async () => {
    const host = await opened([item('A')]);
    await page().locator('#open-A').click();
    host.fault = new HumanError('environment', 'disk-full', { what: 'The disk is full.', next: 'Make room.' });
    await field('Good example').fill('Seen at once');
    await page().getByText('Not saved: The disk is full. Make room.').waitFor();
    await page().getByText('· not saved').waitFor();
    expect(await field('Good example').inputValue()).toBe('Seen at once');
    host.fault = undefined;
    await page().getByRole('button', { name: 'Try Again' }).click();
    await saved();
    expect(host.checklist.items[0]?.good).toBe('Seen at once');
  });

  it('takes over what changes elsewhere, and asks where the same words were changed', async () => {
    const host = await opened([item('A'), item('B')]);
    await page().locator('#open-A').click();
    host.fault = new HumanError('environment', 'disk-full', { what: 'The disk is full.', next: 'Make room.' });
    await field('Question').fill('Mine?');
    await page().getByText('Not saved:').waitFor();
    host.fault = undefined;
    host.write({ ...host.checklist, items: [item('A', { question: 'Theirs?' }), item('B', { title: 'New words' })] });
    await host.tell(page());
    await page().getByText('There it says: “Theirs?”').waitFor();
    await list().filter({ hasText: 'New words' }).waitFor();
    expect(await field('Question').inputValue()).toBe('Mine?');
    expect(host.checklist.items[0]?.question).toBe('Theirs?');
    await page().getByRole('button', { name: 'Keep Mine: Question' }).click();
    await expect.poll(() => host.checklist.items[0]?.question).toBe('Mine?');
    await saved();
  });

  it('keeps what is typed into an item that is deleted elsewhere, as a new one', async () => {
    const host = await opened([item('A'), item('B')]);
    await page().locator('#open-B').click();
    host.fault = new HumanError('environment', 'disk-full', { what: 'The disk is full.', next: 'Make room.' });
    await field('Question').fill('Mine?');
    await page().getByText('Not saved:').waitFor();
    host.fault = undefined;
    host.write({ ...host.checklist, items: [item('A')] });
    await host.tell(page());
    await page().getByText('This item was deleted elsewhere while you wrote.').waitFor();
    expect(await field('Question').inputValue()).toBe('Mine?');
    await field('Question').press('End');
    await write('!');
    await expect.poll(() => host.checklist.items[1]?.question).toBe('Mine?!');
  });

  it('names a file that cannot be read, and leaves it as it is', async () => {
    const host = await opened([item('A')]);
    const broken = '{ "id": "house-rules", oops';
    host.write(broken);
    await host.tell(page());
    await page().getByText('ux-audit/checklists/house-rules.json, line 1').waitFor();
    await page().locator('#open-A').click();
    await field('Good example').fill('Seen at once');
    await page().getByText('Not saved:').waitFor();
    expect(readFileSync(host.file, 'utf8')).toBe(broken);
    expect(await field('Good example').inputValue()).toBe('Seen at once');
  });

  it('says in place what cannot be kept, and does not write it', async () => {
    const host = await opened([item('A')]);
    await page().locator('#open-A').click();
    await field('Title').fill('');
    await page().getByText('Title is missing.').waitFor();
    expect(await field('Title').getAttribute('aria-invalid')).toBe('true');
    await page().getByText('Group, severity, links').click();
    await field('Read more at').fill('handbook');
    await page().getByText('“handbook” is not a web address').waitFor();
    await page().getByText('· not saved').waitFor();
    await page().getByRole('combobox', { name: 'Severity' }).selectOption('3 major');
    await expect.poll(() => host.checklist.items[0]).toEqual(item('A', { defaultSeverity: 3 }));
  });

  it('shows the drawing of an example that was copied, until its words are others', async () => {
    await opened([item('A', { good: nielsen[0]?.good ?? '', needs: ['phone'] })]);
    await page().locator('#open-A').click();
    const drawing = page().locator('.beside svg.drawing');
    await drawing.waitFor();
    expect(await field('At hand').inputValue()).toBe('phone');
    await field('Good example').fill('Saved at once');
    await expect.poll(() => drawing.count()).toBe(0);
    await page().locator('.beside').getByText('Saved at once').waitFor();
  });

  it('keeps a picture with an example, shows it as an evaluator sees it, and takes it away', async () => {
    const host = await opened([item('A', { good: 'Saved at once' })]);
    await page().locator('#open-A').click();
    await page().getByRole('button', { name: 'Attach a picture…' }).first().click();
    await page().locator('.beside img[alt="Good: Saved at once"]').waitFor();
    await expect.poll(() => host.checklist.items[0]?.goodPicture).toMatch(/^evidence\/[0-9a-f]{12}\.png$/);
    await leavePicture(page(), 'checklist-picture', { fullPage: false });
    await page().getByRole('button', { name: 'Remove the picture' }).click();
    await expect.poll(() => host.checklist.items[0]).toEqual(item('A', { good: 'Saved at once' }));
  });

  it('shows the form as an evaluator sees it, with what is being typed, and its keys', async () => {
    const host = await opened([item('A', { bad: 'Hidden' }), item('B')]);
    await page().locator('#open-A').click();
    await field('Title').fill('Price first');
    await expect.poll(() => page().locator('.beside h2').innerText()).toBe('Price first');
    await page().getByRole('button', { name: 'Preview' }).click();
    await page().getByRole('heading', { name: 'Price first' }).waitFor();
    await page().getByText('Hidden').waitFor();
    await press('p');
    await page().getByRole('button', { name: 'pass P', pressed: true }).waitFor();
    await press('j');
    await page().getByRole('heading', { name: 'Title B' }).waitFor();
    expect(await focused()).toBe('item');
    expect(host.requests.map(({ method }) => method)).toEqual(['ready', 'drawings', 'setItem']);
  });

  it('takes the good rows of a pasted table, names the bad ones, and reads columns as told', async () => {
    const host = await opened([item('A')]);
    await page().getByRole('button', { name: 'Paste a Table' }).click();
    await field('Rows').fill(pastedRows);
    await page().getByText('Row 3: it has no question. Write one, or leave the row out.').waitFor();
    await page().getByText('Row 4: “7” is none of them.').waitFor();
    await page()
      .getByRole('combobox', { name: /^Severity/ })
      .selectOption('left out');
    await page().getByRole('button', { name: 'Add 3 Items' }).click();
    await expect.poll(() => host.ids).toEqual(['A', 'OnePrimary', 'Labels', 'Errors']);
    expect(host.checklist.items[1]).toMatchObject({ group: 'Layout', howToCheck: ['Squint at the page.'] });
    await expect.poll(() => focused()).toBe('open-OnePrimary');
  });

  it('changes what the checklist is called and what it is for', async () => {
    const host = await opened([item('A')]);
    await page().getByRole('button', { name: 'About' }).click();
    await field('Title').fill('ACME house rules');
    await page().getByRole('heading', { level: 1, name: 'ACME house rules' }).waitFor();
    await page().getByLabel('a journey as a whole').check();
    await field('Where it comes from').fill('Handbook');
    await expect
      .poll(() => host.checklist)
      .toMatchObject({
        title: 'ACME house rules',
        appliesTo: ['page', 'step', 'journey'],
        source: { name: 'Handbook' },
      });
    for (const kind of ['a page', 'each step of a journey', 'a journey as a whole'])
      await page().getByLabel(kind).uncheck();
    await page().getByText('It is for is missing.').waitFor();
    expect(host.checklist.appliesTo.length).toBeGreaterThan(0);
  });
});
