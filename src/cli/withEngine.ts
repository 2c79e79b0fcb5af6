import path from 'node:path';
import { AuditEngine } from '../engine/auditEngine';
import { downloadedBrowser } from '../engine/browsers/browserCache';
import { canSandbox, findBrowser } from '../engine/browsers/findBrowser';

/** An engine at work, until a signal such as Ctrl+C stops it. */
export interface RunningEngine {
  engine: AuditEngine;
  signal: AbortSignal;
  /** What people should know of how it ran. */
  notes: string[];
}

/** The engine with the browser that is chosen or found. @throws HumanError of kind `environment` without one */
export async function newEngine(browserPath: string | undefined, log: (line: string) => void): Promise<AuditEngine> {
  const browser = await findBrowser({ setting: browserPath, downloaded: await downloadedBrowser() });
  return new AuditEngine({
    worker: path.join(import.meta.dirname, 'auditWorker.js'),
    browser: { path: browser.path, sandbox: canSandbox() },
    log,
  });
}

/** Does work with an engine of its own, and leaves nothing of it behind. @throws HumanError as {@link newEngine} */
export async function withEngine<T>(
  browser: string | undefined,
  work: (running: RunningEngine) => Promise<T>,
): Promise<T> {
  const notes: string[] = [];
  const engine = await newEngine(browser, (line) => {
    if (process.env.UX_AUDIT_DEBUG) process.stderr.write(`${line}\n`);
    else if (/sandbox/.test(line)) notes.push(line);
  });
  try {
    return await untilSignal((signal) => work({ engine, signal, notes }));
  } finally {
    await engine.dispose();
  }
}

/** Does work that a signal to this process, such as Ctrl+C, aborts. */
export async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
