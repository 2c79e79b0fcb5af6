import type * as vscode from 'vscode';
import { Editor } from './editor/editor';

let editor: Editor | undefined;

/** Registers views and commands and reads the records. Pages and audits load on first use. */
export function activate(context: vscode.ExtensionContext): void {
  editor = new Editor(context);
  context.subscriptions.push(editor);
}

/** Resolves when answers are written, and the browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await editor?.stop();
}
