import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../hosts/browser.mjs';
import { eventually, leavesPictures, PATIENCE } from '../patience';

const built = path.resolve(import.meta.dirname, '../../dist/webview');

/** How large the script and the styles of a page are together. Bytes, packed with gzip. */
export function packedSize(name: string): number {
  const sizeOf = (ending: string) => gzipSync(readFileSync(path.join(built, `${name}.${ending}`))).length;
  return sizeOf('js') + sizeOf('css');
}

const pictures = path.resolve(import.meta.dirname, '../../test-output/screenshots');

/** Leaves a picture of a page in `test-output/screenshots`, for people to look at, where that is asked for. */
export async function leavePicture(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  if (!leavesPictures) return;
  mkdirSync(pictures, { recursive: true });
  const taken = () =>
    page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage }).catch((error: Error) => {
      if (!error.message.includes('Unable to capture screenshot')) throw error; // as on a busy machine at times
    });
  await eventually(taken, `a picture of ${name}`);
}

/** Gives the tests of a file one real browser. @returns the browser, once a test runs */
export function oneBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  return () => browser;
}

/** Gives each test of a file a new page. @returns the page of the test that runs */
export function aPageEach(options?: BrowserContextOptions): () => Page {
  const browser = oneBrowser();
  let page: Page;
  beforeEach(async () => {
    page = await browser().newPage(options);
    page.setDefaultTimeout(PATIENCE);
  });
  afterEach(() => page.close());
  return () => page;
}

/** Resolves once a page has taken a whole state as the answer of its host. Call it before the host answers. */
export function stateAnswered(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const hear = ({ data }: MessageEvent) => {
          if (data.kind !== 'response' || data.result?.view === undefined) return;
          window.removeEventListener('message', hear);
          resolve(); // the page heard it first, and has done with it what it does
        };
        window.addEventListener('message', hear);
      }),
  );
}

/**
 * Opens a built webview page with a host that answers from a table.
 * @param answers the result of each request; a function is called in the page's process of Node
 * @param kept what VS Code kept of the page over a reload of the window
 * @returns the requests the page made, in order
 */
export async function openPage(
  page: Page,
  name: string,
  answers: Record<string, unknown>,
  kept?: unknown,
): Promise<{ method: string; params: unknown }[]> {
  const requests: { method: string; params: unknown }[] = [];
  await page.exposeFunction('askHost', async (method: string, params: unknown) => {
    requests.push({ method, params });
    const answer = answers[method];
    return (typeof answer === 'function' ? await answer(params) : answer) ?? null;
  });
  await page.setContent(
    '<!doctype html><html lang="en"><head><title>Result</title></head><body><main id="page"></main></body></html>',
  );
  await page.addStyleTag({
    content: `:root { --vscode-editor-background: #fff; --vscode-foreground: #222 } ${readFileSync(path.join(built, `${name}.css`), 'utf8')}`,
  });
  await page.addScriptTag({
    content: `let kept = ${JSON.stringify(kept)}; window.keptByVsCode = () => kept;
    window.acquireVsCodeApi = () => ({ getState: () => kept, setState: (state) => { kept = state }, postMessage: async ({ id, method, params }) => {
      const result = await window.askHost(method, params);
      window.postMessage(result?.fault ? { kind: 'response', id, ok: false, error: result.fault } : { kind: 'response', id, ok: true, result });
    } });`,
  });
  await page.addScriptTag({ content: readFileSync(path.join(built, `${name}.js`), 'utf8') });
  return requests;
}
