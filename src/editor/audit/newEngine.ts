import * as vscode from 'vscode';
import { AuditEngine } from '../../engine/auditEngine';
import { downloadedBrowser } from '../../engine/browsers/browserCache';
import { canSandbox, findBrowser } from '../../engine/browsers/findBrowser';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';

/** An engine of its own, for a browser that a person works in. The caller ends it. */
export async function newEngine({ context, log }: Shared, folder: vscode.Uri): Promise<AuditEngine> {
  const found = await findBrowser({
    setting: setting('browserPath', folder) || undefined,
    downloaded: await downloadedBrowser(),
  });
  const worker = vscode.Uri.joinPath(context.extensionUri, 'dist', 'auditWorker.js').fsPath;
  return new AuditEngine({
    worker,
    browser: { path: found.path, sandbox: canSandbox() },
    log: (line) => log.info(line),
  });
}
