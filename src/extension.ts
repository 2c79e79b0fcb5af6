import type * as vscode from 'vscode';
import { Editor } from './editor/editor';
import { localMachine } from './editor/localMachine';

let editor: Editor | undefined;

/** Registers views and commands and reads the records. Pages and audits load on first use. */
export function activate(context: vscode.ExtensionContext): void {
  editor = new Editor(context, localMachine);
  context.subscriptions.push(editor);
}

/** Resolves when answers are written, and the browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await editor?.stop();
}
