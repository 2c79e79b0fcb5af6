import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HumanError } from '../../core/errors';
import type { DownloadOptions } from './downloadBrowser';

/**
 * The home folder of this user; undefined for one without, as in a container whose user has no name, or with a relative
 * one, which would be in the workspace.
 */
export function homeFolder(): string | undefined {
  try {
    const home = os.homedir();
    return path.isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The folder of downloaded browsers on this machine, for editor and terminal.
 * @throws HumanError `home-missing`; no shared folder takes its place, where others could put a program
 */
export function browserCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const cache = process.platform === 'linux' ? (env.XDG_CACHE_HOME ?? '') : '';
  if (path.isAbsolute(cache)) return path.join(cache, 'ux-audit');
  const home = homeFolder();
  if (home === undefined) {
    throw new HumanError('environment', 'home-missing', {
      what: 'This user has no home folder, so nothing can be kept on this machine.',
      next: 'Set the environment variable HOME to a folder of this user, then try again.',
    });
  }
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'ux-audit');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ux-audit');
  return path.join(home, '.cache', 'ux-audit');
}

const noteOf = (folder: string) => path.join(folder, 'browser.json');

/** The program of a browser that was downloaded before, if it still exists. */
export async function downloadedBrowser(given?: string): Promise<string | undefined> {
  try {
    const folder = given ?? browserCacheFolder();
    const { path: program } = JSON.parse(await readFile(noteOf(folder), 'utf8')) as { path: string };
    await access(program, constants.X_OK);
    return program;
  } catch {
    return undefined;
  }
}

/**
 * Downloads Chrome for Testing into the cache. Call it only after a person agreed.
 * @returns the path of the program
 * @throws HumanError see downloadBrowser.ts
 */
export async function downloadBrowser(options: Partial<DownloadOptions> = {}): Promise<string> {
  const cacheFolder = options.cacheFolder ?? browserCacheFolder();
  await mkdir(cacheFolder, { recursive: true });
  const { download } = await import('./downloadBrowser'); // its own bundle, since few people need it
  const program = await download({ ...options, cacheFolder });
  await writeFile(noteOf(cacheFolder), JSON.stringify({ path: program }));
  return program;
}
