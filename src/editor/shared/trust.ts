import * as vscode from 'vscode';
import { HumanError } from '../../core/errors';

/**
 * A workspace may name programs, addresses and git settings of its own.
 * @throws HumanError `untrusted` unless the person trusts the workspace
 */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new HumanError('usage', 'untrusted', {
    what: 'This is off because the workspace is not trusted.',
    next: 'Trust the workspace (Workspaces: Manage Workspace Trust), then try again.',
  });
}
