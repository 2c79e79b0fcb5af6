import { metricOf } from '../metrics/metrics';

/** What a table may be about. */
export const importKinds = ['survey', 'sessions', 'analytics', 'customers'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What stands in a column. */
export interface ImportField {
  id: string;
  name: string;
  /** `scale` are whole numbers from `min` to `max`; `count` whole numbers from 0; `amount` numbers from 0. */
  type: 'date' | 'text' | 'scale' | 'count' | 'amount' | 'yes-no';
  min?: number;
  max?: number;
  /** Other headers that mean it, as letters and digits in lower case. */
  also?: string[];
  /** The metric of a survey that it is a question about. */
  metric?: string;
  /** Its metric has a score only of those who answered all its questions. */
  isPart?: boolean;
  /** Never taken by its header alone: the same name stands for questions of opposite direction. */
  isAsked?: boolean;
}

const scale = (
  id: string,
  name: string,
  [min, max]: [number, number],
  also: string[] = [],
  metric = id,
): ImportField => ({
  id,
  name,
  type: 'scale',
  min,
  max,
  also,
  metric,
});
/** Numbered questions with one scale. */
const series = (id: string, metric: string, name: string, most: number, ends: [number, number], also: string[] = []) =>
  Array.from({ length: most }, (_, index) => {
    const n = index + 1;
    const headers = also.map((one) => `${one}${n}`);
    return scale(`${id}${n}`, `${name}, question ${n}`, ends, headers, metric);
  });
const parts = (fields: ImportField[]): ImportField[] => fields.map((field) => ({ ...field, isPart: true }));
const asked = (fields: ImportField[]): ImportField[] => fields.map((field) => ({ ...field, isAsked: true }));
const count = (id: string, name: string, also: string[] = []): ImportField => ({ id, name, type: 'count', also });

const date: ImportField = { id: 'date', name: 'Date', type: 'date', also: ['day', 'on', 'timestamp', 'submitted'] };
const target: ImportField = { id: 'target', name: 'Page or journey', type: 'text', also: ['page', 'journey'] };
const from: ImportField = {
  id: 'from',
  name: 'First day of the period',
  type: 'date',
  also: ['start date', 'periodstart'],
};
const to: ImportField = { id: 'to', name: 'Last day of the period', type: 'date', also: ['enddate', 'periodend'] };
const period: ImportField = { id: 'date', name: 'Period', type: 'date', also: ['period', 'month', 'day', 'week'] };

/** The columns each kind of table may have; all but those that a metric needs may be missing. */
export const importFields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  survey: [
    date,
    target,
    scale('nps', 'Likelihood to recommend (NPS®), 0 to 10', [0, 10], ['likelihoodtorecommend', 'ltr', 'recommend']),
    scale('csat', 'Satisfaction (CSAT), 1 to 5', [1, 5], ['satisfaction']),
    scale('ces2', 'Effort (CES 2.0: made it easy), 1 to 7, high is good', [1, 7], ['ces20', 'madeiteasy'], 'ces'),
    scale('ces1', 'Effort (CES 1.0 of 2010), 1 to 5, low is good', [1, 5], ['ces10'], 'ces'),
    scale('seq', 'Single Ease Question (SEQ), 1 to 7', [1, 7]),
    ...parts(series('sus', 'sus', 'System Usability Scale (SUS)', 10, [1, 5], ['susq', 'sus0'])),
    ...parts(series('umux', 'umux_lite', 'UMUX-Lite', 2, [1, 7], ['umuxlite', 'umuxq'])),
    ...asked(series('asq', 'asq', 'After-Scenario Questionnaire (ASQ, 1 = strongly agree)', 3, [1, 7])),
    ...asked(series('asqReversed', 'asq', 'After-Scenario Questionnaire (ASQ, 7 = strongly agree)', 3, [1, 7])),
    ...parts([
      ...series('suprq', 'suprq', 'SUPR-Q', 7, [1, 5], ['suprqq']),
      scale('suprq8', 'SUPR-Q, likelihood to recommend, 0 to 10', [0, 10], ['suprqq8'], 'suprq'),
    ]),
  ],
  sessions: [
    date,
    target,
    {
      id: 'participant',
      name: 'Participant (only counted)',
      type: 'text',
      also: ['p', 'tester', 'user', 'participantid'],
    },
    { id: 'task', name: 'Task', type: 'text', also: ['scenario'] },
    { id: 'success', name: 'Success', type: 'yes-no', also: ['completed', 'done', 'passed', 'successful'] },
    { id: 'seconds', name: 'Time in seconds', type: 'amount', also: ['time', 'duration', 'timeontask', 'timeseconds'] },
    count('clicks', 'Clicks'),
    count('errors', 'Errors'),
    scale('seq', 'Single Ease Question (SEQ), 1 to 7', [1, 7], ['ease']),
  ],
  analytics: [
    period,
    from,
    to,
    target,
    count('visits', 'Visits', ['sessions', 'entrances']),
    count('bounces', 'Bounces'),
    count('exits', 'Exits'),
    count('conversions', 'Conversions', ['orders', 'transactions', 'purchases']),
    { id: 'orderValue', name: 'Average order value', type: 'amount', also: ['aov', 'averageordervalue'] },
    count('signups', 'Sign-ups', ['registrations']),
    count('newUsers', 'New users'),
    count('activeUsers', 'Active users'),
    count('users', 'All users', ['allusers', 'totalusers']),
    count('started', 'Checkouts or forms begun', ['initiated', 'checkoutsstarted']),
    count('finished', 'Checkouts or forms completed', ['checkoutscompleted']),
  ],
  customers: [
    period,
    from,
    to,
    count('start', 'Customers at the start', ['customersatstart', 'startcustomers', 'opening']),
    count('new', 'New customers', ['newcustomers', 'gained']),
    count('lost', 'Lost customers', ['lostcustomers', 'churned']),
    { id: 'reasons', name: 'Reasons for leaving, as code=count; code=count', type: 'text', also: ['reason'] },
    { id: 'margin', name: 'Margin of a customer in the period', type: 'amount' },
  ],
};

