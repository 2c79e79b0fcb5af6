import { access, constants, stat } from 'node:fs/promises';

import path from 'node:path';
import { HumanError } from '../../core/errors';
import { homeFolder } from './browserCache';

/** A browser that can run audits. */
export interface FoundBrowser {
  name: string;
  path: string;
  /** How it was chosen: the setting, CHROME_PATH, installed, or downloaded by UX Audit. */
  from: 'setting' | 'CHROME_PATH' | 'installed' | 'downloaded';
}

interface Place {
  name: string;
  /** Names in PATH (Linux). */
  commands: string[];
  /** Bundle below Applications (macOS). */
  mac: string;
  /** Path below the program folders (Windows). */
  windows: string;
}

/** Chromium browsers in the order in which they are preferred. */
const places: readonly Place[] = [
  {
    name: 'Chrome',
    commands: ['google-chrome-stable', 'google-chrome'],
    mac: 'Google Chrome.app/Contents/MacOS/Google Chrome',
    windows: 'Google\\Chrome\\Application\\chrome.exe',
  },
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser'],
    mac: 'Chromium.app/Contents/MacOS/Chromium',
    windows: 'Chromium\\Application\\chrome.exe',
  },
  {
    name: 'Edge',
    commands: ['microsoft-edge-stable', 'microsoft-edge'],
    mac: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    windows: 'Microsoft\\Edge\\Application\\msedge.exe',
  },
  {
    name: 'Brave',
    commands: ['brave-browser-stable', 'brave-browser', 'brave'],
    mac: 'Brave Browser.app/Contents/MacOS/Brave Browser',
    windows: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  },
];

/** The machine to look for browsers on; the real one unless a test replaces it. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

function candidates(place: Place, { platform, env, home }: Surroundings): string[] {
  if (platform === 'darwin') {
    return ['/Applications', path.posix.join(home, 'Applications')].map((folder) => path.posix.join(folder, place.mac));
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return folders.flatMap((folder) => (folder ? [path.win32.join(folder, place.windows)] : []));
  }
  const folders = [
    ...new Set([...(env.PATH ?? '').split(':').filter(Boolean), '/usr/bin', '/usr/local/bin', '/snap/bin']),
  ];
  return place.commands.flatMap((command) => folders.map((folder) => path.posix.join(folder, command)));
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK)
    .then(async () => (await stat(file)).isFile()) // a folder may be "executed" too
    .catch(() => false);
}

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homeFolder() ?? '/' });

/** Every installed Chromium browser, in the order of preference. */
export async function installedBrowsers(surroundings: Surroundings = here()): Promise<FoundBrowser[]> {
  const found = places.map(async (place): Promise<FoundBrowser | undefined> => {
    for (const file of candidates(place, surroundings)) {
      if (await isExecutable(file)) return { name: place.name, path: file, from: 'installed' };
    }
  });
  return (await Promise.all(found)).filter((browser) => browser !== undefined);
}

/** @throws HumanError when the path names no program, since a browser that a person chose is never skipped silently */
async function chosen(file: string, from: FoundBrowser['from'], code: string, what: string, next: string) {
  if (await isExecutable(file)) return { name: 'Browser', path: file, from };
  throw new HumanError('environment', code, { what: `${what}: ${file}`, next });
}

/**
 * The browser to audit with: the setting, else CHROME_PATH, else the first installed one, else a downloaded one.
 * @throws HumanError `browser-setting-wrong`, `chrome-path-wrong`, or `browser-missing` when there is none
 */
export async function findBrowser(
  { setting, downloaded }: { setting?: string | undefined; downloaded?: string | undefined },
  surroundings: Surroundings = here(),
): Promise<FoundBrowser> {
  if (setting) {
    const what = 'The browser set for UX Audit is not a program';
    const next = 'Correct or clear it (setting uxAudit.browserPath, option --browser).';
    return chosen(setting, 'setting', 'browser-setting-wrong', what, next);
  }
  const { CHROME_PATH } = surroundings.env;
  if (CHROME_PATH) {
    const what = 'The environment variable CHROME_PATH does not name a program';
    return chosen(CHROME_PATH, 'CHROME_PATH', 'chrome-path-wrong', what, 'Correct or unset CHROME_PATH.');
  }
  const [installed] = await installedBrowsers(surroundings);
  if (installed) return installed;
  if (downloaded) return { name: 'Chrome for Testing', path: downloaded, from: 'downloaded' };
  throw new HumanError('environment', 'browser-missing', {
    what: 'No Chrome, Chromium, Edge or Brave was found on this machine.',
    next:
      'Install one of them, set its path (setting uxAudit.browserPath, option --browser, or CHROME_PATH), or ' +
      'let UX Audit download Chrome for Testing (UX Audit: Download Chrome for Testing, or ux-audit doctor ' +
      '--download-browser).',
  });
}

/** Whether Chromium can use its sandbox: always, except as root on Linux. */
export function canSandbox(platform = process.platform, uid = process.getuid?.()): boolean {
  return !(platform === 'linux' && uid === 0);
}
