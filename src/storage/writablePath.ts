import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';
import { writeError } from './writeError';

/** Whether a path is neither a folder nor below it. */
export function leadsOut(folder: string, file: string): boolean {
  const below = path.relative(folder, file);
  return path.isAbsolute(below) || below.split(path.sep)[0] === '..';
}

/** Whether a real path is a folder or lies below it, outside the folder that git keeps for itself. */
export function isWithin(folder: string, real: string): boolean {
  const steps = path.relative(folder, real).split(path.sep);
  return !leadsOut(folder, real) && !steps.some((step) => step.toLowerCase() === '.git');
}

function leadsElsewhere(file: string, where: string): HumanError {
  return new HumanError('record', 'write-outside', {
    what: `${file} was not written: a link at or above it leads to ${where}.`,
    next: 'Replace the link by a real file or folder; UX Audit writes through links inside the workspace only.',
  });
}

/** The real path of a file or folder that need not exist yet. */
async function realPath(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(file);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw leadsElsewhere(file, 'itself');
    if (code !== 'ENOENT' || parent === file) throw writeError(error, file);
    const entry = await lstat(file).catch(() => undefined);
    if (entry?.isSymbolicLink()) throw leadsElsewhere(file, 'nothing');
    return path.join(await realPath(parent), path.basename(file));
  }
}

/**
 * The real path of a folder that is to be written into; it need not exist. A workspace may come from anybody, so a link
 * in it must not lead a write elsewhere.
 *
 * @param folder absolute
 * @param root the folder that the real path has to be below; a folder that is not below it itself was named by a person
 * @throws HumanError `write-outside` when a link leads out of the root or into git's folder
 */
export async function writableFolder(folder: string, root = folder): Promise<string> {
  const [top, real] = await Promise.all([realPath(leadsOut(root, folder) ? folder : root), realPath(folder)]);
  if (!isWithin(top, real)) throw leadsElsewhere(folder, real);
  return real;
}

/**
 * The real path of a file that is to be written, as {@link writableFolder}. The file may be a link to a file with the
 * same ending.
 * @throws HumanError `write-outside`; `not-a-file` when a folder or a device is there
 */
export async function writablePath(file: string, root = path.dirname(file)): Promise<string> {
  const folder = await writableFolder(path.dirname(file), root);
  const inFolder = path.join(folder, path.basename(file));
  const entry = await lstat(inFolder).catch(() => undefined);
  if (entry?.isSymbolicLink()) {
    const real = await realPath(inFolder);
    const top = await realPath(root);
    if (!isWithin(top, real) || path.extname(real) !== path.extname(file)) throw leadsElsewhere(file, real);
    return real;
  }
  if (entry && !entry.isFile()) {
    throw new HumanError('record', 'not-a-file', {
      what: `${file} was not written: it is ${entry.isDirectory() ? 'a folder' : 'not a regular file'}.`,
      next: 'Choose another name, or remove what is there.',
    });
  }
  return inFolder;
}
