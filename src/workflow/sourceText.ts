import path from 'node:path';
import { usageError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { readRegular } from '../storage/readRegular';
import { writablePath } from '../storage/writablePath';
import type { Workspace } from './workspace';

/** The largest source file for which a change is proposed. Bytes. */
const MAX_FILE = 512 * 1024;

/**
 * A source file below the workspace, by a path that an agent gave.
 * @returns its path relative to the workspace, with /, and its text
 * @throws HumanError `file-not-allowed` for a hidden file, a dependency, or one outside; `file-unreadable`
 */
export async function sourceText(
  { paths }: Pick<Workspace, 'paths'>,
  given: string,
): Promise<{ name: string; source: string }> {
  const full = path.resolve(paths.root, given);
  const name = path.relative(paths.root, full).replaceAll('\\', '/');
  const isHidden = name.split('/').some((step) => step.startsWith('.') || step === 'node_modules');
  const real = isHidden || name === '' ? undefined : await writablePath(full, paths.root).catch(() => undefined);
  if (real === undefined) {
    const next = 'Name a source file by its path below the workspace.';
    throw usageError('file-not-allowed', `${given} is hidden, a dependency, or outside the workspace.`, next);
  }
  const unreadable = (why: string) =>
    usageError('file-unreadable', `${name} cannot be changed by a proposal: ${why}.`, 'Name another file.');
  const bytes = await readRegular(real).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(error.code === 'ENOENT' ? 'it does not exist' : error.message);
  });
  if (bytes.length > MAX_FILE) throw unreadable('it is too large');
  const source = textOf(bytes, name);
  if (source !== undefined) return { name, source };
  throw unreadable('it is no text');
}

function textOf(bytes: Buffer, name: string): string | undefined {
  try {
    const text = decodeUtf8(bytes, name);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
