import * as vscode from 'vscode';
import { handleError } from '../../core/record/triage';
import { setting } from './settings';

const KEY = 'uxAudit.handle';

/** Calls `changed` when the setting names another handle. */
export function onDidChangeHandle(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('uxAudit.handle')) changed();
  });
}

/** The handle that the person gave before; never asks. */
export function knownHandle(state: vscode.Memento): string | undefined {
  return setting('handle') || state.get<string>(KEY) || undefined;
}

/** The handle that decisions name: from the setting, else asked once and kept on this machine. */
export async function handleOf(state: vscode.Memento): Promise<string | undefined> {
  const known = knownHandle(state);
  if (known) return known;
  const handle = await vscode.window.showInputBox({
    title: 'Your Short Name',
    ignoreFocusOut: true, // a webview that asks takes the focus back
    prompt:
      'As your team knows you, such as “ana”. It stands beside what you find and decide, for others to read. ' +
      'The setting “UX Audit: Handle” changes it later.',
    placeHolder: 'ana',
    validateInput: (text) => handleError(text.trim()),
  });
  if (!handle) return undefined;
  await state.update(KEY, handle.trim());
  return handle.trim();
}
