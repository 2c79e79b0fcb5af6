import { geometricMean, type Interval, mean, meanInterval } from '../statistics/intervals';
import { median } from '../statistics/spread';
import { FEW } from './few';
import {
  asq,
  ces1,
  ces2,
  churn,
  csat,
  lifetimeValue,
  nps,
  type Rate,
  rate,
  retention,
  suprq,
  sus,
  umuxLite,
} from './formulas';
import type { ImportKind } from './importFields';

/** The cells of a row, by field. */
export type Values = Record<string, number | string | boolean>;

/** Four decimals: more than any survey carries, and the same bytes for the same rows. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** The answers of a series of questions, in their order. */
export function questions(values: Values, id: string, from: number, to: number): (number | undefined)[] {
  return Array.from({ length: to - from + 1 }, (_, index) => values[`${id}${from + index}`] as number | undefined);
}

/** One figure of a group of rows, before it is given its period. */
export interface Figure {
  metric: string;
  variant?: string;
  value: number;
  unit?: string;
  n?: number;
  interval?: Interval | undefined;
  parts?: Record<string, number>;
}

/** What the sums of money in a table are in. */
export interface Money {
  /** ISO 4217, of order values and margins. */
  currency?: string | undefined;
  /** Of money, for one period, in percent; a lifetime value needs it. */
  discount?: number | undefined;
}

type Figures = (rows: readonly Values[], money: Money, notice: (text: string) => void) => Figure[];

function numbers(rows: readonly Values[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}

/** A score of each row, where the row has one. */
function scores(rows: readonly Values[], score: (row: Values) => number | undefined): number[] {
  return rows.flatMap((row) => score(row) ?? []);
}

/** Ends of the scales that means are of: an interval does not reach beyond what anybody can answer. */
const scales: Record<string, [number, number]> = {
  nps: [-100, 100],
  'ces:2.0': [1, 7],
  'ces:1.0': [1, 5],
  seq: [1, 7],
  asq: [1, 7],
  sus: [0, 100],
  umux_lite: [0, 100],
  suprq: [1, 5],
  error_rate: [0, Number.POSITIVE_INFINITY],
  clicks_to_completion: [0, Number.POSITIVE_INFINITY],
};

function within(interval: Interval | undefined, scale: string): Interval | undefined {
  const [least, most] = scales[scale] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return interval && { ...interval, low: Math.max(least, interval.low), high: Math.min(most, interval.high) };
}

function meanFigure(metric: string, values: readonly number[], variant?: string): Figure[] {
  if (values.length === 0) return [];
  const value = mean(values) as number;
  const interval = within(meanInterval(values), variant === undefined ? metric : `${metric}:${variant}`);
  return [{ metric, ...(variant !== undefined && { variant }), value, n: values.length, interval }];
}

function rateFigure(metric: string, share: Rate | undefined, variant?: string): Figure[] {
  if (!share) return [];
  const { percent, x, n, interval } = share;
  return [{ metric, ...(variant !== undefined && { variant }), value: percent, n, interval, parts: { x, n } }];
}

function all(values: readonly (number | undefined)[]): number[] | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === values.length ? given : undefined;
}

const surveyFigures: Figures = (rows) => {
  const recommend = nps(numbers(rows, 'nps'));
  const effort = numbers(rows, 'ces2');
  const ofAll = (id: string, to: number, score: (answers: number[]) => number | undefined) =>
    scores(rows, (row) => {
      const answers = all(questions(row, id, 1, to));
      return answers && score(answers);
    });
  return [
    ...(recommend
      ? [
          {
            metric: 'nps',
            value: recommend.score,
            n: recommend.n,
            interval: within(recommend.interval, 'nps'),
            parts: { promoters: recommend.promoters, passives: recommend.passives, detractors: recommend.detractors },
          },
        ]
      : []),
    ...rateFigure('csat', csat(numbers(rows, 'csat'))),
    ...meanFigure('ces', effort, '2.0').map((figure) => ({
      ...figure,
      parts: { atLeast5: ces2(effort)?.atLeast5.x ?? 0 },
    })),
    ...(ces1(numbers(rows, 'ces1')) === undefined ? [] : meanFigure('ces', numbers(rows, 'ces1'), '1.0')),
    ...meanFigure('seq', numbers(rows, 'seq')),
    ...meanFigure('sus', ofAll('sus', 10, sus)),
    ...meanFigure('umux_lite', ofAll('umux', 2, umuxLite)),
    ...meanFigure(
      'asq',
      scores(rows, (row) =>
        asq(
          questions(row, 'asq', 1, 3).map((answer, index) => {
            const reversed = row[`asqReversed${index + 1}`];
            return answer ?? (typeof reversed === 'number' ? 8 - reversed : null);
          }),
        ),
      ),
    ),
    ...meanFigure(
      'suprq',
      ofAll('suprq', 8, (answers) => suprq(answers.slice(0, 7), answers[7] as number)),
    ),
  ];
};

/** Tasks differ in length and difficulty: where there are several, each has figures of its own. */
const sessionFigures: Figures = (rows, money, notice) => {
  const tasks = Map.groupBy(rows, ({ task }) =>
    typeof task === 'string' && task !== '' ? task.slice(0, 80) : undefined,
  );
  if (tasks.size < 2) return taskFigures(rows, money, notice);
  return [...tasks].flatMap(([task, of]) =>
    taskFigures(of, money, notice).map((figure) => ({
      ...figure,
      variant: [task ?? 'no task', ...(figure.variant === undefined ? [] : [figure.variant])].join(', '),
    })),
  );
};

