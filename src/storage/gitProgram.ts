import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { HumanError, isHumanError } from '../core/errors';
import { existingFolder } from './existingFolder';

const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * Runs git.
 * @param env variables beside those of this process
 * @throws HumanError `git-missing`, or `git-failed` with git's own reason; {@link gitReason} and {@link exitCodeOf}
 *   read more of it
 */
export function runGit(
  program: string,
  given: readonly string[],
  folder: string,
  env: Record<string, string> = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // overrides the repository's settings that would start other programs
    const safe = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];
    execFile(
      program,
      ['-C', folder, ...safe, ...given],
      {
        cwd: path.dirname(process.execPath), // Windows looks for programs there first, so not in the repository
        env: { ...process.env, LANGUAGE: 'C', ...env },
        maxBuffer: MAX_OUTPUT,
        encoding: 'buffer',
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const reason = stderr.toString('utf8').trim() || error.message;
        reject(failure(given[0] ?? '', Object.assign(error, { reason })));
      },
    );
  });
}

type GitError = Error & { reason: string; code?: number | string | null };

function failure(command: string, error: GitError): HumanError {
  if (error.code === 'ENOENT') {
    const what = 'git is not installed, or not where programs are looked for (PATH).';
    const next = 'Install git (https://git-scm.com), and try again in a new terminal or window.';
    return new HumanError('environment', 'git-missing', { what, next }, { cause: error });
  }
  const text = { what: `git ${command} failed: ${reasonLine(error.reason)}`, next: nextOf(error.reason) };
  return new HumanError('environment', 'git-failed', text, { cause: error });
}

/** What to do about git's reason. */
export function nextOf(reason: string): string {
  if (/Permission denied|Read-only/i.test(reason)) return "Make the repository's .git folder writable, then try again.";
  const [, file, config] = /'([^'\n]+\.lock)'|lock config file (.+?): File exists/.exec(reason) ?? [];
  const lock = file ?? (config && `${config}.lock`);
  return lock === undefined
    ? 'Mend what git reports, then try again.'
    : `If no other git is running, remove the lock that one left (${lock}), then try again.`;
}

/** The line that git calls fatal, which hints may follow; else the last lines, as of a hook. */
function reasonLine(reason: string): string {
  const lines = reason.split('\n').map((line) => line.trim());
  const fatal = lines.find((line) => line.startsWith('fatal: '));
  const said = fatal === undefined ? lines.filter(Boolean).slice(-3) : [fatal];
  return said
    .map((line) => line.replace(/^(fatal|error): /, ''))
    .join(' ')
    .slice(0, 500);
}

/** What git itself said when it failed, in a line. */
export function gitReason(error: unknown): string {
  return reasonLine(gitOutput(error));
}

/** All that git itself said when it failed. */
export function gitOutput(error: unknown): string {
  const cause = isHumanError(error) ? (error.cause as Partial<GitError> | undefined) : undefined;
  return cause?.reason ?? String((error as Error).message);
}

/** The exit code of a git that failed; undefined when it did not run. */
export function exitCodeOf(error: unknown): number | undefined {
  const code = isHumanError(error) ? (error.cause as Partial<GitError> | undefined)?.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

/**
 * The top folder of the repository that a folder is in.
 * @throws HumanError `no-repository` when there is none; `git-missing`; `git-refuses` with git's own reason when it
 *   does not read the one that is there
 */
export async function repositoryRoot(program: string, given: string): Promise<string> {
  const { folder } = await existingFolder(given);
  try {
    const found = await runGit(program, ['rev-parse', '--show-toplevel'], folder, { LC_ALL: 'C' });
    return realpathSync(found.toString('utf8').replace(/\r?\n$/, ''));
  } catch (error) {
    const link = linkAbove(folder);
    if (isHumanError(error) && error.code === 'git-missing' && link !== undefined) throw error;
    if (link === undefined && /not a git repository|git-missing/.test(`${gitReason(error)} ${codeOf(error)}`)) {
      throw new HumanError(
        'usage',
        'no-repository',
        {
          what: `${given} is not in a git repository.`,
          next: 'Create one (git init) and commit the record.',
        },
        { cause: error },
      );
    }
    throw refusal(error, link ?? folder);
  }
}

function codeOf(error: unknown): string {
  return isHumanError(error) ? error.code : '';
}

/** The `.git` at or above a folder. */
function linkAbove(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const link = path.join(at, '.git');
    if (existsSync(link)) return link;
    if (path.dirname(at) === at) return undefined;
  }
}

function refusal(error: unknown, link: string): HumanError {
  const cause = (isHumanError(error) ? error.cause : error) as Partial<GitError> | undefined;
  const said = cause?.reason ?? String(cause?.message);
  const trust = /git config --global --add safe\.directory .+/.exec(said)?.[0];
  const [reason, next] = trust
    ? ['another user owns it (dubious ownership)', `If you trust it: ${trust.trim()}`]
    : [
        reasonLine(said),
        'Mend the repository, then try again: bring back the folder that .git names (git worktree repair, for a ' +
          'worktree), or clone it anew.',
      ];
  const what = `git does not read the repository of ${link}: ${reason}${reason.endsWith('.') ? '' : '.'}`;
  return new HumanError('environment', 'git-refuses', { what, next }, { cause });
}
