import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import type { ComparedNumber, RunNumbers } from '../verdict/numbers';
import type { WalkedStep } from './journeyRun';
import type { JourneyStep } from './recording';

/** The longest name of a step in a comparison. Characters. */
const NAME = 30;

/**
 * The numbers that two versions of a journey are compared by: the waiting in each step, whose size matters as that of a
 * load time does (core/verdict/numbers.ts).
 */
export function comparedSteps(steps: readonly Pick<JourneyStep, 'name'>[]): ComparedNumber[] {
  return steps.map(({ name }, index) => ({
    id: `waiting-${index + 1}`,
    name: `waiting at ${shortened(inertLine(name), NAME)}`,
    unit: 'ms',
    isTimed: true,
    matters: { least: 100, share: 0.05 },
  }));
}

/** The numbers of one walk. */
export function numbersOfWalk(steps: readonly WalkedStep[]): RunNumbers {
  return Object.fromEntries(
    steps.flatMap(({ waiting }, index) => (waiting === undefined ? [] : [[`waiting-${index + 1}`, waiting]])),
  );
}
