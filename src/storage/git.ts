import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';

const MAX_OUTPUT = 256 * 1024 * 1024;

/** Git's three sides of a file in conflict. A side is missing when the file was added or deleted. */
export interface ConflictSides {
  base: string | undefined;
  ours: string | undefined;
  theirs: string | undefined;
}

/** Reads from git. Writes only the merge driver and a commit, when a person asks for them. */
export class Git {
  private constructor(
    private readonly root: string,
    private readonly program: string,
  ) {}

  /** The repository of a folder; undefined without one, or without git. */
  static async of(folder: string, program = 'git'): Promise<Git | undefined> {
    try {
      const root = (await run(program, ['rev-parse', '--show-toplevel'], await realpath(folder)))
        .toString('utf8')
        .trim();
      return new Git(await realpath(root), program);
    } catch {
      return undefined;
    }
  }

  private async relative(file: string): Promise<string> {
    const folder = await realpath(path.dirname(file));
    return path.relative(this.root, path.join(folder, path.basename(file))).replaceAll('\\', '/');
  }

  private async git(...given: string[]): Promise<string> {
    return (await run(this.program, given, this.root)).toString('utf8');
  }

  /** The text of a file at a commit; undefined when the commit does not have it. @throws HumanError `not-utf8` */
  async show(commit: string, file: string): Promise<string | undefined> {
    return this.blob(`${commit}:${await this.relative(file)}`);
  }

  /** The text of git's copy of a file; undefined when there is none. @throws HumanError `not-utf8` */
  private async blob(name: string): Promise<string | undefined> {
    const bytes = await run(this.program, ['show', name], this.root).catch(() => undefined);
    return bytes && decodeUtf8(bytes, name);
  }

  /** Whether the file is in conflict. */
  async isConflicted(file: string): Promise<boolean> {
    return (await this.git('ls-files', '--unmerged', '--', await this.relative(file))).trim() !== '';
  }

  /** The sides of a file in conflict: stages 1, 2 and 3 of the index. */
  async sides(file: string): Promise<ConflictSides> {
    const name = await this.relative(file);
    const stage = (number: number) => this.blob(`:${number}:${name}`);
    const [base, ours, theirs] = await Promise.all([stage(1), stage(2), stage(3)]);
    return { base, ours, theirs };
  }

  /**
   * The commit to compare with: where this branch left `ref`, or `ref` itself.
   * @throws HumanError `base-unknown` when git does not know `ref`
   */
  async mergeBase(ref: string): Promise<string> {
    try {
      await this.git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
    } catch (error) {
      throw new HumanError(
        'usage',
        'base-unknown',
        {
          what: `git knows no commit or branch "${ref}".`,
          next: 'Name the branch to compare with, for example: origin/main',
        },
        { cause: error },
      );
    }
    return (await this.git('merge-base', ref, 'HEAD').catch(() => this.git('rev-parse', ref))).trim();
  }

  /** The branch that pull requests go to, as far as git knows it. */
  async baseBranch(): Promise<string | undefined> {
    const remote = await this.git('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD').catch(() => '');
    for (const candidate of [remote.trim(), 'origin/main', 'origin/master', 'main', 'master']) {
      if (candidate && (await this.git('rev-parse', '--verify', '--quiet', candidate).then(Boolean, () => false)))
        return candidate;
    }
    return undefined;
  }

  /** Every commit that changed the file, newest first. */
  async commits(file: string, most = 100): Promise<{ commit: string; date: string; subject: string }[]> {
    const output = await this.git('log', `-${most}`, '--format=%H%x1f%as%x1f%s', '--', await this.relative(file)).catch(
      () => '',
    );
    return output.split('\n').flatMap((line) => {
      const [commit, date, subject] = line.split('\u001f');
      return commit && date ? [{ commit, date, subject: subject ?? '' }] : [];
    });
  }

  /** The commit that is checked out; undefined before the first one. */
  async head(): Promise<string | undefined> {
    return this.git('rev-parse', '--verify', '--quiet', 'HEAD').then(
      (text) => text.trim() || undefined,
      () => undefined,
    );
  }

