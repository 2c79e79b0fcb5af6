import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import type { JourneyRun, WalkedStep } from './journeyRun';

/** The annotation by which a test says which journey it walks: `{ type: 'journey', description: 'checkout' }`. */
export const JOURNEY_ANNOTATION = 'journey';
/** `@journey:checkout` */
const tagPattern = /^@journey:(.+)$/;

/** A test as its runner describes it, as far as it counts here. */
export interface DescribedTest {
  annotations: readonly { type: string; description?: string | undefined }[];
  tags: readonly string[];
}

/** The journey that a test walks; undefined when it says none. */
export function journeyOf({ annotations, tags }: DescribedTest): string | undefined {
  const told = annotations.find(({ type }) => type === JOURNEY_ANNOTATION)?.description;
  return told ?? tags.flatMap((tag) => tagPattern.exec(tag)?.[1] ?? [])[0];
}

/** A `test.step` of a test, when it ended. */
export interface EndedStep {
  title: string;
  /** Milliseconds. */
  duration: number;
  /** What went wrong in it. */
  error?: string | undefined;
}

/** The longest reason that is kept. Characters. */
const WHY = 300;

/**
 * One walk of a journey by a test: how long each step took, with the test's own actions, and which failed. What a test
 * does not measure, such as vitals, stays unknown.
 * @param names all steps of the journey, in order; those after a failed one were not tried
 * @param outside what failed outside of the steps; the next step then counts as failed, or the last one
 */
export function walkOfTest(
  steps: readonly EndedStep[],
  names: readonly string[],
  outside?: string | undefined,
): WalkedStep[] {
  const ended = new Map(steps.map((step) => [step.title, step]));
  const all = names.length > 0 ? names : steps.map(({ title }) => title);
  let isBroken = false;
  return all.map((name): WalkedStep => {
    const step = ended.get(name);
    const none = { name, vitals: [], requests: null, bytes: null, errors: [] };
    if (isBroken) return { ...none, outcome: 'not tried' };
    if (!step) {
      isBroken = true;
      const why = outside === undefined ? undefined : shortened(inertLine(outside), WHY);
      return why === undefined ? { ...none, outcome: 'not tried' } : { ...none, outcome: 'failed', why };
    }
    const isLast = name === all.at(-1);
    const error = step.error ?? (isLast ? outside : undefined);
    isBroken = error !== undefined;
    const why = error === undefined ? undefined : shortened(inertLine(error), WHY);
    return { ...none, outcome: isBroken ? 'failed' : 'reached', duration: step.duration, ...(why && { why }) };
  });
}

/** Where and with what a test ran. */
export interface TestPlace extends Pick<JourneyRun, 'target' | 'environment' | 'at' | 'browser' | 'viewport'> {}

/** The run of a journey that tests walked, each walk a test or a repetition of one. */
export function runOfTests(place: TestPlace, walks: readonly WalkedStep[][]): JourneyRun {
  return {
    ...place,
    id: `${place.at.replace(/[:.]/g, '-')}-${place.environment}-playwright`,
    tellsSoftNavigations: false,
    runner: 'playwright',
    walks: walks.map((steps) => ({ steps, disturbed: false })),
  };
}
