import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';

/** The root folder of the project. */
export const root = path.resolve(import.meta.dirname, '../..');

const screenshots = path.join(root, 'test-output', 'screenshots');
/** How long to wait for something that should come soon; a busy machine makes it late, and that is no failure. */
export const patienceMs = 60_000;
/** How long one phase of an audit may take; the audit's own limit for the longest one is the same. */
export const phaseMs = 180_000;

/** The built-in themes by their names in the theme picker, and the classes of the workbench and of a webview then. */
const themes = {
  light: { label: 'Light Modern', className: 'vs', inWebview: 'vscode-light' },
  dark: { label: 'Dark Modern', className: 'vs-dark', inWebview: 'vscode-dark' },
  'hc-dark': { label: 'Dark High Contrast', className: 'hc-black', inWebview: 'vscode-high-contrast' },
  'hc-light': { label: 'Light High Contrast', className: 'hc-light', inWebview: 'vscode-high-contrast-light' },
};

/** The input box at the top of the workbench: command palette, quick picks and input boxes. */
function quickInput(page) {
  return page.locator('.quick-input-widget');
}

/** Matches the accessible name of a quick pick entry with this label; what else it tells follows a comma. */
function named(label) {
  return new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(,|$)`);
}

/** Whether `locator` becomes visible within the time. */
function appears(locator, timeout) {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Clicks an entry, unless its list closes before that. */
function isClicked(entry) {
  return entry.click({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

/** Waits until the palette with this text in it is closed, or the input box of the command has taken its place. */
async function quickInputLeaves(page, text) {
  const palette = '.quick-input-widget input.input';
  await page.waitForFunction(
    ([selector, value]) => {
      const input = document.querySelector(selector);
      return !input?.checkVisibility() || input.value !== value;
    },
    [palette, text],
  );
}

/**
 * Runs a command through the command palette. The palette lists what there was when it
 * opened, so it is opened anew until an extension that is still loading has its command in it.
 *
 * @param {string} title the whole title as the palette shows it, such as `View: Toggle Problems`
 */
export async function runCommand(page, title) {
  const input = quickInput(page).locator('input.input');
  const command = quickInputItem(page, named(title));
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    await page.keyboard.press('F1');
    if (await appears(input, 3_000)) {
      // a webview that is just opening takes the focus, and the palette closes again
      const filled = await input.fill(`>${title}`, { timeout: 2_000 }).then(
        () => true,
        () => false,
      );
      if (filled && (await appears(command, 1_500)) && (await isClicked(command))) {
        await quickInputLeaves(page, `>${title}`);
        return;
      }
      await page.keyboard.press('Escape');
      await input.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => {});
    }
  }
  throw new Error(`The command palette does not offer "${title}".`);
}

/** The entry of the open quick pick whose accessible name contains a text or matches an expression. */
export function quickInputItem(page, name) {
  return quickInput(page).getByRole('option', { name }).first();
}

/** Waits for a quick pick with an entry that contains `text` and takes that entry. */
export async function pickQuickInput(page, text) {
  await quickInputItem(page, text).click();
}

/** Waits for an input box or a list with a title, and gives it the keyboard: a tree that was clicked may still take it. */
export async function asked(page, title) {
  await quickInput(page).getByText(title).first().waitFor();
  await quickInput(page).locator('input.input').focus();
}

/**
 * Waits for an input box with a title, types in place of what is there, confirms with Enter, and waits until that is
 * taken: a box checks what was typed before it closes. For a list without free text use `pickQuickInput`.
 */
export async function typeQuickInput(page, title, text) {
  await quickInput(page).locator('.quick-input-title').getByText(title).waitFor();
  const input = quickInput(page).locator('input.input');
  await input.fill(text);
  await input.press('Enter');
  await quickInputLeaves(page, text);
}

/**
 * The document of the webview that shows `probeSelector`.
 * The workbench nests it twice: a frame of its own, and in it one with the extension's page.
 *
 * @param {{ patience?: number, progress?: () => Promise<unknown> }} options how many milliseconds to wait while what
 *   `progress` resolves with stays the same
 */
export async function webviewFrame(page, probeSelector, { patience = patienceMs, progress } = {}) {
  const outer = page.locator('iframe.webview');
  let seen = await progress?.();
  let pause = 50;
  for (let since = Date.now(); Date.now() - since < patience; await page.waitForTimeout(pause)) {
    pause = Math.min(1.5 * pause, 500); // each look takes time of the page
    for (const frame of await outer.all()) {
      if (!(await frame.isVisible())) continue;
      const inner = frame.contentFrame().locator('iframe#active-frame').contentFrame();
      const probe = inner.locator(probeSelector).first();
      if (await probe.isVisible().catch(() => false)) {
        return inner;
      }
    }
    const now = await progress?.();
    if (now !== seen) [seen, since] = [now, Date.now()];
  }
  throw new Error(`No webview shows ${probeSelector}.`);
}

/** The page with the result of an audit, once it has ended; however long that takes while its notification changes. */
export function auditResult(page) {
  const progress = async () => (await page.locator('.notifications-toasts').allInnerTexts()).join();
  return webviewFrame(page, '.scores', { patience: phaseMs, progress });
}

/** Waits for the notification that contains `text`; its buttons are found by role within it. */
export async function notification(page, text, options) {
  const item = page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  await item.first().waitFor(options);
  return item.first();
}

/** Lets somebody sit at this machine, by the handle that windows which open from now on read. */
export function sitDown(host, handle) {
  const folder = path.join(host.folder, 'user-data/Machine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'uxAudit.handle': handle }));
}

/** Closes all notifications. */
export async function dismissNotifications(page) {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'hidden' });
}

/** The entry of a tree view whose accessible name contains a text or matches an expression. */
export function treeItem(page, name) {
  return page.getByRole('treeitem', { name }).first();
}

/** How long to wait for what a click in a tree does, before the click counts as lost. */
const lostClickMs = 15_000;

/** Clicks an entry of a tree until `outcome` is visible: a tree that is just being drawn anew loses a click. */
export async function clickInTree(page, name, outcome) {
  await expect(async () => {
    await treeItem(page, name).click();
    await expect(outcome).toBeVisible({ timeout: lostClickMs });
  }).toPass();
}

/** Opens the page of an entry of a tree; nothing may show `probeSelector` before. */
export async function openFromTree(page, name, probeSelector) {
  let frame;
  await expect(async () => {
    await treeItem(page, name).click();
    frame = await webviewFrame(page, probeSelector, { patience: lostClickMs });
  }).toPass();
  return frame;
}

/** Saves what the page shows as `test-output/screenshots/<name>.png`, where pictures are asked for. */
export async function screenshot(page, name) {
  if (!process.env.UX_AUDIT_TEST_PICTURES) return;
  mkdirSync(screenshots, { recursive: true });
  const file = path.join(screenshots, `${name}.png`);
  await expect(() => page.screenshot({ path: file })).toPass(); // a busy browser cannot take one at times
}

/** Changes the colour theme of the workbench with the theme picker and waits until it is on. */
async function setTheme(page, theme) {
  const { label, className } = themes[theme];
  await runCommand(page, 'Preferences: Color Theme');
  const input = quickInput(page).locator('input.input');
  await input.fill(label);
  await quickInputItem(page, named(label)).click();
  await input.waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench.${className}`).waitFor();
}

