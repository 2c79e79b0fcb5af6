import { newestMeasurements } from '../core/audit/measurement';
import { byCodeUnit } from '../core/record/canonicalText';
import { isPublic } from '../core/report/evaluationFacts';
import { inertLine } from '../core/text/inertText';
import type { CodeMark } from '../workflow/codeMarks';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** From this severity on a line is a warning; below it is information. */
const MAJOR = 2.5;

/** `ux-audit findings lines`: where open findings are in the code, as compilers say it. */
export function linesCommand() {
  return recordCommand('lines', 'print the lines of code of open findings, as compilers do, for editors and builds')
    .option('--json', 'print JSON: [{ file, line, column, by, finding, rule, message, severity }]')
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const marks = await openMarks(workspace);
      if (!flags.json) return printMarks(marks);
      return printJson(
        marks.map(({ position, finding, rule, message, severity }) => ({
          ...position,
          finding,
          rule,
          message,
          severity,
        })),
      );
    });
}

/** Prints where open findings are in the code: `src/Card.jsx:6:7: warning: Image without alt text [image-alt]`. */
export async function printLines(workspace: Workspace): Promise<void> {
  printMarks(await openMarks(workspace));
}

function printMarks(marks: readonly CodeMark[]): void {
  for (const { position, message, rule, severity = 0 } of marks) {
    const { file, line, column } = position;
    const kind = severity >= MAJOR ? 'warning' : 'info';
    const name = rule.slice(rule.indexOf('/') + 1);
    print(inertLine(`${file}:${line}:${column}: ${kind}: ${message} [${name}]`));
  }
}

async function openMarks(workspace: Workspace): Promise<CodeMark[]> {
  const { codeMarks } = await import('../workflow/codeMarks');
  const parsed = await workspace.record.read();
  const latest = newestMeasurements(await workspace.runs.measurements());
  const marks = await codeMarks(workspace, parsed, latest, isPublic(parsed.record), true);
  return marks.sort(
    ({ position: a }, { position: b }) => byCodeUnit(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}
