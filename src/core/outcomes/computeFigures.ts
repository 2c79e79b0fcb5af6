import { sum } from '../statistics/intervals';
import { FEW } from './few';
import { abandonment, asq, csat, lifetimeValue, nps, rate, suprq, sus, umuxLite } from './formulas';
import { funnelFigures } from './funnelFigures';
import {
  type Compute,
  equalNotice,
  type GroupFigure,
  meanFigure,
  type Notice,
  numbers,
  onScale,
  rateFigure,
  shortOf,
  type Values,
} from './groupFigures';
import { type Ends, type ImportKind, questionsOf } from './importFields';
import { namedNumbers } from './namedNumbers';
import { sessionFigures } from './sessionFigures';

/** The scores of the rows that answer every question of a questionnaire. */
function scores(
  rows: readonly Values[],
  metric: string,
  score: (answers: number[]) => number | undefined,
  notice: Notice,
): number[] {
  const questions = questionsOf(metric);
  let partial = 0;
  const found = rows.flatMap((row) => {
    const answers = questions.flatMap(({ id }) => (typeof row[id] === 'number' ? [row[id]] : []));
    if (answers.length > 0 && answers.length < questions.length) partial += 1;
    return (answers.length === questions.length ? score(answers) : undefined) ?? [];
  });
  if (partial > 0) {
    const [who, their] = partial === 1 ? ['1 person', 'the'] : [`${partial} people`, 'their'];
    notice(
      `${shortOf(metric)}: ${who} answered only some of its ${questions.length} questions and got no score; ` +
        `${their} other answers count.`,
    );
  }
  return found;
}

function npsFigure(ratings: readonly number[], notice: Notice): GroupFigure[] {
  const found = nps(ratings);
  if (!found) return [];
  const { score, interval, n, ...parts } = found;
  if (Object.values(parts).includes(n)) equalNotice('nps', Array(n).fill(0), notice);
  return [{ metric: 'nps', value: score, n, interval: onScale(interval, 'nps'), parts }];
}

/** The answers to the three questions of ASQ, with a reversed scale turned back. */
function asqAnswers(row: Values): (number | null)[] {
  return [1, 2, 3].map((question) => {
    const [answer, reversed] = [row[`asq${question}`], row[`asqReversed${question}`]];
    return typeof answer === 'number' ? answer : typeof reversed === 'number' ? 8 - reversed : null;
  });
}

const surveyFigures: Compute = (rows, { csatScale }, notice) => {
  const [ces1, ces2] = [numbers(rows, 'ces1'), numbers(rows, 'ces2')];
  const asqScores = rows.flatMap((row) => asq(asqAnswers(row)) ?? []);
  const atLeast5 = ces2.filter((rating) => rating >= 5).length;
  return [
    ...npsFigure(numbers(rows, 'nps'), notice),
    ...rateFigure('csat', csat(numbers(rows, 'csat'), csatScale), { variant: csatVariant(csatScale) }),
    ...meanFigure('ces', ces2, notice, { variant: '2.0', parts: { atLeast5 } }),
    ...meanFigure('ces', ces1, notice, { variant: '1.0' }), // never mixed with version 2.0
    ...meanFigure('seq', numbers(rows, 'seq'), notice),
    ...meanFigure('sus', scores(rows, 'sus', sus, notice), notice),
    ...meanFigure('umux_lite', scores(rows, 'umux_lite', umuxLite, notice), notice),
    ...meanFigure('asq', asqScores, notice),
    ...meanFigure('suprq', scores(rows, 'suprq', suprq, notice), notice),
  ];
};

/** The definition of a CSAT by its scale; the one from 1 to 5 has no name. */
function csatVariant([low, high]: Ends = [1, 5]): string | undefined {
  return low === 1 && high === 5 ? undefined : `${low} to ${high}`;
}

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
  const sold = rows.filter(({ orderValue }) => typeof orderValue === 'number');
  const withOrders = sold.filter(({ conversions }) => typeof conversions === 'number');
  const orders = sum(numbers(withOrders, 'conversions'));
  const worth = sum(withOrders.map(({ orderValue, conversions }) => Number(orderValue) * Number(conversions)));
  const isWeighed = withOrders.length === sold.length && orders > 0;
  if (sold.length > 1 && !isWeighed)
    notice('The order value was left out: several rows of one period need their number of conversions.');
  const isAlone = sold.length === 1 && withOrders.length === 0;
  const value = isWeighed ? worth / orders : isAlone ? Number(sold[0]?.orderValue) : undefined;
  const revenue = numbers(rows, 'revenue');
  for (const [name, given] of [
    ['order value', sold.length],
    ['revenue', revenue.length],
  ] as const)
    if (given > 0 && currency === undefined) notice(`The ${name} was left out: its currency was not given.`);
  return [
    ...share('bounce_rate', 'bounces', 'visits'),
    ...share('exit_rate', 'exits', 'visits'),
    ...share('conversion_rate', 'conversions', 'visits'),
    ...share('signup_rate', 'signups', 'visits'),
    ...share('adoption_rate', 'newUsers', 'users', 'new of all users'),
    ...share('adoption_rate', 'activeUsers', 'users', 'active of all users'),
    ...rateFigure('abandonment_rate', begun && abandonment({ completed: begun[0], initiated: begun[1] })),
    ...(currency !== undefined && value !== undefined
      ? [{ metric: 'aov', value, unit: currency, ...(isWeighed && { n: orders }) }]
      : []),
    ...(currency !== undefined && revenue.length === rows.length
      ? [{ metric: 'revenue', value: sum(revenue), unit: currency }]
      : []),
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
  const total = (field: string) =>
    numbers(rows, field).length === rows.length ? sum(numbers(rows, field)) : undefined;
  const lost = total('lost');
  const kept = lost === undefined ? undefined : rate(start - lost, start);
  if (lost === undefined || !kept) {
    notice('Retention and churn need the customers at the start and those lost, in every row of a period.');
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
    ...(reasons ? [reasons] : []),
    ...(worth !== undefined ? [{ metric: 'clv', value: worth, unit: currency }] : []),
  ];
};

/**
 * Counts reasons such as `price=12; service=3`. Only what at least {@link FEW} people gave has a name of its own, since
 * a text may identify a person; the rest counts as `other`.
 */
function reasonsOf(rows: readonly Values[], notice: Notice): GroupFigure | undefined {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const { name, number } of namedNumbers(String(row.reasons ?? ''))) {
      const isCount = number === undefined || /^\d+$/.test(number);
      const code = isCount ? name : `${name}=${number}`;
      counts.set(code, (counts.get(code) ?? 0) + (isCount ? Number(number ?? 1) : 1));
    }
  }
  const parts = new Map<string, number>();
  let long = 0;
  for (const [code, times] of counts) {
    if (code.length > 40) long += 1;
    const name = times >= FEW && code.length <= 40 ? code : 'other';
    parts.set(name, (parts.get(name) ?? 0) + times);
  }
  if (long > 0) notice('Reasons of more than 40 characters were counted as other: give codes, such as price=12.');
  const value = sum([...parts.values()]);
  return value > 0 ? { metric: 'churn_reasons', value, parts: Object.fromEntries(parts), people: value } : undefined;
}

/** Computes the figures of each kind of table. */
export const computeFigures: Record<ImportKind, Compute> = {
  survey: surveyFigures,
  sessions: sessionFigures,
  analytics: analyticsFigures,
  customers: customerFigures,
  funnel: funnelFigures,
};
