import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeError } from './writeError';

/** Windows refuses a rename while a scanner or an editor has the file open. */
const busy = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Throws the error of the system when a file that is there cannot be replaced. */
export async function ensureReplaceable(file: string): Promise<void> {
  // rename would replace a read-only file, which a person protected on purpose
  const handle = await open(file, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  await handle?.close();
}

/**
 * Replaces a file so that a reader sees the old or the new text and never a part, even after a crash: writes a
 * temporary file beside it, then fsync and rename. The name of the temporary file is random, and it must not exist, so
 * that nobody can have put a link there.
 *
 * @param real a path from {@link writablePath}. Call it under the lock of the file: it removes temporary files that a
 *   crash left.
 * @param newMode the permissions of a file that is not there yet, before the umask
 * @throws HumanError `disk-full`, `record-read-only` or `record-not-written`; the old file is then unchanged
 */
export async function atomicWrite(real: string, data: string | Uint8Array, newMode = 0o666): Promise<void> {
  const temporary = `${real}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await ensureReplaceable(real);
    const mode = await stat(real).then(
      ({ mode }) => mode,
      () => newMode,
    );
    await removeLeft(real);
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rename(temporary, real);
        break;
      } catch (error) {
        if (process.platform !== 'win32' || attempt === 10 || !busy.has((error as NodeJS.ErrnoException).code ?? ''))
          throw error;
        await delay(50);
      }
    }
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw writeError(error, real);
  }
}

/** Removes the temporary files of writes that a crash cut off. */
async function removeLeft(real: string): Promise<void> {
  const beginning = `${path.basename(real)}.`;
  for (const name of await readdir(path.dirname(real))) {
    if (name.startsWith(beginning) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(beginning.length)))
      await rm(path.join(path.dirname(real), name), { force: true }).catch(() => {});
  }
}
