import type { Page } from 'puppeteer-core';
import type { AuditOptions } from '../../protocol/workerMessages';

/**
 * Sends a person's headers and cookies with the page's requests to its own origin only. Lighthouse's extraHeaders would
 * also go to third parties, and the browser's own store sends a cookie to every port of a host.
 */
export async function sendCredentials(
  page: Page,
  { url, headers = {}, cookies = [] }: Pick<AuditOptions, 'url' | 'headers' | 'cookies'>,
): Promise<void> {
  const own = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  if (own.size === 0 && cookies.length === 0) return;
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const sent = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), { name, value }]));
    for (const [key, header] of own) sent.set(key, header);
    if (cookies.length > 0) {
      const value = withCookies(sent.get('cookie')?.value, cookies);
      sent.set('cookie', { name: 'Cookie', value });
    }
    // the headers do not go along when this request is redirected
    session.send('Fetch.continueRequest', { requestId, headers: [...sent.values()] }).catch(() => {}); // it has gone
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${new URL(url).origin}/*` }] });
}

/** A cookie header with a person's cookies added. One that the page has set itself by that name is newer. */
function withCookies(header: string | undefined, cookies: readonly { name: string; value: string }[]): string {
  const known = (header ?? '').split(/;\s*/).filter(Boolean);
  const names = new Set(known.map((pair) => pair.slice(0, pair.indexOf('='))));
  const added = cookies.filter(({ name }) => !names.has(name)).map(({ name, value }) => `${name}=${value}`);
  return [...known, ...added].join('; ');
}
