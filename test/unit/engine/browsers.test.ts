import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserCacheFolder, downloadedBrowser } from '../../../src/engine/browsers/browserCache';
import {
  canSandbox,
  findBrowser,
  installedBrowsers,
  type Surroundings,
} from '../../../src/engine/browsers/findBrowser';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'browsers-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program at a path below the test's folder. */
function program(...parts: string[]): string {
  const file = path.join(folder, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const linux = (env: NodeJS.ProcessEnv = {}): Surroundings => ({
  platform: 'linux',
  env: { PATH: path.join(folder, 'bin'), ...env },
  home: folder,
});

/** The browsers found below the test's folder; those of the machine that runs the test do not count. */
async function found(surroundings: Surroundings): Promise<string[]> {
  const browsers = await installedBrowsers(surroundings);
  return browsers.filter((browser) => browser.path.startsWith(folder)).map(({ name }) => name);
}

describe('the folder of downloaded browsers', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is in no workspace and in no shared folder, for a user without a home', async () => {
    for (const name of ['HOME', 'USERPROFILE', 'XDG_CACHE_HOME']) vi.stubEnv(name, '.');
    expect(() => browserCacheFolder()).toThrow(expect.objectContaining({ code: 'home-missing' }));
    expect(await downloadedBrowser()).toBeUndefined();
  });
});

describe('the installed browsers', () => {
  it('are found in PATH on Linux, in the order of preference', async () => {
    program('bin', 'brave');
    program('bin', 'microsoft-edge');
    expect(await found(linux())).toEqual(expect.arrayContaining(['Edge', 'Brave']));
    program('bin', 'google-chrome');
    program('bin', 'chromium-browser');
    expect((await found(linux())).filter((name) => name !== 'Chromium')).toEqual(['Chrome', 'Edge', 'Brave']);
  });

  // Windows has no such permission
  it.runIf(process.platform !== 'win32')('are programs, not other files of that name', async () => {
    writeFileSync(program('bin', 'google-chrome'), '');
    chmodSync(path.join(folder, 'bin', 'google-chrome'), 0o644);
    expect(await found(linux())).toEqual([]);
  });

  it('are found among the applications of a person on macOS', async () => {
    const chrome = program('Applications', 'Google Chrome.app', 'Contents', 'MacOS', 'Google Chrome');
    program('Applications', 'Brave Browser.app', 'Contents', 'MacOS', 'Brave Browser');
    const browsers = await installedBrowsers({ platform: 'darwin', env: {}, home: folder });
    expect(browsers.filter((browser) => browser.path.startsWith(folder))).toEqual([
      { name: 'Chrome', path: chrome, from: 'installed' },
      expect.objectContaining({ name: 'Brave' }),
    ]);
  });

  it('are found in the program folders on Windows', async () => {
    // on another system a path of Windows is a file's name in the current folder, which serves here as well
    const before = process.cwd();
    process.chdir(folder);
    try {
      const onWindows = process.platform === 'win32';
      const programs = onWindows ? folder : 'C:\\Program Files (x86)';
      const own = onWindows ? path.join(folder, 'own') : 'C:\\Users\\ana\\Local';
      const edge = path.win32.join(programs, 'Microsoft\\Edge\\Application\\msedge.exe');
      const chrome = path.win32.join(own, 'Google\\Chrome\\Application\\chrome.exe');
      for (const file of [edge, chrome]) {
        if (onWindows) mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, '', { mode: 0o755 });
      }
      const env = { 'PROGRAMFILES(X86)': programs, LOCALAPPDATA: own };
      expect(await installedBrowsers({ platform: 'win32', env, home: folder })).toEqual([
        { name: 'Chrome', path: chrome, from: 'installed' },
        { name: 'Edge', path: edge, from: 'installed' },
      ]);
    } finally {
      process.chdir(before);
    }
  });
});

describe('the browser to audit with', () => {
  it('is the one of the setting, then that of CHROME_PATH, then an installed one, then the downloaded one', async () => {
    const setting = program('mine', 'browser');
    const chromePath = program('env', 'browser');
    const installed = program('bin', 'google-chrome-stable');
    const downloaded = program('cache', 'chrome');
    expect(await findBrowser({ setting, downloaded }, linux({ CHROME_PATH: chromePath }))).toMatchObject({
      path: setting,
      from: 'setting',
    });
    expect(await findBrowser({ downloaded }, linux({ CHROME_PATH: chromePath }))).toMatchObject({
      path: chromePath,
      from: 'CHROME_PATH',
    });
    expect(await findBrowser({ downloaded }, linux())).toMatchObject({ path: installed, from: 'installed' });
    const nothing: Surroundings = { platform: 'win32', env: {}, home: folder };
    expect(await findBrowser({ downloaded }, nothing)).toMatchObject({ path: downloaded, from: 'downloaded' });
  });

  it('is never another one than the setting or CHROME_PATH says', async () => {
    program('bin', 'google-chrome-stable');
    await expect(findBrowser({ setting: path.join(folder, 'none') }, linux())).rejects.toMatchObject({
      kind: 'environment',
      code: 'browser-setting-wrong',
      message: expect.stringContaining(path.join(folder, 'none')),
    });
    await expect(findBrowser({}, linux({ CHROME_PATH: path.join(folder, 'none') }))).rejects.toMatchObject({
      code: 'chrome-path-wrong',
      next: expect.stringContaining('CHROME_PATH'),
    });
  });

  it('is missing where there is none, with every way to get one', async () => {
    await expect(findBrowser({}, { platform: 'win32', env: {}, home: folder })).rejects.toMatchObject({
      kind: 'environment',
      code: 'browser-missing',
      next: expect.stringMatching(/Install.*uxAudit\.browserPath.*CHROME_PATH.*download/),
    });
  });

  it('is not a folder', async () => {
    await expect(findBrowser({ setting: folder }, linux())).rejects.toMatchObject({ code: 'browser-setting-wrong' });
  });
});

describe('the sandbox of the browser', () => {
  it('is given up only where Chromium refuses it: to root on Linux', () => {
    expect(canSandbox('linux', 0)).toBe(false);
    expect(canSandbox('linux', 1000)).toBe(true);
    expect(canSandbox('darwin', 0)).toBe(true);
    expect(canSandbox('win32', undefined)).toBe(true);
  });
});
