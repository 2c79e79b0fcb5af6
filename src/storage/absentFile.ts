import path from 'node:path';
import { HumanError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { Git } from './git';

/**
 * Makes sure that a missing file is one that does not exist, and not one that git keeps out of the working tree. What
 * is begun in its place would overwrite the committed one.
 * @throws HumanError `not-checked-out` with the command that brings the file
 */
export async function ensureAbsent(file: string): Promise<void> {
  const git = await Git.of(path.dirname(file));
  const hiding = await git?.hiding(file).catch(() => undefined);
  if (!git || hiding === undefined) return;
  const name = await git.relative(file);
  const folder = path.posix.dirname(name);
  const quote = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${inertLine(text).replaceAll("'", "'\\''")}'`);
  const [why, next] =
    hiding === 'sparse'
      ? ['a sparse checkout leaves it out', `git sparse-checkout add ${quote(folder === '.' ? name : folder)}`]
      : [
          `git does not look for it here (${hiding})`,
          `git update-index --no-${hiding} ${quote(name)}, then git checkout -- ${quote(name)}`,
        ];
  throw new HumanError('record', 'not-checked-out', {
    what: `${path.basename(file)} is in the repository, but not in this folder: ${why}.`,
    next: `Bring it, then try again; in ${git.root}: ${next}`,
  });
}
