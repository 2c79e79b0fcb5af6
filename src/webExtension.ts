import type * as vscode from 'vscode';
import { Editor } from './editor/editor';
import { noMachine } from './web/noMachine';

let editor: Editor | undefined;

/** As in extension.ts, for a window that is a browser alone, such as github.dev: there is nothing to audit with. */
export function activate(context: vscode.ExtensionContext): void {
  editor = new Editor(context, noMachine);
  context.subscriptions.push(editor);
}

/** Resolves when answers are written. */
export async function deactivate(): Promise<void> {
  await editor?.stop();
}
