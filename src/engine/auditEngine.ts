import type { Proof } from '../core/audit/proof';
import { cancelled, fromErrorText, type HumanError } from '../core/errors';
import type { Action } from '../core/journey/recording';
import { sentOf } from '../protocol/opened';
import type {
  AuditOptions,
  Checked,
  CheckOptions,
  LinksOptions,
  LookOptions,
  MapOptions,
  PageMap,
  Phase,
  RecordOptions,
  ScreenshotOptions,
  SessionOptions,
  SignedIn,
  SignInOptions,
  VisitOptions,
  Walk,
  WalkOptions,
  WorkerRequest,
} from '../protocol/workerMessages';
import { aloneOnMachine } from './aloneOnMachine';
import {
  type AuditEngineOptions,
  type Control,
  defaultDeadlines,
  type FinishedSet,
  limitOf,
  limits,
  moderating,
} from './engineControl';
import { bringState, recordSteps, requireDisplay, tooLong, workerDied } from './engineErrors';
import { tell, type WithoutId, type Worker } from './pending';
import { type AtRest, sideBySide, workersBeside } from './sideBySide';
import { type Answer, endWorker, startWorker } from './workerProcess';

export type { AuditEngineOptions, AuditProgress, FinishedSet } from './engineControl';

/**
 * Runs audits in a worker process that stays alive, so that Lighthouse loads once. Each run has a fresh browser. All
 * windows and terminals of this machine take turns, since two loads at once falsify both. The engine starts the worker
 * on demand and again after an error, and always cleans up after it.
 */
export class AuditEngine {
  private worker?: Promise<Worker>;
  /** The ends of workers that are no longer used. */
  private ending?: Promise<unknown>;
  private nextId = 1;
  private queue: Promise<unknown> = Promise.resolve();
  private idle?: NodeJS.Timeout;

  constructor(private readonly options: AuditEngineOptions) {}

  /**
   * Audits one page once or more.
   * @throws HumanError of kind `page`, `environment` or `cancelled`; the run then leaves nothing behind
   */
  audit(options: AuditOptions, control: Control = {}): Promise<FinishedSet> {
    const { anotherFollows = false } = control;
    return this.inTurn(() =>
      aloneOnMachine(control, options.runs, async () => {
        const { set, reports } = await this.request('audited', { type: 'audit', ...options, anotherFollows }, control);
        return { set, reports };
      }),
    );
  }

  /**
   * Does work that audits pages at rest, several at once, while nothing is measured on this machine (sideBySide.ts).
   * @throws HumanError as {@link audit}
   */
  async atRest<T>(work: (beside: AtRest) => Promise<T>, control: Control = {}): Promise<T> {
    const helpers = Array.from({ length: workersBeside() }, () => new AuditEngine(this.options));
    const audits = [this, ...helpers].map(
      (engine): AtRest['audit'] =>
        (options, { anotherFollows = false, ...own }) =>
          engine.request('audited', { type: 'audit', ...options, anotherFollows, isAside: true }, own),
    );
    try {
      return await this.inTurn(() =>
        aloneOnMachine(control, 1, () => work({ audit: sideBySide(audits), visit: this.requestVisit.bind(this) })),
      );
    } finally {
      await Promise.all(helpers.map((helper) => helper.dispose()));
    }
  }

  /**
   * Asks a page single Lighthouse audits once it has come to rest, without measuring its load.
   * @throws HumanError as {@link audit}
   */
  check(options: CheckOptions, control: Control = {}): Promise<Checked> {
    return this.inTurn(() =>
      aloneOnMachine(control, 1, async () => {
        const { report, ofLoad, unknown } = await this.request('checked', { type: 'check', ...options }, control);
        return { ofLoad, unknown, ...(report && { report }) };
      }),
    );
  }

  /**
   * Opens a page in a browser to see whether it answers.
   * @param within how long it may take. Milliseconds
   * @throws HumanError of kind `page` with the browser's reason (worker/visit.ts), `environment` or `cancelled`
   */
  visit(options: VisitOptions, control: Control = {}, within = limits.answer): Promise<void> {
    return this.inTurn(() => this.requestVisit(options, control, within));
  }

  private async requestVisit(options: VisitOptions, control: Control = {}, within = limits.answer): Promise<void> {
    const { url, ignoreCertificateErrors, ignoreStatusCode } = options;
    const request = { url, ignoreCertificateErrors, ignoreStatusCode, ...sentOf(options), within };
    await this.request('visited', { type: 'visit', ...request }, control);
  }

