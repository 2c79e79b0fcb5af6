import type { Browser, Page } from 'puppeteer-core';
import type { LinksRequest } from '../../protocol/workerMessages';
import { answerDialogs } from './answerDialogs';
import { restoreState } from './login/browserState';
import { sendCredentials } from './sendCredentials';
import { trafficOf } from './traffic';

/** How long a page may take until its links are read. Milliseconds. */
const LOADS_WITHIN = 15_000;
/** How long a page is given to draw links by script. Milliseconds. */
const QUIET = 500;
const QUIET_WITHIN = 3_000;
/** The most links of a page that are read. */
const MOST = 2_000;

declare const document: { links: Iterable<{ href: string }> };

/**
 * Opens pages one after the other and reads where they lead, and at which address each ends. A page that does not open
 * leads nowhere.
 */
export async function linksOf(browser: Browser, request: LinksRequest): Promise<{ links: string[][]; ends: string[] }> {
  const page = await browser.newPage();
  await answerDialogs(page);
  await restoreState(page, request.state);
  await sendCredentials(page, { ...request, url: request.urls[0] as string });
  const links: string[][] = [];
  const ends: string[] = [];
  for (const url of request.urls) {
    const { found, end } = await read(page, url);
    links.push(found);
    ends.push(end);
  }
  return { links, ends };
}

async function read(page: Page, url: string): Promise<{ found: string[]; end: string }> {
  try {
    const traffic = await trafficOf(page);
    const answer = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: LOADS_WITHIN });
    const end = page.url();
    if (answer && answer.status() >= 400) return { found: [], end };
    await traffic.rests(QUIET, QUIET_WITHIN);
    const links = await page.evaluate((most) => [...document.links].slice(0, most).map(({ href }) => href), MOST);
    return { found: links.filter((link) => typeof link === 'string'), end };
  } catch {
    return { found: [], end: url };
  }
}
