import { beforeAll, describe, expect, it } from 'vitest';
import type { JourneyPageState } from '../../src/protocol/journeyPage';
import { faultsOfLook } from './faultsOfLook';
import { evil, stateOf, states } from './journeyStates';
import { aPageEach, oneBrowser, openPage, packedSize } from './page';
import { looks } from './themes';

let all: Record<string, JourneyPageState>;
beforeAll(async () => {
  all = await states();
});

describe('the look of the journey page', () => {
  const browser = oneBrowser();
  const names = ['both', 'machine', 'people', 'nothing', 'unrecorded', 'failed', 'long', 'form'];
  it.each(looks([420, 800, 1400], 800))(
    'has no accessibility violation and fits at %i px, whatever is known',
    async (width, themes) => {
      for (const name of names) {
        const faults = await faultsOfLook(browser(), { name: `journey-${name}`, themes, width }, async (page) => {
          await openPage(page, 'journey', { ready: all[name] });
          await page.getByRole('heading', { level: 1 }).waitFor();
        });
        expect(faults, name).toEqual([]);
      }
    },
  );

  it('stays small', () => {
    expect(packedSize('journey')).toBeLessThan(60_000);
  });
});

describe('the journey page', () => {
  const page = aPageEach();
  const steps = () => page().getByRole('list', { name: 'Steps' }).locator('> li');

  it('says first where people lose their way, and marks that step in words', async () => {
    await openPage(page(), 'journey', { ready: all.both });
    expect(await page().locator('.answer').innerText()).toMatch(
      /^17 of 24 people finish\. 5 of the 7 who stop, stop at “Pay”\. There, the machine keeps a person waiting 11\.0 of 14\.9 s, and \d of 22 people make errors\.$/,
    );
    expect(await steps().filter({ hasText: 'loses most' }).getByRole('heading').innerText()).toContain('Pay');
    expect(await steps().nth(2).innerText()).toMatch(/Stop here\s+most of all steps:\s+5\s+of 22/);
    await page().getByText('Since the last round: cannot tell').waitFor();
  });

  it('shows nothing as 0 that is not known', async () => {
    await openPage(page(), 'journey', { ready: all.failed });
    expect(await steps().nth(1).innerText()).toMatch(/cannot be completed: “Pay now” did not appear/);
    expect(await steps().nth(1).innerText()).toMatch(/Machine waits\s+–\s+not completed/);
    expect(await steps().nth(2).innerText()).toContain('not reached by machine: an earlier step failed');
  });

  it('leads to the code, a run, each finding, and says what is going on', async () => {
    const requests = await openPage(page(), 'journey', {
      ready: all.both,
      run: { fault: { message: 'No browser.', next: 'Choose one.' } },
    });
    await page().getByRole('button', { name: 'Go to Code of “Pay”' }).click();
    await page().getByRole('button', { name: 'An invalid card is not explained', exact: true }).click();
    await page().getByRole('button', { name: 'Run Again' }).click();
    await page().getByText('No browser. Choose one.').waitFor();
    const id = 'An invalid card is not explained';
    expect(requests.slice(1)).toEqual([
      { method: 'goToCode', params: { id } },
      { method: 'showFinding', params: { id } },
      { method: 'run', params: { audits: false } },
    ]);
    await page().evaluate((state) => window.postMessage({ kind: 'event', name: 'state', data: state }), {
      ...all.both,
      isBusy: true,
    });
    await expect.poll(() => page().getByRole('button', { name: 'Running…' }).isDisabled()).toBe(true);
  });

  it.each([
    ['both', 'Go to Code of “Pay”'],
    ['machine', 'Run Again'],
    ['nothing', 'Run'],
    ['people', 'Import Recording…'],
  ])('has one primary button, for what to do next with %s', async (name, label) => {
    await openPage(page(), 'journey', { ready: all[name] });
    await steps().first().waitFor();
    expect(await page().locator('button.primary').allInnerTexts()).toEqual([label]);
  });

  it('edits steps without JSON: names, stages, ends, and where they begin', async () => {
    const saved = stateOf();
    const requests = await openPage(page(), 'journey', { ready: all.machine, saveSteps: saved });
    await page().getByRole('button', { name: 'Edit Steps' }).click();
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('edit-title');
    const group = (number: number) => page().getByRole('group', { name: `Step ${number}`, exact: true });
    await group(2).getByLabel('Begins with action').selectOption({ label: '3: click “Check out”' });
    await group(3).getByRole('textbox', { name: /^Name/ }).fill('Settle');
    await page().getByText('2 findings and figures keep the name “Pay”.').waitFor();
    await group(3).getByLabel('Stage').selectOption('retention');
    await page().getByRole('button', { name: 'Split: step 3' }).click();
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('step-name-3');
    await page().keyboard.type('Done');
    await page().getByRole('button', { name: 'Merge with the Step Before: step 2' }).click();
    await page().getByRole('button', { name: 'Save Steps' }).click();
    await steps().first().waitFor();
    expect(requests.at(-1)).toEqual({
      method: 'saveSteps',
      params: {
        stamp: 'stamp',
        steps: [
          { name: 'Cart', stage: 'consideration', expect: 'aria/Card', from: 0, marker: 0 },
          { name: 'Settle', stage: 'retention', expect: '', from: 5, marker: 2 },
          { name: 'Done', stage: 'retention', expect: 'main >>> #receipt', from: 6 },
        ],
      },
    });
  });

  it('keeps what was typed when saving fails, and when something else changes', async () => {
    const fault = { fault: { message: 'The recording was changed meanwhile.', next: 'Cancel, and edit again.' } };
    await openPage(page(), 'journey', { ready: all.form, saveSteps: fault });
    const name = page().getByRole('group', { name: 'Step 1' }).getByRole('textbox', { name: /^Name/ });
    await name.fill('Basket');
    await page().evaluate((state) => window.postMessage({ kind: 'event', name: 'state', data: state }), all.machine);
    await page().getByRole('button', { name: 'Save Steps' }).click();
    await page().getByText('The recording was changed meanwhile. Cancel, and edit again.').waitFor();
    expect(await name.inputValue()).toBe('Basket');
    await page().getByRole('button', { name: 'Cancel' }).click();
    await steps().first().waitFor();
  });

  it('keeps hostile names text', async () => {
    await openPage(page(), 'journey', { ready: all.long });
    await steps().filter({ hasText: evil }).waitFor();
    expect(await page().evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await steps().count()).toBe(12);
  });
});
