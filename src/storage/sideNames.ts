import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SideNames } from '../core/record/conflict';
import type { Git } from './git';

/**
 * What the two sides of git's present conflict are: branches and commits. In a rebase, git calls "ours" what the branch
 * is rebased onto, and "theirs" the commit of the branch itself.
 * @returns undefined when git is in the middle of nothing that it names, as after `git stash pop`
 */
export async function sideNames(git: Git): Promise<SideNames | undefined> {
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const rebase = await git.ownPath(folder);
    const read = async (name: string) => (await readFile(path.join(rebase, name), 'utf8').catch(() => '')).trim();
    const onto = await read('onto');
    if (onto === '') continue;
    const branch = (await read('head-name')).replace(/^refs\/heads\//, '');
    const of = branch && branch !== 'detached HEAD' ? ` of ${branch}` : '';
    return {
      ours: `${await branchAt(git, onto, branch)}, which you rebase onto`,
      theirs: `your ${await commitWords(git, 'REBASE_HEAD')}${of}`,
    };
  }
  const ours = (await git.branch()) ?? (await commitWords(git, 'HEAD'));
  if (await isThere(git, 'MERGE_HEAD')) return { ours, theirs: await branchAt(git, 'MERGE_HEAD', ours) };
  if (await isThere(git, 'CHERRY_PICK_HEAD')) return { ours, theirs: await commitWords(git, 'CHERRY_PICK_HEAD') };
  if (await isThere(git, 'REVERT_HEAD'))
    return { ours, theirs: `the state before ${await commitWords(git, 'REVERT_HEAD')}` };
  return undefined;
}

async function isThere(git: Git, ref: string): Promise<boolean> {
  return (await git.line('rev-parse', '--verify', '--quiet', ref)) !== undefined;
}

/** The branch whose newest commit this is, else the commit. */
async function branchAt(git: Git, ref: string, except: string): Promise<string> {
  const format = '--format=%(refname:short)';
  const found = (await git.line('for-each-ref', format, `--points-at=${ref}`, 'refs/heads', 'refs/remotes')) ?? '';
  const branch = found.split('\n').find((name) => name && name !== except);
  return branch ?? commitWords(git, ref);
}

/** `commit 1a2b3c4 (subject)`. */
async function commitWords(git: Git, ref: string): Promise<string> {
  return `commit ${(await git.line('log', '-1', '--format=%h (%s)', ref)) ?? '(unknown)'}`;
}
