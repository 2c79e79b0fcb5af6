import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import { type Action, actionSchema, labelOf } from '../../../core/journey/recording';
import { variableOf, withoutSecrets } from '../../../core/journey/secrets';
import type { RecordRequest } from '../../../protocol/workerMessages';
import { answerDialogs } from '../answerDialogs';
import { restoreState } from '../login/browserState';
import { asHumanError } from '../runErrors';
import { onlyPage, untilAborted, untilClosed } from '../seenPages';
import { sendCredentials } from '../sendCredentials';

const doneSchema = z.object({
  type: z.enum(['click', 'doubleClick', 'hover', 'change', 'keyDown', 'keyUp']),
  selectors: actionSchema.shape.selectors,
  value: z.optional(z.string().check(z.refine((value) => !value.includes('${env:')))),
  key: z.optional(z.string()),
  offsetX: z.optional(z.number()),
  offsetY: z.optional(z.number()),
  button: z.optional(z.string()),
  deviceType: z.optional(z.string()),
  isSecret: z.optional(z.boolean()),
});
/** What the recorder in the page (src/inPage/recorder.ts) tells; the page could tell anything in its name. */
const toldSchema = z.object({
  frame: z.nullable(z.array(z.int().check(z.gte(0)))),
  /** When the document of the action began, which tells it from others. Milliseconds since 1970. */
  document: z.number(),
  actions: z.optional(z.array(doneSchema).check(z.maxLength(20))),
  writes: z.optional(z.boolean()),
});
/** The longest text that a page tells at once, and the most actions of a recording. */
const LONGEST = 100_000;
const MOST = 5_000;
/** How long after an action a page that the last one asks for counts as led to by it. Milliseconds. */
const LED_WITHIN = 10_000;
/** The same of an address that a script changes. Milliseconds. */
const LED_SOFTLY_WITHIN = 3_000;
/** The same of what nobody asks for, as when a script goes back; later it was the browser's button. Milliseconds. */
const LED_AT_ONCE = 1_000;

/** The actions with which a recording begins, before anything is done. */
const OPENED = 2;
/** How long the first page may still go on to others by itself. Milliseconds. */
const SETTLES = 3_000;

/** How much later than the browser the page tells of an action, mostly. Milliseconds. */
const TOLD_WITHIN = 40;
/** How long after a page an action may be told that led to it. Milliseconds. */
const CLAIMED_WITHIN = 300;

/** Gets the actions from an index on, each time that they change. */
export type OnActions = (from: number, actions: readonly Action[]) => void;

/**
 * Hears what a person does in a browser, until its pages are closed or `stop` is aborted.
 * @param script the text of src/inPage/recorder.ts
 * @returns what was done, without secrets
 * @throws HumanError of kind `page` when the first page cannot be opened
 */
export async function record(
  browser: Browser,
  request: Omit<RecordRequest, 'type' | 'id'>,
  script: string,
  onActions: OnActions,
  stop: AbortSignal,
): Promise<Action[]> {
  const page = await onlyPage(browser);
  const closed = untilClosed(browser);
  const recorder = new JourneyRecorder(script, request, onActions);
  const stopped = untilAborted(stop);
  await restoreState(page, request.state);
  await recorder.add(page, true);
  browser.on('targetcreated', (target) => {
    if (target.type() !== 'page') return;
    void target
      .page()
      .then((opened) => opened && recorder.add(opened, false))
      .catch(() => {}); // it has closed again
  });
  await recorder.open(page).catch((error: unknown) => {
    if (!stop.aborted && browser.connected && !page.isClosed()) throw asHumanError(error, request.url);
  });
  await Promise.race([closed, stopped]);
  return recorder.actions;
}

