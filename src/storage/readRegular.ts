import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';

/**
 * The bytes of a file of the workspace. A link in a workspace may lead to a device or a pipe, which would give bytes
 * without an end, or wait for some; so only a regular file is read.
 * @throws HumanError `not-a-file` for a device or a pipe; a folder, and anything else, fails as readFile does
 */
export async function readRegular(file: string): Promise<Buffer> {
  // without NONBLOCK, opening a pipe waits for a writer
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const entry = await handle.stat();
    if (!entry.isFile() && !entry.isDirectory()) {
      throw new HumanError('record', 'not-a-file', {
        what: `${path.basename(file)} was not read: it is, or leads to, a device or a pipe.`,
        next: 'Put a regular file in its place, or restore it from git, then try again.',
      });
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
