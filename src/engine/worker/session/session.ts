import type { Browser, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import type { SessionPage, SessionRequest } from '../../../protocol/workerMessages';
import { restoreState } from '../login/browserState';
import { asHumanError } from '../runErrors';
import { onlyPage, untilAborted, untilClosed } from '../seenPages';
import { sessionPageHtml } from './sessionPages';
import { type OnEvent, SessionWatch } from './watchSession';

/** Takes a picture of what the participant sees. @param file where to write it, without ending */
export type PictureTaker = (file: string, mask: string[]) => Promise<void>;

/** What the moderator asks for while a session runs. */
export interface SessionSignals {
  /** Resolves when the moderator goes on: begins the task, ends it, or leaves out the questions. */
  next(): Promise<void>;
  /** Gets what takes pictures once the task runs, and nothing when it has ended. */
  onTask?: (take?: PictureTaker) => void;
  /** Ends the session at once. */
  stop: AbortSignal;
}

/** Where the small window of a participant without a moderator is, and its size. CSS pixels. */
const DESK = { left: 20, top: 20, width: 380, height: 320 };

const answerSchema = z.record(z.string(), z.string().check(z.maxLength(20)));
type Answer = z.infer<typeof answerSchema>;

/**
 * Runs a task session in a participant's browser: consent, the task, the listener, the questions. Nothing is counted
 * before they agree and begin.
 * @returns the answers to the questions, by field; undefined when the participant did not agree
 * @throws HumanError of kind `page` when the first page does not open
 */
export async function session(
  browser: Browser,
  request: SessionRequest,
  script: string,
  onEvent: OnEvent,
  { next, onTask, stop }: SessionSignals,
): Promise<Record<string, number> | undefined> {
  const page = await onlyPage(browser);
  if (request.isVisible !== false) await page.setViewport(null);
  const ended = Promise.race([untilClosed(browser), untilAborted(stop)]).then(() => undefined);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const first = await AnswerDesk.at(page, ended);
  const agreed = await first.ask(request.consent);
  if (agreed?.button !== 'agree') {
    onEvent({ type: 'declined' }, Date.now());
    return undefined;
  }
  onEvent({ type: 'agreed' }, Date.now());
  await Promise.race([first.ask(request.task), next()]);
  if (isOver || page.isClosed()) return undefined;
  await restoreState(page, request.state);
  const said = request.desk && (await askInWindow(browser, request.desk, ended));
  const watch = new SessionWatch(browser, script, request, onEvent);
  await watch.add(page);
  await page.goto(request.url, { waitUntil: 'domcontentloaded', timeout: 0 }).catch((error: unknown) => {
    throw asHumanError(error, request.url);
  });
  onEvent({ type: 'begun' }, Date.now());
  onTask?.((file, mask) => watch.picture(file, mask));
  void watch.follow(request.steps).catch(() => {}); // the browser has closed
  const answer = await Promise.race([next(), ended, ...(said ? [said.answer] : [])]);
  if (answer) onEvent({ type: answer.button === 'succeeded' ? 'succeeded' : 'failed' }, Date.now());
  onTask?.();
  const skipped = next();
  onEvent({ type: 'ended' }, Date.now());
  watch.end();
  if (isOver || !request.questions) return {};
  const given = await Promise.race([askInNewTab(browser, request.questions, ended), skipped]);
  const { button: _, ...fields } = given ?? { button: '' };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => (/^\d{1,2}$/.test(value) ? [[field, Number(value)]] : [])),
  );
}

/** Asks in a tab of its own, since the page of the task may hold a person back from leaving it. */
async function askInNewTab(browser: Browser, asked: SessionPage, ended: Promise<undefined>) {
  const page = await browser.newPage();
  await page.bringToFront();
  return (await AnswerDesk.at(page, ended)).ask(asked);
}

/** Opens the small window in which a participant without a moderator says how the task ended. */
async function askInWindow(browser: Browser, asked: SessionPage, ended: Promise<undefined>) {
  const page = await browser.newPage({ type: 'window', windowBounds: DESK });
  return { answer: (await AnswerDesk.at(page, ended)).ask(asked) };
}

/** A page on which a participant answers. */
class AnswerDesk {
  private heard: ((answer: Answer | undefined) => void) | undefined;

  private constructor(
    private readonly page: Page,
    private readonly ended: Promise<undefined>,
  ) {}

  static async at(page: Page, ended: Promise<undefined>): Promise<AnswerDesk> {
    const desk = new AnswerDesk(page, ended);
    await page.exposeFunction('uxAuditAnswer', (text: string) => {
      try {
        desk.heard?.(answerSchema.safeParse(JSON.parse(text)).data);
      } catch {
        // not of our page
      }
    });
    page.once('close', () => desk.heard?.(undefined));
    return desk;
  }

  /** Shows what is asked and waits for its answer. @returns undefined when the page or the session was ended */
  async ask(asked: SessionPage): Promise<Answer | undefined> {
    const answer = new Promise<Answer | undefined>((resolve) => {
      // a second click on a button of the page before is no answer
      this.heard = (given) => {
        if (!given || asked.buttons.some(({ value }) => value === given.button)) resolve(given);
      };
    });
    const shown = this.page.goto('about:blank').then(() => this.page.setContent(sessionPageHtml(asked)));
    await Promise.race([shown, this.ended]);
    return Promise.race([answer, this.ended]);
  }
}
