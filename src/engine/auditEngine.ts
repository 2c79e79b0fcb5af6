import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RunSet } from '../core/audit/measurement';
import { cancelled, fromErrorText, HumanError, isHumanError } from '../core/errors';
import type {
  AuditOptions,
  FromWorker,
  Phase,
  PictureOptions,
  ToWorker,
  WorkerStart,
} from '../protocol/workerMessages';
import { withFileLock } from '../storage/fileLock';
import { endBrowsers, removeFolder, removeLeftovers } from './leftovers';

/** The lowest Node that runs Lighthouse 13, from its package.json. */
export const MIN_NODE = '22.19.0';

/** How long one phase of one run may take before the worker is ended. Milliseconds. */
export type Deadlines = Record<Phase, number>;
export const defaultDeadlines: Deadlines = {
  launch: 30_000,
  prepare: 30_000,
  load: 120_000, // Lighthouse itself gives up on a page that does not settle after 45 s
  gather: 120_000,
  analyse: 180_000,
};
/** For what is asked besides audits: a report, a picture. */
const ASIDE_DEADLINE = 90_000;

/** How the V8 heap of the worker is capped, in MiB: room for a large trace, and no growth beyond. */
const WORKER_HEAP = 1024;
/** What an audit takes anyway: below it V8 does not look for garbage, which took a fifth of the worker's processor time. MiB. */
const WORKER_HEAP_AT_FIRST = 400;
/** Room for what lives briefly, as a trace does while it is read: with V8's own 16 MB it is copied again and again. MiB. */
const WORKER_YOUNG = 64;

/**
 * How long a worker is kept that nobody asks for anything. Milliseconds. Idle it holds some 450 MB; what it knows of the
 * machine is no longer valid by then either (runSet.ts).
 */
const KEPT_IDLE = 10 * 60_000;

/** Where an audit stands. */
export interface AuditProgress {
  phase: Phase | 'waiting';
  run: number;
  runs: number;
  /** Other programs disturbed the run, so it is made once more. */
  repeated: boolean;
}

/**
 * The outcome of a set of runs. The reports are whole Lighthouse results among the temporary files of the worker, and go
 * with it: to be read or copied at once.
 */
export interface FinishedSet {
  set: RunSet;
  reports: string[];
}

export interface AuditEngineOptions {
  /** The bundled worker, dist/auditWorker.js. */
  worker: string;
  browser: { path: string; sandbox: boolean };
  /** The Node to run the worker on; the running one (or VS Code's own) when left out. */
  node?: string;
  log?: (line: string) => void;
  deadlines?: Partial<Deadlines>;
  /** How long an idle worker is kept, in milliseconds; ten minutes when left out. */
  keptIdle?: number;
}

interface Pending {
  resolve(message: FromWorker): void;
  reject(error: HumanError): void;
  progress(message: FromWorker & { type: 'phase' }): void;
}

interface Worker {
  child: ChildProcess;
  pending: Map<number, Pending>;
  /** Resolves when its process, its browsers and its folder are gone. */
  gone: Promise<void>;
}

