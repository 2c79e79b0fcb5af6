import type { Browser, Page } from 'puppeteer-core';
import type { AuditOptions } from '../../protocol/workerMessages';

/**
 * Sends a person's headers and cookies with the page's requests to its own origin only. Lighthouse's extraHeaders would
 * also go to third parties, who must not see a password.
 */
export async function sendCredentials(
  browser: Browser,
  page: Page,
  { url, headers = {}, cookies = [] }: Pick<AuditOptions, 'url' | 'headers' | 'cookies'>,
): Promise<void> {
  const { hostname: domain, origin } = new URL(url);
  if (cookies.length > 0) await browser.setCookie(...cookies.map((cookie) => ({ ...cookie, domain, path: '/' })));
  const own = Object.entries(headers).map(([name, value]) => ({ name, value }));
  if (own.length === 0) return;
  const session = await page.createCDPSession();
  const isOwn = (name: string) => own.some((header) => header.name.toLowerCase() === name.toLowerCase());
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const others = Object.entries(request.headers).flatMap(([name, value]) => (isOwn(name) ? [] : [{ name, value }]));
    const sent = session.send('Fetch.continueRequest', { requestId, headers: [...others, ...own] });
    sent.catch(() => {}); // the page has navigated away
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${origin}/*` }] });
}
