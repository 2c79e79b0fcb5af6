import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Runner } from 'lighthouse/core/runner.js';
import log from 'lighthouse-logger';
import type { Page } from 'puppeteer-core';
import { developmentBuild } from '../../core/audit/developmentBuild';
import { pageFault } from '../../core/audit/lighthouseErrors';
import { type ReportSlice, sliceReport } from '../../core/audit/lighthouseReport';
import type { RunSet } from '../../core/audit/measurement';
import { isElsewhere, type Proof } from '../../core/audit/proof';
import { isHumanError } from '../../core/errors';
import { storableUrl } from '../../core/record/targets';
import type { AuditRequest } from '../../protocol/workerMessages';
import type { Auditor, OpenBrowser } from './auditor';
import { gatherAtRest } from './gatherAtRest';
import { knownElements } from './knownElements';
import { PageReader } from './pageReader';
import { settingsOf } from './runConfig';
import { asHumanError, browserDied } from './runErrors';
import { signalsOf } from './signals';

interface Run {
  result: Record<string, unknown>;
  slice: ReportSlice;
  proof: Proof | undefined;
  development: ReturnType<typeof developmentBuild>;
  /** Product and version of the browser. */
  browser: string;
}

/** How long browsers wait for the next audit. Milliseconds. */
const IDLE = 60_000;

/** A browser for pages at rest. */
interface SharedBrowser {
  opened: Promise<OpenBrowser>;
  key: string;
  /** Whether it is for one page alone. */
  isForOne: boolean;
  /** How many pages are open in it. */
  pages: number;
}

/**
 * Audits pages for what no clock decides. Several may be under way at once, each in a browser context of its own with
 * nothing stored. They share a browser where they can.
 */
export class PagesAtRest {
  private browsers: SharedBrowser[] = [];
  private reports = 0;
  private idle?: NodeJS.Timeout;

  /** @param folder where whole reports are written */
  constructor(
    private readonly auditor: Pick<Auditor, 'open'>,
    private readonly folder: string,
  ) {}

  /**
   * Does one set of runs, and writes each whole report.
   * @throws HumanError of kind `page` or `environment`
   */
  async audit(request: AuditRequest): Promise<{ set: RunSet; reports: string[] }> {
    const endTimes = mixNoTimes();
    try {
      const runs: Run[] = [];
      for (let number = 1; number <= request.runs; number += 1) runs.push(await this.run(request, number));
      return { set: setOf(request, runs), reports: await this.write(runs) };
    } finally {
      endTimes();
      clearTimeout(this.idle);
      const isLast = this.browsers.every(({ pages }) => pages === 0);
      if (isLast) this.idle = setTimeout(() => void this.dispose(), IDLE).unref();
      if (isLast && !request.anotherFollows) await this.dispose();
    }
  }

  private async run(request: AuditRequest, number: number): Promise<Run> {
    const browser = this.take(request);
    try {
      return await runIn(await browser.opened, request, number);
    } catch (error) {
      this.leave(browser); // nothing is known of its state
      throw asHumanError(error, request.url);
    } finally {
      browser.pages -= 1;
      if (browser.isForOne) this.leave(browser);
      if (browser.pages === 0 && !this.browsers.includes(browser)) await end(browser);
    }
  }

  private leave(browser: SharedBrowser): void {
    this.browsers = this.browsers.filter((other) => other !== browser);
  }

  /** Ends the browsers. */
  async dispose(): Promise<void> {
    clearTimeout(this.idle);
    await Promise.all(this.browsers.splice(0).map(end));
  }

  private take(request: AuditRequest): SharedBrowser {
    clearTimeout(this.idle);
    const key = `${request.ignoreCertificateErrors ?? false}`;
    // A browser makes one trace at a time, and what it could not get for one page, it does not ask for again: the
    // console of the next page would not tell that its icon is missing.
    const isForOne = request.categories?.includes('best-practices') ?? false;
    let browser = isForOne ? undefined : this.browsers.find((one) => one.key === key && !one.isForOne);
    if (!browser) {
      browser = { opened: this.auditor.open(request, false), key, isForOne, pages: 0 };
      this.browsers.push(browser);
    }
    browser.pages += 1;
    return browser;
  }

  private async write(runs: readonly Run[]): Promise<string[]> {
    return Promise.all(
      runs.map(async ({ result }) => {
        this.reports += 1;
        const file = path.join(this.folder, `rest-${this.reports}.json`);
        await writeFile(file, JSON.stringify(result));
        return file;
      }),
    );
  }
}

async function end({ opened }: SharedBrowser): Promise<void> {
  await opened.then(({ process }) => process.dispose()).catch(() => {});
}

async function runIn(opened: OpenBrowser, request: AuditRequest, number: number): Promise<Run> {
  const { process, browser, product } = opened;
  const died = process.ended.then(() => {
    throw browserDied();
  });
  died.catch(() => {});
  try {
    const context = await Promise.race([browser.createBrowserContext(), died]);
    const run = context.newPage().then((page) => once(page, request, number));
    run.catch(() => {}); // the death of the browser is reported instead
    const made = await Promise.race([run, died]).finally(() => context.close().catch(() => {}));
    return { ...made, browser: product };
  } catch (error) {
    throw process.hasEnded && !isHumanError(error) ? browserDied() : error;
  }
}

async function once(page: Page, request: AuditRequest, number: number): Promise<Omit<Run, 'browser'>> {
  const reader = new PageReader(page);
  const { config, flags } = await settingsOf(request, number);
  return gatherAtRest(page, request, { config, flags }, async ({ artifacts, runnerOptions }, proof) => {
    reader.begin();
    const audited = await Runner.audit(artifacts, runnerOptions);
    const result = withoutIndexOf(audited?.lhr as unknown as Record<string, unknown>);
    const slice = sliceReport(result);
    if (slice.runtimeError) throw pageFault(slice.runtimeError.code, slice.runtimeError.message, request.url);
    const read = await reader.end();
    if (read) result.uxAudit = { elements: knownElements(read, result) };
    return { result, slice, proof, development: read && developmentBuild(signalsOf(read, artifacts)) };
  });
}

/** A result without the speed of the machine, which nobody measured. */
function withoutIndexOf(result: Record<string, unknown>): Record<string, unknown> {
  const { benchmarkIndex: _, ...environment } = result.environment as Record<string, unknown>;
  return { ...result, environment };
}

function setOf({ url, expects, ignoredParameters }: AuditRequest, runs: readonly Run[]): RunSet {
  const slices = runs.map(({ slice }) => slice);
  const development = runs.find((run) => run.development)?.development;
  const proof = runs[0]?.proof;
  const elsewhere = slices.find(({ finalUrl }) => isElsewhere(url, finalUrl, expects, ignoredParameters));
  return {
    browser: runs.at(-1)?.browser ?? '',
    slices,
    representative: 0,
    foreignLoad: runs.map(() => null),
    noisy: false,
    ...(development && { development }),
    ...(proof && { proof }),
    ...(elsewhere && { redirectedTo: storableUrl(elsewhere.finalUrl) }),
  };
}

const { takeTimeEntries } = log;
let mixed = 0;

/**
 * Lighthouse notes how long its parts take by their names alone, and forgets all of them once a page is done: pages
 * side by side would lose each other's. Meanwhile nothing is kept.
 * @returns ends it
 */
function mixNoTimes(): () => void {
  mixed += 1;
  log.takeTimeEntries = () => [];
  return () => {
    mixed -= 1;
    if (mixed > 0) return;
    log.takeTimeEntries = takeTimeEntries;
    takeTimeEntries();
  };
}
