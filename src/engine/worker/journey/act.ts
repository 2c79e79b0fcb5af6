import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PuppeteerRunnerExtension, type Step, selectorToPElementSelector } from '@puppeteer/replay';
import type { Browser, ElementHandle, Frame, Page } from 'puppeteer-core';
import type { Action, Selector } from '../../../core/journey/recording';

/** A moment in the page's own clock: milliseconds since 1970. */
export type Moment = number;

declare const performance: { timeOrigin: number; now(): number };
declare function requestAnimationFrame(callback: () => void): number;

/** The moment now, in a frame. */
export function momentIn(frame: Frame): Promise<Moment> {
  return frame.evaluate(() => performance.timeOrigin + performance.now());
}

/** Puppeteer's form of a selector of the Recorder. */
export function puppeteerSelector(selector: Selector): string {
  return selectorToPElementSelector(selector);
}

/** Does the actions of a recording in a browser, without the waits that the runner of the Recorder adds by itself. */
export class Actor extends PuppeteerRunnerExtension {
  /**
   * @param files where stand-ins of files to upload may be written
   * @param within how long an action may take. Milliseconds
   */
  constructor(
    private readonly chrome: Browser,
    private readonly main: Page,
    private readonly files: string,
    private readonly within: number,
    /** Where the journey begins, and others; secrets are entered nowhere else. */
    ...origins: string[]
  ) {
    super(chrome as never, main as never, { timeout: within });
    this.front = main;
    this.origins = origins;
  }

  private readonly origins: readonly string[];

  /** The window that is in front. */
  front: Page;

  /** The frame that an action is about. @throws Error when its window or frame does not come */
  async frameOf({ target, frame: way = [] }: Action): Promise<Frame> {
    let page = this.main;
    if (target !== undefined && target !== 'main') {
      const opened = await this.chrome.waitForTarget((one) => one.url() === target, { timeout: this.within });
      const other = await opened.page();
      if (!other) return this.main.waitForFrame(target, { timeout: this.within });
      page = other;
    }
    if (page !== this.front) await page.bringToFront(); // a window behind another draws nothing
    this.front = page;
    let frame = page.mainFrame();
    for (const index of way) {
      const child = await until(() => frame.childFrames()[index], this.within);
      if (!child) throw new Error(`there is no frame ${way.join('.')}`);
      frame = child;
    }
    return frame;
  }

  /**
   * Waits until one of an element's selectors shows it, and it can be used.
   * @returns the moment at which it was there; `undefined` when it was there at once
   * @throws Error when it does not come
   */
  async ready({ selectors = [] }: Action, frame: Frame, within = this.within): Promise<Moment | undefined> {
    const wanted = selectors.map(puppeteerSelector);
    for (const selector of wanted) {
      const there = await frame.$(selector).catch(() => null);
      if (there && (await isUsable(there))) return undefined;
    }
    const gone = new AbortController();
    try {
      const element = await Promise.any(wanted.map((one) => shown(frame, one, within, gone.signal)));
      const since = await usableAt(element, within);
      if (since === null) throw new Error('it stays disabled');
      return since;
    } finally {
      gone.abort();
    }
  }

  /** Does one action. @throws Error why it cannot be done */
  async act(action: Action, frame: Frame): Promise<void> {
    const { type, key, url, isSecret, selectors: [first] = [] } = action;
    if (type === 'customStep') return;
    if (isSecret === true && !this.origins.includes(new URL(frame.url()).origin))
      throw new Error(`a secret is entered only at ${this.origins.join(' and ')}, where the journey begins`);
    if (type === 'navigate') {
      await frame.goto(url as string, { timeout: this.within, waitUntil: 'domcontentloaded' });
      return;
    }
    const { keyboard } = frame.page();
    if (type === 'keyDown') return keyboard.down(key as never).catch(() => keyboard.sendCharacter(key as string));
    if (type === 'keyUp') return keyboard.up(key as never).catch(() => {}); // a letter of no keyboard
    if (type === 'change' && first !== undefined) {
      const field = await frame.$(puppeteerSelector(first)).catch(() => null);
      if (field && (await isFileInput(field))) return this.upload(field, action.value ?? 'file');
    }
    // a navigation that does not come is an error that nothing catches, so the walk waits for it itself
    const { assertedEvents: _, ...plain } = action;
    const isClick = type === 'click' || type === 'doubleClick';
    await this.runStep({ ...plain, ...(isClick && (await pointIn(action, frame))) } as unknown as Step);
  }

