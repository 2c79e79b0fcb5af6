import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from './git';
import { writablePath } from './writablePath';

/** Adds lines to a file of git's own folder, unless it has them. */
export async function addLines(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const before = await readFile(file, 'utf8').catch(() => '');
  const known = new Set(before.split(/\r?\n/));
  const added = lines.filter((line) => !known.has(line)).map((line) => `${line}\n`);
  if (added.length > 0) await appendFile(file, `${before && !before.endsWith('\n') ? '\n' : ''}${added.join('')}`);
}

/**
 * Keeps a file that exists out of commits on this machine, where no `.gitignore` does so. Those are people's.
 * @throws Error when git's folder cannot be written, or a link in it leads elsewhere
 */
export async function ignoreHere(git: Git, file: string): Promise<void> {
  if ((await git.ignoredFiles([file])).length > 0) return;
  const pattern = (await git.relative(file)).replace(/[\\*?[\]!# ]/g, '\\$&');
  const exclude = await git.ownPath('info/exclude');
  const folder = path.dirname(path.dirname(exclude));
  await addLines(await writablePath(exclude, folder), [`/${pattern}`]);
}
