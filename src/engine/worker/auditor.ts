import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
import { Runner } from 'lighthouse/core/runner.js';
import log from 'lighthouse-logger';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { isDisturbed } from '../../core/audit/clockAudits';
import { type DevelopmentBuild, developmentBuild } from '../../core/audit/developmentBuild';
import { pageFault } from '../../core/audit/lighthouseErrors';
import { type ReportSlice, sliceReport } from '../../core/audit/lighthouseReport';
import type { RunSet } from '../../core/audit/measurement';
import { askedSelectors, isElsewhere, type Proof } from '../../core/audit/proof';
import { isHumanError } from '../../core/errors';
import { storableUrl } from '../../core/record/targets';
import { type AuditRequest, type Phase, phases, type WorkerStart } from '../../protocol/workerMessages';
import { type BrowserLaunch, BrowserProcess } from '../browsers/browserProcess';
import { answerDialogs } from './answerDialogs';
import { knownElements } from './knownElements';
import { restoreState } from './login/browserState';
import { ensureRight } from './login/ensureRight';
import { Witness } from './login/prove';
import { ForeignLoadMeter, ownTime } from './machine';
import { PageReader } from './pageReader';
import { type BenchmarkIndex, forgetIndex, indexAfter } from './patches/inWorker/benchmarkIndex';
import { idleFrom, settingsOf } from './runConfig';
import { asHumanError, browserDied } from './runErrors';
import { phaseOf, productOf, redacted, representativeOf } from './runParts';
import { sendCredentials } from './sendCredentials';
import { signalsOf } from './signals';

/** How long a spare browser waits for the next audit. Milliseconds. */
const SPARE_IDLE = 60_000;
/** How much later than the last question to it a browser may end that ends. Milliseconds. */
const ENDS_WITHIN = 500;

interface Run {
  result: unknown;
  development: DevelopmentBuild | undefined;
  proof: Proof | undefined;
  slice: ReportSlice;
  foreignLoad: number | null;
}

type Report = (phase: Phase, run: number, repeated: boolean) => void;

/** What a browser has to be started with. */
type BrowserNeeds = Pick<AuditRequest, 'ignoreCertificateErrors'> & Pick<BrowserLaunch, 'features' | 'isVisible'>;

/** A browser that is ready, with an empty page. */
export interface OpenBrowser {
  process: BrowserProcess;
  browser: Browser;
  page: Page;
  product: string;
}

/** Does sets of runs one after the other, each run in a fresh browser with a fresh profile. */
export class Auditor {
  private spare?: { opened: Promise<OpenBrowser>; key: string; timer: NodeJS.Timeout };
  private index?: BenchmarkIndex;
  private current?: BrowserProcess;
  private sets = 0;
  private product = '';

  constructor(
    private readonly start: WorkerStart,
    private readonly notice: (message: string) => void,
    private readonly browserIs: (pid: number, running: boolean) => void,
  ) {}

  /**
   * Does one set of runs and writes each whole report into the worker's temporary folder.
   * @throws HumanError of kind `page` or `environment`
   */
  async audit(request: AuditRequest, report: Report): Promise<{ set: RunSet; reports: string[] }> {
    this.sets += 1;
    const runs: Run[] = [];
    let repeats = 1; // more would double the time of each set on a machine that stays busy
    for (let number = 1; number <= request.runs; number += 1) {
      const more = number < request.runs || request.anotherFollows;
      let run = await this.once(request, number, false, more, report);
      if (isDisturbed(run.foreignLoad) && repeats > 0) {
        repeats -= 1;
        forgetIndex(); // the machine's speed has changed
        const again = await this.once(request, number, true, more, report);
        if ((again.foreignLoad ?? 1) < (run.foreignLoad ?? 1)) run = again;
      }
      runs.push(run);
    }
    const results = runs.map(({ result }) => result);
    const { value, measuredAt } = this.index as BenchmarkIndex;
    const representative = representativeOf(results);
    const reports = await Promise.all(
      results.map(async (result, number) => {
        const file = path.join(this.start.temporaryFolder, `set-${this.sets}-${number + 1}.json`);
        await writeFile(file, JSON.stringify(result));
        return file;
      }),
    );
    const slices = runs.map(({ slice }, number) => (number === representative ? slice : { ...slice, filmstrip: [] }));
    const { url, ignoredParameters, expects } = request;
    const proof = runs[representative]?.proof;
    const development = runs.find((run) => run.development)?.development;
    // one run elsewhere spoils a median
    const elsewhere = slices.find(({ finalUrl }) => isElsewhere(url, finalUrl, expects, ignoredParameters));
    return {
      reports,
      set: {
        browser: this.product,
        slices,
        representative,
        benchmarkIndex: { value, measuredAt: new Date(measuredAt).toISOString() },
        foreignLoad: runs.map(({ foreignLoad }) => foreignLoad),
        noisy: runs.some(({ foreignLoad }) => isDisturbed(foreignLoad)),
        ...(development && { development }),
        ...(proof && { proof }),
        ...(elsewhere && { redirectedTo: storableUrl(elsewhere.finalUrl) }),
      },
    };
  }

