import { writeFile } from 'node:fs/promises';
import type { Browser, Frame, Page, ScreenshotClip } from 'puppeteer-core';
import { HumanError } from '../../core/errors';
import type { ScreenshotRequest } from '../../protocol/workerMessages';
import { answerDialogs } from './answerDialogs';
import { restoreState } from './login/browserState';
import { networkErrorIn } from './runErrors';
import { sendCredentials } from './sendCredentials';
import { trafficOf } from './traffic';

/** The parts of a page's globals that the functions below use, since they run in the page. */
interface PageElement {
  /** Of a field, what was entered. */
  value?: string;
  validity?: { badInput: boolean };
  setAttribute(name: string, value: string): void;
  remove(): void;
  showPopover?(): void;
  shadowRoot: { querySelectorAll(selector: string): Iterable<PageElement> & { length: number } } | null;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  scrollIntoView(options: object): void;
  style: { cssText: string; setProperty(name: string, value: string, priority: string): void };
}
declare const document: {
  documentElement: {
    scrollWidth: number;
    scrollHeight: number;
    append(element: PageElement): void;
  };
  createElement(name: string): PageElement;
  querySelectorAll(selector: string): Iterable<PageElement> & { length: number };
};
declare const scrollX: number;
declare const scrollY: number;

/** The screens that Lighthouse emulates (core/config/constants.js), with one pixel for each CSS pixel. */
export const screens = {
  mobile: { width: 412, height: 823, deviceScaleFactor: 1, isMobile: true, hasTouch: true },
  desktop: { width: 1350, height: 940, deviceScaleFactor: 1 },
};
/** The largest screenshot; a larger PNG becomes a JPEG. Bytes. */
const MAX_BYTES = 300 * 1024;
/** The margin around an element. CSS pixels. */
const MARGIN = 24;
const LOAD_WITHIN = 45_000;
/** A page rests when it has loaded nothing for so long; one that keeps polling is taken as it is. Milliseconds. */
const QUIET = 500;
const QUIET_WITHIN = 5_000;

/** Inputs with private content. */
const privateInputs = [
  'input[type=password]',
  'input[type=email]',
  'input[type=tel]',
  'input[autocomplete^=cc-]',
  'input[autocomplete*=password]',
  'input[autocomplete=email]',
  'input[autocomplete^=tel]',
  'input[name*=card i]',
  'input[id*=card i]',
  'input[name*=email i]',
  'input[name*=phone i]',
];

/**
 * Takes a screenshot of a page: first paints over private inputs, scrolls to an element and outlines it.
 *
 * @returns the path of the file, with its ending
 * @throws HumanError `element-gone`, `page-failed`, `screenshot-too-large`
 */
export async function takeScreenshot(browser: Browser, request: ScreenshotRequest): Promise<string> {
  const page = await browser.newPage();
  await page.setViewport(screens[request.formFactor]);
  await answerDialogs(page);
  await restoreState(page, request.state);
  await sendCredentials(page, request);
  await load(page, request.url);
  const clip = request.selector === undefined ? undefined : await outline(page, request.selector, request.frame);
  return takePicture(page, request.file, request.mask, clip);
}

/**
 * Takes a picture of what a page shows now, with private inputs painted over.
 * @returns the path of the file, with its ending
 * @throws HumanError `screenshot-too-large`
 */
export async function takePicture(page: Page, file: string, mask: string[], clip?: ScreenshotClip): Promise<string> {
  await cover(page, mask);
  try {
    return await smallPicture(page, file, clip);
  } finally {
    await uncover(page).catch(() => {}); // the page has gone
  }
}

async function smallPicture(page: Page, file: string, clip: ScreenshotClip | undefined): Promise<string> {
  const png = await page.screenshot({ type: 'png', ...(clip && { clip }) });
  if (png.byteLength <= MAX_BYTES) return write(`${file}.png`, png);
  for (const quality of [80, 60, 40]) {
    const jpeg = await page.screenshot({ type: 'jpeg', quality, ...(clip && { clip }) });
    if (jpeg.byteLength <= MAX_BYTES) return write(`${file}.jpg`, jpeg);
  }
  throw new HumanError('page', 'screenshot-too-large', {
    what: 'The screenshot is larger than 300 KB even as JPEG.',
    next: 'Take one of a smaller element.',
  });
}

async function write(file: string, bytes: Uint8Array): Promise<string> {
  await writeFile(file, bytes);
  return file;
}

