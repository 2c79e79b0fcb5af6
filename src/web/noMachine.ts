import * as vscode from 'vscode';
import { commands, contexts, type MachineCommand, machineCommands } from '../contributions';
import type { Audits } from '../editor/audit/audits';
import type { Machine } from '../editor/machine';
import type { Shared } from '../editor/shared/shared';
import { needsMachine } from './needsMachine';
import { shareFromBrowser } from './shareFromBrowser';

const never: vscode.Event<never> = () => new vscode.Disposable(() => {});

const refuse = (what: string) => async (): Promise<never> => {
  throw needsMachine(what);
};

/** Audits of a window in which none can run. */
const audits: Audits = {
  isRunning: false,
  current: undefined,
  onDidFinish: never,
  onDidChangeState: never,
  onDidProgress: never,
  check: refuse('Checking again'),
  takeScreenshot: refuse('Taking a screenshot'),
  mapPage: refuse('Taking a picture of a page'),
  renderReport: refuse('Lighthouse’s report'),
  stop: async () => {},
};

/** What a window has that is a browser alone: commands that need a machine say where they run. */
export function noMachine({ context }: Shared): Machine {
  void vscode.commands.executeCommand('setContext', contexts.withoutMachine, true);
  const titles = titlesOf(context.extension.packageJSON);
  const tell = (name: MachineCommand) => () => {
    const { message, next } = needsMachine(`“${titles.get(commands[name]) ?? name}”`);
    void vscode.window.showInformationMessage(message, { modal: true, detail: next });
  };
  const refused = machineCommands.map((name) => [name, tell(name)]);
  const handlers = Object.fromEntries(refused) as Record<MachineCommand, () => void>;
  return { audits, commands: () => ({ ...handlers, shareEvaluation: shareFromBrowser }), dispose: () => {} };
}

/** The titles of the commands, as menus show them. */
function titlesOf(manifest: { contributes: { commands: { command: string; title: string }[] } }): Map<string, string> {
  return new Map(manifest.contributes.commands.map(({ command, title }) => [command, title]));
}
