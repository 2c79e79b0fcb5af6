import { readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killGroup } from './killGroup';

/** How long to wait for browsers to end. Milliseconds. */
const BROWSERS_GONE_WITHIN = 5_000;

/**
 * Ends the browsers of a worker that ended before them, and waits until they no longer write into their profiles. They
 * would also end by themselves, but later, when their debugging pipe closes.
 */
export async function endBrowsers(pids: ReadonlySet<number>): Promise<void> {
  for (const pid of pids) killGroup(pid);
  for (const deadline = Date.now() + BROWSERS_GONE_WITHIN; Date.now() < deadline; await delay(20)) {
    if (![...pids].some((pid) => isAlive(process.platform === 'win32' ? pid : -pid))) return;
  }
}

/** Removes a folder, also while a process that is ending still writes into it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(() => {});
}

/** Removes the folders of processes that were killed before they could clean up. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(os.tmpdir()).catch(() => [] as string[])) {
    const pid = /^ux-audit-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await removeFolder(path.join(os.tmpdir(), name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
