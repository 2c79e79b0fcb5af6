import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HumanError, isHumanError, usageError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { existingFolder } from './existingFolder';
import { exitCodeOf, gitReason, nextOf, repositoryRoot, runGit } from './gitProgram';

/** Git's three sides of a file in conflict. A side is missing when the file was added or deleted. */
export interface ConflictSides {
  base: string | undefined;
  ours: string | undefined;
  theirs: string | undefined;
}

/** Keeps git from fetching, by any program that the repository names. */
const noFetch = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/** Reads from git. Writes only the merge driver and a commit, when a person asks for them. */
export class Git {
  private constructor(
    /** The top folder of the working tree; a real path. */
    readonly root: string,
    private readonly program: string,
  ) {}

  /** The repository of a folder. @throws HumanError as {@link repositoryRoot} */
  static async open(folder: string, program = 'git'): Promise<Git> {
    return new Git(await repositoryRoot(program, folder), program);
  }

  /** The repository of a folder; undefined without one. @throws HumanError when git does not read the one there is */
  static async find(folder: string): Promise<Git | undefined> {
    return Git.open(folder).catch((error: unknown) => {
      if (isHumanError(error) && error.code === 'no-repository') return undefined;
      throw error;
    });
  }

  /** The repository of a folder; undefined where git cannot be asked, for whatever reason. */
  static async of(folder: string): Promise<Git | undefined> {
    return Git.open(folder).catch(() => undefined);
  }

  /** A file's path from the top of the repository, with slashes. The file need not exist. */
  async relative(file: string): Promise<string> {
    const { folder, missing } = await existingFolder(path.dirname(file));
    return path.relative(this.root, path.join(folder, missing, path.basename(file))).replaceAll('\\', '/');
  }

  /** What git prints. @throws HumanError `git-failed` with git's own reason */
  async run(...given: string[]): Promise<string> {
    return (await runGit(this.program, given, this.root)).toString('utf8');
  }

  /** A line that git prints; undefined when it fails or prints nothing. */
  async line(...given: string[]): Promise<string | undefined> {
    return this.run(...given).then(
      (text) => text.trim() || undefined,
      () => undefined,
    );
  }

  /**
   * The text of a file at a commit; undefined when the commit does not have it.
   * @throws HumanError `not-utf8`; `git-failed` when the commit or the text cannot be read
   */
  async show(commit: string, file: string): Promise<string | undefined> {
    const name = await this.relative(file);
    const entry = await this.run('ls-tree', '-z', commit, '--', name);
    const blob = /^\d+ blob ([0-9a-f]+)\t/.exec(entry)?.[1];
    return blob === undefined ? undefined : this.blob(blob, `${name} at ${commit.slice(0, 10)}`);
  }

  private async blob(id: string, name: string): Promise<string> {
    return decodeUtf8(await runGit(this.program, ['cat-file', 'blob', id], this.root), name);
  }

  /**
   * The sides of a file in conflict: stages 1, 2 and 3 of the index.
   * @returns undefined when the file is not in conflict
   * @throws HumanError `not-utf8`
   */
  async sides(file: string): Promise<ConflictSides | undefined> {
    const listed = await this.run('ls-files', '--unmerged', '-z', '--', `:(literal)${await this.relative(file)}`);
    const stages = new Map([...listed.matchAll(/(?:^|\0)\d+ ([0-9a-f]+) ([123])\t/g)].map(([, id, n]) => [n, id]));
    if (stages.size === 0) return undefined;
    const side = async (stage: string, name: string) => {
      const id = stages.get(stage);
      return id === undefined ? undefined : this.blob(id, name);
    };
    const [base, ours, theirs] = await Promise.all([
      side('1', 'the common version'),
      side('2', 'our version'),
      side('3', 'their version'),
    ]);
    return { base, ours, theirs };
  }

  /**
   * Where git keeps a file that is not in the working tree.
   * @returns `sparse` when a sparse checkout leaves it out; `skip-worktree` or `assume-unchanged` when a person set
   *   that flag; undefined when the file is not in git's index, or git would notice that it is gone
   */
  async hiding(file: string): Promise<'sparse' | 'skip-worktree' | 'assume-unchanged' | undefined> {
    const given = ['ls-files', '-v', '-z', '--', `:(literal)${await this.relative(file)}`];
    const tag = (await runGit(this.program, given, this.root, noFetch)).toString('utf8')[0];
    if (tag === undefined || tag === 'H') return undefined;
    if (tag === 'h') return 'assume-unchanged';
    if (tag.toUpperCase() !== 'S') return undefined;
    return (await this.line('config', '--type=bool', 'core.sparseCheckout')) === 'true' ? 'sparse' : 'skip-worktree';
  }

  /** A path of git's own files, such as `info/attributes`; also in a worktree. */
  async ownPath(name: string): Promise<string> {
    return path.resolve(this.root, (await this.run('rev-parse', '--git-path', name)).trim());
  }

