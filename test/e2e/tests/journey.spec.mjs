import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { phaseMs, recordOf, runCommand, screenshot, setTheme, treeItem, webviewFrame } from '../harness.mjs';
import { violations } from '../violations.mjs';

test.use({ settings: { 'uxAudit.runs': 1 } });

/** A shop of two pages, the second of which takes a while to draw, and a journey over it. */
function prepare(folder) {
  const site = path.join(folder, 'shop');
  mkdirSync(site, { recursive: true });
  const page = (title, body) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
  writeFileSync(path.join(site, 'index.html'), page('Cart', '<h1>Cart</h1><a href="/pay.html">Check out</a>'));
  const thank = `document.body.insertAdjacentHTML('beforeend', '<p id="receipt">Thank you</p>')`;
  const script = `<script>function pay() { setTimeout(() => ${thank}, 700); }</script>`;
  const button = '<h1>Pay</h1><button onclick="pay()">Pay now</button>';
  writeFileSync(path.join(site, 'pay.html'), page('Pay', `${button}${script}`));
  const step = (name, expected) => ({
    type: 'customStep',
    name: 'ux-audit/step',
    parameters: { name, expect: expected },
  });
  const click = (...selectors) => ({ type: 'click', selectors, offsetX: 4, offsetY: 4 });
  const recording = {
    title: 'Order',
    steps: [
      {
        type: 'setViewport',
        width: 412,
        height: 823,
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
        isLandscape: false,
      },
      step('Cart', 'aria/Pay now'),
      { type: 'navigate', url: 'http://localhost/' },
      click('aria/Check out'),
      step('Pay', '#receipt'),
      click('aria/Pay now'),
    ],
  };
  const record = {
    schemaVersion: 1,
    targets: { order: { kind: 'journey', steps: ['Cart', 'Pay'], serve: { folder: 'shop' } } },
    evaluations: {},
    findings: {},
  };
  mkdirSync(path.join(folder, 'ux-audit/journeys'), { recursive: true });
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(record));
  writeFileSync(path.join(folder, 'ux-audit/journeys/order.json'), JSON.stringify(recording));
  return recording;
}

test('a journey is opened from the tree, walked by machine, and its steps are edited without JSON', async ({
  page,
  folder,
  open,
}) => {
  const recording = prepare(folder);
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await treeItem(page, /^order, journey, 2 steps/).click();
  const journey = await webviewFrame(page, '.answer');
  await expect(journey.getByText('Nothing is known of this journey yet.')).toBeVisible();
  await runCommand(page, 'View: Close Primary Side Bar');
  await journey.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(journey.getByText(/A person waits .* for the machine, .* of it at “Pay”/)).toBeVisible({
    timeout: phaseMs,
  });
  await expect(journey.getByRole('button', { name: 'Run Again' })).toBeEnabled();
  const waits = await journey.locator('.step', { hasText: 'Pay' }).locator('.row-wait b').innerText();
  expect(Number.parseFloat(waits)).toBeGreaterThanOrEqual(0.7);
  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light']) {
    await setTheme(page, theme);
    await screenshot(page, `journey-${theme}`);
    expect(await violations(journey)).toEqual([]);
  }
  await journey.getByRole('button', { name: 'Edit Steps' }).click();
  await journey.getByRole('group', { name: 'Step 2' }).getByRole('textbox', { name: /^Name/ }).fill('Settle');
  await journey.getByRole('button', { name: 'Save Steps' }).click();
  await expect(journey.getByRole('heading', { name: /Settle/ })).toBeVisible();
  const written = JSON.parse(readFileSync(path.join(folder, 'ux-audit/journeys/order.json'), 'utf8'));
  const marker = { ...recording.steps[4], parameters: { name: 'Settle', expect: '#receipt' } };
  expect(written).toEqual({ ...recording, steps: recording.steps.with(4, marker) });
  expect(recordOf(folder).targets.order.steps).toEqual(['Cart', 'Settle']);
});