  /** The branch that is checked out; undefined for a detached head. */
  async branch(): Promise<string | undefined> {
    return this.git('symbolic-ref', '--quiet', '--short', 'HEAD').then(
      (text) => text.trim() || undefined,
      () => undefined,
    );
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
    const known = await this.git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`).catch(() => undefined);
    if (!known) return undefined;
    const base = path.relative(this.root, await realpath(folder)).replaceAll('\\', '/');
    const below = (spec: string) => path.posix.join(base || '.', spec);
    const paths = [
      ...specs.map((spec) => `:(glob)${below(spec)}`),
      ...specs.map((spec) => `:(glob)${below(spec)}/**`),
      `:(exclude)${below(except)}`,
    ];
    const list = async (...given: string[]) =>
      (await this.git(...given, '-z', '--', ...paths)).split('\0').filter(Boolean);
    try {
      const differing = await list('diff', '--name-only', known.trim());
      const added = await list('ls-files', '--others', '--exclude-standard');
      const changed = [...new Set([...differing, ...added])].sort();
      return { changed, isAnyKnown: changed.length > 0 || (await list('ls-files')).length > 0 };
    } catch {
      return { changed: [], isAnyKnown: false }; // a pathspec that leads out of the repository
    }
  }

  /** The files among these that are new or changed. */
  async changedFiles(files: readonly string[]): Promise<string[]> {
    const names = await Promise.all(files.map((file) => this.relative(file)));
    const status = await this.git('status', '--porcelain=v1', '-z', '--untracked-files=all', '--', ...names);
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
        const before = await this.git('symbolic-ref', '--quiet', 'HEAD').catch(() => undefined);
        const commit = await this.head();
        await this.git('switch', '--create', branch);
        if (commit) undo.push({ what: `the branch ${branch} was begun`, do: () => this.git('branch', '-D', branch) });
        undo.push({
          what: `the branch ${branch} is checked out`,
          do: () =>
            before === undefined // the head was detached
              ? this.git('switch', '--quiet', '--detach', commit ?? 'HEAD')
              : this.git('symbolic-ref', 'HEAD', before.trim()), // the same commit, so no file changes
        });
      }
      const names = await Promise.all(files.map((file) => this.relative(file)));
      const added = (await this.git('ls-files', '-z', '--others', '--', ...names)).split('\0').filter(Boolean);
      if (added.length > 0) {
        undo.push({
          what: 'files are staged',
          do: () => this.git('rm', '--cached', '--quiet', '--force', '--', ...added),
        });
        await this.git('add', '--intent-to-add', '--', ...added);
      }
      await this.git('commit', '--quiet', '--message', message, '--only', '--', ...names);
      return (await this.head()) ?? '';
    } catch (error) {
      const left: string[] = [];
      for (const step of undo.reverse()) await step.do().catch(() => left.push(step.what));
      const why = String((error as Error).message)
        .split('\n')
        .slice(-3)
        .join(' ')
        .trim();
      const state =
        left.length > 0 ? `Your files are as they were, but ${left.join(' and ')}.` : 'Nothing was changed.';
      throw new HumanError(
        'usage',
        'commit-failed',
        {
          what: `git could not commit: ${why}`,
          next: `${state} Fix what git reports and try again, or commit the files in the Source Control view.`,
        },
        { cause: error },
      );
    }
  }

  /** Switches the merge driver on for this clone. A team may commit the attribute in ux-audit/.gitattributes. */
  async configureMergeDriver(command: string): Promise<void> {
    await this.git('config', 'merge.ux-audit.name', 'UX Audit record');
    await this.git('config', 'merge.ux-audit.driver', command);
  }

  /** The folder of this clone's own git attributes, also in a worktree. */
  async infoFolder(): Promise<string> {
    return path.resolve(this.root, (await this.git('rev-parse', '--git-path', 'info')).trim());
  }
}

function run(program: string, given: string[], cwd: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // overrides the repository's settings that would start other programs
    const safe = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];
    execFile(
      program,
      [...safe, ...given],
      { cwd, maxBuffer: MAX_OUTPUT, encoding: 'buffer', windowsHide: true },
      (error, stdout, stderr) =>
        error
          ? reject(Object.assign(error, { message: stderr.toString('utf8').trim() || error.message }))
          : resolve(stdout),
    );
  });
}
