import type { Browser, Page } from 'puppeteer-core';
import { type SessionEvent, sessionEventSchema } from '../../../core/journey/sessionCount';
import type { SessionRequest } from '../../../protocol/workerMessages';
import { puppeteerSelector } from '../journey/act';
import { takePicture } from '../screenshot';
import { sendCredentials } from '../sendCredentials';

/** Gets what happens, and when: milliseconds since 1970. */
export type OnEvent = (event: SessionEvent, at: number) => void;
/** What the page (src/inPage/session.ts) may tell; the page could tell anything in its name. */
const told = ['click', 'key', 'refused', 'script-error', 'dead-click', 'back', 'left', 'returned'];

/** What participants fill in, and frames, in which fields may be. */
const fields = [
  'input:not([type=submit], [type=button], [type=reset], [type=checkbox], [type=radio])',
  ...['textarea', 'select', '[contenteditable]:not([contenteditable=false])', 'iframe'],
];

/** Hears what happens in the pages of a participant's browser. */
export class SessionWatch {
  private readonly pages = new Set<Page>();
  /** Those that the participant can see. */
  private readonly inSight = new Set<Page>();
  private isAway = false;
  private isOver = false;

  constructor(
    private readonly browser: Browser,
    private readonly script: string,
    private readonly request: Pick<SessionRequest, 'url' | 'headers' | 'cookies'>,
    private readonly onEvent: OnEvent,
  ) {
    browser.on('targetcreated', (target) => {
      if (target.type() !== 'page') return;
      void target
        .page()
        .then((page) => page && this.add(page))
        .catch(() => {}); // it has closed again
    });
  }

  /** Listens to a page. */
  async add(page: Page): Promise<void> {
    if (this.pages.has(page) || this.isOver) return;
    this.pages.add(page);
    this.sees(page, true);
    page.once('close', () => this.sees(page, false));
    await page.exposeFunction('uxAuditHappened', (text: string) => this.hear(page, text));
    await page.evaluateOnNewDocument(this.script);
    await sendCredentials(page, this.request);
    await this.hearNavigations(page);
    await Promise.all(page.frames().map((frame) => frame.evaluate(this.script).catch(() => {})));
  }

  /** Tells each step of the journey once what it expects is visible, in order; ends at a step that expects nothing. */
  async follow(steps: SessionRequest['steps']): Promise<void> {
    for (const { expect } of steps) {
      if (expect === undefined) return;
      while (!this.isOver && !(await this.shows(puppeteerSelector(expect)))) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      if (this.isOver) return;
      this.say({ type: 'reached' });
    }
  }

  /** Takes a picture of the page that the participant sees, without what is in fields and frames. */
  async picture(file: string, mask: string[]): Promise<void> {
    for (const page of [...this.pages].reverse()) {
      const isSeen = await page.evaluate('document.visibilityState === "visible"').catch(() => false);
      if (!isSeen || this.isOver) continue;
      await takePicture(page, file, [...fields, ...mask]);
      return;
    }
  }

  end(): void {
    this.isOver = true;
  }

  private async shows(selector: string): Promise<boolean> {
    const pages = await this.browser.pages().catch(() => []);
    for (const frame of pages.flatMap((page) => page.frames())) {
      const element = await frame.$(selector).catch(() => null);
      if (await element?.isVisible().catch(() => false)) return true;
    }
    return false;
  }

  private say(event: SessionEvent): void {
    if (!this.isOver) this.onEvent(event, Date.now());
  }

  /** The participant is away while none of their pages is in sight: a link may open another one. */
  private sees(page: Page, isInSight: boolean): void {
    if (isInSight) this.inSight.add(page);
    else this.inSight.delete(page);
    const isAway = this.inSight.size === 0;
    if (isAway !== this.isAway) this.say({ type: isAway ? 'left' : 'returned' });
    this.isAway = isAway;
  }

  private hear(page: Page, text: string): void {
    if (typeof text !== 'string' || text.length > 1_000) return;
    try {
      const { data } = sessionEventSchema.safeParse(JSON.parse(text));
      if (!data || !told.includes(data.type)) return;
      if (data.type === 'left' || data.type === 'returned') this.sees(page, data.type === 'returned');
      else this.say(data);
    } catch {
      // not of our script
    }
  }

  private async hearNavigations(page: Page): Promise<void> {
    const session = await page.createCDPSession();
    const main = (page.mainFrame() as unknown as { _id: string })._id;
    let asked: number | undefined;
    let address = page.url();
    const came = (url: string) => {
      address = url;
      this.say({ type: 'page' });
    };
    session.on('Page.frameRequestedNavigation', ({ frameId }) => {
      if (frameId === main) asked ??= Date.now();
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined && frame.url !== 'about:blank') came(frame.url);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === main && url !== address) came(url);
    });
    page.on('domcontentloaded', () => {
      if (asked !== undefined) this.say({ type: 'waited', milliseconds: Date.now() - asked });
      asked = undefined;
    });
    await session.send('Page.enable');
  }
}