  /**
   * Runs `work` in a fresh browser, without measuring.
   * @param takesSpare whether the browser that was opened ahead may be used
   */
  async inBrowser<Request extends BrowserNeeds, Result>(
    request: Request,
    work: (browser: Browser, request: Request) => Promise<Result>,
    takesSpare = false,
  ): Promise<Result> {
    const { process, browser } = await (takesSpare ? this.take(request) : this.open(request, true));
    this.current = process;
    const died = process.ended.then(() => {
      throw browserDied();
    });
    died.catch(() => {});
    const done = work(browser, request);
    done.catch(() => {}); // the death of the browser is reported instead
    try {
      return await Promise.race([done, died]);
    } catch (error) {
      if (isHumanError(error)) throw error;
      await Promise.race([process.ended, delay(ENDS_WITHIN)]); // what was asked last fails a moment before
      throw process.hasEnded ? browserDied() : error;
    } finally {
      await this.discard(process, browser);
    }
  }

  /** Whether the browser of the present run has ended. */
  get browserHasEnded(): boolean {
    return this.current?.hasEnded ?? false;
  }

  /** Ends every browser of this worker. */
  async dispose(): Promise<void> {
    await Promise.all([this.dropSpare(), this.current?.dispose()]);
  }

  private async once(
    request: AuditRequest,
    number: number,
    repeated: boolean,
    more: boolean,
    report: Report,
  ): Promise<Run> {
    report('launch', number, repeated);
    const opened = await this.take(request).catch((error: unknown) => {
      throw asHumanError(error, request.url);
    });
    const { process: process_, browser, page, product } = opened;
    this.current = process_;
    this.product = product;
    const reader = new PageReader(page);
    const witness = new Witness(page);
    const selectors = askedSelectors(request.expects ?? {});
    let proof: Promise<Proof | undefined> = Promise.resolve(undefined);
    let phase: Phase = 'launch';
    let meter: ForeignLoadMeter | undefined;
    let foreignLoad: Promise<number | null> = Promise.resolve(null);
    const enter = (next: Phase) => {
      if (phases.indexOf(next) <= phases.indexOf(phase)) return; // Lighthouse reports every artifact
      phase = next;
      report(phase, number, repeated);
      if (phase !== 'gather') return;
      // the recording has ended, so what starts now changes no number
      reader.begin();
      proof = witness.tell(selectors);
      const loaded = meter;
      foreignLoad = ownTime(browser).then((spent) => loaded?.end(spent) ?? null);
      foreignLoad.catch(() => {});
    };
    let isNextPrepared = false;
    const prepareNext = () => {
      if (!more || isNextPrepared) return;
      isNextPrepared = true;
      const prepare = () => this.prepareSpare(request);
      foreignLoad.then(prepare, prepare);
    };
    const from = `Getting artifact: ${idleFrom(request, number)}`;
    const onStatus = ([, message]: [string, unknown]) => {
      const text = String(message);
      const next = phaseOf(text);
      if (next) enter(next);
      if (text.startsWith(from)) prepareNext();
    };
    log.events.on('status', onStatus);
    const died = process_.ended.then(() => {
      throw browserDied();
    });
    died.catch(() => {});
    let discarded: Promise<void> | undefined;
    try {
      const gathering = (async () => {
        await answerDialogs(page);
        await restoreState(page, request.state);
        await sendCredentials(page, request);
        meter = new ForeignLoadMeter(await ownTime(browser));
        enter('prepare');
        return navigationGather(page, request.url, (await settingsOf(request, number)) as never);
      })();
      gathering.catch(() => {}); // the death of the browser is reported instead
      const gathered = await Promise.race([gathering, died]);
      const read = await Promise.race([reader.end(), died]);
      prepareNext();
      const seen = await Promise.race([proof, died]);
      await Promise.race([ensureRight(request, witness, seen, number === request.runs), died]);
      discarded = this.discard(process_, browser); // awaited after the artifacts are analysed
      enter('analyse');
      const audited = await Runner.audit(gathered.artifacts, gathered.runnerOptions);
      const result = redacted(audited?.lhr as unknown as Record<string, unknown>);
      const slice = sliceReport(result);
      if (slice.runtimeError) throw pageFault(slice.runtimeError.code, slice.runtimeError.message, request.url);
      if (read) result.uxAudit = { elements: knownElements(read, result) };
      const development = read && developmentBuild(signalsOf(read, gathered.artifacts));
      if (slice.benchmarkIndex !== undefined) this.index = indexAfter(slice.benchmarkIndex);
      return { result, slice, development, proof: seen, foreignLoad: await foreignLoad };
    } catch (error) {
      throw asHumanError(error, request.url);
    } finally {
      log.events.off('status', onStatus);
      await (discarded ?? this.discard(process_, browser));
    }
  }

