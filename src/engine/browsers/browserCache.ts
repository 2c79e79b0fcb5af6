import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DownloadOptions } from './downloadBrowser';

/** The folder of downloaded browsers on this machine, for editor and terminal. */
export function browserCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = os.homedir();
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'ux-audit');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ux-audit');
  return path.join(env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'ux-audit');
}

const noteOf = (folder: string) => path.join(folder, 'browser.json');

/** The program of a browser that was downloaded before, if it still exists. */
export async function downloadedBrowser(folder = browserCacheFolder()): Promise<string | undefined> {
  try {
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
