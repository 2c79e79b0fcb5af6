import * as vscode from 'vscode';
import type { Settings } from '../../contributions';

/** The value of one setting for a workspace folder. */
export function setting<Name extends keyof Settings>(name: Name, folder?: vscode.Uri): Settings[Name] {
  return vscode.workspace.getConfiguration('uxAudit', folder).get<Settings[Name]>(name) as Settings[Name];
}
