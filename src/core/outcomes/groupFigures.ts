import { definitionOf, metricOf } from '../metrics/metrics';
import { geometricMean, type Interval, mean, meanInterval } from '../statistics/intervals';
import { median } from '../statistics/spread';
import { FEW } from './few';
import type { Figure } from './figures';
import type { Rate } from './formulas';
import type { Ends } from './importFields';

/** The variant of `abandonment_rate` that only counts who reached a step, where nobody knows how many stopped there. */
export const REACHED = 'reached the step';
/** The variant of `time_on_task` that is the part of it spent waiting for the machine. */
export const WAITING = 'waiting';
/** The variant of `task_completion_rate` that counts what people finished without help. */
export const UNASSISTED = 'unassisted';
/** What stands for the task of attempts that name none, where others do. */
export const NO_TASK = 'no task';
/** The variants of `error_rate`. */
export const PER_ATTEMPT = 'errors per attempt';
export const ERRING = 'participants with an error';

/** The values of a row, by field. */
export type Values = Record<string, number | string | boolean>;

/** Rounds to four decimals, more than a survey supports, so that equal rows give equal bytes. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** A figure of a group of rows, still without its period. */
export type GroupFigure = Pick<Figure, 'metric' | 'variant' | 'step' | 'value' | 'unit' | 'n' | 'parts'> & {
  interval?: Interval | undefined;
  /** How many people it is about, where several of its n can be one person's. */
  people?: number;
};

/** What a person says of a table as a whole. */
export interface TableFacts {
  /** The scale on which satisfaction was asked; none: 1 to 5. */
  csatScale?: Ends | undefined;
  /** ISO 4217 code for order values and margins. */
  currency?: string | undefined;
  /** Discount rate for one period, in percent. A lifetime value needs it. */
  discount?: number | undefined;
  /** What the rows are about. */
  target?: string | undefined;
  /** The steps of the target in the record, when it is a journey that names them. */
  steps?: readonly string[] | undefined;
}

export type Notice = (text: string) => void;
export type Compute = (rows: readonly Values[], facts: TableFacts, notice: Notice) => GroupFigure[];

export function numbers(rows: readonly Values[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}

export const shortOf = (metric: string) => metricOf(metric)?.short ?? metric;

/** Cuts an interval to the scale of possible answers. */
export function onScale(interval: Interval | undefined, id: string, variant?: string): Interval | undefined {
  const metric = metricOf(id);
  if (!interval || !metric) return interval;
  const { min, max } = definitionOf(metric, variant).scale;
  return {
    ...interval,
    low: Math.max(min ?? interval.low, interval.low),
    high: Math.min(max ?? interval.high, interval.high),
  };
}

export type Extra = Partial<Pick<GroupFigure, 'variant' | 'step' | 'unit' | 'interval' | 'parts'>>;

/** Says why answers that are all equal have no interval. */
export function equalNotice(metric: string, values: readonly number[], notice: Notice): void {
  if (values.length >= FEW && values.every((value) => value === values[0]))
    notice(`${shortOf(metric)}: all ${values.length} answers count the same, which tells no interval.`);
}

export function meanFigure(
  metric: string,
  values: readonly number[],
  notice: Notice,
  extra: Extra = {},
): GroupFigure[] {
  const value = mean(values);
  if (value === undefined) return [];
  const interval = onScale(meanInterval(values), metric, extra.variant);
  if (!('interval' in extra)) equalNotice(metric, values, notice);
  return [{ metric, value, n: values.length, interval, ...extra }];
}

export function rateFigure(metric: string, share: Rate | undefined, extra: Extra = {}): GroupFigure[] {
  if (!share) return [];
  const { percent, x, n, interval } = share;
  return [{ metric, value: percent, n, interval, parts: { x, n }, ...extra }];
}

/**
 * The geometric mean of times in seconds, which a few slow people pull up less than a plain mean (Sauro and Lewis),
 * over the rows with more than 0 s. From 26 times on its parts hold the median. Time away is no part of these times:
 * the column of a table gives them without it.
 */
export function timeFigure(rows: readonly Values[], field: string, notice: Notice, extra: Extra = {}): GroupFigure[] {
  const timed = rows.filter((row) => typeof row[field] === 'number' && Number(row[field]) > 0);
  const seconds = numbers(timed, field);
  const interval = geometricMean(seconds);
  const value = interval?.estimate ?? seconds[0];
  if (value === undefined) return [];
  equalNotice('time_on_task', seconds, notice);
  const parts = seconds.length > 25 ? { median: rounded(median(seconds) as number) } : undefined;
  return [{ metric: 'time_on_task', value, n: seconds.length, interval, parts, people: peopleOf(timed), ...extra }];
}

/** How many people made attempts. An attempt without a participant counts as one of somebody else. */
export function peopleOf(rows: readonly Values[]): number {
  const named = rows.flatMap(({ participant }) => participant ?? []);
  return new Set(named).size + rows.length - named.length;
}
