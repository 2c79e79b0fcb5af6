import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { ERRING, PER_ATTEMPT, UNASSISTED, WAITING } from '../outcomes/groupFigures';
import { type StepsOfSource, stepFigures } from '../outcomes/stepFigures';
import { byCodeUnit } from '../record/canonicalText';
import { differenceInterval } from '../statistics/intervals';
import type { Verdict } from '../verdict/judge';

/** How many of those who began a journey finished it. */
export interface Finish {
  /** In percent, with its 95 % interval; left out where there are too few. */
  percent?: number;
  low?: number;
  high?: number;
  /** Those who finished, of `n`; left out where a figure has no counts. */
  x?: number;
  n?: number;
}

/** What may be said of the share who finish beside the round before. */
export interface RoundChange {
  verdict: Extract<Verdict, 'worse' | 'better' | 'unknown'>;
  before: Finish;
  /** When the round before ended, YYYY-MM-DD. */
  at: string;
  /** Half of the width of the 95 % interval of the difference, in points; undefined: no interval is known. */
  shows?: number;
}

/** What one source counted of people on a journey in its newest period; never put together with another source. */
export interface JourneyPeople extends StepsOfSource {
  /** What its n are; undefined: the source does not tell. */
  who: 'people' | 'attempts' | undefined;
  finish?: Finish;
  /** Time of successful attempts, time away left out: a geometric mean in seconds. */
  seconds?: Figure;
  /** Mean seconds of successful attempts spent waiting; its part `seconds` is their mean time in all. */
  waiting?: Figure;
  change?: RoundChange;
}

/** The task of a figure about a whole journey, by its variant: `task 2, waiting`. */
function taskOf({ metric, variant = '' }: Figure): string | undefined {
  const parts = variant.split(', ');
  const definitions: Record<string, string[]> = {
    task_completion_rate: [UNASSISTED],
    time_on_task: [WAITING, 'failed attempts'],
    error_rate: [PER_ATTEMPT, ERRING],
    abandonment_rate: [],
  };
  const known = definitions[metric];
  if (!known) return undefined;
  return (known.includes(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts).join(', ');
}

/**
 * What is known of people on a journey, each source by itself: first those that tell where people stop, of all people
 * together, newest first.
 *
 * @param figures all that are known
 * @param names the names of the journey's steps, in order
 */
export function journeyPeople(
  figures: readonly Figure[],
  { target, names }: { target: string; names: readonly string[] },
): JourneyPeople[] {
  const steps = stepFigures(figures, { target, names });
  const whole = figures.filter((one) => one.target === target && one.step === undefined && taskOf(one) !== undefined);
  const keyOf = (one: Pick<Figure, 'source' | 'basis' | 'segment'>, task: string) =>
    JSON.stringify([one.source, one.basis, one.segment ?? '', task]);
  const sources = new Map(steps.map((one) => [keyOf(one, one.task ?? ''), one]));
  for (const figure of whole) {
    const task = taskOf(figure) ?? '';
    const known = sources.get(keyOf(figure, task));
    const { source, basis, segment, from, to } = figure;
    if (known && (known.steps.length > 0 || known.period.to >= to)) continue;
    const about = { ...(segment !== undefined && { segment }), ...(task !== '' && { task }) };
    sources.set(keyOf(figure, task), { source, basis, period: { from, to }, ...about, steps: [] });
  }
  const people = [...sources.values()].map((one) => withWhole(one, whole));
  const rank = (one: JourneyPeople) =>
    Number(one.segment === undefined) + 2 * Number(one.steps.some(({ stopped }) => stopped !== undefined));
  return people
    .filter((one) => one.steps.length > 0 || one.finish !== undefined || one.seconds !== undefined)
    .sort((a, b) => rank(b) - rank(a) || byCodeUnit(b.period.to, a.period.to) || byCodeUnit(a.source, b.source));
}

function withWhole(of: StepsOfSource, whole: readonly Figure[]): JourneyPeople {
  const { segment, basis, task, period, source } = of;
  const alike = (figure: Figure, metric: string, variant?: string) =>
    figure.metric === metric &&
    figure.segment === segment &&
    figure.basis === basis &&
    (figure.variant ?? '') === [task, variant].filter((part) => part !== undefined).join(', ');
  const own = (metric: string, variant?: string) =>
    whole.find(
      (one) => alike(one, metric, variant) && one.source === source && one.from === period.from && one.to === period.to,
    );
  const isEnd = (one: Figure) => alike(one, 'task_completion_rate') || alike(one, 'abandonment_rate');
  const finished = own('task_completion_rate') ?? own('abandonment_rate');
  const [perAttempt, erring, seconds, waiting] = [
    own('error_rate', PER_ATTEMPT),
    own('error_rate', ERRING),
    own('time_on_task'),
    own('time_on_task', WAITING),
  ];
  // each attempt that counts was made by somebody else, so that attempts are people
  const isPeople = erring?.n !== undefined && erring.n === perAttempt?.n && erring.n === finished?.n;
  const isAttempts = finished?.metric === 'task_completion_rate' || perAttempt !== undefined || seconds !== undefined;
  const before = whole
    .filter((one) => isEnd(one) && one.metric === finished?.metric && one.to < period.to && !isFew(one))
    .sort((a, b) => byCodeUnit(a.to, b.to) || (a.n ?? 0) - (b.n ?? 0))
    .at(-1);
  return {
    ...of,
    who: isPeople ? 'people' : isAttempts ? 'attempts' : undefined,
    ...(finished && { finish: finishOf(finished) }),
    ...(seconds && !isFew(seconds) && { seconds }),
    ...(waiting?.parts?.seconds !== undefined && !isFew(waiting) && { waiting }),
    ...(finished && before && { change: changeOf(before, finished) }),
  };
}

/** Who did not give up finished: an abandonment rate is the other side of a completion rate. */
function finishOf({ metric, value, low, high, n, parts, basis }: Figure): Finish {
  const isOther = metric === 'abandonment_rate';
  const [lower, upper] = isOther ? [high, low] : [low, high];
  const side = (share: number) => (isOther ? 100 - share : share);
  const x = parts?.x === undefined || n === undefined ? undefined : isOther ? n - parts.x : parts.x;
  return {
    ...(!isFew({ n, basis }) && {
      percent: side(value),
      ...(lower !== undefined && { low: side(lower) }),
      ...(upper !== undefined && { high: side(upper) }),
    }),
    ...(x !== undefined && { x }),
    ...(n !== undefined && { n }),
  };
}

function changeOf(earlier: Figure, later: Figure): RoundChange {
  const [before, after] = [finishOf(earlier), finishOf(later)];
  const [a, b] = [before, after].map(({ percent, low, high }) =>
    percent === undefined || low === undefined || high === undefined ? undefined : { estimate: percent, low, high },
  );
  const about = { before, at: earlier.to };
  if (!a || !b) return { verdict: 'unknown', ...about };
  const { low, high } = differenceInterval(a, b);
  return {
    verdict: low > 0 ? 'better' : high < 0 ? 'worse' : 'unknown',
    ...about,
    shows: (high - low) / 2,
  };
}
