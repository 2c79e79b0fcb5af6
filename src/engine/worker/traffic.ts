import { setTimeout as delay } from 'node:timers/promises';
import type { HTTPRequest, Page } from 'puppeteer-core';

/** How often is looked whether a page is at rest. Milliseconds. */
const LOOK = 25;

/** How long hearing a page may take to begin; one that hangs answers nothing. Milliseconds. */
const BEGINS_WITHIN = 2_000;

const heard = new WeakMap<Page, Traffic>();

/** What a page loads, heard from the first call for it on. */
export async function trafficOf(page: Page): Promise<Traffic> {
  const known = heard.get(page) ?? new Traffic(page);
  heard.set(page, known);
  await Promise.race([known.begun, delay(BEGINS_WITHIN, undefined, { ref: false })]);
  return known;
}

/** What a request is for. */
interface Loaded {
  frame: string | undefined;
  /** The id of the document's loader. */
  document: string;
}

/**
 * Hears what a page loads. Puppeteer's own wait for a page at rest does not end where the browser tells no end of a
 * request, as of the icon of a page that was left, or where it tells the end before the request, as of a picture in a
 * data: URL that is in memory.
 */
export class Traffic {
  /** When a request ended last. Milliseconds since 1970. */
  lastEnd = 0;
  /** Resolves once the page is heard. */
  readonly begun: Promise<void>;
  /** The requests under way by their ids. */
  private readonly open = new Map<string, Loaded>();

  constructor(page: Page) {
    // what begins in the process of the page may end in that of a frame, which Puppeteer hears too
    page.on('requestfinished', (request) => {
      if (!isRedirect(request)) this.ended(idOf(request));
    });
    page.on('requestfailed', (request) => this.ended(idOf(request)));
    page.on('close', () => this.open.clear());
    this.begun = this.listen(page).catch(() => {}); // it has closed again
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

  private async listen(page: Page): Promise<void> {
    const session = await page.createCDPSession();
    session.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, request, type }) => {
      // nobody waits for a beacon; a worker is of no document, and of a shared one no end is told
      if (request.url.startsWith('data:') || type === 'Ping' || loaderId === '') return;
      this.open.set(requestId, { frame: frameId, document: loaderId });
    });
    session.on('Network.loadingFinished', ({ requestId }) => this.ended(requestId));
    session.on('Network.loadingFailed', ({ requestId }) => this.ended(requestId));
    // an open stream is no load that anybody waits for
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.mimeType === 'text/event-stream') this.ended(requestId);
    });
    // no end is told of what a page or frame that is left was still loading
    session.on('Page.frameNavigated', ({ frame: { id, parentId, loaderId } }) =>
      this.drop(({ frame, document }) => document !== loaderId && (parentId === undefined || frame === id)),
    );
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.drop(({ frame }) => frame === frameId);
    });
    await Promise.all([session.send('Page.enable'), session.send('Network.enable')]);
  }

  private ended(requestId: string): void {
    if (this.open.delete(requestId)) this.lastEnd = Date.now();
  }

  private drop(isGone: (loaded: Loaded) => boolean): void {
    for (const [requestId, loaded] of this.open) if (isGone(loaded)) this.open.delete(requestId);
  }
}

/** The id that the browser gave a request; Puppeteer does not declare it. */
const idOf = (request: HTTPRequest) => (request as unknown as { id: string }).id;

/** Whether a request was answered with another address; what follows has its id. */
function isRedirect(request: HTTPRequest): boolean {
  const response = request.response();
  return response !== null && response.status() >= 300 && response.status() < 400 && 'location' in response.headers();
}
