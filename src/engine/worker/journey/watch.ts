import type { CDPSession, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import type { StepVitals } from '../../../core/journey/journeyRun';
import { inertLine } from '../../../core/text/inertText';
import { shortened } from '../../../core/text/shortened';
import { type Traffic, trafficOf } from '../traffic';

const vitalSchema = z.object({
  name: z.enum(['lcp', 'fcp', 'ttfb', 'inp', 'cls']),
  value: z.number().check(z.gte(0)),
  key: z.string(),
  page: z.string(),
  navigation: z.enum(['hard', 'soft']),
});
/** What the probe (src/inPage/probe.ts) tells; the page could tell anything in its name. */
const toldSchema = z.union([
  z.object({ input: z.number() }),
  z.object({ vital: vitalSchema }),
  z.object({ tellsSoftNavigations: z.boolean() }),
]);

/** The longest error that is kept. Characters. */
const ERROR = 300;
/** The most errors of a step that are kept. */
const ERRORS = 20;

/** What happened in a page since it was asked last. */
export interface Happened {
  requests: number;
  bytes: number;
  errors: string[];
  vitals: StepVitals[];
  /** How often the page was loaded, and changed by a script. */
  hard: number;
  soft: number;
}

/** Hears what happens in the pages of a walk. */
export class Watch {
  /** When trusted input arrived last. Milliseconds since 1970 in the page's clock. */
  lastInput = 0;
  /** What is wrong with the page that was opened last; undefined while all were opened. */
  fault: string | undefined;
  /** Whether the browser reports soft navigations; undefined until a page has told. */
  tellsSoftNavigations: boolean | undefined;
  private readonly traffic = new Set<Traffic>();
  private readonly opening = new Set<string>();
  private vitals = new Map<string, StepVitals>();
  private requests = 0;
  private bytes = 0;
  private errors = new Set<string>();
  private hard = 0;
  private soft = 0;

  /** @param probe the text of the script that runs in each document */
  constructor(private readonly probe: string) {}

  /** Listens to a page. What needs no session listens at once, since a window that a page opened is loading already. */
  async add(page: Page): Promise<void> {
    this.hearErrors(page);
    this.hearDocuments(page);
    const traffic = trafficOf(page);
    const session = await page.createCDPSession();
    this.hearNavigations(page, session);
    this.hearNetwork(session);
    await Promise.all([session.send('Page.enable'), session.send('Network.enable'), this.hearProbe(page, session)]);
    this.traffic.add(await traffic);
  }

  /** Whether a page is being loaded whose first byte has not come. */
  get isOpening(): boolean {
    return this.opening.size > 0;
  }

  /** Whether requests are under way. */
  get isLoading(): boolean {
    return [...this.traffic].some(({ isLoading }) => isLoading);
  }

  /** When a request ended last. Milliseconds since 1970; 0 before the first. */
  get lastRequest(): number {
    return Math.max(0, ...[...this.traffic].map(({ lastEnd }) => lastEnd));
  }

  /** How many navigations there were since the last {@link take}, hard and soft. */
  get navigations(): number {
    return this.hard + this.soft;
  }

  /** The same, each kind by itself. */
  get counts(): { hard: number; soft: number } {
    return { hard: this.hard, soft: this.soft };
  }

  /** What happened since the last time; begins to count anew. */
  take(): Happened {
    const { requests, bytes, hard, soft } = this;
    // a page tells its last values when it is left, maybe after the next one told its first; a key begins with when
    const vitals = [...this.vitals].sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b));
    const happened = { requests, bytes, hard, soft, errors: [...this.errors], vitals: vitals.map(([, one]) => one) };
    this.vitals = new Map();
    this.errors = new Set();
    [this.requests, this.bytes, this.hard, this.soft] = [0, 0, 0, 0];
    return happened;
  }

  /**
   * Hears the probe by a binding of the session's own. A function that Puppeteer exposes would lose what a document
   * tells before Puppeteer knows the document: on a busy machine, most of the vitals. Frames of other sites call such a
   * function all the same, since the session does not reach them.
   */
  private async hearProbe(page: Page, session: CDPSession): Promise<void> {
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'uxAuditHear') this.hear(payload);
    });
    await Promise.all([
      session.send('Runtime.enable'), // before the binding, which a new process of the page would not know otherwise
      session.send('Runtime.addBinding', { name: 'uxAuditHear' }),
      page.exposeFunction('uxAuditHearFrame', (told: string) => this.hear(told)),
      page.evaluateOnNewDocument(this.probe),
    ]);
  }

  private hear(text: string): void {
    let told: unknown;
    try {
      told = JSON.parse(text);
    } catch {
      return;
    }
    const { data } = toldSchema.safeParse(told);
    if (!data) return;
    if ('input' in data) this.lastInput = Math.max(this.lastInput, data.input);
    else if ('tellsSoftNavigations' in data) this.tellsSoftNavigations ||= data.tellsSoftNavigations;
    else {
      const { key, name, value, page, navigation } = data.vital;
      this.vitals.set(key, {
        ...this.vitals.get(key),
        page: shortened(inertLine(page), ERROR),
        navigation,
        [name]: value,
      });
    }
  }

  private hearNavigations(page: Page, session: CDPSession): void {
    const main = page.mainFrame();
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.hard += 1;
      // the browser's own page of an error is one of its pages too
      this.fault = frame.unreachableUrl === undefined ? this.fault : `${frame.unreachableUrl} could not be opened.`;
    });
    session.on('Page.navigatedWithinDocument', ({ frameId }) => {
      if (frameId === (main as unknown as { _id: string })._id) this.soft += 1;
    });
  }

  private hearDocuments(page: Page): void {
    page.on('request', (request) => {
      // Puppeteer tells of a request a moment later than of its answer where both have come at once
      const isUnderWay = !request.response() && !request.failure();
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (isPage && isUnderWay) this.opening.add(request.url());
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.opening.clear();
    });
    page.on('requestfailed', (request) => this.opening.delete(request.url()));
    page.on('response', (response) => {
      const request = response.request();
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (isPage && response.status() >= 400)
        this.fault = `${response.url()} answered with the error status ${response.status()}.`;
      if (response.status() === 204 || 'content-disposition' in response.headers())
        this.opening.delete(response.request().url());
    });
  }

  private hearNetwork(session: CDPSession): void {
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('data:')) this.requests += 1;
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      this.bytes += encodedDataLength;
    });
  }

  private hearErrors(page: Page): void {
    const add = (text: string) => {
      if (this.errors.size < ERRORS) this.errors.add(shortened(inertLine(text), ERROR));
    };
    page.on('pageerror', (error) => add(error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      add(url === undefined || message.text().includes(url) ? message.text() : `${message.text()} (${url})`);
    });
  }
}
