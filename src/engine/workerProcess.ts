import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FromWorker, WorkerStart } from '../protocol/workerMessages';
import { endBrowsers, removeFolder, removeLeftovers } from './leftovers';
import { checkNode } from './nodeVersion';

/** The largest V8 heap of the worker: room for a large trace. MiB. */
const HEAP = 1024;
/** The initial V8 heap: V8's own is so small that collecting garbage took a fifth of the time. MiB. */
const HEAP_AT_FIRST = 100;
/** The largest half of the young generation: V8's own takes 80 MiB more of the process, and no time less. MiB. */
const YOUNG_HEAP = 16;

export interface WorkerOptions {
  /** The bundled worker, dist/auditWorker.js. */
  worker: string;
  browser: { path: string; sandbox: boolean };
  /** The Node to run the worker on; the running one (or VS Code's own) when left out. */
  node?: string;
  log?: (line: string) => void;
}

/** A message of the worker about one request: its answer, or its progress. */
export type Answer = Extract<FromWorker, { id: number }>;

/** A worker process, with its browsers and its temporary folder. */
export interface WorkerProcess {
  child: ChildProcess;
  /** Resolves when the process has ended, with its error if there was one. */
  ended: Promise<Error | undefined>;
  /** Resolves when the process, its browsers and its folder are gone. */
  gone: Promise<void>;
}

/** @throws HumanError `node-too-old`; an error of the file system when it cannot hold temporary files */
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
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, // makes VS Code's Electron behave as Node
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
  }
  const browsers = new Set<number>();
  // answers settle the request that waits for them (auditEngine.ts)
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

/** Kills a worker, which is the only way to stop Lighthouse during a navigation. */
export async function endWorker({ child, gone }: WorkerProcess): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
