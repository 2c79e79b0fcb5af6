import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';
import { Git } from './git';
import { ignoreHere } from './ignoreHere';
import { writablePath } from './writablePath';
import { writeError } from './writeError';

/**
 * Makes the folder of a file that git must never see, and says so to git from the first moment.
 * @param root no link leads a write out of this folder
 * @returns the real path of the file, which need not exist yet
 * @throws HumanError `write-outside` and others of writing
 */
export async function privateFile(file: string, root: string): Promise<string> {
  const folder = path.dirname(file);
  const made = await mkdir(folder, { recursive: true }).catch((error) => {
    throw writeError(error, file);
  });
  if (made !== undefined) await writeFile(path.join(folder, '.gitignore'), '*\n'); // also before there is a git
  return writablePath(file, root);
}

/**
 * Keeps what single people said out of commits.
 * @param another what to do to keep it elsewhere, as a part of a sentence
 * @param what is in it, as a part of a sentence
 * @throws HumanError `answers-committed` when git has the file already, `answers-not-ignored` when git cannot be told
 */
export async function keepFromGit(
  file: string,
  another = 'name another folder with --out',
  what = 'Answers of single people',
): Promise<void> {
  const git = await Git.of(path.dirname(file));
  if (!git) return;
  if ((await git.run('ls-files', '-z', '--', await git.relative(file))) !== '') {
    throw new HumanError('record', 'answers-committed', {
      what: `${path.basename(file)} is a file that git keeps. ${what} must not be committed.`,
      next: `Take it out of git (git rm --cached), or ${another}.`,
    });
  }
  await ignoreHere(git, file).catch((cause: Error) => {
    const told = `git could not be told to leave ${path.basename(file)} out of commits (${cause.message}).`;
    throw new HumanError(
      'record',
      'answers-not-ignored',
      { what: told, next: `Add it to .gitignore, or ${another}.` },
      { cause },
    );
  });
}