function olderThan(version: string, minimum: string): boolean {
  const [a, b] = [version, minimum].map((text) => text.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** @throws HumanError `node-too-old` when this Node cannot run Lighthouse. */
export function checkNode(version = process.versions.node): void {
  if (olderThan(version, MIN_NODE)) {
    throw new HumanError('environment', 'node-too-old', {
      what: `Node ${version} is too old for Lighthouse 13, which needs ${MIN_NODE} or newer.`,
      next: 'Install a newer Node (nodejs.org) or update VS Code to 1.105 or newer.',
    });
  }
}

/**
 * Runs audits in one kept-alive worker process: Lighthouse is loaded once, each run has a fresh browser, and runs follow
 * one another strictly, across all windows and terminals of this machine, since two loads at once falsify both.
 * The worker is started when needed and again after a fault; whatever happens to it, nothing of it stays behind.
 */
export class AuditEngine {
  private worker?: Promise<Worker>;
  /** Of workers that are not to be used any more. */
  private ending?: Promise<unknown>;
  private nextId = 1;
  private queue: Promise<unknown> = Promise.resolve();
  private idle?: NodeJS.Timeout;

  constructor(private readonly options: AuditEngineOptions) {}

  /**
   * Audits one page once or more.
   *
   * @param control.anotherFollows another audit is asked for at once afterwards
   * @throws HumanError of kind `page`, `environment` or `cancelled`; nothing of the run is left then
   */
  audit(
    options: AuditOptions,
    control: { signal?: AbortSignal; anotherFollows?: boolean; onProgress?: (progress: AuditProgress) => void } = {},
  ): Promise<FinishedSet> {
    const { signal, anotherFollows = false, onProgress } = control;
    return this.inTurn(async () => {
      if (signal?.aborted) throw cancelled();
      const waiting = () => onProgress?.({ phase: 'waiting', run: 1, runs: options.runs, repeated: false });
      return withFileLock(
        await measuringLock(),
        async () => {
          const answer = await this.request({ type: 'audit', ...options, anotherFollows }, { signal, onProgress });
          if (answer.type !== 'audited') throw new Error(`unexpected answer ${answer.type}`);
          return { set: answer.set, reports: answer.reports };
        },
        { onWait: waiting, giveUpAfter: Number.POSITIVE_INFINITY, ...(signal && { signal }) },
      ).catch((error: unknown) => {
        throw isHumanError(error) && error.kind === 'record' ? noTemporaryFolder(error) : error;
      });
    });
  }

  /** Writes Lighthouse's own HTML report of a whole result (JSON file). */
  render(report: string, html: string): Promise<void> {
    return this.inTurn(async () => {
      await this.request({ type: 'render', report, html }, {});
    });
  }

  /**
   * Takes a picture of a page or of one element, private inputs painted over.
   * @param file where to write it, without ending
   * @returns the path with its ending
   * @throws HumanError of kind `page` or `environment`
   */
  picture(options: PictureOptions, file: string): Promise<string> {
    return this.inTurn(async () => {
      const answer = await this.request({ type: 'picture', ...options, file }, {});
      if (answer.type !== 'pictured') throw new Error(`unexpected answer ${answer.type}`);
      return answer.file;
    });
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

  /** Ends the worker after a while unless somebody asks for something again. */
  private rest(last: Promise<void>): void {
    if (this.queue !== last || !this.worker) return;
    this.idle = setTimeout(() => void this.inTurn(() => this.dispose()), this.options.keptIdle ?? KEPT_IDLE);
    this.idle.unref();
  }

  private async request(
    request: Omit<Extract<ToWorker, { id: number }>, 'id'> & Record<string, unknown>,
    {
      signal,
      onProgress,
    }: { signal?: AbortSignal | undefined; onProgress?: ((progress: AuditProgress) => void) | undefined },
  ): Promise<FromWorker> {
    this.worker ??= this.startWorker();
    const worker = await this.worker.catch((error) => {
      this.worker = undefined;
      throw error;
    });
    const id = this.nextId++;
    const deadlines = { ...defaultDeadlines, ...this.options.deadlines };
    let timer: NodeJS.Timeout | undefined;
    let end: ((error: HumanError) => void) | undefined;
    const limit = (milliseconds: number, fault: () => HumanError) => {
      clearTimeout(timer);
      timer = setTimeout(() => end?.(fault()), milliseconds);
    };
    const abort = () => end?.(cancelled());
    try {
      return await new Promise<FromWorker>((resolve, reject) => {
        end = (error) => {
          // the only way to stop Lighthouse in the middle of a navigation is to end its process
          this.worker = undefined;
          worker.pending.delete(id); // so that the end of the process is not taken for the reason
          void endWorker(worker).then(() => reject(error));
        };
        worker.pending.set(id, {
          resolve,
          reject,
          progress: ({ phase, run, runs, repeated }) => {
            onProgress?.({ phase, run, runs, repeated });
            limit(deadlines[phase], () => tooLong(phase, deadlines[phase]));
          },
        });
        if (request.type !== 'audit') limit(ASIDE_DEADLINE, () => tooLong('analyse', ASIDE_DEADLINE));
        else limit(deadlines.launch, () => tooLong('launch', deadlines.launch));
        signal?.addEventListener('abort', abort, { once: true });
        if (signal?.aborted) return abort();
        worker.child.send({ ...request, id } as ToWorker, (error) => {
          if (error) reject(workerDied(error));
        });
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.pending.delete(id);
    }
  }

  private async startWorker(): Promise<Worker> {
    if (!this.options.node) checkNode();
    await removeLeftovers();
    const folder = await mkdtemp(path.join(os.tmpdir(), `ux-audit-${process.pid}-`));
    const log = this.options.log ?? (() => {});
    const child = fork(this.options.worker, [], {
      ...(this.options.node && { execPath: this.options.node }),
      execArgv: [
        `--max-old-space-size=${WORKER_HEAP}`,
        `--initial-old-space-size=${WORKER_HEAP_AT_FIRST}`,
        `--max-semi-space-size=${WORKER_YOUNG}`,
        `--min-semi-space-size=${WORKER_YOUNG}`,
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, // VS Code's Electron then behaves as Node
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
    }
    const pending = new Map<number, Pending>();
    const browsers = new Set<number>();
    const ended = new Promise<void>((resolve) => {
      const end = (error?: Error) => {
        for (const request of pending.values()) request.reject(workerDied(error));
        resolve();
      };
      child.once('error', end);
      child.once('exit', (code, signal) => {
        log(`audit worker ended (${signal ?? code})`);
        end();
      });
    });
    const gone = ended.then(async () => {
      await endBrowsers(browsers);
      await removeFolder(folder);
    });
    const worker: Worker = { child, pending, gone };
    void ended.then(async () => {
      if ((await this.worker?.catch(() => undefined)) === worker) this.worker = undefined;
    });
    child.on('message', (message: FromWorker) => {
      if (message.type === 'notice') return log(message.message);
      if (message.type === 'browser') {
        if (message.running) browsers.add(message.pid);
        else browsers.delete(message.pid);
        return;
      }
      const request = pending.get(message.id);
      if (!request) return;
      if (message.type === 'phase') request.progress(message);
      else if (message.type === 'failed') {
        const error = fromErrorText(message.error);
        if (error.kind === 'environment' || error.kind === 'internal') {
          // the process may be about to end as well, and no further request shall end with it
          this.worker = undefined;
          this.retire(worker);
        }
        request.reject(error);
      } else request.resolve(message);
    });
    const start: WorkerStart = { type: 'start', browser: this.options.browser, temporaryFolder: folder };
    child.send(start, () => {});
    return worker;
  }
}

/** One page is measured at a time on this machine, whichever window or terminal asked for it. */
async function measuringLock(): Promise<string> {
  return path.join(os.tmpdir(), `ux-audit-measuring-${process.getuid?.() ?? 'user'}`, 'machine');
}

/** The lock is the one file that an audit writes before it has a folder of its own among the temporary files. */
function noTemporaryFolder(cause: Error): HumanError {
  return new HumanError(
    'environment',
    'temporary-folder',
    {
      what: `Nothing can be written into the folder for temporary files, ${os.tmpdir()}.`,
      next: 'Make it writable, free some space, or name another in TMPDIR (TEMP on Windows).',
    },
    { cause },
  );
}

async function endWorker({ child, gone }: Worker): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}

function workerDied(cause?: unknown): HumanError {
  return new HumanError(
    'internal',
    'worker-died',
    {
      what: 'The audit process ended in the middle of the run; nothing was recorded.',
      next: 'Start the audit again; if it happens again, look for a lack of memory.',
    },
    { cause },
  );
}

const doing: Record<Phase, string> = {
  launch: 'starting the browser',
  prepare: 'preparing the run',
  load: 'loading the page',
  gather: 'examining the page',
  analyse: 'analysing the run',
};

function tooLong(phase: Phase, milliseconds: number): HumanError {
  const seconds = Math.round(milliseconds / 1000);
  const page = phase === 'load' || phase === 'gather';
  return new HumanError(page ? 'page' : 'environment', `timeout-${phase}`, {
    what: `The audit was stopped: ${doing[phase]} took longer than ${seconds} s.`,
    next: page
      ? 'Open the page in a browser: a server that does not finish its answer or a script that does not end are the usual causes.'
      : 'Try again when the machine is less busy.',
  });
}
