import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { findBrowser } from '../../src/engine/browsers';

const built = path.resolve(import.meta.dirname, '../../dist/webview');

/** The real browser that pages are tested in. */
export async function browserPath(): Promise<string> {
  return (await findBrowser({})).path;
}

/**
 * Opens a built webview page with a host that answers from a table.
 * @param answers the result of each request; a function is called in the page's process of Node
 * @returns the requests the page made, in order
 */
export async function openPage(
  page: Page,
  name: string,
  answers: Record<string, unknown>,
): Promise<{ method: string; params: unknown }[]> {
  const requests: { method: string; params: unknown }[] = [];
  await page.exposeFunction('askHost', (method: string, params: unknown) => {
    requests.push({ method, params });
    const answer = answers[method];
    return answer === undefined ? null : answer;
  });
  await page.setContent(
    '<!doctype html><html lang="en"><head><title>Result</title></head><body><main id="page"></main></body></html>',
  );
  await page.addStyleTag({
    content: `:root { --vscode-editor-background: #fff; --vscode-foreground: #222 } ${readFileSync(path.join(built, `${name}.css`), 'utf8')}`,
  });
  await page.addScriptTag({
    content: `window.acquireVsCodeApi = () => ({ postMessage: async ({ id, method, params }) => {
      const result = await window.askHost(method, params);
      window.postMessage(result?.fault ? { kind: 'response', id, ok: false, error: result.fault } : { kind: 'response', id, ok: true, result });
    } });`,
  });
  await page.addScriptTag({ content: readFileSync(path.join(built, `${name}.js`), 'utf8') });
  return requests;
}
