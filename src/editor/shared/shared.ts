import type * as vscode from 'vscode';
import type { RecordModels } from './recordModels';

/** What every room of the editor works with. */
export interface Shared {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  models: RecordModels;
}
