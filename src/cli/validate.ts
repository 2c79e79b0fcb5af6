import { exitCodes, toHumanError } from '../core/errors';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { today } from '../workflow/localDate';
import { validateRecord } from '../workflow/validateRecord';
import { recordCommand, workspaceOf } from './command';
import { jsonError, print, printJson } from './output';

export function validateCommand(done: (code: number) => void) {
  return recordCommand(
    'validate',
    'check the record: JSON, conflicts, schema, references, attachments; exit code 5 when something is wrong',
  )
    .option(
      '--json',
      'print JSON: { record, valid, error?, problems: [{ line, key, message }], ' +
        'warnings: [{ line, key, message }], orphans: [file], isMarkdownCurrent }',
    )
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const file = workspace.paths.record;
      try {
        const { record, isMarkdownCurrent, ...found } = await validateRecord(workspace, today());
        const { problems, warnings, orphans } = found;
        const valid = problems.length === 0;
        if (!valid) done(exitCodes.record);
        if (flags.json) return printJson({ record: file, valid, problems, warnings, orphans, isMarkdownCurrent });
        for (const { line, key, message } of problems) {
          print(`${file}:${line}: ${inertLine(key)}: ${inertLine(message)}`);
        }
        for (const { line, key, message } of warnings) {
          print(`${file}:${line}: warning: ${inertLine(key)}: ${inertLine(message)}`);
        }
        for (const orphan of orphans) print(`${inertLine(orphan)} belongs to no finding`);
        if (!isMarkdownCurrent)
          print(`${workspace.record.markdownPath} is not that of the record; to write it anew: ux-audit merge`);
        if (!valid) {
          print(`${counted(problems.length, 'problem')}; the other entries are fine.`);
        } else if (await workspace.record.exists()) {
          const targets = counted(Object.keys(record.targets).length, 'target');
          const findings = counted(Object.keys(record.findings).length, 'finding');
          print(`${file} is valid: ${targets}, ${findings}.`);
        } else {
          print(`There is no record at ${file} yet. Create it: ux-audit init`);
        }
      } catch (error) {
        if (!flags.json) throw error;
        done(exitCodes.record);
        printJson({
          record: file,
          valid: false,
          error: jsonError(toHumanError(error)),
          problems: [],
          warnings: [],
          orphans: [],
        });
      }
    });
}
