import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, HTTPRequest, Page } from 'puppeteer-core';

/** How often is looked whether a page is at rest. Milliseconds. */
const LOOK = 25;

const heard = new WeakMap<Page, Traffic>();

/** What a page loads, heard from the first call for it on. */
export function trafficOf(page: Page): Traffic {
  const known = heard.get(page) ?? new Traffic(page);
  heard.set(page, known);
  return known;
}

/**
 * Hears what a page loads, its frames and workers too. Puppeteer's own wait for a page at rest does not end where the
 * browser tells no end of a request, as of the icon of a page that was left, or where it tells the end before the
 * request, as of a picture in a data: URL that is in memory.
 */
export class Traffic {
  /** When a request ended last. Milliseconds since 1970. */
  lastEnd = 0;
  /** The requests under way, each with its number. */
  private readonly open = new Map<HTTPRequest, number>();
  private count = 0;
  /** The number of the request that led to the present page. */
  private opened = 0;

  constructor(page: Page) {
    page.on('request', (request) => {
      if (request.url().startsWith('data:') || request.response()) return;
      this.count += 1;
      this.open.set(request, this.count);
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.opened = this.count;
    });
    page.on('requestfinished', (request) => this.ended(request));
    page.on('requestfailed', (request) => this.ended(request));
    // an open stream is no load that anybody waits for
    page.on('response', (response) => {
      if (response.headers()['content-type']?.startsWith('text/event-stream')) this.ended(response.request());
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.drop((_, number) => number < this.opened);
    });
    page.on('framedetached', (frame) => this.drop((request) => isOf(request, frame)));
    page.on('close', () => this.open.clear());
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

  private ended(request: HTTPRequest): void {
    if (this.open.delete(request)) this.lastEnd = Date.now();
  }

  /** Forgets requests whose end is never told. */
  private drop(isGone: (request: HTTPRequest, number: number) => boolean): void {
    for (const [request, number] of this.open) if (isGone(request, number)) this.open.delete(request);
  }
}

/** Whether a request is of a frame or of one in it. */
function isOf(request: HTTPRequest, gone: Frame): boolean {
  for (let frame = request.frame(); frame; frame = frame.parentFrame()) if (frame === gone) return true;
  return false;
}
