import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The icons, which a page that was not served cannot load. */
const font = readFileSync(path.join(root, 'dist/webview/codicon.ttf')).toString('base64');
export const icons = `@font-face { font-family: codicon; src: url(data:font/ttf;base64,${font}) }`;

/** What axe-core finds, and by how much the page is wider than its window. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> };
      }
    ).axe.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return over > 0 ? [...violations, `${over} px wider than the window`] : violations;
}
