import * as vscode from 'vscode';
import { HumanError } from '../../core/errors';

/**
 * Guards what runs programs, or reads git settings, that the workspace names.
 * @throws HumanError `untrusted` unless the person trusts the workspace
 */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new HumanError('usage', 'untrusted', {
    what: 'This is off because the workspace is not trusted.',
    next: 'Trust the workspace (Workspaces: Manage Workspace Trust), then try again.',
  });
}
