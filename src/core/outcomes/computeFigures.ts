import { definitionOf, metricOf } from '../metrics/metrics';
import { geometricMean, type Interval, mean, meanInterval, sum } from '../statistics/intervals';
import { median } from '../statistics/spread';
import { FEW } from './few';
import type { Figure } from './figures';
import { abandonment, asq, csat, lifetimeValue, nps, type Rate, rate, suprq, sus, umuxLite } from './formulas';
import { type ImportKind, questionsOf } from './importFields';

/** The values of a row, by field. */
export type Values = Record<string, number | string | boolean>;

/** Rounds to four decimals, more than a survey supports, so that equal rows give equal bytes. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** A figure of a group of rows, still without its period. */
export type GroupFigure = Pick<Figure, 'metric' | 'variant' | 'value' | 'unit' | 'n' | 'parts'> & {
  interval?: Interval | undefined;
};

/** The units of a table's money. */
export interface Money {
  /** ISO 4217 code for order values and margins. */
  currency?: string | undefined;
  /** Discount rate for one period, in percent. A lifetime value needs it. */
  discount?: number | undefined;
}

type Compute = (rows: readonly Values[], money: Money, notice: (text: string) => void) => GroupFigure[];

function numbers(rows: readonly Values[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}

/** The scores of the rows that answer every question of a questionnaire. */
function scores(rows: readonly Values[], metric: string, score: (answers: number[]) => number | undefined): number[] {
  const questions = questionsOf(metric);
  return rows.flatMap((row) => {
    const answers = questions.flatMap(({ id }) => (typeof row[id] === 'number' ? [row[id]] : []));
    return (answers.length === questions.length ? score(answers) : undefined) ?? [];
  });
}

/** Cuts an interval to the scale of possible answers. */
function onScale(interval: Interval | undefined, id: string, variant?: string): Interval | undefined {
  const metric = metricOf(id);
  if (!interval || !metric) return interval;
  const { min, max } = definitionOf(metric, variant).scale;
  return {
    ...interval,
    low: Math.max(min ?? interval.low, interval.low),
    high: Math.min(max ?? interval.high, interval.high),
  };
}

type Extra = Partial<Pick<GroupFigure, 'variant' | 'unit' | 'interval' | 'parts'>>;

function meanFigure(metric: string, values: readonly number[], extra: Extra = {}): GroupFigure[] {
  const value = mean(values);
  if (value === undefined) return [];
  const interval = onScale(meanInterval(values), metric, extra.variant);
  return [{ metric, value, n: values.length, interval, ...extra }];
}

function rateFigure(metric: string, share: Rate | undefined, extra: Extra = {}): GroupFigure[] {
  if (!share) return [];
  const { percent, x, n, interval } = share;
  return [{ metric, value: percent, n, interval, parts: { x, n }, ...extra }];
}

function npsFigure(ratings: readonly number[]): GroupFigure[] {
  const found = nps(ratings);
  if (!found) return [];
  const { score, interval, n, ...parts } = found;
  return [{ metric: 'nps', value: score, n, interval: onScale(interval, 'nps'), parts }];
}

/** The answers to the three questions of ASQ, with a reversed scale turned back. */
function asqAnswers(row: Values): (number | null)[] {
  return [1, 2, 3].map((question) => {
    const [answer, reversed] = [row[`asq${question}`], row[`asqReversed${question}`]];
    return typeof answer === 'number' ? answer : typeof reversed === 'number' ? 8 - reversed : null;
  });
}

const surveyFigures: Compute = (rows) => {
  const [ces1, ces2] = [numbers(rows, 'ces1'), numbers(rows, 'ces2')];
  const asqScores = rows.flatMap((row) => asq(asqAnswers(row)) ?? []);
  return [
    ...npsFigure(numbers(rows, 'nps')),
    ...rateFigure('csat', csat(numbers(rows, 'csat'))),
    ...meanFigure('ces', ces2, { variant: '2.0', parts: { atLeast5: ces2.filter((rating) => rating >= 5).length } }),
    ...meanFigure('ces', ces1, { variant: '1.0' }), // never mixed with version 2.0
    ...meanFigure('seq', numbers(rows, 'seq')),
    ...meanFigure('sus', scores(rows, 'sus', sus)),
    ...meanFigure('umux_lite', scores(rows, 'umux_lite', umuxLite)),
    ...meanFigure('asq', asqScores),
    ...meanFigure('suprq', scores(rows, 'suprq', suprq)),
  ];
};

/** Gives each task its own figures, since tasks differ in length and difficulty. */
const sessionFigures: Compute = (rows, money, notice) => {
  const tasks = Map.groupBy(rows, ({ task }) => String(task ?? '').slice(0, 80) || undefined);
  if (tasks.size < 2) return taskFigures(rows, money, notice);
  return [...tasks].flatMap(([task, of]) =>
    taskFigures(of, money, notice).map((figure) => ({
      ...figure,
      variant: [task ?? 'no task', figure.variant].filter(Boolean).join(', '),
    })),
  );
};

const taskFigures: Compute = (rows) => {
  const won = rows.filter((row) => row.success === true);
  const lost = rows.filter((row) => row.success === false);
  const times = (of: readonly Values[], variant?: string): GroupFigure[] => {
    const seconds = numbers(of, 'seconds').filter((value) => value > 0);
    const interval = geometricMean(seconds);
    const value = interval?.estimate ?? seconds[0];
    if (value === undefined) return [];
    const parts = seconds.length > 25 ? { median: rounded(median(seconds) as number) } : undefined;
    return [{ metric: 'time_on_task', variant, value, n: seconds.length, interval, parts }];
  };
  const errors = numbers(rows, 'errors');
  const counted = rows.filter((row) => row.participant !== undefined && row.errors !== undefined);
  const people = Map.groupBy(counted, ({ participant }) => participant);
  const erring = [...people.values()].filter((attempts) => attempts.some((row) => Number(row.errors) > 0)).length;
  const perAttempt = 'errors per attempt';
  return [
    ...rateFigure('task_completion_rate', rate(won.length, rows.length)),
    ...times(won),
    ...times(lost, 'failed attempts'),
    ...meanFigure('error_rate', errors, { variant: perAttempt, unit: perAttempt, interval: undefined }),
    ...rateFigure('error_rate', rate(erring, people.size), { variant: 'participants with an error', unit: '%' }),
    ...meanFigure('clicks_to_completion', numbers(won, 'clicks')),
    ...meanFigure('seq', numbers(rows, 'seq')),
  ];
};

/** The sums of two columns over the rows that have both. */
function sums(rows: readonly Values[], part: string, whole: string): [number, number] | undefined {
  const both = rows.filter((row) => typeof row[part] === 'number' && typeof row[whole] === 'number');
  if (both.length === 0) return undefined;
  return [sum(numbers(both, part)), sum(numbers(both, whole))];
}

const analyticsFigures: Compute = (rows, { currency }, notice) => {
  const share = (metric: string, part: string, whole: string, variant?: string): GroupFigure[] => {
    const counted = sums(rows, part, whole);
    return counted ? rateFigure(metric, rate(...counted), { variant }) : [];
  };
  const begun = sums(rows, 'finished', 'started');
  const sold = rows.flatMap(({ orderValue, conversions }) =>
    typeof orderValue === 'number' ? [{ orderValue, orders: typeof conversions === 'number' ? conversions : 1 }] : [],
  );
  const orders = sum(sold.map((one) => one.orders));
  const revenue = sum(sold.map((one) => one.orderValue * one.orders));
  if (sold.length > 0 && currency === undefined) notice('The order value was left out: its currency was not given.');
  const hasValue = currency !== undefined && orders > 0;
  return [
    ...share('bounce_rate', 'bounces', 'visits'),
    ...share('exit_rate', 'exits', 'visits'),
    ...share('conversion_rate', 'conversions', 'visits'),
    ...share('signup_rate', 'signups', 'visits'),
    ...share('adoption_rate', 'newUsers', 'users', 'new of all users'),
    ...share('adoption_rate', 'activeUsers', 'users', 'active of all users'),
    ...rateFigure('abandonment_rate', begun && abandonment({ completed: begun[0], initiated: begun[1] })),
    ...(hasValue ? [{ metric: 'aov', value: revenue / orders, unit: currency, n: orders }] : []),
  ];
};

const customerFigures: Compute = (rows, { currency, discount }, notice) => {
  const dayOf = (row: Values) => String(row.from ?? row.date ?? '');
  const inOrder = [...rows].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  if (new Set(inOrder.map(dayOf)).size < rows.length) {
    notice('Several rows are about customers of the same period: add them up into one row first. They were left out.');
    return [];
  }
  const start = numbers(inOrder.slice(0, 1), 'start')[0] ?? 0;
  const total = (field: string) => (numbers(rows, field).length > 0 ? sum(numbers(rows, field)) : undefined);
  const lost = total('lost');
  const kept = lost === undefined ? undefined : rate(start - lost, start);
  if (lost === undefined || !kept) {
    notice('Retention and churn need the customers at the start and those lost.');
    return [];
  }
  const reasons = reasonsOf(rows, notice);
  const margin = total('margin');
  const worth =
    margin === undefined || discount === undefined || currency === undefined || rows.length > 1
      ? undefined
      : lifetimeValue({ margin, retention: kept.percent / 100, discount: discount / 100 });
  if (margin !== undefined && worth === undefined)
    notice('A lifetime value was left out: it needs one row for its period, the currency and a discount rate.');
  return [
    ...rateFigure('retention_rate', kept),
    ...rateFigure('churn_rate', rate(lost, start)),
    ...(reasons ? [{ metric: 'churn_reasons', value: sum(Object.values(reasons)), parts: reasons }] : []),
    ...(worth !== undefined ? [{ metric: 'clv', value: worth, unit: currency }] : []),
  ];
};

/**
 * Counts reasons such as `price=12; service=3`. A text without a count may identify a person, so it becomes a code only
 * if at least {@link FEW} rows give it, and counts as `other` otherwise.
 */
function reasonsOf(rows: readonly Values[], notice: (text: string) => void): Record<string, number> | undefined {
  const coded = new Map<string, number>();
  const said = new Map<string, number>();
  for (const row of rows) {
    for (const part of String(row.reasons ?? '').split(/[;|]/)) {
      const [, code = '', times] = /^\s*(.*?)\s*(?:[=:]\s*(\d+))?\s*$/.exec(part) ?? [];
      if (code === '') continue;
      if (code.length > 40)
        notice('Reasons of more than 40 characters were counted as other: give codes, such as price=12.');
      const name = code.length > 40 ? 'other' : code;
      const counts = times === undefined ? said : coded;
      counts.set(name, (counts.get(name) ?? 0) + Number(times ?? 1));
    }
  }
  for (const [code, times] of said) {
    const name = times >= FEW || coded.has(code) ? code : 'other';
    coded.set(name, (coded.get(name) ?? 0) + times);
  }
  return coded.size > 0 ? Object.fromEntries(coded) : undefined;
}

/** Computes the figures of each kind of table. */
export const computeFigures: Record<ImportKind, Compute> = {
  survey: surveyFigures,
  sessions: sessionFigures,
  analytics: analyticsFigures,
  customers: customerFigures,
};
