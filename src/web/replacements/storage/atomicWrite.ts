import * as vscode from 'vscode';
import { isHumanError } from '../../../core/errors';
import { codeOf, writeError } from '../../../storage/writeError';
import { ask, systemError } from '../../files';
import { ensureUnchanged, remember } from '../../readUnderLock';

/** Throws the error of the system when a file that is there cannot be replaced. */
export async function ensureReplaceable(file: string): Promise<void> {
  const isWritable = await ask(file, async (uri, fs) => {
    if (fs.isWritableFileSystem(uri.scheme) === false) return false;
    return ((await fs.stat(uri)).permissions ?? 0) !== vscode.FilePermission.Readonly;
  }).catch(orIfAbsent(true));
  if (!isWritable) throw systemError('EROFS', `${file} is read-only`);
}

/**
 * Replaces a file, unless it has changed since it was read under its lock. Whether a crash leaves the old or the new
 * text is up to what keeps the folder. There is no way to compare and to write in one step, so what another window
 * writes between the two is lost.
 * @throws HumanError `record-changed`, `record-read-only` or `record-not-written`; the old file is then unchanged
 */
export async function atomicWrite(real: string, data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  try {
    await ensureReplaceable(real);
    ensureUnchanged(real, await ask(real, (uri, fs) => fs.readFile(uri)).catch(orIfAbsent(undefined)));
    await ask(real, (uri, fs) => fs.writeFile(uri, bytes));
    remember(real, bytes);
  } catch (error) {
    throw isHumanError(error) ? error : writeError(error, real);
  }
}

/** Answers a value for a file that is not there. */
function orIfAbsent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };
}
