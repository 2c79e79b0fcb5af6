import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';

/** How long a file is served to a remote window's browser. Milliseconds. */
const SERVED_FOR = 10 * 60_000;

/**
 * Opens an HTML file in the person's browser. In a remote window the file is on another machine, so that machine
 * serves it on loopback for a while, and VS Code tunnels it.
 */
export async function openHtml(file: vscode.Uri): Promise<void> {
  if (!vscode.env.remoteName && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.env.openExternal(file);
    return;
  }
  const page = await readFile(file.fsPath);
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  setTimeout(() => server.close(), SERVED_FOR).unref();
  const { port } = server.address() as AddressInfo;
  await vscode.env.openExternal(vscode.Uri.parse(`http://127.0.0.1:${port}/`));
}
