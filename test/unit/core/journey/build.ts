import type { JourneyRun, WalkedStep } from '../../../../src/core/journey/journeyRun';
import type { JourneyData } from '../../../../src/core/journey/journeyView';
import { type Action, journeySteps, type Recording } from '../../../../src/core/journey/recording';
import type { Finding } from '../../../../src/core/record/record';
import { readFigures } from '../../../../src/workflow/importFigures';

export const names = ['Cart', 'Address', 'Pay'];

/** The beginning of a step. */
export const marker = (name: string, more: Record<string, unknown> = {}): Action => ({
  type: 'customStep',
  name: 'ux-audit/step',
  parameters: { name, ...more },
});
export const click = (label: string): Action => ({ type: 'click', selectors: [`aria/${label}`, '#go'], offsetX: 3 });

/** A checkout of three steps. */
export const recording: Recording = {
  title: 'Checkout',
  steps: [
    { type: 'setViewport', width: 412, height: 823 },
    { type: 'navigate', url: 'http://localhost:4173/' },
    marker('Cart', { stage: 'consideration' }),
    click('Check out'),
    marker('Address', { expect: 'aria/Card', stage: 'purchase' }),
    { type: 'change', selectors: ['#name'], value: 'Ada' },
    click('Continue'),
    marker('Pay', { expect: ['main', '#receipt'], stage: 'purchase', own: 'kept' }),
    { type: 'change', selectors: ['#card'], value: `\${env:CARD}` },
    click('Pay now'),
  ],
};

export const walked = (name: string, waiting: number | undefined, more: Partial<WalkedStep> = {}): WalkedStep => ({
  name,
  outcome: 'reached',
  ...(waiting !== undefined && { waiting, until: 'expected' }),
  vitals: [{ page: `/${name.toLowerCase()}`, navigation: 'hard', lcp: 800, cls: 0.02 }],
  requests: 4,
  bytes: 20_480,
  errors: [],
  ...more,
});

/** A run whose walks wait so many milliseconds at each step; undefined: the step failed, and later ones were not tried. */
export function runOf(waits: readonly (readonly (number | undefined)[])[], more: Partial<JourneyRun> = {}): JourneyRun {
  const stepsOf = (walk: readonly (number | undefined)[]) => {
    const failed = walk.indexOf(undefined);
    return (more.walks?.[0]?.steps.map(({ name }) => name) ?? names).slice(0, walk.length).map((name, index) => {
      if (failed < 0 || index < failed) return walked(name, walk[index]);
      const why = index === failed ? { why: '“Pay now” did not appear within 15 s.' } : {};
      const outcome = index === failed ? ('failed' as const) : ('not tried' as const);
      return { name, outcome, ...why, vitals: [], requests: 0, bytes: 0, errors: [] };
    });
  };
  return {
    id: 'run-1',
    target: 'checkout',
    environment: 'local',
    at: '2026-11-28T09:00:00.000Z',
    browser: 'Chrome 142.0.1',
    viewport: { width: 412, height: 823 },
    tellsSoftNavigations: false,
    runner: 'recording',
    walks: waits.map((walk) => ({ steps: stepsOf(walk), disturbed: false })),
    ...more,
  };
}

/** An attempt of a task session: the steps it came to, with seconds and errors at each; without success: gave up. */
export interface Attempt {
  participant: string;
  success: boolean;
  times: number[];
  errors: number[];
  machine: number;
}

/** Figures as the import of a table of attempts makes them. */
export async function figuresOf(attempts: readonly Attempt[], { source = 'sessions.csv', date = '2026-11-21' } = {}) {
  const cell = (values: readonly number[]) => values.map((value, at) => `${names[at]}=${value}`).join('; ');
  const rows = attempts.map(({ participant, success, times, errors, machine }) =>
    [
      date,
      participant,
      success ? 'yes' : 'no',
      times.reduce((a, b) => a + b, 0),
      machine,
      success ? '' : names[times.length - 1],
      errors.reduce((a, b) => a + b, 0),
      cell(times),
      cell(errors),
    ].join(','),
  );
  const head = 'date,participant,success,seconds,machine_seconds,abandoned_at,errors,step_seconds,step_errors';
  const bytes = new TextEncoder().encode([head, ...rows].join('\n'));
  const { figures, questions } = await readFigures(bytes, source, {
    on: '2026-11-28',
    target: 'checkout',
    journeys: { checkout: names },
  });
  if (questions.length > 0) throw new Error(JSON.stringify(questions));
  return figures;
}

/** So many people: `done` finish, the others give up at the steps with these numbers. */
export function attemptsOf(done: number, stopsAt: readonly number[], round = 0): Attempt[] {
  const all = [...Array.from({ length: done }, () => names.length - 1), ...stopsAt];
  return all.map((last, index) => {
    const times = names.slice(0, last + 1).map((_, at) => 12 + 9 * at + ((index * 7 + at * 3) % 11));
    const errors = times.map((_, at) => (at === 2 && index % 3 === 0 ? 2 : at === 1 && index % 5 === 1 ? 1 : 0));
    return { participant: `P${round}${index}`, success: index < done, times, errors, machine: 4 + (index % 3) };
  });
}

export const finding = (id: string, step: string | undefined, more: Partial<Finding> = {}): Finding => ({
  id,
  kind: 'heuristic',
  target: 'checkout',
  rule: 'nielsen-10/H09',
  title: id,
  firstSeen: '2026-11-20',
  state: { of: id, status: 'open', severity: 3 },
  ...(step !== undefined && { where: { step } }),
  ...more,
});

export function dataOf(more: Partial<JourneyData> = {}): JourneyData {
  return {
    name: 'checkout',
    target: { kind: 'journey', steps: names },
    steps: journeySteps(recording),
    isRecorded: true,
    runs: [],
    figures: [],
    findings: [],
    today: '2026-11-28',
    ...more,
  };
}
