import * as vscode from 'vscode';
import { Editor } from './editor/editor';
import { localMachine } from './editor/localMachine';
import { isReachable } from './editor/shared/places';

let stop = async (): Promise<void> => {};

/** Registers views and commands and reads the records. Pages and audits load on first use. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { workspaceFolders: folders = [] } = vscode.workspace;
  if (folders.length > 0 && !folders.some(({ uri }) => isReachable(uri))) {
    // no folder is on a disk, so VS Code has to read and write
    const web = await import('./webExtension.js');
    web.activate(context);
    stop = web.deactivate;
    return;
  }
  const editor = new Editor(context, localMachine);
  context.subscriptions.push(editor);
  stop = () => editor.stop();
}

/** Resolves when answers are written, and the browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await stop();
}
