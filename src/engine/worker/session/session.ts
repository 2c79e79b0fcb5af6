import type { Browser, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import type { SessionPage, SessionRequest } from '../../../protocol/workerMessages';
import { restoreState } from '../login/browserState';
import { onlyPage, untilClosed } from '../onlyPage';
import { asHumanError } from '../runErrors';
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
  const answers = await AnswerDesk.at(page, stop);
  const agreed = await answers.ask(request.consent);
  if (agreed?.button !== 'agree') {
    onEvent({ type: 'declined' }, Date.now());
    return undefined;
  }
  onEvent({ type: 'agreed' }, Date.now());
  await Promise.race([answers.ask(request.task), next()]);
  if (stop.aborted || page.isClosed()) return undefined;
  await restoreState(page, request.state);
  const watch = new SessionWatch(browser, script, request, onEvent);
  await watch.add(page);
  await page.goto(request.url, { waitUntil: 'domcontentloaded', timeout: 0 }).catch((error: unknown) => {
    throw asHumanError(error, request.url);
  });
  onEvent({ type: 'begun' }, Date.now());
  onTask?.((file, mask) => watch.picture(file, mask));
  void watch.follow(request.steps).catch(() => {}); // the browser has closed
  const closed = untilClosed(browser);
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([next(), closed, stopped]);
  onTask?.();
  onEvent({ type: 'ended' }, Date.now());
  watch.end();
  if (stop.aborted || page.isClosed() || !request.questions) return {};
  const given = await Promise.race([answers.ask(request.questions), next().then(() => undefined)]);
  const { button: _, ...fields } = given ?? { button: '' };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => (/^\d{1,2}$/.test(value) ? [[field, Number(value)]] : [])),
  );
}

/** Where a participant answers. */
class AnswerDesk {
  private heard: ((answer: Answer | undefined) => void) | undefined;

  private constructor(private readonly page: Page) {}

  static async at(page: Page, stop: AbortSignal): Promise<AnswerDesk> {
    const desk = new AnswerDesk(page);
    const hear = (answer?: Answer) => desk.heard?.(answer);
    await page.exposeFunction('uxAuditAnswer', (text: string) => {
      try {
        hear(answerSchema.safeParse(JSON.parse(text)).data);
      } catch {
        // not of our page
      }
    });
    page.once('close', () => hear());
    stop.addEventListener('abort', () => hear(), { once: true });
    return desk;
  }

  /** Shows a page and waits for its answer. @returns undefined when the browser was closed */
  async ask(asked: SessionPage): Promise<Answer | undefined> {
    const answer = new Promise<Answer | undefined>((resolve) => {
      this.heard = resolve;
    });
    await this.page.goto('about:blank');
    await this.page.setContent(sessionPageHtml(asked));
    return answer;
  }
}
