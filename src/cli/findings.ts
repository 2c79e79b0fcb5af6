import path from 'node:path';
import { Command } from 'commander';
import { listFindings } from '../core/record/listFindings';
import { inertLine } from '../core/report/inertText';
import { Workspace } from '../workflow/workspace';
import { print, printJson } from './output';

interface FindingsFlags {
  workspace: string;
  record: string;
  target?: string;
  status?: string;
  rule?: string;
  severity?: string;
  text?: string;
  all?: boolean;
  json?: boolean;
}

export function findingsCommand(): Command {
  return new Command('findings')
    .description('list what is recorded, worst first; open and reopened findings unless told otherwise')
    .option('-w, --workspace <dir>', 'workspace folder', '.')
    .option('--record <file>', 'path of the record below the workspace', 'ux-audit/findings.json')
    .option('-t, --target <slug>', 'only those of one target')
    .option('-s, --status <status>', 'open, reopened, accepted, false-positive or fixed')
    .option('--severity <n>', 'only those of at least this severity, 0 to 4')
    .option('--rule <rule>', 'only those of one rule, such as lighthouse/image-alt')
    .option('--text <text>', 'only those whose id, title, rule or note contains this')
    .option('-a, --all', 'every status')
    .option(
      '--json',
      'print JSON: { record, findings: [finding as in the record, …], problems: [{ line, key, message }] }',
    )
    .action(async (flags: FindingsFlags) => {
      const workspace = new Workspace(path.resolve(flags.workspace), flags.record);
      const parsed = await workspace.record.read();
      const findings = listFindings(parsed, {
        target: flags.target,
        rule: flags.rule,
        text: flags.text,
        severity: flags.severity === undefined ? undefined : Number(flags.severity),
        statuses: flags.all ? undefined : flags.status ? [flags.status] : ['open', 'reopened'],
      });
      if (flags.json) return printJson({ record: workspace.paths.record, findings, problems: parsed.problems });
      if (findings.length === 0) {
        const total = Object.keys(parsed.record.findings).length;
        print(
          total === 0
            ? 'Nothing is recorded yet. Audit a page: ux-audit audit <URL>'
            : `No finding matches; ${total} in the record (--all shows every status).`,
        );
      }
      for (const { id, title, state, occurrences } of findings) {
        const places = Object.values(occurrences ?? {}).reduce((sum, { n }) => sum + (n ?? 1), state.more ?? 0);
        const severity = state.severity === undefined ? '–' : String(state.severity);
        print(
          `${severity}  ${inertLine(state.status).padEnd(9)} ${inertLine(title)}${places > 0 ? `  (${places}×)` : ''}`,
        );
        print(`   ${inertLine(id)}`);
      }
      for (const { line, key, message } of parsed.problems) {
        process.stderr.write(`line ${line}: ${inertLine(key)}: ${inertLine(message)}\n`);
      }
    });
}
