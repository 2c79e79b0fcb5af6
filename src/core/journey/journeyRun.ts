import * as z from 'zod/mini';
import { type Spread, spreadOf } from '../statistics/spread';

const count = z.int().check(z.gte(0));
const milliseconds = z.number().check(z.gte(0));

/** A metric of web-vitals for one page that a step showed. */
const vitalsSchema = z.object({
  /** The path of the page. */
  page: z.string(),
  /** Whether the browser loaded the page, or a script of the page changed it (a soft navigation). */
  navigation: z.enum(['hard', 'soft']),
  /** Milliseconds. */
  lcp: z.optional(milliseconds),
  fcp: z.optional(milliseconds),
  ttfb: z.optional(milliseconds),
  inp: z.optional(milliseconds),
  /** Without unit. */
  cls: z.optional(z.number().check(z.gte(0))),
});
export type StepVitals = z.infer<typeof vitalsSchema>;

/** One step in one walk of a journey by the machine. */
export const walkedStepSchema = z.object({
  name: z.string(),
  /** Whether the step ended as it should; `not tried` after a step that did not. */
  outcome: z.enum(['reached', 'failed', 'not tried']),
  /**
   * How long a person would wait for the page in the step, in the page's own clock: from each input until what is
   * needed next is visible, in the end what the step expects. Milliseconds; none: the step did not end, or nothing
   * tells when.
   */
  waiting: z.optional(milliseconds),
  /** How long the step took with the actions of the runner. Milliseconds; only of tests that tell no waiting. */
  duration: z.optional(milliseconds),
  /** What ended the waiting: what the step expects, or that the page came to rest. */
  until: z.optional(z.enum(['expected', 'rest'])),
  vitals: z.array(vitalsSchema),
  /** Null: not counted. */
  requests: z.nullable(count),
  /** Bytes received, as transferred. Null: not counted. */
  bytes: z.nullable(count),
  /** Errors on the console and of scripts, each once. */
  errors: z.array(z.string()),
  /** Why the step failed, and the action at which it did. */
  why: z.optional(z.string()),
});
export type WalkedStep = z.infer<typeof walkedStepSchema>;

/** Walks of one journey that count together, each in a fresh browser with an empty profile. Kept on this machine. */
export const journeyRunSchema = z.object({
  id: z.string(),
  target: z.string(),
  environment: z.string(),
  /** When it began, in UTC. */
  at: z.string(),
  browser: z.string(),
  /** The page's width and height in CSS pixels. */
  viewport: z.object({ width: count, height: count }),
  /** Whether the browser reports soft navigations; where not, their vitals are not measured. */
  tellsSoftNavigations: z.boolean(),
  /** The runner: our own walk of the recording, or a team's own tests. */
  runner: z.enum(['recording', 'playwright']),
  walks: z.array(z.object({ steps: z.array(walkedStepSchema), disturbed: z.boolean() })),
});
export type JourneyRun = z.infer<typeof journeyRunSchema>;

/** One step over all walks of a run. */
export interface StepSummary {
  name: string;
  /** Milliseconds; null: not known. */
  waiting: Spread | null;
  /** How long the step took with the actions of a test. Milliseconds; null: not known. */
  duration: Spread | null;
  until: WalkedStep['until'];
  /** In how many walks the step ended as it should, and in how many it was tried. */
  reached: number;
  tried: number;
  /** LCP of the last page of the step, the highest INP and CLS of its pages, over the walks. */
  vitals: { lcp: Spread | null; inp: Spread | null; cls: Spread | null; navigations: StepVitals['navigation'][] };
  requests: Spread | null;
  bytes: Spread | null;
  /** Errors of all walks, each once. */
  errors: string[];
  why: string | undefined;
}

/** The steps of a run over its walks. Times of disturbed walks are left out, as long as an undisturbed one is there. */
export function stepSummaries({ walks }: Pick<JourneyRun, 'walks'>): StepSummary[] {
  const quiet = walks.filter(({ disturbed }) => !disturbed);
  const timed = quiet.length > 0 ? quiet : walks;
  const names = walks[0]?.steps.map(({ name }) => name) ?? [];
  return names.map((name, index) => {
    const all = walks.flatMap(({ steps }) => steps[index] ?? []);
    const clean = timed.flatMap(({ steps }) => steps[index] ?? []);
    const tried = all.filter(({ outcome }) => outcome !== 'not tried');
    const reached = tried.filter(({ outcome }) => outcome === 'reached');
    const ended = clean.filter(({ outcome }) => outcome === 'reached');
    const highest = (metric: 'inp' | 'cls') => (step: WalkedStep) => {
      const values = step.vitals.flatMap((page) => page[metric] ?? []);
      return values.length > 0 ? Math.max(...values) : undefined;
    };
    return {
      name,
      waiting: spreadOf(ended.map(({ waiting }) => waiting)),
      duration: spreadOf(ended.map(({ duration }) => duration)),
      until: reached[0]?.until,
      reached: reached.length,
      tried: tried.length,
      vitals: {
        lcp: spreadOf(ended.map(({ vitals }) => vitals.findLast(({ lcp }) => lcp !== undefined)?.lcp)),
        inp: spreadOf(ended.map(highest('inp'))),
        cls: spreadOf(ended.map(highest('cls'))),
        navigations: reached[0]?.vitals.map(({ navigation }) => navigation) ?? [],
      },
      requests: spreadOf(reached.map(({ requests }) => requests)),
      bytes: spreadOf(reached.map(({ bytes }) => bytes)),
      errors: [...new Set(all.flatMap(({ errors }) => errors))],
      why: tried.find(({ outcome }) => outcome === 'failed')?.why,
    };
  });
}

/** The waiting of whole walks: those in which every step ended and tells its waiting. Milliseconds; null: none. */
export function totalWaiting({ walks }: Pick<JourneyRun, 'walks'>): Spread | null {
  const quiet = walks.filter(({ disturbed }) => !disturbed);
  return spreadOf(
    (quiet.length > 0 ? quiet : walks).map(({ steps }) =>
      steps.every(({ outcome, waiting }) => outcome === 'reached' && waiting !== undefined)
        ? steps.reduce((sum, { waiting = 0 }) => sum + waiting, 0)
        : undefined,
    ),
  );
}