  /** Gives a file input a file of the recorded name; what it holds is of no account. */
  private async upload(field: ElementHandle, value: string): Promise<void> {
    const name = path.basename(value.replaceAll('\\', '/')) || 'file';
    const file = path.join(this.files, name);
    await writeFile(file, 'A file of UX Audit, for a journey.\n');
    await (field as ElementHandle<never>).uploadFile(file);
  }
}

/** How often is looked whether an element is visible that is not the first of its selector. Milliseconds. */
const LOOK = 100;

/**
 * Waits until a selector shows an element.
 * @param within milliseconds
 * @throws Error when none is shown, or the signal says so
 */
export async function shown(
  frame: Frame,
  selector: string,
  within: number,
  signal?: AbortSignal,
): Promise<ElementHandle> {
  const over = new AbortController();
  const isOver = () => over.signal.aborted || signal?.aborted === true;
  const first = async () => {
    const options = {
      visible: true,
      timeout: within,
      signal: AbortSignal.any([over.signal, ...(signal ? [signal] : [])]),
    };
    const found = await frame.waitForSelector(selector, options);
    if (!found) throw new Error('hidden');
    return found;
  };
  const another = async () => {
    const end = Date.now() + within;
    for (;;) {
      await delay(LOOK);
      if (isOver() || Date.now() > end) throw new Error('none is visible');
      const [, ...others] = await frame.$$(selector).catch(() => []);
      for (const one of others) if (await one.isVisible().catch(() => false)) return one as ElementHandle;
    }
  };
  try {
    return (await Promise.any([first(), another()])) as ElementHandle;
  } finally {
    over.abort();
  }
}

interface PageElement {
  disabled?: boolean;
  getRootNode(): { elementFromPoint?(x: number, y: number): PageElement | null };
  contains(other: PageElement): boolean;
  scrollIntoView(options: object): void;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  localName: string;
  type?: string;
}

/**
 * Where a click goes, from the corner of its element: the recorded point, or the middle of an element that is not there
 * any more, as in a smaller window.
 */
async function pointIn(action: Action, frame: Frame): Promise<{ offsetX: number; offsetY: number } | undefined> {
  const [x, y] = [Number(action.offsetX ?? Number.NaN), Number(action.offsetY ?? Number.NaN)];
  for (const selector of action.selectors ?? []) {
    const element = await frame.$(puppeteerSelector(selector)).catch(() => null);
    const point = await element
      ?.evaluate(
        (given, wantedX, wantedY) => {
          const node = given as unknown as PageElement;
          node.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
          const { left, top, width, height } = node.getBoundingClientRect();
          if (width === 0 || height === 0) return undefined;
          const hit = node.getRootNode().elementFromPoint?.(left + wantedX, top + wantedY);
          const isIn = wantedX >= 0 && wantedY >= 0 && wantedX < width && wantedY < height;
          const isHit = hit !== null && hit !== undefined && (node === hit || node.contains(hit));
          return isIn && isHit ? { offsetX: wantedX, offsetY: wantedY } : { offsetX: width / 2, offsetY: height / 2 };
        },
        Number.isFinite(x) ? x : -1,
        Number.isFinite(y) ? y : -1,
      )
      .catch(() => undefined);
    if (point) return point;
  }
  return undefined;
}

/** Whether an element can be used now. A field for files is often hidden behind a button of the page's own. */
async function isUsable(element: ElementHandle): Promise<boolean> {
  if (await isFileInput(element).catch(() => false)) return true;
  return (
    (await element.isVisible().catch(() => false)) &&
    element.evaluate((node) => (node as unknown as PageElement).disabled !== true).catch(() => false)
  );
}

/** The moment from which a visible element can be used; null when it cannot within so many milliseconds. */
function usableAt(element: ElementHandle, within: number): Promise<Moment | null> {
  return element.evaluate(async (node, most) => {
    const end = performance.now() + most;
    while ((node as unknown as PageElement).disabled === true) {
      if (performance.now() > end) return null;
      await new Promise<void>((drawn) => requestAnimationFrame(() => drawn()));
    }
    return performance.timeOrigin + performance.now();
  }, within);
}

function isFileInput(element: ElementHandle): Promise<boolean> {
  return element.evaluate((node) => {
    const { localName, type } = node as unknown as PageElement;
    return localName === 'input' && type === 'file';
  });
}

/** Asks again and again until there is an answer, or the time is over. */
async function until<T>(ask: () => T | undefined, within: number): Promise<T | undefined> {
  const end = Date.now() + within;
  for (;;) {
    const answer = ask();
    if (answer !== undefined || Date.now() > end) return answer;
    await delay(20);
  }
}