  private async commitOf(ref: string): Promise<string | undefined> {
    return ref.startsWith('-') ? undefined : this.line('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  }

  /** Whether the clone has only a part of the history. */
  async isShallow(): Promise<boolean> {
    return (await this.line('rev-parse', '--is-shallow-repository')) === 'true';
  }

  /** The command that brings a branch, and all history where some is missing; undefined without a remote. */
  async fetchOf(ref: string): Promise<string | undefined> {
    const remotes = ((await this.line('remote')) ?? '').split('\n').filter(Boolean);
    if (remotes.length === 0) return undefined;
    const named = remotes.find((remote) => ref.startsWith(`${remote}/`));
    const remote = named ?? (remotes.includes('origin') ? 'origin' : (remotes[0] as string));
    const branch = named === undefined ? ref : ref.slice(named.length + 1);
    const whole = (await this.isShallow()) ? '--unshallow ' : '';
    if (!/^[\w][\w./-]*$/.test(branch) || /^[0-9a-f]{7,40}$/.test(branch)) return `git fetch ${whole}${remote}`;
    return `git fetch ${whole}${remote} ${branch}:refs/remotes/${remote}/${branch}`;
  }

  /**
   * The commit where this branch left `ref`.
   * @throws HumanError `base-unknown` when git does not know `ref`, or nothing is committed here; `base-shallow` when a
   *   shallow clone lacks that commit, or cannot tell it; `base-unrelated` when the two have none in common
   */
  async mergeBase(ref: string): Promise<string> {
    const commit = await this.commitOf(ref);
    if (commit === undefined) {
      const fetch = await this.fetchOf(ref);
      throw usageError(
        'base-unknown',
        `git knows no commit or branch "${ref}".`,
        fetch === undefined
          ? 'Name the branch to compare with, for example: origin/main'
          : `Name another branch, for example origin/main, or fetch this one: ${fetch}`,
      );
    }
    if ((await this.head()) === undefined)
      throw usageError('base-unknown', 'This branch has no commit yet.', 'Commit the record, then compare.');
    const base = await this.run('merge-base', commit, 'HEAD').catch((error: unknown) => {
      if (exitCodeOf(error) === 1) return undefined;
      throw error;
    });
    if ((await this.isShallow()) && (base === undefined || (await this.isCut(commit)))) {
      throw usageError(
        'base-shallow',
        `This clone is shallow: it lacks the history in which this branch left ${ref}.`,
        'Fetch it, then compare again: git fetch --unshallow (or a part of it: git fetch --deepen=100).',
      );
    }
    if (base === undefined) {
      throw usageError(
        'base-unrelated',
        `This branch and ${ref} have no commit in common.`,
        'Name a branch or commit that this branch grew from.',
      );
    }
    return base.trim();
  }

  /** Whether commits are missing between this branch and another, so that another merge base may be hidden. */
  private async isCut(commit: string): Promise<boolean> {
    const cut = new Set(
      (await readFile(await this.ownPath('shallow'), 'utf8').catch(() => '')).split('\n').filter(Boolean),
    );
    const apart = await this.run('rev-list', `HEAD...${commit}`);
    return apart.split('\n').some((one) => cut.has(one));
  }

  /** The branch that pull requests go to, as far as git knows it. */
  async baseBranch(): Promise<string | undefined> {
    const remote = await this.line('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
    for (const candidate of [remote, 'origin/main', 'origin/master', 'main', 'master'])
      if (candidate !== undefined && (await this.commitOf(candidate)) !== undefined) return candidate;
    return undefined;
  }

  /** Every commit that changed the file, newest first. */
  async commits(file: string, most = 100): Promise<{ commit: string; date: string; subject: string }[]> {
    const output = await this.run('log', `-${most}`, '--format=%H%x1f%as%x1f%s', '--', await this.relative(file)).catch(
      () => '',
    );
    return output.split('\n').flatMap((line) => {
      const [commit, date, subject] = line.split('\u001f');
      return commit && date ? [{ commit, date, subject: subject ?? '' }] : [];
    });
  }

  /** The commit that is checked out; undefined before the first one. */
  async head(): Promise<string | undefined> {
    return this.line('rev-parse', '--verify', '--quiet', 'HEAD');
  }

  /**
   * Sends a branch to a remote, which it follows from then on. Asks nobody anything.
   * @throws HumanError `git-failed` with git's own reason
   */
  async push(remote: string, branch: string): Promise<void> {
    const given = ['push', '--quiet', '--set-upstream', remote, `HEAD:refs/heads/${branch}`];
    // ssh may be a command of the person's own, with keys of their own
    const isOwn = process.env.GIT_SSH_COMMAND !== undefined || (await this.line('config', 'core.sshCommand'));
    const ssh: Record<string, string> = isOwn ? {} : { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
    await runGit(this.program, given, this.root, { GIT_TERMINAL_PROMPT: '0', ...ssh });
  }

  /** The branch that is checked out; undefined for a detached head. */
  async branch(): Promise<string | undefined> {
    return this.line('symbolic-ref', '--quiet', '--short', 'HEAD');
  }

  /**
   * The files that differ from a commit, committed since or not, and new files that are not ignored; relative to the
   * repository.
   * @param folder the pathspecs are relative to it
   * @returns undefined when the repository does not have the commit; `isAnyKnown`: whether the pathspecs match any file
   */
  async changedSince(
    commit: string,
    folder: string,
    specs: readonly string[],
    except: string,
  ): Promise<{ changed: string[]; isAnyKnown: boolean } | undefined> {
    const known = await this.commitOf(commit);
    if (known === undefined) return undefined;
    const base = path.relative(this.root, (await existingFolder(folder)).folder).replaceAll('\\', '/');
    const below = (spec: string) => path.posix.join(base || '.', spec);
    const paths = [
      ...specs.map((spec) => `:(glob)${below(spec)}`),
      ...specs.map((spec) => `:(glob)${below(spec)}/**`),
      `:(exclude)${below(except)}`,
    ];
    const list = async (...given: string[]) =>
      (await this.run(...given, '-z', '--', ...paths)).split('\0').filter(Boolean);
    try {
      const differing = await list('diff', '--name-only', known);
      const added = await list('ls-files', '--others', '--exclude-standard');
      const changed = [...new Set([...differing, ...added])].sort();
      return { changed, isAnyKnown: changed.length > 0 || (await list('ls-files')).length > 0 };
    } catch {
      return { changed: [], isAnyKnown: false }; // a pathspec that leads out of the repository
    }
  }

  /** The files below a folder that git knows or would add, relative to the folder and with /. */
  async files(folder: string): Promise<string[]> {
    const below = path.relative(this.root, (await existingFolder(folder)).folder).replaceAll('\\', '/');
    const given = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', `:(literal)${below || '.'}`];
    const listed = (await runGit(this.program, given, this.root, noFetch)).toString('utf8').split('\0');
    const start = below === '' ? '' : `${below}/`;
    return [...new Set(listed)].flatMap((name) =>
      name !== '' && name.startsWith(start) ? name.slice(start.length) : [],
    );
  }

  /** The files among these that git is told to ignore. */
  async ignoredFiles(files: readonly string[]): Promise<string[]> {
    const names = await Promise.all(files.map((file) => this.relative(file)));
    const given = ['--others', '--ignored', '--exclude-standard', '-z', '--', ...names];
    const listed = await this.run('ls-files', ...given);
    const ignored = new Set(listed.split('\0'));
    return files.filter((_, index) => ignored.has(names[index] as string));
  }

  /** The files among these that are new or changed. */
  async changedFiles(files: readonly string[]): Promise<string[]> {
    const names = await Promise.all(files.map((file) => this.relative(file)));
    const status = await this.run('status', '--porcelain=v1', '-z', '--untracked-files=all', '--', ...names);
    const changed = new Set(
      status
        .split('\0')
        .filter(Boolean)
        .map((line) => line.slice(3)),
    );
    return files.filter((_, index) => changed.has(names[index] as string));
  }

  /**
   * Commits only these files, whatever else is staged. When it fails, it restores the checked-out branch, the list of
   * branches and the index.
   * @param branch a new branch for the commit, from what is checked out
   * @returns the commit
   * @throws HumanError `commit-failed` with git's message, and with what could not be restored
   */
  async commit(files: readonly string[], message: string, branch?: string): Promise<string> {
    const undo: { what: string; do: () => Promise<unknown> }[] = [];
    try {
      if (branch !== undefined) {
        const before = await this.run('symbolic-ref', '--quiet', 'HEAD').catch(() => undefined);
        const commit = await this.head();
        await this.run('switch', '--create', branch);
        if (commit) undo.push({ what: `the branch ${branch} was begun`, do: () => this.run('branch', '-D', branch) });
        undo.push({
          what: `the branch ${branch} is checked out`,
          do: () =>
            before === undefined // the head was detached
              ? this.run('switch', '--quiet', '--detach', commit ?? 'HEAD')
              : this.run('symbolic-ref', 'HEAD', before.trim()), // the same commit, so no file changes
        });
      }
      const names = await Promise.all(files.map((file) => this.relative(file)));
      const added = (await this.run('ls-files', '-z', '--others', '--', ...names)).split('\0').filter(Boolean);
      if (added.length > 0) {
        undo.push({
          what: 'files are staged',
          do: async () => {
            if ((await this.run('ls-files', '--', ...added)) !== '')
              // git may have failed before it staged any
              await this.run('rm', '--cached', '--quiet', '--force', '--', ...added);
          },
        });
        await this.run('add', '--intent-to-add', '--', ...added);
      }
      await this.run('commit', '--quiet', '--message', message, '--only', '--', ...names);
      return (await this.head()) ?? '';
    } catch (error) {
      const left: string[] = [];
      for (const step of undo.reverse()) await step.do().catch(() => left.push(step.what));
      const why = gitReason(error);
      const state =
        left.length > 0 ? `Your files are as they were, but ${left.join(' and ')}.` : 'Nothing was changed.';
      throw new HumanError(
        'usage',
        'commit-failed',
        {
          what: `git could not commit: ${why}`,
          next: `${state} ${nextOf(why)} Or commit the files in the Source Control view.`,
        },
        { cause: error },
      );
    }
  }
}
