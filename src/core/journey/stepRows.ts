import { numberText } from '../metrics/metricText';
import type { Figure } from '../outcomes/figures';
import type { StepNumbers } from '../outcomes/stepFigures';
import { longestWaiting, mostStops, onlyMost } from './journeyAnswer';
import { durationText, type KnownJourney, secondsText, timeDetail } from './journeyFacts';
import type { StepSummary } from './journeyRun';

/** A number of a step with its bar. */
export interface Row {
  kind: 'reach' | 'stop' | 'wait' | 'take' | 'err';
  label: string;
  value: string;
  /** In a quieter tone: of how many, the range, n. */
  detail: string;
  /** Shares of the longest bar of the same kind, from 0 to 1; none: nothing to draw. */
  bar?: { from: number; to: number; middle?: number };
  /** Whether it is the most of all steps, and clearly so. */
  isMost: boolean;
  /** Whether nothing is known, or the number is 0. */
  isQuiet: boolean;
}

/** The rows of each step, in the order of the journey; the same rows for every step, so that they line up. */
export function stepRows(known: KnownJourney): Row[][] {
  const { steps, summaries, people, run } = known;
  const own = (people?.steps ?? []).filter(({ isOfJourney }) => isOfJourney);
  const start = Math.max(0, ...own.map(({ reached = 0 }) => reached));
  const longest = Math.max(0, ...summaries.map(({ waiting }) => waiting?.max ?? 0));
  const slowest = Math.max(0, ...own.map(({ seconds }) => seconds?.high ?? seconds?.value ?? 0));
  const isAllKnown = steps.every(({ name }) => own.some((one) => one.name === name && one.errors !== undefined));
  const most = {
    stop: mostStops(known)?.name,
    wait: longestWaiting(known)?.name,
    err: isAllKnown ? onlyMost(own, ({ errors }) => errors?.value)?.name : undefined,
  };
  const has = (what: (numbers: StepNumbers) => unknown) => own.some((one) => what(one) !== undefined);
  return steps.map(({ name }) => {
    const numbers = own.find((one) => one.name === name);
    const summary = summaries.find((one) => one.name === name);
    return [
      ...(has(({ reached }) => reached) ? [reachRow(numbers, start)] : []),
      ...(has(({ stopped }) => stopped) ? [stopRow(numbers, start, most.stop === name)] : []),
      ...(run ? [waitRow(summary, longest, most.wait === name)] : []),
      ...(has(({ seconds }) => seconds) ? [takeRow(numbers?.seconds, slowest)] : []),
      ...(has(({ errors, erring }) => errors ?? erring) ? [errRow(numbers, most.err === name)] : []),
    ];
  });
}

const unknown = (kind: Row['kind'], label: string, detail = 'not known'): Row => ({
  kind,
  label,
  value: '–',
  detail,
  isMost: false,
  isQuiet: true,
});

function reachRow(numbers: StepNumbers | undefined, start: number): Row {
  if (numbers?.reached === undefined) return unknown('reach', 'Come here');
  const { reached } = numbers;
  const bar = start > 0 ? { bar: { from: 0, to: reached / start } } : {};
  return {
    kind: 'reach',
    label: 'Come here',
    value: String(reached),
    detail: `of ${start}`,
    ...bar,
    isMost: false,
    isQuiet: false,
  };
}

function stopRow(numbers: StepNumbers | undefined, start: number, isMost: boolean): Row {
  if (numbers?.stopped === undefined) return unknown('stop', 'Stop here');
  const { stopped, reached } = numbers;
  const bar = start > 0 ? { bar: { from: 0, to: stopped / start } } : {};
  const detail = reached === undefined ? '' : `of ${reached}`;
  return { kind: 'stop', label: 'Stop here', value: String(stopped), detail, ...bar, isMost, isQuiet: stopped === 0 };
}

function waitRow(summary: StepSummary | undefined, longest: number, isMost: boolean): Row {
  const waiting = summary?.waiting;
  if (!waiting)
    return unknown('wait', 'Machine waits', summary && summary.reached === 0 ? 'not completed' : 'not known');
  const { median, min, max, n } = waiting;
  const range = n === 1 ? 'n 1' : `${(min / 1000).toFixed(1)}–${(max / 1000).toFixed(1)}, n ${n}`;
  const bar = longest > 0 ? { bar: { from: 0, to: median / longest } } : {};
  return {
    kind: 'wait',
    label: 'Machine waits',
    value: secondsText(median),
    detail: range,
    ...bar,
    isMost,
    isQuiet: median === 0,
  };
}

function takeRow(seconds: Figure | undefined, slowest: number): Row {
  if (!seconds) return unknown('take', 'People take');
  const { value, low, high } = seconds;
  const share = (of: number) => (slowest > 0 ? of / slowest : 0);
  const bar = { from: share(low ?? value), to: share(high ?? value), middle: share(value) };
  return {
    kind: 'take',
    label: 'People take',
    value: durationText(value),
    detail: timeDetail(seconds),
    bar,
    isMost: false,
    isQuiet: false,
  };
}

/** Errors in all where the mean and its n tell them, else per attempt; and how many people made them. */
function errRow(numbers: StepNumbers | undefined, isMost: boolean): Row {
  const { errors, erring } = numbers ?? {};
  const by =
    erring?.parts?.x === undefined || erring.n === undefined ? '' : `by ${erring.parts.x} of ${erring.n} people`;
  if (errors === undefined) {
    if (by === '') return unknown('err', 'Errors');
    return {
      kind: 'err',
      label: 'Errors',
      value: `${numberText(erring?.value ?? 0, 0)} %`,
      detail: by,
      isMost,
      isQuiet: false,
    };
  }
  const total = errors.n === undefined ? undefined : errors.value * errors.n;
  const isWhole = total !== undefined && Math.abs(total - Math.round(total)) < 0.05;
  const value = isWhole ? String(Math.round(total)) : numberText(errors.value, 2);
  const per = isWhole ? `in ${errors.n} attempts` : `per attempt, n ${errors.n ?? 'not known'}`;
  const none = errors.value === 0 && erring?.n !== undefined ? `by any of ${erring.n} people` : '';
  const detail = none || (isWhole ? by || per : [per, by].filter(Boolean).join(', '));
  return { kind: 'err', label: 'Errors', value, detail, isMost, isQuiet: errors.value === 0 };
}
