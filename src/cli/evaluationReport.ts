import path from 'node:path';
import { usageError } from '../core/errors';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { writeExport } from '../workflow/exportRecord';
import { evaluationReport } from '../workflow/reportEvaluations';
import { recordCommand, workspaceOf } from './command';
import { readerOf, withDrafts } from './drafts';
import { print, printJson } from './output';

export function reportCommand() {
  return withDrafts(
    recordCommand('report', 'evaluations as an HTML file to print, send or show: problems with pictures, every item'),
  )
    .argument('<checklist>', 'such as nielsen-10')
    .argument('<target...>', 'pages or journeys')
    .option('--slides', 'one problem a page, to be shown to others')
    .option('--out <file>', 'where to write it (default: CHECKLIST-TARGET.html)')
    .option('--json', 'print JSON: { file, evaluations }')
    .action(async (checklist, targets, { slides, out, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const parsed = await workspace.record.read();
      const about = { targets, checklist, reader: readerOf(flags), isSlides: slides === true };
      const { text, evaluations } = await evaluationReport(workspace, parsed, about);
      if (evaluations === 0) {
        const what = `There is no evaluation of ${targets.join(', ')} with ${checklist} that you may see.`;
        throw usageError('nothing-submitted', what, 'List them: ux-audit evaluation list. Your own draft needs --by.');
      }
      const file = out ?? `${checklist}-${targets[0]}${slides ? '-slides' : ''}.html`;
      await writeExport(workspace, path.resolve(workspace.paths.root, file), text);
      if (json) return printJson({ file, evaluations });
      return print(`Wrote ${inertLine(file)}: ${counted(evaluations, 'evaluation')}. Print it from a browser as PDF.`);
    });
}
