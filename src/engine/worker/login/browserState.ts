import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, CDPSession, Page, Protocol } from 'puppeteer-core';
import * as z from 'zod/mini';
import {
  type BrowserState,
  browserStateSchema,
  type StateCookie,
  type StateOrigin,
} from '../../../core/audit/browserState';
import { connectionOf } from '../connectionOf';
import { trafficOf } from '../traffic';

/** How long a page may take to tell what its origin has kept. Milliseconds. */
const READ_WITHIN = 10_000;
/** The path at which a page of our own stands for an origin; no server is asked for it. */
const STAND_IN = '/.ux-audit';
const EMPTY = Buffer.from('<!doctype html><link rel="icon" href="data:,"><title>UX Audit</title>').toString('base64');

const keptSchema = z.object({
  ...browserStateSchema.shape.origins.def.innerType.def.element.shape,
  origin: z.optional(z.string()),
  left: z.array(z.string()),
});

/** The text of src/inPage/storage.ts. */
function storageScript(): Promise<string> {
  return readFile(path.join(__dirname, 'inPage', 'storage.js'), 'utf8');
}

/** Lets our own page answer for every address, so that no server is touched. @returns ends that */
async function answerAll(session: CDPSession): Promise<() => Promise<void>> {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    const responseHeaders = [{ name: 'content-type', value: 'text/html; charset=utf-8' }];
    void session
      .send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: EMPTY })
      .catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  return async () => {
    await session.send('Fetch.disable');
    await session.detach();
  };
}

/** Whether anything of an origin is to be written by a page of it. */
function hasStorage({ localStorage, sessionStorage = [], indexedDB = [] }: StateOrigin): boolean {
  return localStorage.length + sessionStorage.length + indexedDB.length > 0;
}

/**
 * Puts a state into the browser of a page that has shown nothing yet. What belongs to the tab alone (sessionStorage) is
 * put into this very page. No server is asked for anything, so caches stay cold.
 * @param state what may be put there (core/audit/browserState.ts, `stateFor`)
 */
export async function restoreState(page: Page, state: BrowserState | undefined): Promise<void> {
  if (!state) return;
  const session = await page.createCDPSession();
  await putCookies(page, state.cookies.map(toBrowser));
  const origins = state.origins.filter(hasStorage);
  if (origins.length === 0) return session.detach();
  const script = await storageScript();
  const end = await answerAll(session);
  try {
    for (const { origin, ...kept } of origins) {
      await page.goto(`${origin}${STAND_IN}`, { waitUntil: 'domcontentloaded', timeout: READ_WITHIN });
      await page.evaluate(`${script};uxAuditStorage.write(${JSON.stringify(kept)})`);
    }
    await page.goto('about:blank');
    await session.send('Page.resetNavigationHistory');
  } finally {
    await end().catch(() => {});
  }
}

/** Puts cookies into the browser context of a page, which only the browser itself can be told. */
async function putCookies(page: Page, cookies: Protocol.Network.CookieParam[]): Promise<void> {
  const { id: browserContextId } = page.browserContext();
  const connection = await connectionOf(page.browser());
  const put = (some: typeof cookies) =>
    connection.send('Storage.setCookies', { cookies: some, ...(browserContextId && { browserContextId }) });
  await put(cookies).catch(async () => {
    for (const cookie of cookies) await put([cookie]).catch(() => {}); // an invalid one spoils all
  });
}

function toBrowser(cookie: StateCookie): Protocol.Network.CookieParam {
  const { name, value, domain, path: where, expires, httpOnly, secure, sameSite, partitionKey } = cookie;
  return {
    name,
    value,
    domain,
    path: where,
    httpOnly,
    secure,
    ...(expires > 0 && { expires }),
    ...(sameSite && { sameSite }),
    ...(partitionKey !== undefined && {
      partitionKey: { topLevelSite: partitionKey, hasCrossSiteAncestor: cookie._crHasCrossSiteAncestor === true },
    }),
  };
}

