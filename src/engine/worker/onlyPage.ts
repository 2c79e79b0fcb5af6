import type { Browser, Page } from 'puppeteer-core';

/** The one page of a browser that people see: in front, and without the empty pages with which browsers start. */
export async function onlyPage(browser: Browser): Promise<Page> {
  const [page = await browser.newPage(), ...others] = await browser.pages();
  await Promise.all(others.map((other) => other.close()));
  await page.bringToFront();
  return page;
}
