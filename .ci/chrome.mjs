import os from 'node:os';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { isProgram, onPath } from './command.mjs';

const linuxNames = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'brave',
];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
];

/** Where the browsers usually are on this platform. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['/Applications', path.join(os.homedir(), 'Applications')].flatMap((folder) =>
      macApplications.map((name) => path.join(folder, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (process.platform === 'win32') {
    const { LOCALAPPDATA, ProgramFiles, 'ProgramFiles(x86)': programFiles86 } = process.env;
    return [ProgramFiles, programFiles86, LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => windowsPrograms.map((program) => path.join(folder, program)));
  }
  return [];
}

/** The path of Chrome, Chromium, Edge or Brave on this machine (`CHROME_PATH` goes first), or undefined. */
export function findChrome() {
  const named = process.env.CHROME_PATH;
  if (named && !isProgram(named)) {
    throw new Error(`CHROME_PATH names ${named}, which is not a program: correct or unset it.`);
  }
  return named || usualPlaces().find(isProgram) || onPath(linuxNames);
}

/**
 * The browser in which tests look at VS Code and at pages of the extension (`CHROME_PATH` goes first): Chromium without
 * a window of its own where Debian's package of it is installed, since it takes less of the processor. The product looks
 * for a whole browser; engine tests about pages send it to this one by `CHROME_PATH`.
 */
export function findViewer() {
  return process.env.CHROME_PATH ? findChrome() : (onPath(['chromium-headless-shell']) ?? findChrome());
}

/** The path of a browser; installs Debian's Chromium where there is none. */
export async function provideChrome(step) {
  await step('a browser', '10 to 60 seconds', Boolean(findChrome()), async () => {
    const none = 'No browser found: install Chrome, Chromium, Edge or Brave, or set CHROME_PATH to one.';
    await aptInstall(['chromium', 'fonts-liberation'], none);
    await aptInstall(['chromium-headless-shell'], none).catch(() => {}); // tests do without it
  });
  return findChrome();
}
