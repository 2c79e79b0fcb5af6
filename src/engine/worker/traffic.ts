import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'puppeteer-core';

/** How often is looked whether a page is at rest. Milliseconds. */
const LOOK = 25;

const heard = new WeakMap<Page, Promise<Traffic>>();

/** What a page loads, heard from the first call for it on. */
export function trafficOf(page: Page): Promise<Traffic> {
  const known = heard.get(page) ?? page.createCDPSession().then(Traffic.on);
  heard.set(page, known);
  return known;
}

/**
 * Hears what a page loads. Puppeteer's own wait for a page at rest does not end where the browser tells no end of a
 * request, as of the icon of a page that was left, or where it tells the end before the request, as of a picture in a
 * data: URL that is in memory.
 */
export class Traffic {
  /** When a request ended last. Milliseconds since 1970. */
  lastEnd = 0;
  /** The requests under way, each with the document that it is for. */
  private readonly open = new Map<string, string>();

  static async on(this: void, session: CDPSession): Promise<Traffic> {
    const traffic = new Traffic(session);
    await Promise.all([session.send('Page.enable'), session.send('Network.enable')]);
    return traffic;
  }

  private constructor(session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, loaderId, request }) => {
      if (!request.url.startsWith('data:')) this.open.set(requestId, loaderId);
    });
    session.on('Network.loadingFinished', ({ requestId }) => this.ended(requestId));
    session.on('Network.loadingFailed', ({ requestId }) => this.ended(requestId));
    // an open stream is no load that anybody waits for
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.mimeType === 'text/event-stream') this.ended(requestId);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      for (const [requestId, loaderId] of this.open) if (loaderId !== frame.loaderId) this.open.delete(requestId);
    });
  }

  /** Whether requests are under way. */
  get isLoading(): boolean {
    return this.open.size > 0;
  }

  /**
   * Waits until nothing has been loaded for a time, from now on.
   * @param within the longest wait; a page that polls never rests
   * @returns whether the page rests. All times in milliseconds.
   */
  async rests(quiet: number, within: number): Promise<boolean> {
    const end = Date.now() + within;
    let since = Date.now();
    while (Date.now() < end) {
      if (this.isLoading) since = Date.now();
      else if (Date.now() - Math.max(since, this.lastEnd) >= quiet) return true;
      await delay(LOOK);
    }
    return false;
  }

  private ended(requestId: string): void {
    if (this.open.delete(requestId)) this.lastEnd = Date.now();
  }
}
