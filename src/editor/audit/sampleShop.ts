import * as vscode from 'vscode';
import { RecordFile } from '../../storage/recordFile';
import { planServed } from '../../workflow/planPages';

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

/** Copies the sample shop into a folder of the person's choice, makes its pages targets, and opens it. */
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

/** Writes the shop and a record with its pages as targets; files that are there already stay as they are. */
async function prepareSampleShop(from: vscode.Uri, folder: vscode.Uri): Promise<void> {
  for (const variant of ['flawed', 'fixed']) {
    const to = vscode.Uri.joinPath(folder, variant);
    const exists = await vscode.workspace.fs.stat(to).then(
      () => true,
      () => false,
    );
    if (!exists) await vscode.workspace.fs.copy(vscode.Uri.joinPath(from, variant), to);
  }
  await new RecordFile(vscode.Uri.joinPath(folder, 'ux-audit', 'findings.json').fsPath).update((record) => {
    const targets = { ...record.targets };
    for (const page of pages) {
      const { target, learn } = planServed(targets, 'flawed', page);
      targets[target] ??= { kind: 'page', ...learn };
    }
    return { ...record, targets };
  });
}
