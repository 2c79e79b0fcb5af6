import type { Browser, Page } from 'playwright-core';
import { PATIENCE } from '../patience';
import { faultsOf, icons } from './faults';
import { leavePicture } from './page';
import { themeStyle, type themes } from './themes';

/** The classes that VS Code gives the body of a webview. */
const classes: Record<keyof typeof themes, string[]> = {
  light: ['vscode-light'],
  dark: ['vscode-dark'],
  'hc-dark': ['vscode-high-contrast'],
  'hc-light': ['vscode-high-contrast', 'vscode-high-contrast-light'],
};

/** What is looked at, and how. */
interface Look {
  /** The name of its picture. */
  name: string;
  theme: keyof typeof themes;
  /** Of the window, in CSS pixels. */
  width: number;
}

/**
 * Looks at a page in a theme, and leaves a picture of it in `test-output/screenshots`.
 *
 * @param show opens the page and brings it to what is looked at; what is folded then is opened here
 * @returns what violates rules of accessibility, is wider than the window, was thrown, or ran although it is text
 */
export async function faultsOfLook(
  browser: Browser,
  { name, theme, width }: Look,
  show: (page: Page) => Promise<void>,
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE);
  try {
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(error.message));
    await show(page);
    await page.addStyleTag({ content: themeStyle(theme) + icons });
    await page.evaluate((names) => document.body.classList.add(...names), classes[theme]);
    await leavePicture(page, `${name}-${theme}-${width}`);
    for (const summary of await page.locator('main summary').all()) {
      if (!(await summary.evaluate(({ parentElement }) => parentElement?.hasAttribute('open')))) await summary.click();
    }
    const faults = await faultsOf(page);
    const ran = await page.evaluate(() => 'hacked' in globalThis);
    return [...faults, ...thrown, ...(ran ? ['a text ran as a script'] : [])];
  } finally {
    await page.close();
  }
}
