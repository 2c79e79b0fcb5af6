import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { median, spread, table } from './measure.mjs';

/**
 * Opens a built page of a webview with a host that answers at once.
 *
 * @param {{ name: string, answers: Record<string, unknown>, shown: string }} given the page, what its requests get, and
 *   what of it must be there to count as opened
 * @returns the page, and the milliseconds from the start of its script until `shown` was painted; `timed(work)` in the
 *   page is the milliseconds of some work until it is painted
 */
export async function openBuilt(browser, built, { name, answers, shown }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.setContent('<!doctype html><html lang="en"><body><main id="page"></main></body></html>');
  await page.addStyleTag({ content: readFileSync(path.join(built, `${name}.css`), 'utf8') });
  await page.evaluate(
    ([given, selector]) => {
      window.acquireVsCodeApi = () => ({
        getState: () => null,
        setState() {},
        postMessage: ({ id, method }) =>
          window.postMessage({ kind: 'response', id, ok: true, result: given[method] ?? null }),
      });
      // a task of its own after the frame's callback: by then the frame has been painted
      const painted = () => new Promise((resolve) => requestAnimationFrame(() => scheduler.postTask(resolve)));
      window.opened = new Promise((resolve) => {
        new MutationObserver(async (_, observer) => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          await painted();
          resolve(performance.now());
        }).observe(document.getElementById('page'), { childList: true, subtree: true });
      });
      window.timed = async (work) => {
        const start = performance.now();
        work();
        await painted();
        return performance.now() - start;
      };
    },
    [answers, shown],
  );
  const start = await page.evaluate(() => performance.now());
  await page.addScriptTag({ content: readFileSync(path.join(built, `${name}.js`), 'utf8') });
  return { page, opened: (await page.evaluate(() => window.opened)) - start };
}

/**
 * Runs `once` in a real browser, first for the browser's own start and then `pairs` times, and holds the medians of what
 * it resolves with against their limits.
 *
 * @param {{ part: string, rows: [what: string, name: string, limit: number][], once: (browser, built: string) => Promise<Record<string, number>> }} given
 */
export async function measurePage({ root, chrome, product, verdicts, pairs = 7 }, { part, rows, once }) {
  const browser = await chromium.launch({ executablePath: chrome, args: product.canSandbox() ? [] : ['--no-sandbox'] });
  try {
    const built = path.join(root, 'dist/webview');
    await once(browser, built);
    const runs = [];
    for (let run = 0; run < pairs; run += 1) runs.push(await once(browser, built));
    const shown = rows.map(([what, name, limit]) => {
      const times = runs.map((run) => run[name]);
      const text = `${spread(times, 0)} ms`;
      const verdict = verdicts.atMost(`${part}: ${what}, in ms`, median(times), { limit, strict: true, text });
      return [what, spread(times, 0), `under ${limit}`, verdict];
    });
    table(['what', 'ms', 'limit', ''], shown);
  } finally {
    await browser.close();
  }
}