/**
 * Looks at the page in a frame in a dark and in a high-contrast light theme, in `npm run test:long` in all four: the
 * tests of webviews look at each kind of page in every theme. `look` gets the theme, and options for `violations`: after
 * the first theme, only what a theme can change is looked for.
 */
export async function eachTheme(page, frame, look) {
  const chosen = process.env.UX_AUDIT_TEST_LONG ? Object.keys(themes) : ['dark', 'hc-light'];
  for (const [index, theme] of chosen.entries()) {
    const { className, inWebview } = themes[theme];
    const isOn = await page.locator(`.monaco-workbench.${className}`).isVisible();
    if (!isOn) await setTheme(page, theme);
    await frame.locator(`body.${inWebview}`).waitFor();
    await look(theme, { themeAlone: index > 0 });
  }
}

/** Fails where the page in a frame is wider than its column. */
export async function expectFits(frame, what = 'the page') {
  const overflow = await frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow, `how much wider ${what} is than its column, px`).toBeLessThanOrEqual(0);
}

/** The extension hosts of a VS Code, one for each open window: their process ids. */
export function extensionHosts(host) {
  return readdirSync('/proc').filter((pid) => {
    try {
      const [command, environment] = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'));
      return command.includes('--type=extensionHost') && environment.includes(host.folder);
    } catch {
      return false; // no process, or one that has ended meanwhile
    }
  });
}

/** What VS Code has stored in the browser so far, the states of the open webviews included, as one JSON text. */
export function storedState(page) {
  return page.evaluate(async () => {
    const outcome = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const values = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await outcome(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        values.push(await outcome(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(values);
  });
}

/** Git in a folder, with an author of its own. */
export function git(folder, ...given) {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...author, ...given], { cwd: folder, encoding: 'utf8' });
}

/** The record of a workspace as it is on disk. */
export function recordOf(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'ux-audit/findings.json'), 'utf8'));
}

/** Chooses an entry of the context menu of a page; the menu is opened anew until VS Code knows that it may be. */
export async function chooseInMenu(page, row, entry) {
  const item = page.getByRole('menuitem', { name: entry, exact: true });
  // a menu also closes by itself, when a list that was open before it closes late
  let chosen = false;
  for (let left = 20; !chosen; left -= 1) {
    if (left === 0) throw new Error(`The menu closes before "${entry}" is chosen.`);
    await expect(async () => {
      await page.keyboard.press('Escape');
      await row.click({ button: 'right' });
      await expect(item).toBeEnabled({ timeout: 1_000 });
    }).toPass();
    // VS Code ignores a click that follows too soon on the one that opened the menu
    await expect(async () => {
      if (await item.isVisible()) {
        await item.click({ timeout: 1_000 });
        chosen = true;
      }
      await expect(item).toBeHidden({ timeout: 1_000 });
    }).toPass();
  }
}
