import { figureText, numberText } from '../metrics/metricText';
import { byCodeUnit } from '../record/canonicalText';
import type { Figure } from './figures';
import { ERRING, PER_ATTEMPT, REACHED } from './groupFigures';
import { stepByName } from './stepNames';

/** What people did at one step of a journey. What is not known is left out, and is not 0. */
export interface StepNumbers {
  name: string;
  /** Whether the journey has a step of this name; otherwise a table named it. */
  isOfJourney: boolean;
  /** Attempts, people or visits that came to it, as the source counts. */
  reached?: number;
  /** Those of them that gave up or left there. */
  stopped?: number;
  /** The share of those that stopped, with its interval. */
  abandonment?: Figure;
  /** The time of successful attempts: a geometric mean in seconds, time away left out. */
  seconds?: Figure;
  /** Errors per attempt that reached it. */
  errors?: Figure;
  /** The share of people who erred there, in percent. */
  erring?: Figure;
}

/** The steps of a journey as one source counted them in its newest period. Never put together with another source. */
export interface StepsOfSource {
  source: string;
  basis: Figure['basis'];
  period: { from: string; to: string };
  /** The group of people; none: all together. */
  segment?: string;
  /** The task, where the source has several: `task 2`. */
  task?: string;
  /** Those of the journey that are known, in its order; then others, those that most people reached first. */
  steps: StepNumbers[];
}

/** What a figure of a step says of it, by metric and definition. */
const kinds: { metric: string; definition: string; fill: (figure: Figure) => Partial<StepNumbers> }[] = [
  {
    metric: 'abandonment_rate',
    definition: '',
    fill: (figure) => {
      const { n: reached, parts } = figure;
      return {
        abandonment: figure,
        ...(reached !== undefined && { reached }),
        ...(parts?.x !== undefined && { stopped: parts.x }),
      };
    },
  },
  { metric: 'abandonment_rate', definition: REACHED, fill: ({ value }) => ({ reached: value }) },
  { metric: 'time_on_task', definition: '', fill: (figure) => ({ seconds: figure }) },
  { metric: 'error_rate', definition: PER_ATTEMPT, fill: (figure) => ({ errors: figure }) },
  { metric: 'error_rate', definition: ERRING, fill: (figure) => ({ erring: figure }) },
];
const definitions = [...new Set(kinds.map(({ definition }) => definition))].filter((one) => one !== '');

/** A variant such as `task 2, errors per attempt`, taken apart. */
function variantOf({ variant = '' }: Figure): { task: string; definition: string } {
  const definition = definitions.find((one) => variant === one || variant.endsWith(`, ${one}`)) ?? '';
  const task = definition === '' ? variant : variant.slice(0, -definition.length).replace(/, $/, '');
  return { task, definition };
}

/**
 * What is known of people at the steps of a journey: each source by itself, with its newest period, newest source
 * first. Task sessions and analytics stand side by side.
 *
 * @param figures all that are known
 * @param target the journey
 * @param names the names of its steps, in order
 */
export function stepFigures(
  figures: readonly Figure[],
  { target, names }: { target: string; names: readonly string[] },
): StepsOfSource[] {
  const ofJourney = figures.filter((figure) => figure.target === target && figure.step !== undefined);
  const keyOf = (figure: Figure) =>
    JSON.stringify([figure.source, figure.basis, figure.segment ?? '', variantOf(figure).task]);
  const sources = [...Map.groupBy(ofJourney, keyOf).values()].flatMap((of) => newestOf(of, names) ?? []);
  const order = ({ period: { from, to } }: StepsOfSource) => `${to} ${from}`;
  const name = ({ source, segment = '', task = '' }: StepsOfSource) => [source, segment, task].join('\n');
  return sources.sort((a, b) => byCodeUnit(order(b), order(a)) || byCodeUnit(name(a), name(b)));
}

/** @param of the figures of one source, segment and task */
function newestOf(of: readonly Figure[], names: readonly string[]): StepsOfSource | undefined {
  const newest = of.reduce((a, b) => (`${b.to} ${b.from}` > `${a.to} ${a.from}` ? b : a));
  const { source, basis, from, to, segment } = newest;
  const { task } = variantOf(newest);
  const steps = new Map<string, StepNumbers>();
  for (const figure of of) {
    const { definition } = variantOf(figure);
    const kind = kinds.find((one) => one.metric === figure.metric && one.definition === definition);
    if (!kind || figure.from !== from || figure.to !== to) continue;
    const own = stepByName(figure.step ?? '', names);
    const name = own ?? figure.step ?? '';
    steps.set(name, { ...(steps.get(name) ?? { name, isOfJourney: own !== undefined }), ...kind.fill(figure) });
  }
  if (steps.size === 0) return undefined;
  const place = ({ name }: StepNumbers) => (names.includes(name) ? names.indexOf(name) : names.length);
  return {
    source,
    basis,
    period: { from, to },
    ...(segment !== undefined && { segment }),
    ...(task !== '' && { task }),
    steps: [...steps.values()].sort((a, b) => place(a) - place(b) || (b.reached ?? 0) - (a.reached ?? 0)),
  };
}

/** The numbers of a step in words: `286 reached it, 64 stopped there (22.4 %, 17.9 to 27.6 %); 38 s (n 21)`. */
export function stepText({ reached, stopped, abandonment, seconds, errors, erring }: StepNumbers): string {
  const share = ({ value, low, high }: Figure) => {
    const range = low === undefined || high === undefined ? '' : `, ${numberText(low, 1)} to ${figureText(high, '%')}`;
    return `${figureText(value, '%')}${range}`;
  };
  const stop = stopped === undefined ? 'how many stopped there is not known' : `${stopped} stopped there`;
  const parts = [
    reached !== undefined && `${reached} reached it, ${stop}${abandonment ? ` (${share(abandonment)})` : ''}`,
    seconds && `${figureText(seconds.value, 's')} (n ${seconds.n ?? 'not known'})`,
    errors && `${numberText(errors.value, 2)} errors per attempt (n ${errors.n ?? 'not known'})`,
    erring && `${share(erring)} of ${erring.n ?? 'an unknown number of'} people erred`,
  ];
  return parts.filter(Boolean).join('; ');
}
