import type * as vscode from 'vscode';
import type { RecordModels } from './recordModels';

/** What every part of the editor uses. */
export interface Shared {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  models: RecordModels;
}
