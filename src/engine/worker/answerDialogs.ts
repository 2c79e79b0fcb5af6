import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';

/** Milliseconds. */
const BETWEEN = 100;
const MOST = 100;

/**
 * Answers the dialogs of a page (alert, confirm, prompt, beforeunload) until each is closed. The browser announces a
 * dialog before it takes an answer, so that a single answer, as Lighthouse gives it, can get lost; the page then waits
 * for ever.
 */
export async function answerDialogs(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  let open = 0;
  session.on('Page.javascriptDialogClosed', () => (open = 0));
  session.on('Page.javascriptDialogOpening', async ({ defaultPrompt: promptText = '' }) => {
    open += 1;
    const own = open;
    for (let attempt = 0; attempt < MOST && open === own; attempt += 1) {
      await delay(BETWEEN); // Lighthouse answers first
      if (open === own) await session.send('Page.handleJavaScriptDialog', { accept: true, promptText }).catch(() => {});
    }
  });
  await session.send('Page.enable');
}
