import { type FileHandle, lstat, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cancelled, HumanError } from '../core/errors';
import { codeOf, writeError } from './writeError';

/** How to wait for a lock that another process holds. */
export interface LockWait {
  /** Milliseconds; 30 s when left out. */
  giveUpAfter?: number;
  /** Is called once when another process holds the lock. */
  onWait?: () => void;
  signal?: AbortSignal;
}

/** A lock that was not renewed for this long is stale. Milliseconds. */
const STALE_AFTER = 10_000;
const RENEW_EVERY = 3_000;
const GIVE_UP_AFTER = 30_000;

/** Whether a lock is of a process of this machine that has ended. */
async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(lock, 'utf8')) as { pid?: number; host?: string };
    if (host !== os.hostname() || typeof pid !== 'number') return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

function isOld({ mtimeMs }: { mtimeMs: number }): boolean {
  return Date.now() - mtimeMs > STALE_AFTER;
}

/** @throws HumanError `lock-not-a-file` for a link or a folder, which would be waited for without an end */
async function lookAt(lock: string) {
  const found = await lstat(lock).catch(() => undefined);
  if (!found || found.isFile()) return found;
  throw new HumanError('record', 'lock-not-a-file', {
    what: `${lock} is ${found.isDirectory() ? 'a folder' : 'a link'}, so the file that it locks cannot be written.`,
    next: 'Remove it and try again.',
  });
}

async function isStale(lock: string): Promise<boolean> {
  const found = await lookAt(lock);
  return found !== undefined && (isOld(found) || (await isAbandoned(lock)));
}

/**
 * Removes a stale lock while it holds a guard file. Without the guard, the second of two processes that find the same
 * stale lock would remove the new lock of the first.
 * @returns whether to try for the lock again at once
 */
async function takeOver(lock: string): Promise<boolean> {
  const guard = `${lock}.tmp`;
  try {
    await (await open(guard, 'wx')).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw writeError(error, lock);
    const found = await lookAt(guard);
    if (found && isOld(found)) await rm(guard, { force: true }); // its process ended before it removed it
    return false;
  }
  try {
    if (await isStale(lock)) await rm(lock, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * Runs `work` while it holds `<file>.lock`, which other processes respect.
 *
 * @param file a path from {@link writablePath} when it is in a workspace
 * @throws HumanError `record-locked` when another process holds it for over 30 s, `lock-not-a-file` when something else
 *   has its name, `record-read-only` or `disk-full` when the lock cannot be created.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>, wait: LockWait = {}): Promise<T> {
  const lock = `${file}.lock`;
  const name = path.basename(file);
  const giveUp = Date.now() + (wait.giveUpAfter ?? GIVE_UP_AFTER);
  let waited = false;
  let handle: FileHandle | undefined;
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (error) {
    throw writeError(error, file);
  }
  while (!handle) {
    try {
      handle = await open(lock, 'wx');
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: os.hostname(), at: new Date().toISOString() }));
    } catch (error) {
      if (handle) {
        await handle.close();
        await rm(lock, { force: true });
      }
      const code = codeOf(error);
      if (code !== 'EEXIST' && code !== 'EPERM') throw writeError(error, file);
      if (code === 'EPERM' && process.platform !== 'win32') throw writeError(error, file);
      const found = await lookAt(lock);
      if (found === undefined || ((await isStale(lock)) && (await takeOver(lock)))) continue;
      if (Date.now() > giveUp) {
        throw new HumanError('record', 'record-locked', {
          what: `Another UX Audit is writing ${name} and does not finish.`,
          next: `Close the other window, or delete ${name}.lock if no other is running.`,
        });
      }
      if (wait.signal?.aborted) throw cancelled();
      if (!waited) wait.onWait?.();
      waited = true;
      await delay(15 + Math.random() * 35);
    }
  }
  const held = handle;
  const renew = setInterval(() => {
    const now = new Date();
    held.utimes(now, now).catch(() => {});
  }, RENEW_EVERY);
  renew.unref();
  try {
    return await work();
  } finally {
    clearInterval(renew);
    const [own, present] = await Promise.all([held.stat(), stat(lock).catch(() => undefined)]);
    await held.close();
    if (own.ino === present?.ino) await rm(lock, { force: true }); // else another process took it over
  }
}
