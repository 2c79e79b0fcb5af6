import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, chromium, expect } from '@playwright/test';
import { vscePackage } from '../../.ci/vsce.mjs';
import { browserOptions } from '../hosts/browser.mjs';
import { startScreen } from '../hosts/screen.mjs';
import { startHost, workbenchUrl } from '../hosts/server.mjs';
import { patienceMs, root } from './harness.mjs';
import { serve } from './site.mjs';

export { expect } from '@playwright/test';

/** Packages the extension of test/e2e/virtualFolder, which gives VS Code folders that are on no disk. @returns the file */
function virtualFolder() {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'ux-audit-virtual-')), 'virtual-folder.vsix');
  const [vsce, ...given] = vscePackage(file);
  const cwd = path.join(root, 'test/e2e/virtualFolder');
  execFileSync(process.execPath, [path.join(root, vsce), ...given, '--skip-license'], { cwd });
  return file;
}

/** The page of a browser that shows something. */
async function pageWith(browser, selector) {
  let found;
  const look = async () => {
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      const isShown = page.locator(selector).first().isVisible();
      if (await isShown.catch(() => false)) found = page;
    }
    return found !== undefined;
  };
  await expect.poll(look).toBe(true);
  return found;
}

/** Stops what moves only to show that something is under way: it would be painted 60 times a second. Runs in the page. */
function stopMotion() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.progress-bit, .codicon, .codicon::before { animation: none !important }');
  document.adoptedStyleSheets.push(sheet);
}

/**
 * Every test gets a folder and a window of its own; all tests of a worker share one VS Code, into which the packaged
 * extension was installed once, and a screen that nobody sees, on which browsers of the extension show windows.
 *
 * - `fixture`: which folder of test/fixtures the test works on a copy of
 * - `settings`: user settings of the test
 */
export const test = base.extend({
  fixture: ['workspace', { option: true }],
  settings: [{}, { option: true }],

  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const screen = await startScreen();
      const virtual = virtualFolder();
      let host;
      try {
        const vsix = [path.join(root, 'dist/ux-audit.vsix'), virtual];
        const settings = { 'workbench.hover.delay': 3_600_000 }; // a tooltip would lie on what a test clicks next
        host = await startHost({ vsix, env: screen.env, settings });
        await use({ ...host, browserAddress: screen.browserAddress });
      } finally {
        await host?.stop();
        await screen.stop();
        rmSync(path.dirname(virtual), { recursive: true });
      }
    },
    { scope: 'worker', timeout: 0 },
  ],

  /** The browser of a worker's tests. It keeps the scripts of VS Code and what they were compiled to, as a person's does. */
  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const profile = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-browser-'));
      const permissions = ['clipboard-read', 'clipboard-write'];
      const kept = await chromium.launchPersistentContext(profile, {
        ...browserOptions(),
        reducedMotion: 'reduce',
        permissions,
      });
      kept.setDefaultTimeout(patienceMs);
      await kept.addInitScript(stopMotion);
      await use(kept);
      await kept.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
    { scope: 'worker', timeout: 0 },
  ],

  /** What VS Code keeps of its windows in the browser is gone after each test. */
  context: async ({ kept, host }, use) => {
    const [blank] = kept.pages();
    await use(kept);
    await Promise.all(kept.pages().map((page) => page !== blank && page.close()));
    const devTools = await kept.newCDPSession(blank);
    const storageTypes = 'cookies,indexeddb,local_storage,service_workers';
    await devTools.send('Storage.clearDataForOrigin', { origin: `http://${host.authority}`, storageTypes });
    await devTools.detach();
  },

  page: async ({ context, viewport }, use) => {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    await use(page);
  },

  /** The path of the workspace folder, which exists before the window opens. */
  folder: async ({ host, fixture }, use) => {
    host.configure(); // else a window that a test opens by itself has the settings of the test before
    const folder = path.join(mkdtempSync(path.join(host.folder, 'test-')), 'workspace');
    cpSync(path.join(root, 'test/fixtures', fixture), folder, { recursive: true });
    await use(folder);
  },

  /** `open()` opens the folder in VS Code and resolves once the workbench can be used. */
  open: async ({ page, host, folder, settings }, use) => {
    await use(async () => {
      host.configure(settings);
      await page.goto(workbenchUrl(host, { folder }));
      await page.locator('.monaco-workbench .part.activitybar').waitFor();
      await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    });
    // Leaving the page says goodbye to the host, which then ends the extension host and what it started.
    await page.goto('about:blank');
  },

  /** `person()` waits for the window that the extension opens for a person: `pageWith(selector)` is the page they see. */
  person: async ({ host }, use) => {
    const browsers = [];
    await use(async () => {
      let browser;
      const isOpen = async () => {
        browser = await chromium.connectOverCDP(host.browserAddress).catch(() => undefined);
        return browser !== undefined; // it may close an empty page at this moment
      };
      await expect.poll(isOpen).toBe(true);
      browsers.push(browser);
      return { pageWith: (selector) => pageWith(browser, selector) };
    });
    await Promise.all(browsers.map((browser) => browser.close()));
  },

  /** `served(folder)` serves a folder until the test ends. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  served: async ({}, use) => {
    const sites = [];
    await use(async (...given) => {
      const site = await serve(...given);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.close()));
  },
});
