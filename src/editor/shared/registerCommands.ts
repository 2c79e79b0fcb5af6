import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { Shared } from './shared';
import { showError } from './showError';

/** What each command does; VS Code hands over what the command was used on. */
export type CommandHandlers = Record<keyof typeof commands, (...given: never[]) => unknown>;

/** Registers every command. One that fails tells the person; all of them find the records read. */
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
