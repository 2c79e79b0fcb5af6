import type { Browser, Page } from 'playwright-core';
import { leavesPictures, PATIENCE } from '../patience';
import { faultsOf, icons } from './faults';
import { leavePicture } from './page';
import { type Theme, themeStyle } from './themes';

/** The classes that VS Code gives the body of a webview. */
const classes: Record<Theme, string> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Gives a page each of some themes, as VS Code does while the page is open. */
async function inEach(
  page: Page,
  themes: readonly Theme[],
  look: (theme: Theme, index: number) => Promise<unknown>,
): Promise<void> {
  for (const [index, theme] of themes.entries()) {
    await page.evaluate(
      ([css, name]) => {
        document.getElementById('theme')?.remove();
        const style = document.createElement('style');
        style.id = 'theme';
        style.textContent = css;
        document.head.append(style);
        document.body.className = name;
      },
      [themeStyle(theme) + icons, classes[theme]] as const,
    );
    await look(theme, index);
  }
}

/** Leaves a picture of a page in each of some themes, where pictures are asked for. */
export async function leavePictures(page: Page, name: string, themes: readonly Theme[], options = {}): Promise<void> {
  if (!leavesPictures) return;
  await inEach(page, themes, (theme) => leavePicture(page, `${name}-${theme}`, options));
}

/** What violates rules of accessibility in each of some themes, or is wider than the window. */
export async function faultsInThemes(page: Page, themes: readonly Theme[]): Promise<string[]> {
  const faults: string[] = [];
  await inEach(page, themes, async (theme, index) => {
    const found = await faultsOf(page, { themeAlone: index > 0 });
    faults.push(...found.map((fault) => `${theme}: ${fault}`));
  });
  return faults;
}

/** What is looked at, and how. */
interface Look {
  /** The name of its pictures. */
  name: string;
  themes: readonly Theme[];
  /** Of the window, in CSS pixels. */
  width: number;
}

/**
 * Looks at a page in some themes, and leaves pictures of it.
 *
 * @param show opens the page and brings it to what is looked at; what is folded then is opened here
 * @returns what violates rules of accessibility, is wider than the window, was thrown, or ran although it is text
 */
export async function faultsOfLook(
  browser: Browser,
  { name, themes, width }: Look,
  show: (page: Page) => Promise<void>,
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE);
  try {
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(error.message));
    await show(page);
    await leavePictures(page, `${name}-${width}`, themes);
    for (const summary of await page.locator('main summary').all()) {
      if (!(await summary.evaluate(({ parentElement }) => parentElement?.hasAttribute('open')))) await summary.click();
    }
    const faults = await faultsInThemes(page, themes);
    const ran = await page.evaluate(() => 'hacked' in globalThis);
    return [...faults, ...thrown, ...(ran ? ['a text ran as a script'] : [])];
  } finally {
    await page.close();
  }
}
