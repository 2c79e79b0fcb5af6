import { keystrokeSeconds, MODEL_ERROR, shortestPath } from '../journey/counts';
import { type JourneyRun, type StepSummary, stepSummaries, totalWaiting } from '../journey/journeyRun';
import type { JourneyStep } from '../journey/recording';
import { figureText } from '../metrics/metricText';
import type { Spread } from '../statistics/spread';
import { counted } from '../text/counted';
import { inertLine } from '../text/inertText';
import { textTable } from './auditTable';

/** A step of a journey as machines read it. */
export interface StepForMachines {
  name: string;
  stage?: string;
  waiting: Omit<Spread, 'samples'> | null;
  duration: Omit<Spread, 'samples'> | null;
  until: StepSummary['until'] | null;
  clicks: number;
  keys: number;
  fields: number;
  pageLoads: number;
  vitals: Record<'lcp' | 'inp' | 'cls', Omit<Spread, 'samples'> | null> & { navigations: string[] };
  requests: number | null;
  bytes: number | null;
  errors: string[];
  /** Whether every walk that tried the step completed it; null: none tried it. */
  reached: boolean | null;
  reachedIn: number;
  tried: number;
  why?: string;
}

const withoutSamples = (spread: Spread | null) => {
  if (!spread) return null;
  const { samples: _, ...rest } = spread;
  return rest;
};

/** The steps of a run, with what they ask of a person at least. */
export function stepsForMachines(steps: readonly JourneyStep[], run: JourneyRun): StepForMachines[] {
  const known = new Map(steps.map((step) => [step.name, step]));
  return stepSummaries(run).map((summary) => {
    const { name, waiting, duration, until, reached, tried, vitals, requests, bytes, errors, why } = summary;
    const step = known.get(name);
    const { lcp, inp, cls, navigations } = vitals;
    return {
      name,
      ...(step?.stage !== undefined && { stage: step.stage }),
      waiting: withoutSamples(waiting),
      duration: withoutSamples(duration),
      until: until ?? null,
      ...shortestPath(step ?? { actions: [] }),
      vitals: { lcp: withoutSamples(lcp), inp: withoutSamples(inp), cls: withoutSamples(cls), navigations },
      requests: requests?.median ?? null,
      bytes: bytes?.median ?? null,
      errors,
      reached: tried === 0 ? null : reached === tried,
      reachedIn: reached,
      tried,
      ...(why !== undefined && { why }),
    };
  });
}

/** `1.1 s (1.0–1.3)`; a single walk has no range. */
export function waitingText(waiting: Spread | null): string {
  if (!waiting) return 'not known';
  const { median, min, max, n } = waiting;
  return n === 1
    ? figureText(median, 'ms')
    : `${figureText(median, 'ms')} (${figureText(min, 'ms')}–${figureText(max, 'ms')})`;
}

/** What a run of a journey gave, for the terminal. */
export function journeyText(steps: readonly JourneyStep[], run: JourneyRun): string {
  const summaries = stepSummaries(run);
  const known = new Map(steps.map((step) => [step.name, step]));
  const rows = summaries.map((summary, index) => {
    const path = shortestPath(known.get(summary.name) ?? { actions: [] });
    const { vitals, tried, reached, errors } = summary;
    const ended = tried === 0 ? 'not reached' : reached === tried ? 'yes' : `${reached} of ${tried}`;
    return [
      `${index + 1} ${inertLine(summary.name)}`,
      ended,
      waitingText(summary.waiting),
      vitals.lcp ? figureText(vitals.lcp.median, 'ms') : '–',
      vitals.inp ? figureText(vitals.inp.median, 'ms') : '–',
      vitals.cls ? figureText(vitals.cls.median, 'score') : '–',
      String(path.clicks),
      String(path.keys),
      String(errors.length),
    ];
  });
  const header = ['step', 'completed', 'machine waits', 'LCP', 'INP', 'CLS', 'clicks', 'keys', 'errors'];
  return [headline(run, summaries), '', textTable(header, rows), '', ...notes(steps, run, summaries)].join('\n');
}

function headline(run: JourneyRun, summaries: readonly StepSummary[]): string {
  const name = inertLine(run.target);
  const failed = summaries.find(({ tried, reached }) => reached < tried);
  if (failed) {
    const { name: step, tried, reached, why } = failed;
    const often = tried > 1 ? ` in ${tried - reached} of ${counted(tried, 'walk')}` : '';
    return `${name}: “${inertLine(step)}” cannot be completed${often}. ${inertLine(why ?? '')}`.trimEnd();
  }
  const total = totalWaiting(run);
  if (!total) return `${name}: every step is completed; nothing tells how long a person waits.`;
  const worst = [...summaries].sort((a, b) => (b.waiting?.median ?? 0) - (a.waiting?.median ?? 0))[0];
  const most = worst?.waiting ? `, most at “${inertLine(worst.name)}” (${figureText(worst.waiting.median, 'ms')})` : '';
  return `${name}: a person waits ${waitingText(total)} for the machine${most}.`;
}

function notes(steps: readonly JourneyStep[], run: JourneyRun, summaries: readonly StepSummary[]): string[] {
  const { walks, browser, environment, viewport } = run;
  const disturbed = walks.filter((walk) => walk.disturbed).length;
  const acting = steps.reduce((sum, step) => sum + keystrokeSeconds(step), 0);
  const share = Math.round(MODEL_ERROR * 100);
  return [
    `lab, ${counted(walks.length, 'walk')} at ${inertLine(environment)}, ${inertLine(browser)}, ` +
      `${viewport.width}×${viewport.height}, no throttling, a fresh profile each. Waiting: median (range).`,
    ...(disturbed > 0 ? [`Other programs disturbed ${disturbed} of ${counted(walks.length, 'walk')}.`] : []),
    ...(run.tellsSoftNavigations
      ? []
      : ['This browser does not tell soft navigations: their vitals are not measured.']),
    'Clicks and keys: the shortest known path, which is not what people do.',
    `Acting on it takes a practised person about ${figureText(acting, 's')} (Keystroke-Level Model, ±${share} %).`,
    ...summaries
      .filter(({ until }) => until === 'rest')
      .map(({ name }) => `“${inertLine(name)}” expects nothing, so its waiting ends when the page comes to rest.`),
  ];
}
