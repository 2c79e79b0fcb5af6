import { setTimeout as delay } from 'node:timers/promises';
import { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
import type { CDPSession, Page } from 'puppeteer-core';
import type { Proof } from '../../core/audit/proof';
import type { AuditOptions, Sent } from '../../protocol/workerMessages';
import { networkError } from '../servers/pageAnswer';
import { answerDialogs } from './answerDialogs';
import { restoreState } from './login/browserState';
import { ensureRightAside } from './login/ensureRight';
import { Witness } from './login/prove';
import { withoutIndex } from './patches/inWorker/benchmarkIndex';
import type { settingsOf } from './runConfig';
import { sendCredentials } from './sendCredentials';

/** Milliseconds that a page is given to finish loading, as Lighthouse gives it. */
const LOADS_WITHIN = 45_000;
/** How long a page is left alone once it has loaded: Lighthouse examines it no earlier. Milliseconds. */
const REST = 2_000;
/** The page's own time that passes meanwhile: some more, for what Lighthouse waits for besides. Milliseconds. */
const OWN_TIME = 3_000;
/** The page draws a frame after each of these steps, since frames come in the world's time. Milliseconds. */
const LEAP = 200;
/** In these steps time passes while the page is examined. Milliseconds. */
const STEP = 20;

type Gathered = Awaited<ReturnType<typeof navigationGather>>;

/** Lighthouse waits for nothing, since the page has come to rest before it looks. */
const noWaits = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };

/**
 * Loads a page, lets it come to rest, gathers what audits need, and hands it on while the page is still open, once it
 * has turned out to be the page that was meant. The load is not measured.
 * @throws HumanError as {@link ensureRightAside}; why the page does not load
 */
export async function gatherAtRest<T>(
  page: Page,
  request: Pick<AuditOptions, 'url' | 'expects' | 'ignoredParameters' | keyof Sent>,
  { config, flags }: Pick<Awaited<ReturnType<typeof settingsOf>>, 'config'> & { flags: object },
  use: (gathered: Gathered, proof: Proof | undefined) => Promise<T>,
): Promise<T> {
  let passing: PageTime | undefined;
  let fault: unknown;
  const stop = new AbortController();
  const witness = new Witness(page);
  // Lighthouse looks at what this throws only after other waits
  const load = async () => {
    try {
      passing = await loadToRest(page, request.url);
    } catch (error) {
      fault = error;
      stop.abort();
    }
  };
  try {
    await answerDialogs(page);
    await restoreState(page, request.state);
    await sendCredentials(page, request);
    const settings = { config, flags: { ...flags, ...noWaits }, signal: stop.signal };
    const gathered = await withoutIndex(() => navigationGather(page, load, settings as never));
    return await use(gathered, await ensureRightAside(page.browserContext(), request, witness));
  } catch (error) {
    throw fault ?? error;
  } finally {
    passing?.stop();
  }
}

/** Loads a page and lets it come to rest. A page that does not finish is taken as it is, as Lighthouse does. */
async function loadToRest(page: Page, url: string): Promise<PageTime> {
  let hasSocket = false;
  const session = await page.createCDPSession();
  session.on('Network.webSocketCreated', () => {
    hasSocket = true;
  });
  await session.send('Network.enable');
  await page.goto(url, { waitUntil: 'load', timeout: LOADS_WITHIN }).catch((error: Error) => {
    const netError = /net::(ERR_\w+)/.exec(error.message)?.[1];
    if (netError !== undefined) throw networkError(netError, url);
    if (error.name !== 'TimeoutError') throw error;
  });
  const time = new PageTime(page, session);
  await time.skip();
  time.start();
  if (hasSocket || page.workers().length > 0) await delay(REST); // what they send comes in the world's time
  return time;
}

/**
 * The time of a page. It passes at once while nothing happens in the page but waiting for a timer, so that what the
 * page's scripts do later is there soon.
 */
class PageTime {
  private isStopped = false;

  constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  /**
   * Lets {@link OWN_TIME} pass. A page that never rests is left alone for {@link REST} instead: a step of it does not
   * end. On a busy machine steps take long, and each has that time.
   */
  async skip(): Promise<void> {
    const end = Date.now() + 5 * REST;
    for (let passed = 0; passed < OWN_TIME && Date.now() < end; passed += LEAP) {
      const limit = new AbortController();
      const rest = delay(REST, 'rests', { signal: limit.signal });
      rest.catch(() => {}); // it was not needed
      const leapt = this.leap().catch(() => rest); // a browser that cannot skip
      const ended = await Promise.race([leapt, rest]);
      limit.abort();
      if (ended === 'rests') return;
    }
  }

  private async leap(): Promise<void> {
    await this.page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
    await this.pass('pauseIfNetworkFetchesPending', LEAP);
  }

  /** From here on time passes about as fast as in the world. */
  start(): void {
    void (async () => {
      while (!this.isStopped) await Promise.all([this.pass('advance', STEP), delay(STEP)]);
    })().catch(() => {}); // the page has gone
  }

  stop(): void {
    this.isStopped = true;
  }

  private async pass(policy: 'advance' | 'pauseIfNetworkFetchesPending', budget: number): Promise<void> {
    const passed = new Promise((resolve) => this.session.once('Emulation.virtualTimeBudgetExpired', resolve));
    await this.session.send('Emulation.setVirtualTimePolicy', { policy, budget });
    await passed;
  }
}