const taskFigures: Figures = (rows) => {
  const won = rows.filter((row) => row.success === true);
  const lost = rows.filter((row) => row.success === false);
  const times = (of: readonly Values[], variant?: string): Figure[] => {
    const seconds = numbers(of, 'seconds').filter((value) => value > 0);
    const interval = geometricMean(seconds);
    const value = interval?.estimate ?? seconds[0];
    if (value === undefined) return [];
    const middle = seconds.length > 25 ? { parts: { median: rounded(median(seconds) as number) } } : {};
    return [{ metric: 'time_on_task', ...(variant && { variant }), value, n: seconds.length, interval, ...middle }];
  };
  const errors = numbers(rows, 'errors');
  const people = new Map<string, boolean>();
  for (const { participant, errors: made } of rows as { participant?: string; errors?: number }[])
    if (participant !== undefined && made !== undefined)
      people.set(participant, (people.get(participant) ?? false) || made > 0);
  const erring = [...people.values()].filter(Boolean).length;
  return [
    ...rateFigure('task_completion_rate', rate(won.length, rows.length)),
    ...times(won),
    ...times(lost, 'failed attempts'),
    ...meanFigure('error_rate', errors, 'errors per attempt').map(({ interval: _, ...figure }) => ({
      ...figure,
      unit: 'errors per attempt',
    })),
    ...rateFigure('error_rate', rate(erring, people.size), 'participants with an error').map((figure) => ({
      ...figure,
      unit: '%',
    })),
    ...meanFigure('clicks_to_completion', numbers(won, 'clicks')),
    ...meanFigure('seq', numbers(rows, 'seq')),
  ];
};

/** Sums of both columns over the rows that have both. */
function sums(rows: readonly Values[], part: string, whole: string): [number, number] | undefined {
  const both = rows.filter((row) => typeof row[part] === 'number' && typeof row[whole] === 'number');
  if (both.length === 0) return undefined;
  const total = (field: string) => numbers(both, field).reduce((sum, value) => sum + value, 0);
  return [total(part), total(whole)];
}

const analyticsFigures: Figures = (rows, { currency }, notice) => {
  const share = (metric: string, part: string, whole: string, variant?: string): Figure[] => {
    const counted = sums(rows, part, whole);
    return counted ? rateFigure(metric, rate(...counted), variant) : [];
  };
  const begun = sums(rows, 'finished', 'started');
  const sold = rows.filter((row) => typeof row.orderValue === 'number');
  const orders = sold.map((row) => (typeof row.conversions === 'number' ? row.conversions : 1));
  const total = orders.reduce((sum, value) => sum + value, 0);
  if (sold.length > 0 && currency === undefined) notice('The order value was left out: its currency was not given.');
  return [
    ...share('bounce_rate', 'bounces', 'visits'),
    ...share('exit_rate', 'exits', 'visits'),
    ...share('conversion_rate', 'conversions', 'visits'),
    ...share('signup_rate', 'signups', 'visits'),
    ...share('adoption_rate', 'newUsers', 'users', 'new of all users'),
    ...share('adoption_rate', 'activeUsers', 'users', 'active of all users'),
    ...(begun ? rateFigure('abandonment_rate', rate(begun[1] - begun[0], begun[1])) : []),
    ...(currency !== undefined && total > 0
      ? [
          {
            metric: 'aov',
            value: sold.reduce((sum, row, index) => sum + (row.orderValue as number) * (orders[index] ?? 0), 0) / total,
            unit: currency,
            n: total,
          },
        ]
      : []),
  ];
};

const customerFigures: Figures = (rows, { currency, discount }, notice) => {
  const dayOf = (row: Values) => String(row.from ?? row.date ?? '');
  const inOrder = [...rows].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  if (new Set(inOrder.map(dayOf)).size < rows.length) {
    notice('Several rows are about customers of the same period: add them up into one row first. They were left out.');
    return [];
  }
  const start = numbers(inOrder.slice(0, 1), 'start')[0] ?? 0;
  const sum = (field: string) => {
    const given = numbers(rows, field);
    return given.length > 0 ? given.reduce((total, value) => total + value, 0) : undefined;
  };
  const lost = sum('lost');
  const gained = sum('new') ?? 0;
  if (lost === undefined || lost > start) {
    notice('Retention and churn need the customers at the start and those lost.');
    return [];
  }
  const kept = retention({ start, end: start + gained - lost, gained });
  const left = churn({ start, lost });
  if (kept === undefined || left === undefined) return [];
  const reasons = reasonsOf(rows, notice);
  const margin = sum('margin');
  const worth =
    margin === undefined || discount === undefined || currency === undefined || rows.length > 1
      ? undefined
      : lifetimeValue({ margin, retention: kept / 100, discount: discount / 100 });
  if (margin !== undefined && worth === undefined)
    notice('A lifetime value was left out: it needs one row for its period, the currency and a discount rate.');
  return [
    ...rateFigure('retention_rate', rate(start - lost, start)),
    ...rateFigure('churn_rate', rate(lost, start)),
    ...(reasons
      ? [
          {
            metric: 'churn_reasons',
            value: Object.values(reasons).reduce((total, value) => total + value, 0),
            parts: reasons,
          },
        ]
      : []),
    ...(worth !== undefined && currency !== undefined ? [{ metric: 'clv', value: worth, unit: currency }] : []),
  ];
};

/**
 * `price=12; service=3`: codes with their counts. A text without a count may tell about one person: it is kept as a code
 * only where at least {@link FEW} rows give it, and counted as `other` otherwise.
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

/** What each kind of table comes to. */
export const figures: Record<ImportKind, Figures> = {
  survey: surveyFigures,
  sessions: sessionFigures,
  analytics: analyticsFigures,
  customers: customerFigures,
};
