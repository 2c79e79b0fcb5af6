import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { HumanError, isHumanError } from '../../../core/errors';
import { inertLine } from '../../../core/text/inertText';
import { shortened } from '../../../core/text/shortened';
import type { SignedIn, SignInRequest } from '../../../protocol/workerMessages';
import { answerDialogs } from '../answerDialogs';
import { puppeteerSelector, shown } from '../journey/act';
import { walk } from '../journey/walk';
import { asHumanError } from '../runErrors';
import { frontPage, onlyPage, untilAborted, untilClosed } from '../seenPages';
import { sendCredentials } from '../sendCredentials';
import { trafficOf } from '../traffic';
import { restoreState, StateKeeper } from './browserState';

/** How often is looked at what the browser keeps while a person signs in, who may close it. Milliseconds. */
const LOOK = 1_000;
/** A page is at rest when it has loaded nothing for so long, or at last after so long. Milliseconds. */
const QUIET = 500;
const QUIET_WITHIN = 10_000;
/** How long what is to be clicked may take to appear. Milliseconds. */
const APPEARS_WITHIN = 15_000;

/**
 * Signs in, and says what the browser keeps of that: by hand in a window, until `stop` is aborted or the window closed;
 * by a recording; by a script; or by clicks.
 * @param onSeen gets what there is so far, since a window that is closed takes its browser with it
 * @param script the text of src/inPage/storage.ts; the bundled one when left out
 * @throws HumanError `login-failed`, and of kind `page` when the first page does not open
 */
export async function signIn(
  browser: Browser,
  request: SignInRequest,
  stop: AbortSignal,
  onSeen: (seen: SignedIn) => void = () => {},
  script?: string,
): Promise<SignedIn> {
  const keeper = new StateKeeper(browser, script);
  const seen = (url: string): SignedIn => ({ state: keeper.state, url, left: [...keeper.left] });
  const url = await ways[request.by](browser, request, keeper, { stop, onSeen: (at) => onSeen(seen(at)) });
  return seen(url);
}

/** What ends signing in by hand, and hears where it is. */
interface Signals {
  stop: AbortSignal;
  onSeen: (url: string) => void;
}

type Way = (browser: Browser, request: SignInRequest, keeper: StateKeeper, signals: Signals) => Promise<string>;

/** Each way signs in, lets the keeper look, and says where it ended. */
const ways: Record<SignInRequest['by'], Way> = {
  async hand(browser, request, keeper, { stop, onSeen }) {
    const page = await onlyPage(browser);
    if (request.isVisible !== false) await page.setViewport(null);
    keeper.follow(page);
    await sendCredentials(page, request);
    const closed = untilClosed(browser);
    const stopped = untilAborted(stop);
    await page.goto(request.url, { waitUntil: 'domcontentloaded', timeout: 0 }).catch((error: unknown) => {
      if (!stop.aborted && browser.connected && !page.isClosed()) throw asHumanError(error, request.url);
    });
    let at = request.url;
    let isOver = false;
    const over = Promise.race([closed, stopped]).then(() => {
      isOver = true;
    });
    while (!isOver) {
      await keeper.look().catch(() => {}); // it goes elsewhere, or has closed
      at = (await addressIn(browser).catch(() => undefined)) ?? at;
      onSeen(at);
      await Promise.race([over, delay(LOOK)]);
    }
    if (!stop.aborted) return at; // what was seen last is what there is
    await keeper.lookAtAll().catch(() => {}); // its last window closes; what was seen last is what there is
    return (await addressIn(browser).catch(() => undefined)) ?? at;
  },

  async recording(browser, request, keeper) {
    const { url, recording, ignoreCertificateErrors, headers, cookies } = request;
    if (!recording) throw new Error('a recording is missing');
    const asked = {
      ...recording,
      url,
      ignoreCertificateErrors,
      ...(headers && { headers }),
      ...(cookies && { cookies }),
    };
    const { steps } = await walk(browser, { type: 'walk', id: request.id, ...asked }, () => {});
    const failed = steps.find(({ outcome }) => outcome === 'failed');
    if (failed) throw failure(`at “${inertLine(failed.name)}”: ${failed.why ?? ''}`);
    return ended(browser, keeper);
  },

  async script(browser, request, keeper) {
    const run = await importScript(request.script ?? '');
    const page = await browser.newPage();
    await answerDialogs(page);
    await sendCredentials(page, request);
    const { url } = request;
    try {
      // the second form is the one of Lighthouse CI
      await (run.length > 1 ? run(browser, { url, options: {} }) : run({ page, browser, env: process.env, url }));
    } catch (error) {
      throw isHumanError(error) ? error : failure(shortened(inertLine((error as Error).message ?? String(error)), 300));
    }
    return ended(browser, keeper);
  },

  async click(browser, request, keeper) {
    const { url, click = [] } = request;
    const page = await browser.newPage();
    keeper.follow(page);
    await answerDialogs(page);
    await restoreState(page, request.state);
    await sendCredentials(page, request);
    await page.goto(url, { waitUntil: 'load', timeout: 0 }).catch((error: unknown) => {
      throw asHumanError(error, url);
    });
    for (const selector of click) {
      try {
        const found = page.frames().map((frame) => shown(frame, puppeteerSelector(selector), APPEARS_WITHIN));
        await (await Promise.any(found)).click();
      } catch {
        throw failure(`${inertLine(String(selector))} did not appear, or could not be clicked, at ${url}`);
      }
    }
    return ended(browser, keeper);
  },
};

/** Lets the pages come to rest before the keeper looks. */
async function ended(browser: Browser, keeper: StateKeeper): Promise<string> {
  const page = await frontPage(browser);
  if (page) await (await trafficOf(page)).rests(QUIET, QUIET_WITHIN);
  await keeper.lookAtAll();
  const url = page?.url();
  if (url === undefined) throw failure('it closed its page');
  return url;
}

const addressIn = async (browser: Browser): Promise<string | undefined> => (await frontPage(browser))?.url();

function failure(why: string): HumanError {
  const next = 'Do by hand what it does, and correct it where the page has changed. Or sign in by hand.';
  return new HumanError('page', 'login-failed', { what: `Signing in failed: ${why.replace(/\.$/, '')}.`, next });
}

async function importScript(file: string): Promise<(...given: unknown[]) => unknown> {
  try {
    const module = (await import(`${pathToFileURL(file).href}?at=${(await stat(file)).mtimeMs}`)) as {
      default?: unknown;
    };
    if (typeof module.default !== 'function') throw new Error('it exports no function');
    return module.default as (...given: unknown[]) => unknown;
  } catch (error) {
    const what = `The script ${file} could not be used: ${(error as Error).message}`;
    const next =
      'It must be a JavaScript module whose default export is a function: async ({ page, env, url }) => { … }';
    throw new HumanError('usage', 'script-invalid', { what, next }, { cause: error });
  }
}