  private async discard(process_: BrowserProcess, browser: Browser): Promise<void> {
    await browser.disconnect().catch(() => {});
    await process_.dispose();
    if (this.current === process_) this.current = undefined;
  }

  /** Opens a browser with an empty page. @param isCurrent whether it is for the present run */
  async open(request: BrowserNeeds, isCurrent: boolean): Promise<OpenBrowser> {
    const process = await BrowserProcess.launch({
      ...this.start.browser,
      profiles: this.start.temporaryFolder,
      ignoreCertificateErrors: request.ignoreCertificateErrors ?? false,
      features: request.features,
      isVisible: request.isVisible,
    });
    if (isCurrent) this.current = process;
    const { pid } = process;
    if (pid !== undefined) {
      this.browserIs(pid, true);
      void process.ended.then(() => this.browserIs(pid, false));
    }
    try {
      const product = productOf(await process.version());
      const browser = await puppeteer.connect({ transport: process, defaultViewport: null });
      const opened = (await browser.pages()).find((page) => page.url() === 'about:blank');
      return { process, product, browser, page: opened ?? (await browser.newPage()) };
    } catch (error) {
      const hasEnded = process.hasEnded;
      await process.dispose();
      if (isHumanError(error) && error.code === 'sandbox-refused' && this.start.browser.sandbox) {
        this.start.browser.sandbox = false;
        this.notice('The browser sandbox is refused here, so the browser runs without it. Audit only pages you trust.');
        return this.open(request, isCurrent);
      }
      throw hasEnded && !isHumanError(error) ? browserDied() : error;
    }
  }

  /** The browser that was opened ahead if it fits, else a new one. */
  private async take(request: BrowserNeeds): Promise<OpenBrowser> {
    const { spare } = this;
    if (spare && spare.key === keyOf(request)) {
      this.spare = undefined;
      clearTimeout(spare.timer);
      const opened = await spare.opened.catch(() => undefined);
      if (opened && !opened.process.hasEnded) return opened;
      await opened?.process.dispose();
    } else {
      await this.dropSpare();
    }
    return this.open(request, true);
  }

  private prepareSpare(request: BrowserNeeds): void {
    if (this.spare) return;
    const opened = this.open(request, false);
    opened.catch(() => {});
    const timer = setTimeout(() => void this.dropSpare(), SPARE_IDLE);
    timer.unref();
    this.spare = { opened, key: keyOf(request), timer };
  }

  private async dropSpare(): Promise<void> {
    const { spare } = this;
    this.spare = undefined;
    if (!spare) return;
    clearTimeout(spare.timer);
    await spare.opened.then(({ process }) => process.dispose()).catch(() => {});
  }
}

function keyOf(request: BrowserNeeds): string {
  return String(request.ignoreCertificateErrors ?? false);
}
