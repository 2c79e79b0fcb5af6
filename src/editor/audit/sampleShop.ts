import * as vscode from 'vscode';
import { planServed } from '../../workflow/planPages';
import { addPages } from '../../workflow/targets';
import { Workspace } from '../../workflow/workspace';

const pages = [
  'index.html',
  'list.html',
  'product.html',
  'basket.html',
  'checkout.html',
  'confirmation.html',
  'account.html',
  'help.html',
];

/** Asks for a folder, copies the sample shop there, makes its pages targets, and opens the folder. */
export async function openSampleShop({ extensionUri }: vscode.ExtensionContext): Promise<void> {
  const [workspaceFolder] = vscode.workspace.workspaceFolders ?? [];
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: 'Where to put the sample shop',
      openLabel: 'Put It Here',
      canSelectFiles: false,
      canSelectFolders: true,
      ...(workspaceFolder && { defaultUri: vscode.Uri.joinPath(workspaceFolder.uri, '..') }),
    })) ?? [];
  if (!parent) return;
  const folder = vscode.Uri.joinPath(parent, 'ux-audit-sample-shop');
  await prepareSampleShop(vscode.Uri.joinPath(extensionUri, 'media', 'sample-shop'), folder);
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: workspaceFolder !== undefined });
}

/** Writes the shop and a record with its pages as targets. Never overwrites a file. */
async function prepareSampleShop(from: vscode.Uri, folder: vscode.Uri): Promise<void> {
  for (const variant of ['flawed', 'fixed']) {
    const to = vscode.Uri.joinPath(folder, variant);
    const exists = await vscode.workspace.fs.stat(to).then(
      () => true,
      () => false,
    );
    if (!exists) await vscode.workspace.fs.copy(vscode.Uri.joinPath(from, variant), to);
  }
  await addPages(new Workspace(folder.fsPath), ({ targets }) =>
    pages.map((page) => planServed(targets, 'flawed', page)),
  );
}
