import * as vscode from 'vscode';

/**
 * A path that says all of an address: `/vscode-vfs/@github/owner/project`. Two folders of one name on two hosts have
 * two paths.
 */
export function pathOf({ scheme, authority, path }: vscode.Uri): string {
  return `/${scheme}/@${encodeURIComponent(authority)}${path}`;
}

/** The inverse of {@link pathOf}. */
export function uriOf(file: string): vscode.Uri {
  const [, scheme = '', authority = '', path = ''] = /^\/([^/]+)\/@([^/]*)(.*)$/.exec(file) ?? [];
  if (scheme === '') throw new Error(`not a path of this window: ${file}`);
  return vscode.Uri.from({ scheme, authority: decodeURIComponent(authority), path: path || '/' });
}

/** Whether the files of a folder can be read and written by path: VS Code does both for any. */
export function isReachable(): boolean {
  return true;
}
