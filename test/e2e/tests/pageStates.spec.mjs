import assert from 'node:assert/strict';
import { expect, test } from '../fixtures.mjs';
import {
  phaseMs,
  pickQuickInput,
  recordOf,
  runCommand,
  screenshot,
  typeQuickInput,
  webviewFrame,
} from '../harness.mjs';
import { orderShop } from '../orderShop.mjs';

test.use({ viewport: { width: 1600, height: 900 } });

test('the page stands beside the form after a step of a journey, and as a person leaves it in a browser', async ({
  page,
  folder,
  open,
  person,
}) => {
  orderShop(folder);
  await open();
  await runCommand(page, 'UX Audit: Evaluate a Page…');
  await page.locator('.quick-input-widget').getByText('Which Pages or Journeys').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await pickQuickInput(page, "Nielsen's 10");
  await typeQuickInput(page, 'Your Short Name', 'ana');
  const form = await webviewFrame(page, '#item');
  await expect(form.getByRole('heading', { name: 'order, step: Cart' }).first()).toBeVisible();
  await page.keyboard.press('b');
  await form.getByRole('region', { name: 'Picture of order, step: Cart' }).waitFor({ timeout: phaseMs });
  const search = form.getByRole('combobox', { name: /Find an element/ });
  await search.fill('pay now'); // the step Cart ends where one can pay
  await search.press('Enter');
  const problem = () => Object.values(recordOf(folder).findings)[0];
  await expect.poll(() => problem()?.where).toMatchObject({ step: 'Cart', element: 'Button “Pay now”' });
  assert.equal(problem().where.viewport, '412x823');
  await screenshot(page, 'page-states-step');

  await form.getByLabel('What it shows').selectOption('as I leave it in a browser…');
  await form.getByRole('button', { name: 'Take this picture' }).click();
  await form.getByText('Bring the page to the state that you want').waitFor();
  const shop = await (await person()).pageWith('text=Check out');
  await shop.getByRole('link', { name: 'Check out' }).click();
  await shop.getByRole('button', { name: 'Pay now' }).click();
  await shop.getByText('Thank you').waitFor();
  await screenshot(page, 'page-states-by-hand');
  await form.getByRole('button', { name: 'Take the picture' }).click();
  await form.getByRole('button', { name: 'Take again' }).waitFor({ timeout: phaseMs });
  await search.fill('thank');
  await expect(form.getByRole('option', { name: 'Text “Thank you”' })).toBeVisible();
});
