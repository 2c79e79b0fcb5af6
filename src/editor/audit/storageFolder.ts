import * as vscode from 'vscode';

/** Milliseconds. */
const KEPT_FOR = 24 * 3_600_000;

/** The folder for temporary screenshots and reports. Removes what is older than a day. */
export async function storageFolder({
  storageUri,
  globalStorageUri,
}: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri'>): Promise<vscode.Uri> {
  const folder = storageUri ?? globalStorageUri;
  await vscode.workspace.fs.createDirectory(folder);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (type !== vscode.FileType.File || !/\.(html|json|png|jpg)$/.test(name)) continue;
    const file = vscode.Uri.joinPath(folder, name);
    const { mtime } = await vscode.workspace.fs.stat(file);
    if (Date.now() - mtime > KEPT_FOR) await vscode.workspace.fs.delete(file);
  }
  return folder;
}
