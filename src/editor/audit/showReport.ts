import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pathOf } from '../shared/places';

/**
 * What Lighthouse's own report page needs: its script, its styles and its pictures, all of which it brings along. It
 * may load nothing, and has no way to the extension.
 */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

/** Shows Lighthouse's report in an editor tab, so also in a remote window. */
export async function showReport(file: vscode.Uri, title: string): Promise<void> {
  const html = await readFile(pathOf(file), 'utf8');
  const panel = vscode.window.createWebviewPanel('uxAudit.report', title, vscode.ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    localResourceRoots: [],
    retainContextWhenHidden: true,
  });
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  panel.webview.html = html.replace(/<head>/i, (head) => `${head}${policy}`);
}
