import { readFile, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from './git';
import { runGit } from './gitProgram';

/** Keeps git from running programs of the repository. */
const noHooks = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/dev/null' };

/**
 * Lays the files of a commit out in a folder, beside the working tree.
 * @param folder does not exist yet
 * @returns removes it again
 * @throws HumanError `git-failed`
 */
export async function addWorktree(git: Git, commit: string, folder: string): Promise<() => Promise<void>> {
  await runGit('git', ['worktree', 'add', '--detach', '--quiet', folder, commit], git.root, noHooks);
  return async () => {
    await rm(folder, { recursive: true, force: true });
    await git.line('worktree', 'prune');
  };
}

const lockFiles = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

/**
 * Lets another version of a project use the packages that are installed in this one, where its lock file is the same.
 * @returns whether there are such packages
 */
export async function sharePackages(from: string, to: string): Promise<boolean> {
  const installed = path.join(from, 'node_modules');
  const isInstalled = await stat(installed).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isInstalled || !(await haveSameLock(from, to))) return false;
  return symlink(installed, path.join(to, 'node_modules'), 'junction').then(
    () => true,
    () => false, // the version has packages of its own
  );
}

async function haveSameLock(from: string, to: string): Promise<boolean> {
  for (const name of lockFiles) {
    const [here, there] = await Promise.all([from, to].map((folder) => textOf(path.join(folder, name))));
    if (here !== undefined || there !== undefined) return here === there;
  }
  return false;
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
