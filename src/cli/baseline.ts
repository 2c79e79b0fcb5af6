import { Command } from '@commander-js/extra-typings';
import { baselineKey, compareBaseline, withBaseline } from '../core/audit/baseline';
import { newestMeasurements } from '../core/audit/measurement';
import { usageError } from '../core/errors';
import { baselineLines, baselineMarkdown } from '../core/report/baselineText';
import { inertLine } from '../core/text/inertText';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** The committed baseline, `ux-audit/measurements.json`. */
export function baselineCommand() {
  return new Command('baseline')
    .description('record the newest measurements as a committed baseline, and compare with it')
    .addCommand(newest())
    .addCommand(compare());
}

function newest() {
  return recordCommand('record', 'write the newest measurements of this machine into ux-audit/measurements.json')
    .argument('[target...]', 'targets; all that were measured here when left out')
    .option('--json', 'print JSON: { recorded, written }')
    .action(async (targets, flags) => {
      const workspace = workspaceOf(flags);
      // a development build says nothing that a team could compare with
      const measured = (await workspace.runs.measurements()).filter(({ development }) => development === undefined);
      const latest = newestMeasurements(measured);
      const unknown = targets.find((target) => !latest.some((one) => one.target === target));
      if (unknown !== undefined || latest.length === 0) {
        throw usageError(
          'nothing-measured',
          unknown === undefined
            ? 'Nothing was measured on this machine yet.'
            : `"${inertLine(unknown)}" was not measured on this machine.`,
          'Audit it first: ux-audit audit',
        );
      }
      const chosen = targets.length > 0 ? latest.filter(({ target }) => targets.includes(target)) : latest;
      const written = await workspace.baseline.update((before) => withBaseline(before, chosen));
      if (flags.json) return printJson({ recorded: chosen.map(baselineKey), written });
      for (const one of chosen)
        print(`${inertLine(baselineKey(one))}  ${one.runs} ${one.runs === 1 ? 'run' : 'runs'}, ${one.at.slice(0, 10)}`);
      return print(written ? 'Recorded; commit measurements.json.' : 'Nothing changed in measurements.json.');
    });
}

function compare() {
  return recordCommand('compare', 'the newest measurements of this machine beside the baseline')
    .argument('[target...]', 'targets; all of the baseline when left out')
    .option('--md', 'print Markdown')
    .option('--json', 'print JSON: [ { key, before, now, reason, differences } ]')
    .addHelpText(
      'after',
      '\nThe two sets were measured at two times. So a number is worse or better only when its whole 90 % ' +
        'interval is beyond\nthe size that matters, and no change is shown only when it is within; all else ' +
        'cannot be told. To compare two\nversions on one machine in turn: ux-audit compare. Another ' +
        'class of machine or another major version of Lighthouse\nis not comparable.',
    )
    .action(async (targets, flags) => {
      const workspace = workspaceOf(flags);
      const latest = newestMeasurements(await workspace.runs.measurements());
      const all = compareBaseline(await workspace.baseline.read(), latest);
      const chosen = targets.length > 0 ? all.filter(({ before }) => targets.includes(before.target)) : all;
      if (chosen.length === 0) {
        throw usageError(
          'no-baseline',
          'There is no baseline to compare with.',
          'Record one: ux-audit baseline record',
        );
      }
      if (flags.json) return printJson(chosen);
      if (flags.md) return void process.stdout.write(baselineMarkdown(chosen));
      for (const line of chosen.flatMap(baselineLines)) print(line);
      return undefined;
    });
}
