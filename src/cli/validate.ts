import path from 'node:path';
import { Command } from 'commander';
import { exitCodes, toHumanError } from '../core/errors';
import { inertLine } from '../core/report/inertText';
import { Workspace } from '../workflow/workspace';
import { jsonError, print, printJson } from './output';

export function validateCommand(done: (code: number) => void): Command {
  return new Command('validate')
    .description('check the record: JSON, conflicts, schema, references; exit code 5 when something is wrong')
    .option('-w, --workspace <dir>', 'workspace folder', '.')
    .option('--record <file>', 'path of the record below the workspace', 'ux-audit/findings.json')
    .option('--json', 'print JSON: { record, valid, error?, problems: [{ line, key, message }] }')
    .action(async (flags: { workspace: string; record: string; json?: boolean }) => {
      const workspace = new Workspace(path.resolve(flags.workspace), flags.record);
      const file = workspace.paths.record;
      try {
        const { problems, record } = await workspace.record.read();
        if (problems.length > 0) done(exitCodes.record);
        if (flags.json) return printJson({ record: file, valid: problems.length === 0, problems });
        for (const { line, key, message } of problems)
          print(`${file}:${line}: ${inertLine(key)}: ${inertLine(message)}`);
        if (problems.length > 0)
          return print(`${problems.length} problem${problems.length === 1 ? '' : 's'}; the other entries are fine.`);
        if (!(await workspace.record.exists()))
          return print(`There is no record at ${file} yet. Create it: ux-audit init`);
        print(
          `${file} is valid: ${Object.keys(record.targets).length} targets, ${Object.keys(record.findings).length} findings.`,
        );
      } catch (error) {
        if (!flags.json) throw error;
        done(exitCodes.record);
        printJson({ record: file, valid: false, error: jsonError(toHumanError(error)), problems: [] });
      }
    });
}
