import { diffTotals } from '../core/report/recordDiff';
import { diffMarkdown, diffText } from '../core/report/recordDiffText';
import { inertLine } from '../core/text/inertText';
import { compareWithBase } from '../workflow/compareRecords';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

export function diffCommand() {
  return recordCommand(
    'diff',
    'what changed in the record since this branch left another: new, worse, reopened, fixed, decided',
  )
    .argument('[base]', 'branch or commit to compare with (default: the branch pull requests go to)')
    .option('--md', 'print Markdown for a pull request')
    .option('-a, --all', 'every change, however many')
    .option(
      '--json',
      'print JSON: { base, commit, notes: [text], totals, differences: [{ id, change, target, title, severity?, ' +
        'stage?, detail, problem, places? }], evaluations: [{ id, checklist, on, counts, unsure, open }] }',
    )
    .action(async (base, flags) => {
      const { differences, evaluations, links, ...compared } = await compareWithBase(workspaceOf(flags), base);
      if (flags.json) {
        return printJson({
          ...compared,
          totals: diffTotals(differences),
          differences,
          evaluations: evaluations.map(({ evaluation, counts, unsure, open }) => ({
            id: evaluation.id,
            checklist: evaluation.checklist,
            on: evaluation.state.on,
            counts,
            unsure,
            open,
          })),
        });
      }
      if (flags.md) return void process.stdout.write(diffMarkdown(differences, evaluations, compared.notes, links));
      for (const note of compared.notes) print(inertLine(note));
      print(diffText(differences, evaluations, flags.all));
    });
}
