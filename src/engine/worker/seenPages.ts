import type { Browser, Page } from 'puppeteer-core';

/** Resolves when no page of a browser is left, as when people have closed its windows. */
export function untilClosed(browser: Browser): Promise<void> {
  return new Promise((resolve) => {
    const look = () =>
      void browser.pages().then(
        (pages) => pages.length === 0 && resolve(),
        () => resolve(),
      );
    browser.on('targetdestroyed', look);
    browser.once('disconnected', () => resolve());
  });
}

/** Resolves when a person says that they are done. */
export function untilAborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
    if (stop.aborted) resolve();
  });
}

/** The one page of a browser that people see: in front, and without the empty pages with which browsers start. */
export async function onlyPage(browser: Browser): Promise<Page> {
  const [page = await browser.newPage(), ...others] = await browser.pages();
  await Promise.all(others.map((other) => other.close()));
  await page.bringToFront();
  return page;
}

/** The page of a browser that people see; the last one opened when none is visible. */
export async function frontPage(browser: Browser): Promise<Page | undefined> {
  const pages = (await browser.pages()).filter((page) => /^https?:/.test(page.url()));
  for (const page of [...pages].reverse()) {
    const isSeen = await page.evaluate('document.visibilityState === "visible"').catch(() => false);
    if (isSeen) return page;
  }
  return pages.at(-1);
}