/** What is done in the pages of a browser, as actions of the Recorder. */
class JourneyRecorder {
  actions: Action[] = [];
  private main: Page | undefined;
  /** When the first page had come. */
  private opened = Number.POSITIVE_INFINITY;
  private readonly pages = new Set<Page>();
  /** The document that each page shows, as far as it has been told. */
  private readonly documents = new Map<Page, number | undefined>();
  /** A page that came and that no action is known to have led to, and the document in which one may have. */
  private unclaimed: { page: Page; url: string; from: number | undefined } | undefined;
  /** The last action in each document that may lead to another page. */
  private readonly last = new Map<number | undefined, { action: Action; at: number }>();

  constructor(
    private readonly script: string,
    private readonly request: Omit<RecordRequest, 'type' | 'id'>,
    private readonly onActions: OnActions,
  ) {}

  /** Listens to a page. */
  async add(page: Page, isMain: boolean): Promise<void> {
    if (this.pages.has(page)) return;
    this.pages.add(page);
    if (isMain) this.main = page;
    await page.exposeFunction('uxAuditTell', (told: string) => this.hear(page, told));
    await page.evaluateOnNewDocument(this.script);
    await sendCredentials(page, this.request);
    if (this.request.isVisible === false) await answerDialogs(page);
    else await page.setViewport(this.request.viewport ?? null);
    await this.hearNavigations(page);
    // a window that a page opened has begun without us
    await Promise.all(page.frames().map((frame) => frame.evaluate(this.script).catch(() => {})));
  }

