import { rm } from 'node:fs/promises';
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
