import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import type { Proof } from '../../../core/audit/proof';
import { HumanError } from '../../../core/errors';
import type { LookRequest } from '../../../protocol/workerMessages';
import { networkError } from '../../servers/pageAnswer';
import { answerDialogs } from '../answerDialogs';
import { sendCredentials } from '../sendCredentials';
import { trafficOf } from '../traffic';
import { restoreState } from './browserState';

/** How long a page may take to say what it shows. Milliseconds. */
const TOLD_WITHIN = 10_000;
/** How long a page may take to load. Milliseconds. */
const LOADS_WITHIN = 45_000;
/** A page rests when it has loaded nothing for so long; one that never rests is taken as it is. Milliseconds. */
const QUIET = 500;
const QUIET_WITHIN = 5_000;

const sightSchema = z.object({
  heading: z.optional(z.string().check(z.maxLength(200))),
  password: z.boolean(),
  wall: z.optional(z.object({ by: z.string().check(z.maxLength(60)), covers: z.number() })),
});

/** Says what a page shows, by which it is told from others. */
export class Witness {
  private status: number | undefined;

  constructor(private readonly page: Page) {
    page.on('response', (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.status = response.status();
    });
  }

  /**
   * @param selectors CSS selectors, of which is told whether they show something
   * @returns undefined when the page does not answer
   */
  async tell(selectors: readonly string[]): Promise<Proof | undefined> {
    const told = this.look(selectors);
    told.catch(() => {}); // the time limit is told instead
    return Promise.race([told, delay(TOLD_WITHIN, undefined, { ref: false })]).catch(() => undefined);
  }

  private async look(selectors: readonly string[]): Promise<Proof> {
    const script = await readFile(path.join(__dirname, 'inPage', 'sight.js'), 'utf8');
    const sight = sightSchema.parse(
      await this.page.evaluate(`${script};(() => {
      const sight = uxAuditSight;
      delete globalThis.uxAuditSight; // what is examined next finds the page as it was
      return sight();
    })()`),
    );
    const visible: string[] = [];
    for (const selector of selectors) {
      for (const element of await this.page.$$(selector).catch(() => []))
        if (!visible.includes(selector) && (await element.isVisible().catch(() => false))) visible.push(selector);
    }
    return { url: this.page.url(), visible, ...sight, ...(this.status !== undefined && { status: this.status }) };
  }

  /**
   * Loads a page and says what it shows at rest.
   * @throws HumanError of kind `page` when it does not load or does not answer
   */
  async tellOf(url: string, selectors: readonly string[]): Promise<Proof> {
    const traffic = await trafficOf(this.page);
    await this.page.goto(url, { waitUntil: 'load', timeout: LOADS_WITHIN }).catch((error: Error) => {
      const netError = /net::(ERR_\w+)/.exec(error.message)?.[1];
      if (netError !== undefined && netError !== 'ERR_ABORTED') throw networkError(netError, url);
    });
    await traffic.rests(QUIET, QUIET_WITHIN);
    const proof = await this.tell(selectors);
    if (proof) return proof;
    const next = 'Open it in a browser: a script that does not end is the usual cause.';
    throw new HumanError('page', 'page-hung', { what: `${url} loaded, but does not say what it shows.`, next });
  }
}

/** Opens a page and says what it shows. @throws HumanError of kind `page` */
export async function look(within: Browser | BrowserContext, request: LookRequest): Promise<Proof> {
  const page = await within.newPage();
  await answerDialogs(page);
  await restoreState(page, request.state);
  await sendCredentials(page, request);
  return new Witness(page).tellOf(request.url, request.selectors);
}
