import type { Browser, Connection } from 'puppeteer-core';

/**
 * The connection to a browser, for what only the browser itself can be asked. It is had from a page, since Puppeteer
 * does not always learn of the browser's own target.
 * @throws Error when no page is open
 */
export async function connectionOf(browser: Browser): Promise<Connection> {
  const [page] = await browser.pages();
  const session = await page?.createCDPSession();
  const connection = session?.connection();
  if (!session || !connection) throw new Error('the browser has no page that leads to it');
  await session.detach().catch(() => {}); // the page may go meanwhile
  return connection;
}
