import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { median, spread, table } from './measure.mjs';

/** What the form of an evaluation is given at most in one piece: 50 pages, 55 items, half of them answered. */
function largeState() {
  const items = Array.from({ length: 55 }, (_, index) => ({
    id: `A${index}`,
    title: `Title of item ${index}`,
    question: `Is item ${index} as it should be, for everybody, on every screen?`,
    howToCheck: ['Look at it.', 'Do it.'],
    good: 'Well done.',
    bad: 'Badly done.',
    metrics: ['error_rate'],
    stages: [],
    covers: ['lighthouse/image-alt'],
  }));
  const columns = Array.from({ length: 50 }, (_, page) => ({
    target: `page-${page}`,
    evaluation: `page-${page}/large/ana`,
    round: 1,
    status: 'draft',
    version: 1,
    asked: items.map(({ id }) => id),
    url: 'http://localhost:3000/',
    answers: Object.fromEntries(
      items.filter((_, index) => index % 2 === 0).map(({ id }) => [id, { verdict: 'pass', note: 'as it should be' }]),
    ),
    previous: {},
    previousOn: null,
    others: [],
  }));
  return {
    me: 'ana',
    checklist: { id: 'large', version: 1, title: 'Large', description: '', licence: '', items },
    checklistFault: null,
    columns,
    problems: {},
    toRate: [],
    joint: [],
    jointHidden: '',
    pictures: {},
    stale: null,
    view: 'form',
  };
}

/** Opens the built form once; milliseconds from the start of its script until its first item is painted, and of an answer. */
async function once(browser, built, state) {
  const page = await browser.newPage();
  try {
    await page.setContent('<!doctype html><html lang="en"><body><main id="page"></main></body></html>');
    await page.addStyleTag({ content: readFileSync(path.join(built, 'evaluation.css'), 'utf8') });
    await page.evaluate((given) => {
      window.acquireVsCodeApi = () => ({
        postMessage: ({ id, method }) =>
          window.postMessage({
            kind: 'response',
            id,
            ok: true,
            result: method === 'ready' ? given : method === 'machine' ? {} : null,
          }),
      });
      const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      window.opened = new Promise((resolve) => {
        new MutationObserver(async (_, observer) => {
          if (!document.getElementById('item')) return;
          observer.disconnect();
          await painted();
          resolve(performance.now());
        }).observe(document.getElementById('page'), { childList: true, subtree: true });
      });
      window.answered = async () => {
        const start = performance.now();
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }));
        await painted();
        if (!document.querySelector('.verdict[aria-pressed=true]')) throw new Error('The answer is not shown.');
        return performance.now() - start;
      };
    }, state);
    const start = await page.evaluate(() => performance.now());
    await page.addScriptTag({ content: readFileSync(path.join(built, 'evaluation.js'), 'utf8') });
    const opened = (await page.evaluate(() => window.opened)) - start;
    return { opened, answered: await page.evaluate(() => window.answered()) };
  } finally {
    await page.close();
  }
}

/** The form of an evaluation in a real browser, with as much in it as anybody will have. */
export async function measure({ root, chrome, product, verdicts, pairs = 7 }) {
  const browser = await chromium.launch({ executablePath: chrome, args: product.canSandbox() ? [] : ['--no-sandbox'] });
  try {
    const built = path.join(root, 'dist/webview');
    const state = largeState();
    await once(browser, built, state); // the browser's own start
    const runs = [];
    for (let run = 0; run < pairs; run += 1) runs.push(await once(browser, built, state));
    const rows = [
      ['form of 50 pages and 55 items: script start to first item painted', 'opened', 300],
      ['an answer shown', 'answered', 50],
    ].map(([what, name, limit]) => {
      const times = runs.map((run) => run[name]);
      const verdict = verdicts.atMost(`form: ${what}, in ms`, median(times), {
        limit,
        strict: true,
        text: `${spread(times, 0)} ms`,
      });
      return [what, spread(times, 0), `under ${limit}`, verdict];
    });
    table(['what', 'ms', 'limit', ''], rows);
  } finally {
    await browser.close();
  }
}
