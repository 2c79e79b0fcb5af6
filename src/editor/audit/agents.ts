import * as vscode from 'vscode';
import { mcpProvider } from '../../contributions';
import { setting } from '../shared/settings';

/**
 * Offers the program's tools to the agents of VS Code, one server for each workspace folder. VS Code starts a server
 * when a person lets an agent use it, and not before.
 */
export function registerAgents({ extension, extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const program = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.mjs').fsPath;
  const folders = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    folders,
    vscode.workspace.onDidChangeWorkspaceFolders(() => folders.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(mcpProvider, {
      onDidChangeMcpServerDefinitions: folders.event,
      provideMcpServerDefinitions: () => {
        if (!vscode.workspace.isTrusted) return [];
        const all = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
        return all.map(({ name, uri }) => {
          const label = all.length > 1 ? `UX Audit: ${name}` : 'UX Audit';
          const given = [program, 'mcp', '--workspace', uri.fsPath, '--record-file', setting('findingsFile', uri)];
          // VS Code's own Node runs it, so that none has to be installed
          const env = { ELECTRON_RUN_AS_NODE: '1' };
          const { version } = extension.packageJSON as { version: string };
          return new vscode.McpStdioServerDefinition(label, process.execPath, given, env, version);
        });
      },
    }),
  );
}