const surveyMetrics = [...new Set(importFields.survey.flatMap(({ metric }) => metric ?? []))];

/** What each kind of table is called. */
export const importKindNames: Readonly<Record<ImportKind, string>> = {
  survey: `Survey answers (${surveyMetrics.map((id) => metricOf(id)?.short ?? id).join(', ')})`,
  sessions: 'Task sessions (usability tests)',
  analytics: 'Analytics by period',
  customers: 'Customers by period',
};

/** The questions of a survey's metric, in their order. */
export function questionsOf(metric: string): ImportField[] {
  return importFields.survey.filter((field) => field.metric === metric);
}

/** The questions of each metric that has a score only where all of them are answered. */
export const questionnaires = Map.groupBy(
  importFields.survey.filter(({ isPart }) => isPart),
  ({ metric = '' }) => metric,
);

/** A header as letters and digits alone. */
function bare(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Which field each column is taken for; columns that mean nothing here are absent. A field is given once. */
export function recogniseColumns(headers: readonly string[], kind: ImportKind): Record<string, string> {
  const map: Record<string, string> = {};
  const given = new Set<string>();
  for (const header of headers) {
    const name = bare(header);
    const field = importFields[kind].find(
      ({ id, also = [], isAsked }) =>
        !isAsked && !given.has(id) && (bare(id) === name || also.some((one) => bare(one) === name)),
    );
    if (!field) continue;
    given.add(field.id);
    map[header] = field.id;
  }
  return map;
}

/** Headers whose name alone does not tell which way the answers go, and what to choose between. */
const ambiguous = [
  {
    like: /^ces(q?\d?|score)$/,
    fields: ['ces2', 'ces1'],
    why: 'effort scores of 2010 and of today run in opposite directions',
  },
  { like: /^asqq?\d$/, fields: ['asq…', 'asqReversed…'], why: 'many teams turn the scale of ASQ round' },
];

/** Why a column must be chosen for by a person, or undefined. */
export function ambiguityOf(header: string, kind: ImportKind): { fields: string[]; why: string } | undefined {
  const name = bare(header);
  if (kind !== 'survey' || name === 'ces1' || name === 'ces2') return undefined;
  return ambiguous.find(({ like }) => like.test(name));
}

/** The kind of table whose fields match most columns; undefined when none does. */
export function recogniseKind(headers: readonly string[]): ImportKind | undefined {
  const telling = (kind: ImportKind) =>
    headers.filter((header) => ambiguityOf(header, kind)).length +
    Object.values(recogniseColumns(headers, kind)).filter((id) => !['date', 'target', 'from', 'to'].includes(id))
      .length;
  const [best] = [...importKinds].sort((a, b) => telling(b) - telling(a));
  return best && telling(best) > 0 ? best : undefined;
}

const personalHeader =
  /(^|[^a-z])(first|last|full|sur|user|customer|client)?[ _.-]?(names?|e-?mails?|mail|phone|telephone|tel|mobile|address|street|birth(day|date)?|ip|ssn|iban)([^a-z]|$)|(^|[^a-z])(user|customer|client|account|session|visitor|member|order)?[ _.-]?(id|uuid|guid|identifier)([^a-z]|$)/i;
const personalValue = [
  { like: /[^\s@]+@[^\s@]+\.[a-z]{2,}/i, what: 'an e-mail address' },
  { like: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, what: 'an id' },
  { like: /^\+\d[\d ()/.-]{7,}$|^0\d{1,4}[ /-]\d[\d -]{4,}$/, what: 'a telephone number' },
];

/** Why the name of a column looks as if the column told who somebody is, or undefined. */
export function personalHeaderFault(header: string): string | undefined {
  return personalHeader.test(header.replace(/([a-z])([A-Z])/g, '$1 $2'))
    ? 'looks as if it told who somebody is'
    : undefined;
}

/** Why a value looks as if it told who somebody is, or undefined. */
export function personalValueFault(value: string): string | undefined {
  if (value.length < 6) return undefined; // most cells of a large table
  const text = value.trim();
  const found = personalValue.find(({ like }) => like.test(text));
  return found && `holds what looks like ${found.what}`;
}
