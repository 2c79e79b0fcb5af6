import { type Judgement, judge } from '../verdict/judge';
import { type ComparedNumber, comparedNumber } from '../verdict/numbers';
import { waitingNumber } from './comparedSteps';
import { type JourneyRun, stepSummaries, totalWaiting } from './journeyRun';

/** A number of a step before and after. */
export interface StepDifference extends Judgement {
  number: ComparedNumber;
  before: number;
  after: number;
}

/** What may be said of a run beside the one before that it can be compared with. */
export interface RunComparison {
  /** When the earlier run began, in UTC. */
  since: string;
  /** The waiting of whole walks; null where a side has none. */
  total: StepDifference | null;
  steps: { name: string; differences: StepDifference[] }[];
}

const waiting = waitingNumber('waiting', 'waiting');

const majorOf = ({ browser }: JourneyRun) => /^(.*?)[ /](\d+)/.exec(browser)?.slice(1, 3).join(' ') ?? browser;

/** Whether the numbers of two runs were measured alike: place, window, major version of the browser, runner. */
export function areComparable(one: JourneyRun, other: JourneyRun): boolean {
  const key = (run: JourneyRun) =>
    JSON.stringify([run.target, run.environment, run.viewport.width, run.viewport.height, majorOf(run), run.runner]);
  return key(one) === key(other);
}

/** The newest earlier run that a run can be compared with. @param runs of the journey, oldest first */
export function comparableBefore(runs: readonly JourneyRun[], run: JourneyRun): JourneyRun | undefined {
  return runs.slice(0, runs.indexOf(run)).findLast((earlier) => areComparable(earlier, run));
}

/** Compares two runs, measured at two times, step by step; steps of the same name are the same step. */
export function compareRuns(before: JourneyRun, after: JourneyRun): RunComparison {
  const earlier = new Map(stepSummaries(before).map((step) => [step.name, step]));
  const steps = stepSummaries(after).flatMap((step) => {
    const old = earlier.get(step.name);
    if (!old) return [];
    const numbers = [
      difference(waiting, old.waiting, step.waiting),
      difference(comparedNumber('requests'), old.requests, step.requests),
      difference(comparedNumber('bytes'), old.bytes, step.bytes),
    ];
    return [{ name: step.name, differences: numbers.filter((one) => one !== null) }];
  });
  const isSame = steps.length === earlier.size && steps.length === stepSummaries(after).length;
  const total = isSame ? difference(waiting, totalWaiting(before), totalWaiting(after)) : null;
  return { since: before.at, total, steps };
}

function difference(
  number: ComparedNumber | undefined,
  before: { median: number; samples: number[] } | null,
  after: { median: number; samples: number[] } | null,
): StepDifference | null {
  if (!number || !before || !after) return null;
  const judged = judge(number, before.samples, after.samples, 'apart');
  return { number, before: before.median, after: after.median, ...judged };
}