  /** Opens the first page. */
  async open(page: Page): Promise<void> {
    const size = '({ width: innerWidth, height: innerHeight, deviceScaleFactor: devicePixelRatio })';
    const window = (await page.evaluate(size)) as { width: number; height: number; deviceScaleFactor: number };
    const { isMobile = false, hasTouch = false } = this.request.viewport ?? {};
    const { url } = this.request;
    const opened: Action = { type: 'navigate', url, assertedEvents: [{ type: 'navigation', url, title: '' }] };
    this.push([{ type: 'setViewport', ...window, isMobile, hasTouch, isLandscape: false }, opened]);
    await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 0 });
    this.opened = Date.now();
    await this.tellTitle(page, opened);
  }

  private push(actions: Action[]): void {
    const from = this.actions.length;
    if (from + actions.length > MOST) return;
    this.actions.push(...actions);
    this.onActions(from, actions);
  }

  private hear(page: Page, text: string): void {
    if (typeof text !== 'string' || text.length > LONGEST || !this.main) return;
    const { data } = toldSchema.safeParse(parsed(text));
    if (!data) return;
    const frame = data.frame ?? [];
    const document = frame.length > 0 ? this.documents.get(page) : data.document;
    if (data.writes) this.last.delete(document); // what the page does now, it does since something is written
    const actions = (data.actions ?? []).map(({ isSecret, type, ...action }): Action => {
      const where = { target: page === this.main ? 'main' : page.url(), ...(frame.length > 0 && { frame }) };
      const told: Action = { type, ...where, ...action };
      if (isSecret) told.value = `\${env:${variableOf(this.request.journey, labelOf(told))}}`;
      return told;
    });
    const { steps } = withoutSecrets({ title: '', steps: actions }, this.request.journey).recording;
    if (steps.length === 0 || this.isDoubleClick(steps, document)) return;
    this.push(steps);
    const acting = steps.findLast(({ type, key }) => type !== 'keyUp' || key === ' ') as Action;
    if (acting.type === 'hover') return;
    this.last.set(document, { action: acting, at: Date.now() });
    const { unclaimed } = this;
    if (unclaimed?.page !== page || unclaimed.from !== document) return;
    this.unclaimed = undefined;
    void this.mark(page, acting, unclaimed.url);
  }

  /** Puts a double click in the place of the two clicks that it consists of. */
  private isDoubleClick([action]: readonly Action[], document: number | undefined): boolean {
    if (action?.type !== 'doubleClick') return false;
    const isSame = (one: Action | undefined) =>
      one?.type === 'click' && !one.assertedEvents && String(one.selectors) === String(action.selectors);
    const from = this.actions.length - 2;
    if (!isSame(this.actions[from + 1])) return true; // it led elsewhere, or is another click already
    const at = isSame(this.actions[from]) ? from : from + 1;
    this.actions.splice(at, this.actions.length - at, action);
    this.onActions(at, [action]);
    const last = this.last.get(document);
    if (last) last.action = action;
    return true;
  }

  private async hearNavigations(page: Page): Promise<void> {
    const session = await page.createCDPSession();
    const main = (page.mainFrame() as unknown as { _id: string })._id;
    let asked: string | undefined;
    let index = await indexIn(session);
    let address = page.url();
    this.documents.set(page, await startOf(page));
    const came = async (url: string, isHard: boolean) => {
      const [reason, isOther] = [asked, url !== address];
      [asked, address] = [undefined, url];
      const isOpening = this.opened === Number.POSITIVE_INFINITY; // whatever is done before it is told
      await delay(TOLD_WITHIN);
      const from = this.documents.get(page); // what is done in the new document did not lead to it
      if (isHard) this.documents.set(page, await startOf(page));
      const led = this.last.get(from);
      const after = led ? Date.now() - led.at : Number.POSITIVE_INFINITY;
      const before = index;
      index = await indexIn(session);
      if (isHard && reason === undefined && isOpening) return; // the first page, wherever its server leads
      const isOfBrowser = after >= LED_AT_ONCE && (isHard ? reason === undefined : isOther && index < before);
      const isLed = isHard ? !/Refresh/.test(reason ?? '') && after < LED_WITHIN : isOther && after < LED_SOFTLY_WITHIN;
      if (led && isLed && !isOfBrowser && !led.action.assertedEvents) return this.mark(page, led.action, url);
      if ((!isHard && !isOther) || (led?.action.assertedEvents && !isOfBrowser)) return;
      // the browser may tell of a page before it tells of the action that led to it
      const unclaimed = { page, url, from };
      this.unclaimed = unclaimed;
      await delay(CLAIMED_WITHIN);
      if (this.unclaimed !== unclaimed) return;
      this.unclaimed = undefined;
      const isLater = this.actions.length > OPENED || Date.now() - this.opened > SETTLES;
      if (!isOfBrowser || page !== this.main || !isLater) return;
      this.last.clear();
      this.push([{ type: 'navigate', target: 'main', url }]);
    };
    session.on('Page.frameRequestedNavigation', ({ frameId, reason }) => {
      if (frameId === main) asked = reason;
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined && frame.url !== 'about:blank') void came(frame.url, true).catch(() => {});
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === main) void came(url, false).catch(() => {});
    });
    await session.send('Page.enable');
  }

  /** Says of an action that it led to another page. */
  private async mark(page: Page, action: Action, url: string): Promise<void> {
    action.assertedEvents = [{ type: 'navigation', url: withoutQuery(url), title: '' }];
    this.changed(action);
    await this.tellTitle(page, action);
  }

  private changed(action: Action): void {
    const at = this.actions.indexOf(action);
    if (at >= 0) this.onActions(at, this.actions.slice(at));
  }

  private async tellTitle(page: Page, action: Action): Promise<void> {
    const title = await page.title().catch(() => '');
    const [event] = action.assertedEvents ?? [];
    if (!event || title === '') return;
    event.title = title.slice(0, 200);
    this.changed(action);
  }
}

/** When the document of a page began, which tells it from others; undefined when the page has gone. */
function startOf(page: Page): Promise<number | undefined> {
  return page.evaluate('performance.timeOrigin').catch(() => undefined) as Promise<number | undefined>;
}

/** Where a page is in the history of its window. */
async function indexIn(session: CDPSession): Promise<number> {
  return (await session.send('Page.getNavigationHistory')).currentIndex;
}

/** An address without what was entered into a form that sends it along. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
