import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './harness.mjs';

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The rules of axe-core whose outcome may change with the theme. */
const rulesOfTheme = ['color-contrast', 'link-in-text-block'];

/**
 * Violations that axe-core finds in a webview's page, one line each.
 *
 * @param options `themeAlone`: all else was looked at, and only the theme has changed since
 */
export async function violations(frame, { themeAlone = false } = {}) {
  const options = { resultTypes: ['violations'], preload: false, ...(themeAlone && { runOnly: rulesOfTheme }) };
  return frame.locator('html').evaluate(
    async (_, given) => {
      if (!window.axe) new Function(given.axe)();
      const { violations: found } = await window.axe.run(document, given.options);
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
      );
    },
    { axe, options },
  );
}
