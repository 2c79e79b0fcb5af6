import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { HumanError } from '../../core/errors';
import type { MapRequest, PageMap, PlacedElement } from '../../protocol/workerMessages';
import { answerDialogs } from './answerDialogs';
import { evaluateIn } from './evaluateIn';
import { walk } from './journey/walk';
import { restoreState } from './login/browserState';
import { placedElements } from './placedElements';
import { cover, load, screens, uncover } from './screenshot';
import { frontPage, onlyPage, untilAborted, untilClosed } from './seenPages';
import { sendCredentials } from './sendCredentials';
import { trafficOf } from './traffic';

declare const document: {
  adoptedStyleSheets: object[];
  documentElement: { clientWidth: number; scrollHeight: number };
  querySelectorAll(selector: string): Iterable<{
    scrollHeight: number;
    clientHeight: number;
    clientWidth: number;
  }>;
};
declare class CSSStyleSheet {
  replaceSync(text: string): void;
}
declare const innerWidth: number;
declare const innerHeight: number;
declare function scrollTo(options: object): void;

/** The longest picture of a page, and the height of each of its slices. CSS pixels. */
const LONGEST = 100_000;
const SLICE = 2_000;
/** The most elements that a map lists. */
const MOST_ELEMENTS = 5_000;
/** A page that loads more as one scrolls is scrolled so often, and waited for so long each time. Milliseconds. */
const MOST_SCREENS = 60;
const LOADS_WITHIN = 1_000;
const QUIET = 100;
/** The quality of the pictures, of 100. */
const QUALITY = 70;

/**
 * Takes pictures of a whole page, in slices, with private inputs painted over, and lists the places of its elements.
 * @param stop says that a person has brought the page to the state that they want
 * @throws HumanError `page-failed`, `step-failed`, `window-closed`
 */
export async function mapPage(browser: Browser, request: MapRequest, stop: AbortSignal): Promise<PageMap> {
  const page = await ways[request.by](browser, request, stop);
  const screen = page.viewport() ?? (await page.evaluate(() => ({ width: innerWidth, height: innerHeight })));
  await hideScrollbars(page);
  await showScroller(page);
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const shownTo = Math.max(1, Math.min(height, LONGEST));
  const elements: PlacedElement[] = await evaluateIn(page, placedElements, MOST_ELEMENTS + 1, shownTo, request.mask);
  const slices = await slicesOf(page, request, width, shownTo);
  return {
    width,
    height,
    viewport: { width: screen.width, height: screen.height },
    shownTo,
    elements: elements.slice(0, MOST_ELEMENTS),
    isCut: elements.length > MOST_ELEMENTS,
    slices,
  };
}

type Way = (browser: Browser, request: MapRequest, stop: AbortSignal) => Promise<Page>;

/** Each way brings a page to the state that is shown. */
const ways: Record<MapRequest['by'], Way> = {
  async load(browser, request) {
    const page = await browser.newPage();
    await prepare(page, request);
    await load(page, request.url);
    await scrollThrough(page);
    return page;
  },

  async walk(browser, request) {
    const { recording, url, ignoreCertificateErrors, headers, cookies, state } = request;
    if (!recording) throw new Error('a recording is missing');
    const sent = { ...(headers && { headers }), ...(cookies && { cookies }), ...(state && { state }) };
    const asked = { ...recording, url, ignoreCertificateErrors, ...sent };
    const { steps } = await walk(browser, { type: 'walk', id: request.id, ...asked }, () => {});
    const failed = steps.find(({ outcome }) => outcome === 'failed');
    if (failed) throw stepFailed(failed.name, failed.why);
    return pageIn(browser);
  },

  async hand(browser, request, stop) {
    const page = await onlyPage(browser);
    await prepare(page, request);
    const closed = untilClosed(browser).then(() => 'closed' as const);
    const stopped = untilAborted(stop).then(() => 'stopped' as const);
    await load(page, request.url).catch((error: unknown) => {
      if (!stop.aborted && !page.isClosed()) throw error;
    });
    if ((await Promise.race([stopped, closed])) === 'closed') throw windowClosed();
    return pageIn(browser);
  },
};

async function prepare(page: Page, request: MapRequest): Promise<void> {
  await page.setViewport(screens[request.formFactor]);
  await answerDialogs(page);
  await restoreState(page, request.state);
  await sendCredentials(page, request);
}

async function pageIn(browser: Browser): Promise<Page> {
  const page = await frontPage(browser);
  if (!page) throw windowClosed();
  return page;
}

/** Scrolls to the end and back, so that what is loaded only when it is seen is there. */
async function scrollThrough(page: Page): Promise<void> {
  for (let screen = 1; screen <= MOST_SCREENS; screen += 1) {
    const isAtEnd = await page.evaluate((number) => {
      const top = number * innerHeight;
      scrollTo({ top, behavior: 'instant' });
      return top >= document.documentElement.scrollHeight - innerHeight;
    }, screen);
    await (await trafficOf(page)).rests(QUIET, LOADS_WITHIN);
    if (isAtEnd) break;
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
}

/** Pictures show none, so what lies beside them is further to the right there. */
async function hideScrollbars(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { scrollbar-width: none !important }');
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Where a part of the page scrolls in place of the page, makes the screen as high as that needs. */
async function showScroller(page: Page): Promise<void> {
  const missing = await page.evaluate(() => {
    const { clientWidth, scrollHeight } = document.documentElement;
    if (scrollHeight > innerHeight + 1) return 0;
    let most = 0;
    for (const element of document.querySelectorAll('body, body *')) {
      const isMain = element.clientHeight > innerHeight / 2 && element.clientWidth > clientWidth / 2;
      if (isMain) most = Math.max(most, element.scrollHeight - element.clientHeight);
    }
    return most;
  });
  const viewport = page.viewport();
  if (missing <= 1 || !viewport) return;
  await page.setViewport({ ...viewport, height: Math.min(LONGEST, viewport.height + missing) });
  await (await trafficOf(page)).rests(QUIET, LOADS_WITHIN);
}

/**
 * Takes the pictures. No script of the page runs meanwhile: the browser changes the window for each of them, also
 * to a single pixel for a moment, and a script may fold its navigation then.
 */
async function slicesOf(page: Page, request: MapRequest, width: number, to: number): Promise<PageMap['slices']> {
  const slices: PageMap['slices'] = [];
  await cover(page, request.mask, request.by !== 'load');
  await page.setJavaScriptEnabled(false);
  try {
    for (let top = 0; top < to; top += SLICE) {
      const height = Math.min(SLICE, to - top);
      const clip = { x: 0, y: top, width, height };
      const jpeg = await page.screenshot({ type: 'jpeg', quality: QUALITY, clip, captureBeyondViewport: true });
      const file = path.join(request.folder, `slice-${slices.length}.jpg`);
      await writeFile(file, jpeg);
      slices.push({ top, height, file });
    }
  } finally {
    await page.setJavaScriptEnabled(true).catch(() => {}); // the page has gone
    await uncover(page).catch(() => {});
  }
  return slices;
}

function stepFailed(name: string, why = ''): HumanError {
  const what = `The journey does not reach this state: it fails at “${name}”. ${why}`.trim();
  return new HumanError('page', 'step-failed', { what, next: 'Mend its steps, or bring the page there by hand.' });
}

function windowClosed(): HumanError {
  const what = 'The window was closed before the picture was taken.';
  return new HumanError('page', 'window-closed', { what, next: 'Leave it open, and choose “Take the picture”.' });
}
