import { Option } from '@commander-js/extra-typings';
import { REMOVED_METRICS, undecidedLines } from '../core/audit/clockAudits';
import { notMeasuredLines } from '../core/audit/notMeasured';
import { exitCodes } from '../core/errors';
import { changeCounts } from '../core/report/changesText';
import { inertLine } from '../core/text/inertText';
import { type ImportedSet, importReports } from '../workflow/importReports';
import { recordCommand, workspaceOf } from './command';
import { jsonError, print, printJson } from './output';

const help = `
What can be imported:
  Lighthouse  reports saved as JSON (lighthouse --output=json, version 10 to 13), also a list of them,
              { "lhr": … }, the steps of a user flow that navigate, and answers of PageSpeed Insights
              (as an environment of their own, such as deployed-pagespeed)
  axe-core    what axe.run returns, saved as JSON, also a list of results, those of other programs with it
              (axe DevTools, Storybook, pa11y --runner axe), and a list of violations alone (with --target)

Each report goes to the page that its address names; an unknown page becomes a target. Reports of one
page, environment, form factor and day count as one audit: the median of several Lighthouse runs decides,
and what a clock decides, such as LCP, takes three that agree.
Importing a report again changes nothing, and an old report never overrules a newer one. What a report
could not measure closes no finding, nor does a rule that no report lists as passed.

JSON (--json):
  { record, written, newTargets: [slug, …],
    files: [{ file, reports: [{ tool, url?, target, environment, formFactor, day }],
              notices: [text, …], errors: [{ kind, code, message, next }] }],
    sets:  [{ tool, target, environment, formFactor, day, reports, changes: [{ id, change }],
              notMeasured: [{ kind, id, title, reason }], undecided: [{ id, title, moreRuns }],
              closesNothing, outdated: [id, …] }] }
  tool is lighthouse or axe; change is new, reopened, fixed, updated, renamed or removed; kind of what was
  not measured is category or audit.

Exit code 4 when something could not be imported; the rest was.

Examples:
  $ ux-audit import report.json
  $ ux-audit import .lighthouseci/lhr-*.json --environment staging
  $ ux-audit import axe.json --target checkout --form-factor mobile`;

export function importCommand(done: (code: number) => void) {
  return recordCommand(
    'import',
    'import Lighthouse reports and axe-core results that were made elsewhere into the record',
  )
    .argument('<file...>', 'JSON files')
    .option('-t, --target <slug>', 'the page that all of them are about (default: by the address in each)')
    .option('-e, --environment <name>', 'where it was seen, such as staging (default: by the address in each)')
    .addOption(
      new Option('--form-factor <kind>', 'what axe-core results were taken on')
        .choices(['mobile', 'desktop'] as const)
        .default('desktop' as const),
    )
    .option('--json', 'print JSON, see below')
    .addHelpText('after', help)
    .action(async (files, flags) => {
      const workspace = workspaceOf(flags);
      const { target, environment, formFactor } = flags;
      const imported = await importReports({ workspace, files, target, environment, formFactor });
      const errors = imported.files.flatMap(({ errors: found }) => found);
      done(errors.length > 0 ? exitCodes.page : exitCodes.done);
      if (flags.json) {
        return printJson({
          record: workspace.paths.record,
          written: imported.written,
          newTargets: imported.newTargets,
          files: imported.files.map((file) => ({ ...file, errors: file.errors.map(jsonError) })),
          sets: imported.sets,
        });
      }
      for (const set of imported.sets) {
        print(setLine(set));
        for (const line of notMeasuredLines(set.notMeasured))
          print(`  not measured, its findings stay as they are: ${line}`);
        for (const line of undecidedLines(set.undecided)) print(`  ${inertLine(line)}`);
        if (set.tool === 'axe' && set.closesNothing) print('  nothing is listed as passed, so no finding was closed');
      }
      const changes = imported.sets.flatMap((set) => set.changes);
      if (changes.some(({ change }) => change === 'removed')) print(REMOVED_METRICS);
      if (imported.newTargets.length > 0) print(`New targets: ${imported.newTargets.map(inertLine).join(', ')}`);
      if (imported.sets.length > 0 && !imported.written) print('Nothing changed: the reports hold nothing new.');
      for (const notice of imported.files.flatMap(({ notices }) => notices))
        process.stderr.write(`${inertLine(notice)}\n`);
      for (const { message, next } of errors) process.stderr.write(`${inertLine(message)}\n  ${inertLine(next)}\n`);
    });
}

function setLine({ tool, target, environment, formFactor, day, reports, changes, outdated }: ImportedSet): string {
  const counts = changeCounts(changes);
  if (outdated.length > 0) counts.push(`${outdated.length} unchanged (the record is newer)`);
  const what = `${tool}, ${reports} ${reports === 1 ? 'report' : 'reports'} of ${day}`;
  const where = `${inertLine(environment)}/${formFactor}`;
  return `${inertLine(target)}  ${where}  ${what}: ${counts.join(', ') || 'nothing new'}`;
}
