import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  notification,
  pickQuickInput,
  recordOf,
  runCommand,
  screenshot,
  typeQuickInput,
  webviewFrame,
} from '../harness.mjs';
import { orderShop } from '../orderShop.mjs';
import { violations } from '../violations.mjs';

/** Sends the answers; the participant's browser may close while the click is still under way. */
async function sendAnswers(questions) {
  const send = questions.getByRole('button', { name: 'Send' });
  await send.click().catch((error) => {
    if (!/has been closed/.test(error.message)) throw error;
  });
}

test('journeys are recorded in a window, and done by participants while a moderator counts', async ({
  page,
  folder,
  open,
  served,
  person,
}) => {
  orderShop(folder);
  await open();
  await test.step('a participant does a task in a window of their own, and the moderator counts, notes and makes a finding', async () => {
    await runCommand(page, 'UX Audit: Run a Task Session…');
    await typeQuickInput(page, 'What Is the Participant Asked to Do?', 'Please buy the shoes.');
    await pickQuickInput(page, 'Moderated');
    const participant = await person();
    const consent = await participant.pageWith('button[value="agree"]');
    const desk = await webviewFrame(page, '.answer');
    await expect(desk.getByText('P1 reads in their browser what is counted, and agrees or not.')).toBeVisible();
    await consent.getByRole('button', { name: 'I agree' }).click();
    await expect(desk.getByText('P1 reads the task.')).toBeVisible();
    await expect(consent.getByText('Please buy the shoes.')).toBeVisible();
    await consent.getByRole('button', { name: 'Start' }).click();
    await expect(desk.getByText('P1 does the task, at “Cart”.')).toBeVisible();
    const shop = await participant.pageWith('text=Check out');
    await shop.getByRole('link', { name: 'Check out' }).click();
    await expect(desk.getByText('P1 does the task, at “Pay”.')).toBeVisible();
    await desk.locator('#where').focus();
    await page.keyboard.press('e');
    await page.keyboard.press('n');
    await page.keyboard.type('Looks for the price');
    await page.keyboard.press('Enter');
    await expect(desk.getByText('Kept, at “Pay”: Looks for the price')).toBeVisible();
    await screenshot(page, 'session-running');
    expect(await violations(desk)).toEqual([]);
    await shop.getByRole('button', { name: 'Pay now' }).click();
    await expect(shop.getByText('Thank you')).toBeVisible();
    await desk.getByRole('button', { name: 'Done' }).click();
    await expect(desk.getByText('P1 answers the questions in their browser.')).toBeVisible();
    const questions = await participant.pageWith('button[value="send"]');
    await questions.locator('input[name="seq"][value="6"]').check();
    await sendAnswers(questions);
    await expect(
      desk.getByText(/^P1: done in \d+ s \(\d+ s of it waiting for pages\), 2 clicks, 1 error\.$/),
    ).toBeVisible();
    const [, row] = readFileSync(path.join(folder, 'ux-audit/runs/sessions.csv'), 'utf8').split('\n');
    expect(row).toMatch(/"P1","order","yes",/);
    await expect(desk.getByText('(P1, with a picture)')).toBeVisible();
    await desk.getByLabel('Looks for the price').check();
    await desk.getByLabel('What is wrong').fill('The price is hard to find');
    await desk.getByRole('button', { name: 'Make a Finding of 1 Note' }).click();
    await expect(desk.getByText('Recorded: seen with 1 of 1 participant.')).toBeVisible();
    const [finding] = Object.values(recordOf(folder).findings);
    expect(finding).toMatchObject({
      kind: 'observed',
      title: 'The price is hard to find',
      where: { step: 'Pay' },
      seenWith: { people: 1, of: 1 },
    });
    await screenshot(page, 'session-over');
    await desk.getByRole('button', { name: 'Next Participant' }).click();
    await pickQuickInput(page, 'Unmoderated');
    const next = await person();
    await (await next.pageWith('button[value="agree"]')).getByRole('button', { name: 'I agree' }).click();
    await (await next.pageWith('button[value="start"]')).getByRole('button', { name: 'Start' }).click();
    await (await next.pageWith('button[value="failed"]')).getByRole('button', { name: 'I give up' }).click();
    await sendAnswers(await next.pageWith('button[value="send"]'));
    const second = await webviewFrame(page, '.answer');
    await expect(second.getByText(/^P2: gave up after/)).toBeVisible();
  });
  await test.step('a journey is recorded in a window, and is a journey of the record', async () => {
    const site = await served(path.join(folder, 'shop'));
    const address = page.locator('.quick-input-widget', { hasText: 'Record a Journey (1/2)' }).locator('input.input');
    // a list closes when a window of a participant, which goes just now, takes the focus
    await expect(async () => {
      await runCommand(page, 'UX Audit: Record a Journey…');
      await address.fill(site.url, { timeout: 15_000 });
    }).toPass();
    await pickQuickInput(page, /this address/);
    await typeQuickInput(page, 'Record a Journey (2/2): Name', 'checkout');
    const { pageWith: find } = await person();
    await (await find('text=Check out')).getByRole('link', { name: 'Check out' }).click();
    await (await find('text=Pay now')).getByRole('button', { name: 'Pay now' }).click();
    await (await notification(page, 'Recording checkout')).getByRole('button', { name: 'Cancel' }).click();
    const file = path.join(folder, 'ux-audit/journeys/checkout.json');
    await expect.poll(() => recordOf(folder).targets.checkout?.kind).toBe('journey');
    const { steps } = JSON.parse(readFileSync(file, 'utf8'));
    expect(steps.filter(({ type }) => type === 'click')).toHaveLength(2);
  });
});
