import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The icons, which a page that was not served cannot load. */
const font = readFileSync(path.join(root, 'dist/webview/codicon.ttf')).toString('base64');
export const icons = `@font-face { font-family: codicon; src: url(data:font/ttf;base64,${font}) }`;

/** A rule of WCAG 2.2 AA that axe-core leaves off unless asked. */
const withTargetSize = { rules: { 'target-size': { enabled: true } } };

/** The rules whose outcome may change with the theme, which changes colours and borders. */
const rulesOfTheme = ['color-contrast', 'link-in-text-block', 'target-size'];

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }>;
}

/**
 * What axe-core finds, and by how much the page is wider than its window.
 *
 * @param options `themeAlone`: all else was looked at, and only the theme has changed since
 */
export async function faultsOf(page: Page, { themeAlone = false } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations: found } = await axe.run({ ...options, resultTypes: ['violations'], preload: false });
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
      );
    },
    themeAlone ? { runOnly: rulesOfTheme } : withTargetSize,
  );
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return over > 0 ? [...violations, `${over} px wider than the window`] : violations;
}
