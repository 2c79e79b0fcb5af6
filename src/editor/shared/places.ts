import * as vscode from 'vscode';

/** The path by which files of a folder or of the extension are read and written. */
export function pathOf(uri: vscode.Uri): string {
  return uri.fsPath;
}

/** The inverse of {@link pathOf}. */
export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.file(path);
}

/** Whether the files of a folder can be read and written by path. */
export function isReachable({ scheme }: vscode.Uri): boolean {
  return scheme === 'file';
}
