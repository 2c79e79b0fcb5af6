import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { Workspace } from '../workflow/workspace';

/** A command on a record, with the options that locate the record. */
export function recordCommand(name: string, description: string) {
  return new Command(name)
    .description(description)
    .option('-w, --workspace <dir>', 'workspace folder', '.')
    .option('--record-file <file>', 'path of the record below the workspace', 'ux-audit/findings.json');
}

/** The workspace that the options of {@link recordCommand} name. */
export function workspaceOf({ workspace, recordFile }: { workspace: string; recordFile: string }): Workspace {
  return new Workspace(path.resolve(workspace), recordFile);
}

/** A parser of whole numbers for an option. @throws HumanError `number-invalid` */
export function wholeNumber(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw usageError(
      'number-invalid',
      `${option} takes a whole number from ${least} to ${most}, not "${text}".`,
      'Correct it and try again.',
    );
  };
}

/** A parser of numbers for an option. @throws HumanError `option-invalid` */
export function numberOf(option: string): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (given.trim() !== '' && Number.isFinite(value)) return value;
    throw usageError('option-invalid', `${option} "${given}" is no number.`, 'Write it with a decimal point.');
  };
}
