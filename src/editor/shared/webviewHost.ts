import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { errorText, HumanError } from '../../core/errors';
import type { Handlers, Requests, ToHost, ToPage } from '../../protocol/rpc';

type Schemas<R extends Requests> = { [M in keyof R]: { safeParse(value: unknown): { success: boolean } } };

/**
 * Answers a page's requests. What a page sends is checked against the contract first; every request is answered, and
 * there is none that runs a command of the page's choice.
 */
export function answerPage<R extends Requests>(
  webview: vscode.Webview,
  schemas: Schemas<R>,
  handlers: Handlers<R>,
): vscode.Disposable {
  return webview.onDidReceiveMessage(async (message: ToHost) => {
    if (message?.kind !== 'request' || typeof message.id !== 'number') return;
    const { id, method, params } = message;
    try {
      if (!Object.hasOwn(schemas, method) || !schemas[method as keyof R].safeParse(params).success) {
        throw new HumanError('internal', 'request-refused', {
          what: `The page asked for something unknown (${String(method).slice(0, 40)}).`,
          next: 'Close it and open it again.',
        });
      }
      const result = await handlers[method as keyof R](params as never);
      await webview.postMessage({ kind: 'response', id, ok: true, result } satisfies ToPage);
    } catch (error) {
      await webview.postMessage({ kind: 'response', id, ok: false, error: errorText(error) } satisfies ToPage);
    }
  });
}

/** Tells a page something it did not ask for. */
export function tellPage(webview: vscode.Webview, name: string, data: unknown): void {
  void webview.postMessage({ kind: 'event', name, data } satisfies ToPage);
}

/** The frame of a page: strict content security policy, one script, one style sheet, no inline data. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: string, title: string): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="${file(`${page}.css`)}">
</head>
<body>
<main id="page"><p role="status">Loading…</p></main>
<script nonce="${nonce}" src="${file(`${page}.js`)}"></script>
</body>
</html>`;
}
