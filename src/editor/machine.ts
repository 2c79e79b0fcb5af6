import type * as vscode from 'vscode';
import type { MachineCommand } from '../contributions';
import type { Audits } from './audit/audits';
import type { Parts } from './commandSubjects';
import type { CommandHandlers } from './shared/registerCommands';

/** What loads pages and runs programs for a window, or says where that can be done. */
export interface Machine extends vscode.Disposable {
  audits: Audits;
  commands(parts: Parts): Pick<CommandHandlers, MachineCommand>;
}
