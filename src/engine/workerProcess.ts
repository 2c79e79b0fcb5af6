import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FromWorker, WorkerStart } from '../protocol/workerMessages';
import { endBrowsers, removeFolder, removeLeftovers } from './leftovers';
import { checkNode } from './nodeVersion';

/** The V8 heap of the worker at most: room for a large trace, and no growth beyond. MiB. */
const HEAP = 1024;
/** What an audit takes anyway: below it V8 looks for no garbage, which took a fifth of the processor time. MiB. */
const HEAP_AT_FIRST = 400;
/** Room for what lives briefly, as a trace does while it is read: V8's own 16 MB copies it again and again. MiB. */
const YOUNG_HEAP = 64;

export interface WorkerOptions {
  /** The bundled worker, dist/auditWorker.js. */
  worker: string;
  browser: { path: string; sandbox: boolean };
  /** The Node to run the worker on; the running one (or VS Code's own) when left out. */
  node?: string;
  log?: (line: string) => void;
}

/** The worker's answer to one request, or what it says before. */
export type Answer = Extract<FromWorker, { id: number }>;

/** A process that has loaded Lighthouse, with its browsers and its folder among the temporary files. */
export interface WorkerProcess {
  child: ChildProcess;
  /** Resolves, with the error if there was one, as soon as the process has ended. */
  ended: Promise<Error | undefined>;
  /** Resolves when the process, its browsers and its folder are gone. */
  gone: Promise<void>;
}

/** @throws HumanError `node-too-old`; an error of the file system when there is no room for temporary files */
export async function startWorker(
  { worker, browser, node, log = () => {} }: WorkerOptions,
  onAnswer: (answer: Answer) => void,
): Promise<WorkerProcess> {
  if (!node) checkNode();
  await removeLeftovers();
  const temporaryFolder = await mkdtemp(path.join(os.tmpdir(), `ux-audit-${process.pid}-`));
  const child = fork(worker, [], {
    ...(node && { execPath: node }),
    execArgv: [
      `--max-old-space-size=${HEAP}`,
      `--initial-old-space-size=${HEAP_AT_FIRST}`,
      `--max-semi-space-size=${YOUNG_HEAP}`,
      `--min-semi-space-size=${YOUNG_HEAP}`,
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, // VS Code's Electron then behaves as Node
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
  }
  const browsers = new Set<number>();
  child.on('message', (message: FromWorker) => {
    if (message.type === 'notice') log(message.message);
    else if (message.type !== 'browser') onAnswer(message);
    else if (message.running) browsers.add(message.pid);
    else browsers.delete(message.pid);
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => {
      log(`audit worker ended (${signal ?? code})`);
      resolve(undefined);
    });
  });
  const gone = ended.then(async () => {
    await endBrowsers(browsers);
    await removeFolder(temporaryFolder);
  });
  child.send({ type: 'start', browser, temporaryFolder } satisfies WorkerStart, () => {});
  return { child, ended, gone };
}

/** Ends a worker by force, which is the only way to stop Lighthouse in the middle of a navigation. */
export async function endWorker({ child, gone }: WorkerProcess): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
