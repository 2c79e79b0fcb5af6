import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { snapshotGather } from 'lighthouse/core/gather/snapshot-runner.js';
import { Runner } from 'lighthouse/core/runner.js';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { type ReportSlice, sliceReport } from '../../../core/audit/lighthouseReport';
import type { WalkedStep } from '../../../core/journey/journeyRun';
import {
  type Action,
  isAssertion,
  type JourneyStep,
  labelOf,
  leadsElsewhere,
  type Selector,
} from '../../../core/journey/recording';
import { inertLine } from '../../../core/text/inertText';
import { shortened } from '../../../core/text/shortened';
import type { Walk, WalkRequest } from '../../../protocol/workerMessages';
import { answerDialogs } from '../answerDialogs';
import { restoreState } from '../login/browserState';
import { networkErrorIn } from '../runErrors';
import { takePicture } from '../screenshot';
import { sendCredentials } from '../sendCredentials';
import { Actor, type Moment, momentIn, puppeteerSelector, shown } from './act';
import { Inspector } from './inspect';
import { Watch } from './watch';

/** The window where a recording says none: that of Lighthouse's desktop. */
const WINDOW = { width: 1350, height: 940 };
/** A page is at rest when nothing was loaded and nothing changed for so long. Milliseconds. */
const REST = 500;
/** How long a page without a named end may take to come to rest. Milliseconds. */
const RESTS_WITHIN = 10_000;
/** How long a page may take to draw and tell its vitals at the end of a step. Milliseconds. */
const TOLD_WITHIN = 1_000;
/** How long the picture of a failed step may take; the page may hang. Milliseconds. */
const PICTURE_WITHIN = 10_000;
/** An action that takes so much longer than it may hangs. Milliseconds. */
const HANGS = 5_000;
/** How often is looked whether a page is at rest. Milliseconds. */
const LOOK = 25;

/** Walks a journey once. A step that fails ends the walk; it is no error. */
export async function walk(
  browser: Browser,
  request: WalkRequest,
  onStep: (name: string) => void,
): Promise<Omit<Walk, 'foreignLoad' | 'browser'>> {
  const page = await browser.newPage();
  const watch = new Watch(await readFile(path.join(__dirname, 'inPage', 'probe.js'), 'utf8'));
  const viewport = request.viewport ?? WINDOW;
  await page.setViewport(viewport as never);
  await answerDialogs(page);
  await restoreState(page, request.state);
  await watch.add(page);
  await sendCredentials(page, request);
  browser.on('targetcreated', (target) => {
    if (target.type() === 'page')
      void target
        .page()
        .then((opened) => (opened && opened !== page ? watch.add(opened) : undefined))
        .catch(() => {}); // it has closed again
  });
  const origins = [new URL(request.url).origin, ...(request.secretsAt ?? [])];
  const actor = new Actor(browser, page, path.dirname(request.picture), request.within, ...origins);
  const inspector = request.inspects ? await Inspector.make(watch) : undefined;
  const walker = new Walker(page, watch, actor, request, inspector);
  const steps: WalkedStep[] = [];
  const reports: Walk['reports'] = [];
  let picture: string | undefined;
  for (const [index, step] of request.steps.entries()) {
    if (steps.some(({ outcome }) => outcome === 'failed')) {
      steps.push({ name: step.name, outcome: 'not tried', vitals: [], requests: 0, bytes: 0, errors: [] });
      continue;
    }
    onStep(step.name);
    const walked = await walker.walk(step, index);
    steps.push(walked);
    if (walked.outcome === 'failed') {
      picture = await pictureOf(actor.front, request);
    } else if (request.audits) {
      reports.push({ step: step.name, report: await snapshot(page) });
    }
  }
  return {
    steps,
    reports,
    tellsSoftNavigations: watch.tellsSoftNavigations ?? false,
    viewport: { width: viewport.width, height: viewport.height },
    ...(picture !== undefined && { picture }),
    ...(walker.inspector && { inspected: walker.inspector.inspected }),
  };
}

/** A picture of the page at the failed step; undefined when it cannot be taken. */
function pictureOf(page: Page, { picture, mask }: WalkRequest): Promise<string | undefined> {
  const taken = takePicture(page, picture, mask).catch(() => undefined);
  return Promise.race([taken, delay(PICTURE_WITHIN, undefined)]);
}

