import { Command } from '@commander-js/extra-typings';
import { checkCommand } from './findingsCheck';
import { decisions, edits } from './findingsDecide';
import { linesCommand } from './findingsLines';
import { listCommand } from './findingsList';
import { proposedCommand } from './findingsProposed';
import { showCommand } from './findingsShow';

export function findingsCommand(done: (code: number) => void) {
  const findings = new Command('findings')
    .description('list and triage findings (without a subcommand: list)')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(linesCommand())
    .addCommand(checkCommand(done))
    .addCommand(proposedCommand());
  for (const command of [...decisions(), ...edits()]) findings.addCommand(command);
  return findings;
}
