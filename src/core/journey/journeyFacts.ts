import { amountText, figureText, numberText } from '../metrics/metricText';
import type { Figure } from '../outcomes/figures';
import type { Spread } from '../statistics/spread';
import { inertLine } from '../text/inertText';
import { isChange, verdictWords } from '../verdict/judge';
import type { StepDifference } from './compareRuns';
import type { Finish, JourneyPeople } from './journeyPeople';
import { type JourneyRun, type StepSummary, stepSummaries, totalWaiting } from './journeyRun';
import type { JourneyStep } from './recording';

/** A number with its label, and in a quieter tone its spread, n and source. */
export interface Fact {
  label: string;
  value: string;
  detail: string;
}

/** What the parts of a view are made from. */
export interface KnownJourney {
  steps: readonly JourneyStep[];
  run: JourneyRun | undefined;
  /** Of the run; none without one. */
  summaries: readonly StepSummary[];
  people: JourneyPeople | undefined;
  isRecorded: boolean;
}

/** `19.0 s`, `0.2 s`: waiting to a tenth, since that is what people feel. @param ms milliseconds */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `18.4–19.9 s, n 3`; of one walk `1 walk, spread not known`. */
export function spreadText({ min, max, n }: Spread): string {
  if (n === 1) return '1 walk, spread not known';
  return `${(min / 1000).toFixed(1)}–${secondsText(max)}, n ${n}`;
}

/** `21 s`, `3 min 40 s`. @param seconds of people, which nobody counts in tenths */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${numberText(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

/** `2 min 10 s–6 min 35 s, n 17`: the 95 % interval of people's time. */
export function timeDetail({ low, high, n }: Figure): string {
  const range = low === undefined || high === undefined ? [] : [`${durationText(low)}–${durationText(high)}`];
  return [...range, `n ${n ?? 'not known'}`].join(', ');
}

/** `71 % (n 24)`; from few people their counts: `3 of 4`. */
export function percentText({ percent, x, n }: Finish): string {
  if (percent !== undefined) return `${numberText(percent, 0)} % (n ${n ?? 'not known'})`;
  return x === undefined ? 'not known' : `${x} of ${n}`;
}

/** What is known of the whole journey: people first, then the machine. */
export function factsOf({ people, run }: KnownJourney): Fact[] {
  const total = run && totalWaiting(run);
  const facts: Fact[] = [];
  if (people?.finish) facts.push(finishFact(people.finish, people));
  if (total)
    facts.push({ label: 'Machine waits', value: secondsText(total.median), detail: `${spreadText(total)}, lab` });
  else if (run)
    facts.push({ label: 'Machine waits', value: 'not known', detail: 'no walk reached the end and tells it' });
  if (people?.seconds) {
    const { seconds } = people;
    facts.push({
      label: 'People take',
      value: durationText(seconds.value),
      detail: `${timeDetail(seconds)}, ${seconds.basis}`,
    });
  }
  const waited = people?.waiting;
  if (waited?.parts?.seconds !== undefined)
    facts.push({
      label: 'Of',
      value: `${durationText(waited.parts.seconds)}, ${durationText(waited.value)} were waiting`,
      detail: `means of the same ${waited.n ?? ''} attempts that succeeded, ${waited.basis}`.replace('  ', ' '),
    });
  return facts;
}

function finishFact({ percent, low, high, x, n }: Finish, { basis, who }: JourneyPeople): Fact {
  const range = low === undefined || high === undefined ? [] : [`${numberText(low, 0)}–${numberText(high, 0)} %`];
  const count = n === undefined ? 'n not known' : who === undefined ? `n ${n}` : `n ${n} ${who}`;
  const value =
    percent === undefined ? (x === undefined ? 'not known' : `${x} of ${n}`) : `${numberText(percent, 0)} %`;
  const few = percent === undefined ? ['too few for a share'] : [];
  return { label: 'Finish', value, detail: [...range, count, ...few, basis].join(', ') };
}

/** `waiting: 3.0 s → 11.0 s, worse by 8.0 s`, in the words of every comparison. */
export function changeFact({ number, before, after, verdict, shift, interval, n, more }: StepDifference): Fact {
  const text = (value: number) => (number.unit === 'ms' ? secondsText(value) : sizeText(value, number.unit));
  const by = isChange(verdict) && shift !== null ? ` by ${amountOf(shift, number.unit)}` : '';
  const sure =
    interval === null
      ? 'too few walks for an interval'
      : interval[0] === interval[1]
        ? `all walks alike, n ${n}`
        : `90 % interval ${signed(interval[0], number.unit)} to ${signed(interval[1], number.unit)}, n ${n}`;
  const ask = more === undefined ? '' : `; ${more} more walks each would tell`;
  return {
    label: number.name,
    value: `${verdictWords[verdict]}${by}`,
    detail: `${text(before)} → ${text(after)}; ${sure}${ask}`,
  };
}

const signed = (value: number, unit: string) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${amountOf(value, unit)}`;

function amountOf(value: number, unit: string): string {
  const size = Math.abs(value);
  return unit === 'bytes' ? bytesText(size) : unit === 'count' ? numberText(size, 1) : amountText(size, { unit });
}

function sizeText(value: number, unit: string): string {
  return unit === 'bytes' ? bytesText(value) : unit === 'count' ? numberText(value, 1) : figureText(value, unit);
}

/** `812 B`, `34 KiB`, `1.2 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  if (bytes < 1024 ** 2) return `${numberText(bytes / 1024, bytes < 10_240 ? 1 : 0)} KiB`;
  return `${numberText(bytes / 1024 ** 2, 1)} MiB`;
}

/** The newest walks in a few words: `19.0 s waiting`, `“Pay” cannot be completed`. */
export function walkedText(run: JourneyRun): string {
  const broken = stepSummaries(run).find(({ reached, tried }) => reached < tried);
  if (broken) return `“${inertLine(broken.name)}” cannot be completed`;
  const total = totalWaiting(run);
  return total ? `${secondsText(total.median)} waiting` : 'waiting not known';
}