/** What Lighthouse says of the page as it is now, where no load is needed for it. */
async function snapshot(page: Page): Promise<ReportSlice> {
  const flags = {
    logLevel: 'error' as const,
    onlyCategories: ['accessibility', 'best-practices'],
    screenEmulation: { disabled: true },
    disableFullPageScreenshot: true,
  };
  const gathered = await snapshotGather(page as never, { flags });
  return sliceReport((await Runner.audit(gathered.artifacts, gathered.runnerOptions))?.lhr);
}

/** An action that could not be done, or an end that did not come. */
class Stuck extends Error {}

/** Walks the steps of a journey one after the other. */
class Walker {
  /** Since when a person waits: the last input, or the last moment at which the page was ready for them. */
  private since: Moment = 0;
  /** What the pointer had to be brought over before the present action. */
  private revealed: Selector[][] = [];

  constructor(
    private readonly page: Page,
    private readonly watch: Watch,
    private readonly actor: Actor,
    private readonly request: Pick<WalkRequest, 'within'>,
    readonly inspector?: Inspector,
  ) {}

  async walk(step: JourneyStep, index: number): Promise<WalkedStep> {
    let waiting = 0;
    try {
      for (const [at, action] of step.actions.entries()) waiting += await this.act(action, { step: index, action: at });
      const end = await this.end(step);
      this.watch.fault = undefined; // what the step expects is there
      waiting += end.waited ?? 0;
      await this.drawn();
      this.inspector?.settle();
      return {
        ...this.happened(step),
        outcome: 'reached',
        ...(end.waited !== undefined && { waiting }),
        until: end.until,
      };
    } catch (error) {
      const why = error instanceof Stuck ? error.message : `An action failed: ${messageOf(error)}`;
      return { ...this.happened(step), outcome: 'failed', why };
    }
  }

  private happened({ name }: JourneyStep): Pick<WalkedStep, 'name' | 'vitals' | 'requests' | 'bytes' | 'errors'> {
    const { vitals, requests, bytes, errors } = this.watch.take();
    return { name, vitals, requests, bytes, errors };
  }

  /** Does an action. @returns how long a person waits for the page before it. Milliseconds */
  private async act(action: Action, place: { step: number; action: number }): Promise<number> {
    const said = `“${shortened(inertLine(labelOf(action)), 60)}”`;
    if (isAssertion(action)) return this.waited(await this.assert(action));
    await this.opened();
    if (this.watch.fault !== undefined) throw new Stuck(this.watch.fault);
    const frame = await this.actor.frameOf(action).catch((error) => {
      throw new Stuck(`The window or frame of ${said} did not open: ${messageOf(error)}.`);
    });
    let before = 0;
    if (action.selectors) {
      const shown = await this.ready(action, frame, said);
      if (shown !== undefined) before = this.waited(shown);
    }
    await this.inspector?.look(place, action, frame);
    this.inspector?.revealed(this.revealed);
    this.revealed = [];
    const began = await momentIn(frame).catch(() => Date.now());
    const known = this.watch.navigations;
    await this.perform(action, frame, said);
    const input = this.watch.lastInput >= began ? this.watch.lastInput : began;
    if (action.type !== 'setViewport') this.since = Math.max(this.since, input);
    if (leadsElsewhere(action)) await this.navigated(known, said);
    return before;
  }

  private async ready(action: Action, frame: Frame, said: string): Promise<Moment | undefined> {
    const { inspector } = this;
    try {
      if (!inspector) return await this.actor.ready(action, frame, action.timeout);
      return await this.actor.ready(action, frame, action.timeout).catch(async (error: unknown) => {
        this.revealed = await inspector.reveal(action, frame);
        if (this.revealed.length === 0) throw error;
        return this.actor.ready(action, frame, action.timeout);
      });
    } catch (error) {
      throw new Stuck(
        /stays disabled/.test(messageOf(error))
          ? `${said} stayed disabled for ${seconds(action.timeout ?? this.request.within)}.`
          : /detached|destroyed|closed/i.test(messageOf(error))
            ? `The page went away before ${said} appeared.`
            : `${said} did not appear within ${seconds(action.timeout ?? this.request.within)}.`,
      );
    }
  }