function fromBrowser(cookie: Protocol.Network.Cookie): StateCookie {
  const { name, value, domain, path: where, expires, httpOnly, secure, sameSite, partitionKey } = cookie;
  return {
    name,
    value,
    domain,
    path: where,
    expires: expires > 0 ? expires : -1,
    httpOnly,
    secure,
    ...(sameSite && { sameSite }),
    ...(partitionKey && {
      partitionKey: partitionKey.topLevelSite,
      _crHasCrossSiteAncestor: partitionKey.hasCrossSiteAncestor,
    }),
  };
}

/** Follows the pages of a browser, and knows what it would take to open them again as somebody who is signed in. */
export class StateKeeper {
  private readonly origins = new Map<string, StateOrigin>();
  private readonly visited = new Set<string>();
  private readonly pages = new Set<Page>();
  private cookies: StateCookie[] = [];
  /** Names of databases that could not be kept. */
  readonly left = new Set<string>();

  /** @param script the text of src/inPage/storage.ts; the bundled one when left out */
  constructor(
    private readonly browser: Browser,
    private readonly script?: string,
  ) {
    browser.on('targetcreated', (target) => {
      if (target.type() !== 'page') return;
      void target
        .page()
        .then((page) => page && this.follow(page))
        .catch(() => {}); // it has closed again
    });
  }

  /** Follows a page that is there already. */
  follow(page: Page): void {
    if (this.pages.has(page)) return;
    this.pages.add(page);
    void trafficOf(page);
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && /^https?:/.test(frame.url())) this.visited.add(new URL(frame.url()).origin);
    });
  }

  /** What is known so far. */
  get state(): BrowserState {
    return { cookies: this.cookies, origins: [...this.origins.values()].filter(hasStorage) };
  }

  /** Reads what the browser keeps now: all cookies, and the storage of the pages that are open. */
  async look(): Promise<void> {
    const { cookies } = await (await connectionOf(this.browser)).send('Storage.getCookies');
    this.cookies = cookies.map(fromBrowser);
    const script = this.script ?? (await storageScript());
    for (const page of await this.browser.pages()) {
      this.follow(page);
      if (/^https?:/.test(page.url())) await this.read(page, script).catch(() => {}); // it goes elsewhere just now
    }
  }

  /** As {@link look}, and what origins have kept that no page shows any more. The server is not asked. */
  async lookAtAll(): Promise<void> {
    await this.look();
    const shown = new Set((await this.browser.pages()).map((page) => URL.parse(page.url())?.origin));
    const others = [...this.visited].filter((origin) => !shown.has(origin));
    if (others.length === 0) return;
    const script = this.script ?? (await storageScript());
    const page = await this.browser.newPage();
    const end = await answerAll(await page.createCDPSession());
    for (const origin of others) {
      await page.goto(`${origin}${STAND_IN}`, { waitUntil: 'domcontentloaded', timeout: READ_WITHIN });
      await this.read(page, script).catch(() => {});
    }
    await end().catch(() => {});
    await page.close();
  }

  private async read(page: Page, script: string): Promise<void> {
    const { origin } = new URL(page.url());
    const told = page.evaluate(`${script};(() => {
      const storage = uxAuditStorage;
      delete globalThis.uxAuditStorage;
      return storage.read();
    })()`);
    told.catch(() => {}); // the time limit is told instead
    const { data } = keptSchema.safeParse(await Promise.race([told, delay(READ_WITHIN, undefined, { ref: false })]));
    if (!data || new URL(page.url()).origin !== origin) return;
    const { left, localStorage, sessionStorage = [], indexedDB = [] } = data;
    for (const name of left) this.left.add(`${name} of ${origin}`);
    const before = this.origins.get(origin);
    this.origins.set(origin, {
      origin,
      localStorage,
      // a tab of the same origin that was opened later has its own
      sessionStorage: sessionStorage.length > 0 ? sessionStorage : (before?.sessionStorage ?? []),
      ...(indexedDB.length > 0 && { indexedDB }),
    });
  }
}
