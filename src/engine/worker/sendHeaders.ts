import type { Page } from 'puppeteer-core';

/**
 * Sends headers with requests to the origin of the page and to no other. Lighthouse's own extraHeaders go with every
 * request, also to third parties, who must not see a password.
 */
export async function sendHeaders(page: Page, url: string, headers: Record<string, string>): Promise<void> {
  const session = await page.createCDPSession();
  const own = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const isOwn = (name: string) => own.some((header) => header.name.toLowerCase() === name.toLowerCase());
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const others = Object.entries(request.headers).flatMap(([name, value]) => (isOwn(name) ? [] : [{ name, value }]));
    session.send('Fetch.continueRequest', { requestId, headers: [...others, ...own] }).catch(() => {}); // the page has gone on
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${new URL(url).origin}/*` }] });
}