  private async perform(action: Action, frame: Frame, said: string): Promise<void> {
    try {
      const limit = delay(2 * (action.timeout ?? this.request.within) + HANGS, 'hangs' as const, { ref: false });
      const done = this.actor.act(action, frame);
      done.catch(() => {}); // the time limit is told instead
      if ((await Promise.race([done, limit])) === 'hangs') throw new Error('timed out');
    } catch (error) {
      const message = messageOf(error);
      if (action.type === 'navigate') {
        const network = action.url === undefined ? undefined : networkErrorIn(message, action.url);
        throw new Stuck(network?.message ?? `${action.url} could not be opened: ${message}.`);
      }
      throw new Stuck(
        /timed out/i.test(message)
          ? `${said} was there, but could not be used within ${seconds(action.timeout ?? this.request.within)}: ` +
              'something covers, moves or disables it.'
          : `${said} could not be used: ${message}.`,
      );
    }
  }

  /** Waits until the page has drawn what it shows, and told when. */
  private async drawn(): Promise<void> {
    const frames =
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(drawn))))';
    await Promise.race([this.page.evaluate(frames).catch(() => {}), delay(TOLD_WITHIN)]);
    await delay(LOOK);
  }

  /** Waits until a page that is being opened has come. */
  private async opened(): Promise<void> {
    const end = Date.now() + this.request.within;
    while (this.watch.isOpening && Date.now() < end) await delay(LOOK);
  }

  /** Waits for the navigation that an action leads to. */
  private async navigated(known: number, said: string): Promise<void> {
    const end = Date.now() + this.request.within;
    while (this.watch.navigations <= known || this.watch.isOpening) {
      if (Date.now() > end) throw new Stuck(`${said} led to no other page within ${seconds(this.request.within)}.`);
      await delay(LOOK / 5);
    }
  }

  /** How long a person waited until a moment. */
  private waited(until: Moment): number {
    const waited = Math.max(0, until - this.since);
    this.since = Math.max(this.since, until);
    return waited;
  }

  /** Waits for the end of a step. @returns how long a person waits for it; undefined when nothing tells */
  private async end(step: JourneyStep): Promise<{ waited: number | undefined; until: 'expected' | 'rest' }> {
    await this.opened();
    const { expect, assertion } = step;
    if (assertion) return { waited: this.waited(await this.assert(assertion)), until: 'expected' };
    if (expect !== undefined) return { waited: this.waited(await this.expected(expect)), until: 'expected' };
    const rest = await this.rest();
    if (this.watch.fault !== undefined) throw new Stuck(this.watch.fault);
    return { waited: rest === undefined ? undefined : this.waited(rest), until: 'rest' };
  }

  private async expected(expect: NonNullable<JourneyStep['expect']>): Promise<Moment> {
    const { within } = this.request;
    const end = Date.now() + within;
    for (;;) {
      const frames = this.page.frames();
      try {
        return await Promise.any(
          frames.map(async (frame) => {
            await shown(frame, puppeteerSelector(expect), Math.max(1, end - Date.now()));
            return momentIn(frame);
          }),
        );
      } catch {
        if (Date.now() < end) continue; // its frame was replaced by another
        const text = Array.isArray(expect) ? expect.join(' ') : expect;
        throw new Stuck(`The step did not end: ${text} did not appear within ${seconds(within)}.`);
      }
    }
  }

  private async assert(action: Action): Promise<Moment> {
    const within = action.timeout ?? this.request.within;
    const end = Date.now() + within;
    for (;;) {
      await this.opened();
      try {
        const frame = await this.actor.frameOf(action);
        await this.actor.runStep({ ...action, timeout: Math.max(1, end - Date.now()) } as never);
        return await momentIn(frame);
      } catch {
        await delay(LOOK);
        if (Date.now() < end) continue; // another page came meanwhile
        throw new Stuck(`The step did not end: “${labelOf(action)}” did not come about within ${seconds(within)}.`);
      }
    }
  }

  /** Waits until the page is at rest. @returns when it came to rest; undefined when it does not */
  private async rest(): Promise<Moment | undefined> {
    const end = Date.now() + RESTS_WITHIN;
    while (Date.now() < end) {
      const changed = (await this.page.evaluate('globalThis.uxAuditLastChange').catch(() => undefined)) as
        | number
        | undefined;
      const last = Math.max(changed ?? Date.now(), this.watch.lastRequest, this.since);
      if (!this.watch.isLoading && !this.watch.isOpening && Date.now() - last > REST) return last;
      await delay(LOOK);
    }
    return undefined;
  }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}

function messageOf(error: unknown): string {
  const text = error instanceof AggregateError ? String(error.errors[0]) : (error as Error).message;
  return shortened(inertLine(text.replace(/\s*\n[\s\S]*$/, '').replace(/\.$/, '')), 200);
}
