import * as vscode from 'vscode';
import { setting } from '../shared/settings';

const TYPE = 'ux-audit';

/** Offers a task that audits every page with the terminal program, so that audits fit a build. */
export function registerTasks({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const program = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.mjs').fsPath;
  const taskOf = (definition: vscode.TaskDefinition, folder: vscode.WorkspaceFolder): vscode.Task => {
    // VS Code's own Node runs it, so that none has to be installed
    const env = { ELECTRON_RUN_AS_NODE: '1' };
    const file = setting('findingsFile', folder.uri);
    const given = [program, 'audit', '--all', '--lines', '--quiet', '--record-file', file];
    const execution = new vscode.ProcessExecution(process.execPath, given, { cwd: folder.uri.fsPath, env });
    const task = new vscode.Task(definition, folder, 'audit all pages', 'UX Audit', execution, '$ux-audit');
    task.group = vscode.TaskGroup.Test;
    return task;
  };
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? []).map((folder) => taskOf({ type: TYPE, command: 'audit' }, folder)),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      return definition.command === 'audit' && folder ? taskOf(definition, folder) : undefined;
    },
  });
}
