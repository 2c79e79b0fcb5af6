import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { usageError } from '../../core/errors';
import type { Shared } from './shared';
import { showError } from './showError';

/** The handler of each command. VS Code passes it what the command was used on. */
export type CommandHandlers = Record<keyof typeof commands, (...given: never[]) => unknown>;

/** Registers every command. A command runs once the records are read; if it fails, the person sees why. */
export function registerCommands(handlers: CommandHandlers, { context, models, log }: Shared): vscode.Disposable {
  const ofRows = rowCommands(context.extension.packageJSON);
  const names = Object.keys(handlers) as (keyof typeof commands)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name], async (...given: never[]) => {
        try {
          // VS Code forgets its rows while it refreshes a tree, and passes nothing in place of the row that was chosen
          if (given.length > 0 && given[0] === undefined && ofRows.has(commands[name])) throw rowIsGone();
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

/** The commands that are chosen at a row of a tree, and nowhere else but by name. */
function rowCommands({ contributes }: Manifest): ReadonlySet<string> {
  const inMenu = (menu: string) => contributes.menus[menu]?.map(({ command }) => command) ?? [];
  const anywhere = inMenu('view/title');
  return new Set(inMenu('view/item/context').filter((command) => !anywhere.includes(command)));
}

interface Manifest {
  contributes: { menus: Record<string, { command: string }[]> };
}

function rowIsGone() {
  return usageError('row-gone', 'The list changed while you chose, so nothing was done.', 'Choose it once more.');
}
