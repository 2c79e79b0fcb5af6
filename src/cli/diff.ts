import { Command } from 'commander';
import { diffMarkdown, diffText, diffTotals } from '../core/report/recordDiff';
import { compareWithBase } from '../workflow/compareRecords';
import { print, printJson } from './output';
import { type WorkspaceFlags, withWorkspace, workspaceOf } from './workspaceOptions';

export function diffCommand(): Command {
  return withWorkspace(new Command('diff'))
    .description('what changed in the record since this branch left another: new, worse, reopened, fixed, decided')
    .argument('[base]', 'branch or commit to compare with (default: the branch pull requests go to)')
    .option('--md', 'print Markdown for a pull request')
    .option('-a, --all', 'every change, however many')
    .option(
      '--json',
      'print JSON: { base, commit, totals, differences: [{ id, change, target, title, severity?, stage?, detail }] }',
    )
    .action(
      async (base: string | undefined, flags: WorkspaceFlags & { md?: boolean; all?: boolean; json?: boolean }) => {
        const { differences, ...compared } = await compareWithBase(workspaceOf(flags), base);
        if (flags.json) return printJson({ ...compared, totals: diffTotals(differences), differences });
        if (flags.md) return void process.stdout.write(diffMarkdown(differences));
        print(diffText(differences, flags.all));
      },
    );
}
