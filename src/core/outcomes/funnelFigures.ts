import { abandonment, rate } from './formulas';
import {
  type Compute,
  type GroupFigure,
  type Notice,
  REACHED,
  rateFigure,
  type TableFacts,
  type Values,
} from './groupFigures';
import { matchSteps, STEP_LENGTH, stepByName, stepName } from './stepNames';

/** A step of a funnel, in the order of the table. */
interface FunnelStep {
  name: string;
  /** People or visits, as the tool counts. */
  reached: number;
  /** Those that the tool says stopped here; none: it does not say. */
  stopped: number | undefined;
}

/**
 * The figures of a funnel that an analytics tool counted: for each step how many reached it and stopped there, and of
 * the whole journey how many began and did not finish. Between a step and one with more people no drop-off is computed:
 * others joined, so the difference is not how many stopped. The last step has none either.
 */
export const funnelFigures: Compute = (rows, facts, notice) => {
  if (!facts.target) {
    notice('Rows that name no journey were left out: a funnel is about one.');
    return [];
  }
  const events = rows.filter(({ event }) => event !== undefined);
  if (events.length > 0) return eventFigures(events, facts, notice);
  const steps = stepsOf(rows, notice);
  if (steps.length === 0) return [];
  const names = namesOf(steps, facts, notice);
  const joined = joinedAt(steps);
  if (joined.length > 0) {
    const at = joined.map(({ name }) => `"${names.get(name)}"`).join(', ');
    notice(
      `More people came to ${at} than went on from the step before (an open funnel). What the file itself counts is ` +
        'kept; no other drop-off is computed between the two, and none of the whole journey.',
    );
  }
  const [first, last] = [steps[0] as FunnelStep, steps.at(-1) as FunnelStep];
  const isClosed = joined.length === 0 && steps.length > 1;
  return [
    ...steps.flatMap((step, at) => {
      const stopped = stoppedAt(step, steps[at + 1]);
      const found =
        stopped === undefined || step.reached === 0
          ? reachedFigure(step.reached)
          : rateFigure('abandonment_rate', rate(stopped, step.reached));
      return found.map((figure) => ({ ...figure, step: names.get(step.name) }));
    }),
    ...(isClosed
      ? rateFigure('abandonment_rate', abandonment({ initiated: first.reached, completed: last.reached }))
      : []),
  ];
};

/** How many stopped at a step; undefined when nobody knows. */
function stoppedAt({ reached, stopped }: FunnelStep, next: FunnelStep | undefined): number | undefined {
  if (!next) return undefined; // the goal: who is here arrived
  return stopped ?? (next.reached <= reached ? reached - next.reached : undefined);
}

/** The steps to which others came than those who went on from the step before. */
function joinedAt(steps: readonly FunnelStep[]): FunnelStep[] {
  return steps.filter(({ reached }, at) => {
    const before = steps[at - 1];
    return before !== undefined && reached > before.reached - (before.stopped ?? 0);
  });
}

function reachedFigure(reached: number): GroupFigure[] {
  return [{ metric: 'abandonment_rate', variant: REACHED, value: reached, n: reached }];
}

/** The steps of the table. None, with a notice, when they are no single funnel. */
function stepsOf(rows: readonly Values[], notice: Notice): FunnelStep[] {
  const steps = rows.map(({ step, reached, stopped }) => ({
    name: typeof step === 'string' ? step : '',
    reached: typeof reached === 'number' ? reached : undefined,
    stopped: typeof stopped === 'number' ? stopped : undefined,
  }));
  const names = steps.map(({ name }) => name);
  const incomplete = steps.findIndex(({ name, reached }) => name === '' || reached === undefined);
  if (incomplete >= 0) {
    const which = names[incomplete] ? `"${names[incomplete]}"` : `Row ${incomplete + 1} of the funnel`;
    notice(`${which} lacks its step or how many reached it. The funnel was left out: complete or delete that row.`);
    return [];
  }
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    notice(
      `The step "${twice}" stands there several times, so the funnel was left out: export it without a breakdown, or ` +
        'read the column that breaks it down as segment.',
    );
    return [];
  }
  const long = names.filter((name) => name.length > STEP_LENGTH + 5).length;
  if (long > 0) notice(`Steps with names of more than ${STEP_LENGTH} characters: ${long}. The funnel was left out.`);
  return long > 0 ? [] : (steps as FunnelStep[]);
}

/** The names without the numbers that GA4 writes before them, when all have theirs. */
function unnumbered(names: readonly string[]): string[] {
  const found = names.map((name) => /^(\d+)[.)]\s+(.+)$/.exec(name));
  return found.every((match, at) => Number(match?.[1]) === at + 1)
    ? found.map((match) => match?.[2] ?? '')
    : [...names];
}

/** What each step of the table is called from now on. Says which went to which step of the journey, and how. */
function namesOf(
  steps: readonly FunnelStep[],
  { target = '', steps: journey = [] }: TableFacts,
  notice: Notice,
): Map<string, string> {
  const plain = unnumbered(steps.map(({ name }) => name));
  const { names, by } = matchSteps(plain, journey);
  const went = plain.map((name) => `"${name}" is ${names.get(name)}`).join('; ');
  if (by === 'name') notice(`The steps are those of ${target}, by name: ${went}.`);
  else if (by === 'order') notice(`The steps are those of ${target}, by order: ${went}.`);
  else if (journey.length === 0)
    notice(
      `${target} has no steps in the record, so those of the file keep their names: ` +
        `${[...names.values()].join('; ')}. ` +
        'Give the journey its steps first to have them in their order.',
    );
  else
    notice(
      `Not every step is one of ${target} (${journey.join(', ')}), and there are not as many, so those it does not ` +
        `have keep their names: ${went}.`,
    );
  return new Map(steps.map(({ name }, at) => [name, names.get(plain[at] ?? '') ?? stepName(name)]));
}

/** Who sent the events that steps of the journey are named after. No drop-off: the people may be others each time. */
function eventFigures(rows: readonly Values[], { target = '', steps = [] }: TableFacts, notice: Notice): GroupFigure[] {
  const found = rows.flatMap(({ event, reached }) => {
    const step = stepByName(String(event), steps);
    return step !== undefined && typeof reached === 'number' ? [{ event: String(event), step, reached }] : [];
  });
  if (found.length === 0) {
    notice(`No event is named like a step of ${target}: give its steps the names of events, or export a funnel.`);
    return [];
  }
  if (new Set(found.map(({ step }) => step)).size < found.length) {
    notice('An event stands there several times, so all were left out: export the report without a second dimension.');
    return [];
  }
  const went = found.map(({ event, step }) => `"${event}" is ${step}`).join('; ');
  notice(
    `Events are no funnel: they tell how many people reached a step of ${target}, not how many stopped. By name: ` +
      `${went}. Events that are no step: ${rows.length - found.length}.`,
  );
  return found.flatMap(({ step, reached }) => reachedFigure(reached).map((figure) => ({ ...figure, step })));
}
