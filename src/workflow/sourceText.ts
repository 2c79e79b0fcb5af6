import path from 'node:path';
import { usageError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { type Refusal, WorkspaceFiles } from '../storage/workspaceFiles';
import type { Workspace } from './workspace';

const reasons: Record<Refusal, string> = {
  outside: 'it is outside the workspace',
  absent: 'it does not exist',
  link: 'it is a link',
  'no-file': 'it is no regular file',
  'too-large': 'it is too large',
  unreadable: 'it cannot be read',
};

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
  const read =
    isHidden || name === '' ? { refused: 'outside' as const } : await new WorkspaceFiles(paths.root).bytes(name);
  if ('refused' in read && read.refused === 'outside') {
    const next = 'Name a source file by its path below the workspace.';
    throw usageError('file-not-allowed', `${given} is hidden, a dependency, or outside the workspace.`, next);
  }
  const unreadable = (why: string) =>
    usageError('file-unreadable', `${name} cannot be changed by a proposal: ${why}.`, 'Name another file.');
  if ('refused' in read) throw unreadable(reasons[read.refused]);
  const source = textOf(read.bytes, name);
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
