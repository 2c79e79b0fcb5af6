import path from 'node:path';
import { version } from '../../package.json';
import { usageError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { type ExportFormat, exportText, writeExport } from '../workflow/exportRecord';
import { today } from '../workflow/localDate';
import { recordCommand, workspaceOf } from './command';

const help = `
Which format for whom:
  HTML   people who do not use the extension: one file with screenshots, opens in any browser, also offline
  CSV    spreadsheets: a row for each finding; no text can act as a formula
  SARIF  tools that collect results (version 2.1.0): each on its source line, else on its line in the record;
         accepted findings and false positives are suppressed with their reason, fixed ones are marked absent;
         for GitHub code scanning, which reads neither, add --open

"-" as FILE writes to the standard output. Several formats can be written at once.

Examples:
  $ ux-audit export --html findings.html
  $ ux-audit export --sarif out/ux.sarif --csv out/ux.csv
  $ ux-audit export --csv - > findings.csv`;

const formats = ['sarif', 'csv', 'html'] as const satisfies ExportFormat[];

export function exportCommand() {
  return recordCommand('export', 'export findings for other programs and readers: HTML, CSV or SARIF')
    .option('--html <file>', 'one HTML page for people, with screenshots')
    .option('--csv <file>', 'a table for spreadsheets')
    .option('--sarif <file>', 'SARIF 2.1.0 for other tools')
    .option('--open', 'only open findings; GitHub code scanning makes alerts of accepted and fixed ones too')
    .option('--title <text>', 'heading of the HTML page (default: the name of the workspace folder)')
    .option('--bom', 'begin the CSV with a byte order mark, which Excel needs to read it as UTF-8')
    .addHelpText('after', help)
    .action(async (flags) => {
      const wanted = formats.flatMap((format) => {
        const file = flags[format];
        return file === undefined ? [] : [{ format, file }];
      });
      check(wanted.map(({ file }) => file));
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      for (const { line, key, message } of parsed.problems) {
        process.stderr.write(`line ${line}: ${inertLine(key)}: ${inertLine(message)}\n`);
      }
      if (Object.keys(parsed.record.findings).length === 0) {
        process.stderr.write(`Nothing is recorded in ${inertLine(workspace.paths.record)} yet.\n`);
      }
      const options = {
        title: flags.title ?? `UX findings of ${path.basename(workspace.paths.root)}`,
        madeOn: today(),
        version,
        byteOrderMark: flags.bom,
        openOnly: flags.open,
      };
      for (const { format, file } of wanted) {
        const text = await exportText(workspace, parsed, format, options);
        if (file === '-') {
          process.stdout.write(text);
          continue;
        }
        await writeExport(workspace, file, text);
        process.stderr.write(`written: ${inertLine(file)}\n`);
      }
    });
}

function check(files: readonly string[]): void {
  if (files.length === 0) {
    throw usageError(
      'format-missing',
      'Nothing says what to export.',
      'Give --html FILE, --csv FILE or --sarif FILE; several at once are fine.',
    );
  }
  const places = files.map((file) => (file === '-' ? file : path.resolve(file)));
  if (new Set(places).size === places.length) return;
  throw usageError(
    'same-file',
    'Two formats would go to the same place.',
    'Give each a file of its own; only one can go to the standard output.',
  );
}
