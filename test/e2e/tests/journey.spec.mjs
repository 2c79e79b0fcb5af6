import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  eachTheme,
  openFromTree,
  phaseMs,
  recordOf,
  runCommand,
  screenshot,
  treeItem,
  webviewFrame,
} from '../harness.mjs';
import { orderShop } from '../orderShop.mjs';
import { violations } from '../violations.mjs';

test.use({ settings: { 'uxAudit.runs': 1 } });

test('a recording is dropped on the tree, and a journey is opened, walked by machine, and edited without JSON', async ({
  page,
  folder,
  open,
}) => {
  const recording = orderShop(folder);
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('a recording that is dropped on the pages becomes a journey', async () => {
    const item = treeItem(page, /^order, journey, 2 steps/);
    await item.waitFor();
    const dropped = await page.evaluateHandle(
      (text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
        return data;
      },
      JSON.stringify({ ...recording, title: 'Buy shoes' }),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) await item.dispatchEvent(type, { dataTransfer: dropped });
    await page.getByText('Name of the Journey').waitFor();
    await page.keyboard.press('Enter');
    await expect(treeItem(page, /^buy-shoes, journey, 2 steps/)).toBeVisible();
    await webviewFrame(page, '.answer');
    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('a journey is opened from the tree, walked by machine, and its steps are edited without JSON', async () => {
    const journey = await openFromTree(page, /^order, journey, 2 steps/, '.answer');
    await expect(journey.getByText('Nothing is known of this journey yet.')).toBeVisible();
    await runCommand(page, 'View: Close Primary Side Bar');
    await journey.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(journey.getByText(/A person waits .* for the machine, .* of it at “Pay”/)).toBeVisible({
      timeout: phaseMs,
    });
    await expect(journey.getByRole('button', { name: 'Run Again' })).toBeEnabled();
    const waits = await journey.locator('.step', { hasText: 'Pay' }).locator('.row-wait b').innerText();
    expect(Number.parseFloat(waits)).toBeGreaterThanOrEqual(0.7);
    await eachTheme(page, journey, async (theme, since) => {
      await screenshot(page, `journey-${theme}`);
      expect(await violations(journey, since), theme).toEqual([]);
    });
    await journey.getByRole('button', { name: 'Edit Steps' }).click();
    await journey.getByRole('group', { name: 'Step 2' }).getByRole('textbox', { name: /^Name/ }).fill('Settle');
    await journey.getByRole('button', { name: 'Save Steps' }).click();
    await expect(journey.getByRole('heading', { name: /Settle/ })).toBeVisible();
    const written = JSON.parse(readFileSync(path.join(folder, 'ux-audit/journeys/order.json'), 'utf8'));
    const marker = { ...recording.steps[4], parameters: { name: 'Settle', expect: '#receipt' } };
    expect(written).toEqual({ ...recording, steps: recording.steps.with(4, marker) });
    expect(recordOf(folder).targets.order.steps).toEqual(['Cart', 'Settle']);
  });
});