  /**
   * Opens pages of one origin and reads where they lead. A page that does not open leads nowhere.
   * @returns the addresses of each page's links
   * @throws HumanError of kind `environment` or `cancelled`
   */
  links(options: LinksOptions, control: Pick<Control, 'signal'> = {}): Promise<{ links: string[][]; ends: string[] }> {
    const stepWithin = limits.aside + options.urls.length * limits.links;
    return this.inTurn(async () => {
      const { links, ends } = await this.request('linked', { type: 'links', ...options }, { ...control, stepWithin });
      return { links, ends };
    });
  }

  /** Writes Lighthouse's own HTML report of a whole result (JSON file). */
  render(report: string, html: string): Promise<void> {
    return this.inTurn(async () => {
      await this.request('rendered', { type: 'render', report, html });
    });
  }

  /**
   * Takes a screenshot of a page or an element, with private inputs painted over.
   * @param file where to write it, without ending
   * @returns the path with its ending
   * @throws HumanError of kind `page` or `environment`
   */
  screenshot(options: ScreenshotOptions, file: string): Promise<string> {
    return this.inTurn(async () => {
      const answer = await this.request('screenshotTaken', { type: 'screenshot', ...options, file });
      return answer.file;
    });
  }

  /**
   * Takes pictures of a whole page, with the places of its elements. By hand it has no limit of time, and the page is
   * taken as it is when `stop` is aborted.
   * @param folder where the pictures are written
   * @throws HumanError `step-failed`, `window-closed`, and as {@link screenshot}
   */
  async map(options: MapOptions, folder: string, control: Pick<Control, 'signal' | 'stop'> = {}): Promise<PageMap> {
    if (options.by === 'hand') requireDisplay(options.isVisible, recordSteps);
    const asked = { ...control, stepWithin: limitOf(options) };
    return this.inTurn(async () => (await this.request('mapped', { type: 'map', ...options, folder }, asked)).map);
  }

  /**
   * Walks a journey once in a fresh browser. A step that fails is no error.
   * @throws HumanError of kind `environment`, `internal` or `cancelled`
   */
  walk(options: WalkOptions, control: Pick<Control, 'signal' | 'onStep' | 'onProgress'> = {}): Promise<Walk> {
    return this.inTurn(() =>
      aloneOnMachine(control, 1, async () => {
        const longest = Math.max(...options.steps.map(({ actions }) => actions.length));
        const stepWithin = limits.aside + options.within * (longest + 1);
        const request = { type: 'walk' as const, ...options };
        const { type: _, id: __, ...walked } = await this.request('walked', request, { ...control, stepWithin });
        return walked;
      }),
    );
  }

  /**
   * Opens a browser and hears what a person does in it, until they close its windows or `stop` is aborted. Has no limit
   * of time.
   * @returns the actions, without secrets, as the Recorder of Chrome DevTools names them
   * @throws HumanError of kind `page` when the first page does not open, `environment`, `internal` or `cancelled`
   */
  async record(
    options: RecordOptions,
    control: Pick<Control, 'signal' | 'onActions' | 'stop'> = {},
  ): Promise<Action[]> {
    requireDisplay(options.isVisible);
    const asked = { ...control, stepWithin: Number.POSITIVE_INFINITY };
    return this.inTurn(async () => (await this.request('recorded', { type: 'record', ...options }, asked)).actions);
  }

  /**
   * Opens a browser in which a participant agrees, does a task and answers questions. Has no limit of time.
   * @returns their answers by field; undefined when they did not agree
   * @throws HumanError as {@link record}
   */
  async session(
    options: SessionOptions,
    control: Pick<Control, 'onEvent' | 'onNext' | 'stop'>,
  ): Promise<Record<string, number> | undefined> {
    requireDisplay(options.isVisible);
    const asked = { ...control, stepWithin: Number.POSITIVE_INFINITY };
    return this.inTurn(
      async () => (await this.request('sessionEnded', { type: 'session', ...options }, asked)).answers,
    );
  }

  /**
   * Signs in, in a fresh browser. By hand it has no limit of time, and ends when the windows are closed or `stop` is
   * aborted.
   * @throws HumanError `login-failed`, of kind `page` when the first page does not open, `environment` or `cancelled`
   */
  async signIn(options: SignInOptions, control: Pick<Control, 'signal' | 'stop'> = {}): Promise<SignedIn> {
    if (options.by === 'hand') requireDisplay(options.isVisible, bringState);
    const asked = { ...control, stepWithin: limitOf(options) };
    return this.inTurn(async () => {
      const { state, url, left } = await this.request('signedIn', { type: 'signIn', ...options }, asked);
      return { state, url, left };
    });
  }