/** Opens an address, until it has loaded. @throws HumanError `page-failed`, or by what the network says */
export async function load(page: Page, url: string): Promise<void> {
  try {
    const traffic = await trafficOf(page);
    await page.goto(url, { waitUntil: 'load', timeout: LOAD_WITHIN });
    await traffic.rests(QUIET, QUIET_WITHIN);
  } catch (error) {
    const { message } = error as Error;
    const network = networkErrorIn(message, url);
    if (network) throw network;
    const what = `The page could not be opened: ${message}`;
    throw new HumanError('page', 'page-failed', { what, next: 'Check that its server runs.' }, { cause: error });
  }
}

/** Scrolls to the element and outlines it. @returns the part of the page to show */
async function outline(page: Page, selector: string, frame: 'element' | 'viewport') {
  const element = await page.$(selector).catch(() => null);
  if (!element) {
    throw new HumanError('page', 'element-gone', {
      what: `No element on the page matches ${selector} now.`,
      next: 'The page has changed since, or shows the element only after something is done; audit it again.',
    });
  }
  await element.evaluate((given) => {
    const node = given as unknown as PageElement;
    node.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    node.style.setProperty('outline', '3px solid #d6006c', 'important');
    node.style.setProperty('outline-offset', '2px', 'important');
  });
  if (frame === 'viewport') return undefined;
  const box = await element.evaluate((given) => {
    const { left, top, width, height } = (given as unknown as PageElement).getBoundingClientRect();
    return {
      x: left + scrollX,
      y: top + scrollY,
      width,
      height,
      pageWidth: document.documentElement.scrollWidth,
      pageHeight: document.documentElement.scrollHeight,
    };
  });
  const { width: maxWidth, height: maxHeight } = page.viewport() ?? screens.desktop;
  const x = Math.max(0, box.x - MARGIN);
  const y = Math.max(0, box.y - MARGIN);
  return {
    x,
    y,
    width: Math.max(1, Math.min(box.width + 2 * MARGIN, maxWidth, box.pageWidth - x)),
    height: Math.max(1, Math.min(box.height + 2 * MARGIN, maxHeight, box.pageHeight - y)),
  };
}

/** The name of the elements that cover others. */
const COVER = 'ux-audit-cover';

/** Fields in which people write, besides {@link privateInputs}. */
const fields = [
  'input:not([type=button], [type=submit], [type=reset], [type=checkbox], [type=radio], [type=range], [type=image])',
  'textarea',
  'select',
  '[contenteditable]',
];

/**
 * Covers private inputs that hold something, and what a team names besides, in every frame. @see uncover
 * @param all whether every field that holds something is private, since somebody or a recording has written there
 */
export async function cover(page: Page, mask: readonly string[], all = false): Promise<void> {
  const inputs = all ? [...privateInputs, ...fields] : privateInputs;
  await paintOver(page.mainFrame(), inputs, mask);
  const others = page.frames().filter((frame) => frame !== page.mainFrame());
  await Promise.all(others.map((frame) => paintOver(frame, inputs, mask).catch(() => {}))); // one that has gone
}

/**
 * Covers elements with boxes, so that their content is not in the pixels of the screenshot; those in open shadow trees
 * and in dialogs too, which only a popover can cover.
 */
async function paintOver(frame: Frame, inputs: readonly string[], others: readonly string[]): Promise<void> {
  await frame.evaluate(
    (fields, wanted, name) => {
      const roots: Pick<typeof document, 'querySelectorAll'>[] = [document];
      for (const root of roots)
        for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
      for (const selector of [...fields, ...wanted]) {
        const found: PageElement[] = [];
        try {
          for (const root of roots) found.push(...root.querySelectorAll(selector));
        } catch {
          continue; // the record holds an invalid selector
        }
        for (const element of found) {
          const { left, top, width, height } = element.getBoundingClientRect();
          const isEmpty = fields.includes(selector) && element.value === '' && !element.validity?.badInput;
          if (width === 0 || height === 0 || isEmpty) continue;
          const cover = document.createElement(name);
          cover.setAttribute('popover', 'manual');
          cover.style.cssText = `all: initial; display: block; position: absolute;
          left: ${left + scrollX}px; top: ${top + scrollY}px;
          width: ${width}px; height: ${height}px; background: #777; z-index: 2147483647`;
          document.documentElement.append(cover);
          cover.showPopover?.();
        }
      }
    },
    inputs,
    others,
    COVER,
  );
}

/** Takes away what {@link cover} put over a page. */
export async function uncover(page: Page): Promise<void> {
  const remove = (name: string) => {
    for (const cover of document.querySelectorAll(name)) cover.remove();
  };
  await Promise.all(page.frames().map((frame) => frame.evaluate(remove, COVER).catch(() => {})));
}
