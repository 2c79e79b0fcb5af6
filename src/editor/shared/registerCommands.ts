import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { Shared } from './shared';
import { showError } from './showError';

/** The handler of each command. VS Code passes it what the command was used on. */
export type CommandHandlers = Record<keyof typeof commands, (...given: never[]) => unknown>;

/** Registers every command. A command runs once the records are read; if it fails, the person sees why. */
export function registerCommands(handlers: CommandHandlers, { models, log }: Shared): vscode.Disposable {
  const names = Object.keys(handlers) as (keyof typeof commands)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name], async (...given: never[]) => {
        try {
          await models.loaded;
          return await handlers[name](...given);
        } catch (error) {
          await showError(error, log);
          return undefined;
        }
      }),
    ),
  );
}
