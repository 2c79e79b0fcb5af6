import type * as vscode from 'vscode';
import { showReport } from '../../../../editor/audit/showReport';

/** Shows an HTML file in a tab: no other browser can reach it. */
export async function openHtml(file: vscode.Uri): Promise<void> {
  await showReport(file, file.path.slice(file.path.lastIndexOf('/') + 1));
}
