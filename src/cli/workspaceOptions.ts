import path from 'node:path';
import type { Command } from 'commander';
import { Workspace } from '../workflow/workspace';

export interface WorkspaceFlags {
  workspace: string;
  recordFile: string;
}

/** The options that every command on a record has. */
export function withWorkspace(command: Command): Command {
  return command
    .option('-w, --workspace <dir>', 'workspace folder', '.')
    .option('--record-file <file>', 'path of the record below the workspace', 'ux-audit/findings.json');
}

/** The workspace that those options name. */
export function workspaceOf({ workspace, recordFile }: WorkspaceFlags): Workspace {
  return new Workspace(path.resolve(workspace), recordFile);
}
