import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeError } from './fileLock';

/** Windows refuses a rename while a scanner or an editor has the file open. */
const busy = new Set(['EPERM', 'EACCES', 'EBUSY']);

async function isWritable(file: string): Promise<void> {
  // rename would replace a read-only file, which a person protected on purpose
  const handle = await open(file, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  await handle?.close();
}

/**
 * Replaces a file so that a reader sees the old or the new text and never a part, even after a crash: writes a
 * temporary file in the folder of the real file (a path may be a symbolic link), then fsync and rename. Call it under
 * the lock of the file: the temporary name is fixed, so that a crash leaves at most one stray file.
 *
 * @throws HumanError `disk-full`, `record-read-only` or `record-not-written`; the old file is then unchanged
 */
export async function atomicWrite(file: string, data: string | Uint8Array): Promise<void> {
  const real = await realpath(file).catch(() => file);
  const temporary = path.join(path.dirname(real), `${path.basename(real)}.tmp`);
  try {
    await isWritable(real);
    const mode = await stat(real).then(
      ({ mode }) => mode,
      () => 0o666,
    );
    const handle = await open(temporary, 'w', mode);
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
    throw writeError(error, file);
  }
}