  /** Opens a page in a fresh browser and says what it shows. @throws HumanError as {@link visit} */
  look(options: LookOptions, control: Pick<Control, 'signal'> = {}): Promise<Proof> {
    return this.inTurn(async () => (await this.request('seen', { type: 'look', ...options }, control)).proof);
  }

  /** Ends the worker and every browser, and removes what they left in the temporary folder. */
  async dispose(): Promise<void> {
    clearTimeout(this.idle);
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    if (worker) this.retire(worker);
    await this.ending;
  }

  private retire(worker: Worker): void {
    this.ending = Promise.all([this.ending, endWorker(worker)]);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    const turn = this.queue.then(work, work);
    const rest = () => this.rest(done);
    const done: Promise<void> = turn.then(rest, rest);
    this.queue = done;
    return turn;
  }

  /** Ends the worker after a while without a request. */
  private rest(last: Promise<void>): void {
    if (this.queue !== last || !this.worker) return;
    this.idle = setTimeout(() => void this.inTurn(() => this.dispose()), this.options.keptIdle ?? limits.idle);
    this.idle.unref();
  }

  private async request<Type extends Answer['type']>(
    expected: Type,
    request: WithoutId<WorkerRequest>,
    { signal, onProgress, onStep, onActions, onEvent, onNext, stop, stepWithin = limits.aside }: Control = {},
  ): Promise<Answer & { type: Type }> {
    this.worker ??= this.start();
    const worker = await this.worker.catch((error) => {
      this.worker = undefined;
      throw error;
    });
    const id = this.nextId++;
    const deadlines = { ...defaultDeadlines, ...this.options.deadlines };
    let timer: NodeJS.Timeout | undefined;
    let end: ((error: HumanError) => void) | undefined;
    const limit = (phase: Phase, milliseconds: number) => {
      clearTimeout(timer);
      if (milliseconds === Number.POSITIVE_INFINITY) return;
      timer = setTimeout(() => end?.(tooLong(phase, milliseconds)), milliseconds);
    };
    const abort = () => end?.(cancelled());
    const finish = () => {
      worker.child.send({ type: 'stop', id }, () => {}); // a worker that has ended says so itself
      limit('analyse', limits.aside);
    };
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        end = (error) => {
          this.worker = undefined;
          worker.pending.delete(id); // so that the end of the process does not become the error
          void endWorker(worker).then(() => reject(error));
        };
        worker.pending.set(id, {
          resolve,
          reject,
          actions: onActions,
          happened: onEvent,
          progress: ({ phase, run, runs, repeated }) => {
            onProgress?.({ phase, run, runs, repeated });
            limit(phase, deadlines[phase]);
          },
          step: (name) => {
            onStep?.(name);
            limit('analyse', stepWithin);
          },
        });
        if (request.type !== 'audit') limit('analyse', stepWithin);
        else if (request.isAside) limit('load', deadlines.load * request.runs);
        else limit('launch', deadlines.launch);
        signal?.addEventListener('abort', abort, { once: true });
        if (signal?.aborted) return abort();
        worker.child.send({ ...request, id }, (error) => {
          if (error) reject(workerDied(error));
        });
        stop?.addEventListener('abort', finish, { once: true });
        if (stop?.aborted) finish();
        onNext?.(...moderating(id, (message) => void worker.child.send(message, () => {})));
      });
      if (answer.type !== expected) throw new Error(`unexpected answer ${answer.type}`);
      return answer as Answer & { type: Type };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      stop?.removeEventListener('abort', finish);
      worker.pending.delete(id);
    }
  }

  private async start(): Promise<Worker> {
    const pending: Worker['pending'] = new Map();
    const worker: Worker = { pending, ...(await startWorker(this.options, (answer) => this.hear(answer, worker))) };
    void worker.ended.then(async (error) => {
      for (const request of pending.values()) request.reject(workerDied(error));
      if ((await this.worker?.catch(() => undefined)) === worker) this.worker = undefined;
    });
    return worker;
  }

  private hear(answer: Answer, worker: Worker): void {
    const request = worker.pending.get(answer.id);
    if (!request) return;
    if (answer.type !== 'failed') {
      tell(request, answer);
      return;
    }
    const error = fromErrorText(answer.error);
    if (error.kind === 'environment' || error.kind === 'internal') {
      // the process may be about to end, and no further request should fail with it
      this.worker = undefined;
      this.retire(worker);
    }
    request.reject(error);
  }
}
