import { usageError } from '../core/errors';
import { listFigures } from '../core/outcomes/figures';
import { stepFigures, stepText } from '../core/outcomes/stepFigures';
import { inertLine } from '../core/text/inertText';
import { journeysOf } from '../workflow/importFigures';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

export function stepsCommand() {
  return recordCommand('steps', 'what people did at each step of a journey; each source by itself, newest period')
    .argument('<journey>', 'a journey with figures of its steps')
    .option(
      '--json',
      'print JSON: [ { source, basis, period, segment, task, steps: [ { name, reached, stopped, … } ] } ]',
    )
    .action(async (target, flags) => {
      const workspace = workspaceOf(flags);
      const [figures, journeys] = await Promise.all([workspace.outcomes.read(), journeysOf(workspace)]);
      const known = listFigures(figures);
      const names = Object.hasOwn(journeys, target) ? (journeys[target] ?? []) : [];
      const sources = stepFigures(known, { target, names });
      if (flags.json) return printJson(sources);
      if (sources.length === 0) {
        const others = [...new Set(known.flatMap((figure) => (figure.step && figure.target) || []))];
        const next = others.length > 0 ? `Journeys with figures of steps: ${others.map(inertLine).join(', ')}.` : '';
        throw usageError(
          'steps-unknown',
          `No figure is known of a step of "${inertLine(target)}".`,
          next || 'Import a funnel or task sessions: ux-audit outcomes import FILE --target JOURNEY',
        );
      }
      for (const { source, period, segment, task, steps } of sources) {
        const about = [source, segment, task].flatMap((one) => one ?? []).join(', ');
        print(inertLine(`${about} (${period.from} to ${period.to})`));
        for (const step of steps)
          print(
            `  ${inertLine(`${step.name}${step.isOfJourney ? '' : ' (no step of the journey)'}: ${stepText(step)}`)}`,
          );
      }
      return undefined;
    });
}
