import type * as vscode from 'vscode';
import { Editor } from './editor/editor';

let editor: Editor | undefined;

/** Declares views and commands and reads the records; pages and audits are loaded when a person first asks for one. */
export function activate(context: vscode.ExtensionContext): void {
  editor = new Editor(context);
  context.subscriptions.push(editor);
}

/** Waits until answers are written, and until browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await editor?.stop();
}
