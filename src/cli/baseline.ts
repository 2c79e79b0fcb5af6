import { Command } from '@commander-js/extra-typings';
import { baselineKey, compareBaseline, withBaseline } from '../core/audit/baseline';
import { newestMeasurements } from '../core/audit/measurement';
import { usageError } from '../core/errors';
import { baselineLines } from '../core/report/baselineText';
import { markdownLine } from '../core/text/escape';
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
      '\nA difference counts as noise where the ranges of the two sets overlap or one is a single run. Another ' +
        'class of machine\nor another major version of Lighthouse is shown and not compared.',
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
      const lines = chosen.flatMap((one) => baselineLines(one, flags.md ? markdownLine : inertLine));
      for (const line of lines) print(flags.md ? `- ${line}` : line);
      return undefined;
    });
}
