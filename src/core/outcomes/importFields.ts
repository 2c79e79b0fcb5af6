import { metricOf } from '../metrics/metrics';
import { bareHeader } from './bareHeader';
import { funnelLayoutOf } from './funnelLayouts';

/** The kinds of tables. */
export const importKinds = ['survey', 'sessions', 'analytics', 'customers', 'funnel'] as const;
export type ImportKind = (typeof importKinds)[number];

/** The lowest and highest answer of a scale. */
export type Ends = readonly [low: number, high: number];

/** What a column may hold. */
export interface ImportField {
  id: string;
  name: string;
  /**
   * `scale`: whole numbers from `min` to `max`; `count`: whole from 0; `amount`, `duration` (seconds): from 0;
   * `step`: the name of one; `step-counts`, `step-durations`: one for each step, as `Cart=21; Address=64`.
   */
  type:
    | 'date'
    | 'text'
    | 'scale'
    | 'count'
    | 'amount'
    | 'duration'
    | 'yes-no'
    | 'step'
    | 'step-counts'
    | 'step-durations';
  min?: number;
  max?: number;
  /** The scales that the question is asked with, where there are several. */
  scales?: Ends[];
  /** What the words of its answers are about. */
  words?: 'agreement' | 'satisfaction' | 'ease' | 'likelihood';
  /** Other headers for it: letters and digits in lower case. */
  also?: string[];
  /** Whole questions as headers. */
  like?: RegExp;
  /** The metric that it is a survey question of. */
  metric?: string;
  /** Whether it is part of a questionnaire, scored only when all its questions are answered. */
  isPart?: boolean;
  /** Whether a person must choose it, since the same header names scales of opposite direction. */
  isAsked?: boolean;
}

const of =
  (type: ImportField['type']) =>
  (id: string, name: string, also: string[] = []): ImportField => ({ id, name, type, also });
const [day, text, amount, count] = [of('date'), of('text'), of('amount'), of('count')];
/** A survey question, of the metric with the same id by default. */
const scale = (id: string, name: string, [min, max]: [number, number], also: string[] = [], metric = id) => ({
  ...of('scale')(id, name, also),
  min,
  max,
  metric,
});
/** Numbered questions with one scale. */
const series = (id: string, metric: string, name: string, most: number, ends: [number, number], also: string[] = []) =>
  Array.from({ length: most }, (_, index) => {
    const n = index + 1;
    const headers = also.map((one) => `${one}${n}`);
    return scale(`${id}${n}`, `${name}, question ${n}`, ends, headers, metric);
  });
const answeredIn = (words: ImportField['words'], fields: ImportField[]) => fields.map((field) => ({ ...field, words }));
const parts = (fields: ImportField[]): ImportField[] => fields.map((field) => ({ ...field, isPart: true }));
/** The question of NPS in several languages. */
const recommend = new RegExp(
  [
    'likely.*recommend|recommend.*likely',
    'wahrscheinlich.*empfehl',
    'prob[aá]b.*(recom|raccomand|consigli)|(recom|raccomand|consigli).*probab',
    'waarschijnlijk.*aanbevel',
  ].join('|'),
  'i',
);
/** CSAT is asked on several scales. Each has a definition of its own in metrics.json. */
const satisfactionScales: Ends[] = [
  [1, 5],
  [1, 7],
  [1, 10],
  [0, 10],
];
const asked = (fields: ImportField[]): ImportField[] => fields.map((field) => ({ ...field, isAsked: true }));

const date = day('date', 'Date', [
  ...['day', 'on', 'timestamp', 'submitted', 'submittedat', 'datesubmitted', 'submitdate', 'createdat', 'enddate'],
  ...['responsedate', 'recordeddate', 'completedat', 'datum', 'zeitstempel', 'fecha', 'marcatemporal', 'data', 'дата'],
  ...['horodateur', 'informazionicronologiche', 'carimbodedatahora', 'tijdstempel'],
]);
/** Tells the answers of the survey kit apart. The name is its own: other tools have other columns of answers. */
const answer = text('uxAuditAnswer', 'Id of an answer (only compared, so that none counts twice)');
const target = text('target', 'Page or journey', ['page', 'journey', 'pagepath', 'pagepathandscreenclass']);
/** Who the row is about: who pays need not be who uses. */
const segment = text('segment', 'Group of people, such as buyers or users (side by side, never mixed)', [
  ...[
    'segments',
    'customersegment',
    'usersegment',
    'marketsegment',
    'audience',
    'persona',
    'usergroup',
    'customergroup',
  ],
  ...['usertype', 'customertype', 'visitortype', 'buyeroruser', 'neworreturning', 'newvsreturning', 'newreturning'],
  ...['channel', 'saleschannel', 'channelgroup', 'defaultchannelgroup', 'defaultchannelgrouping'],
  ...['sessiondefaultchannelgroup', 'sessiondefaultchannelgrouping', 'firstuserdefaultchannelgroup'],
  ...['kundengruppe', 'kundensegment', 'zielgruppe', 'nutzergruppe', 'kanal', 'vertriebskanal'],
  ...['segmento', 'canal', 'segmentodeclientes', 'segmentclient', 'typedeclient', 'segmentoclienti', 'kanaal'],
]);
const from = day('from', 'First day of the period', ['start date', 'periodstart']);
const to = day('to', 'Last day of the period', ['enddate', 'periodend']);
const period = day('date', 'Period', [
  'period',
  'month',
  'day',
  'week',
  'datum',
  'monat',
  'tag',
  'mois',
  'mes',
  'fecha',
]);

/** The fields of each kind of table. A table needs only those of the metrics that it is about. */
export const importFields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  survey: [
    answer,
    date,
    target,
    segment,
    {
      ...scale(
        'nps',
        'Likelihood to recommend (NPS®), 0 to 10',
        [0, 10],
        ['likelihoodtorecommend', 'ltr', 'recommend'],
      ),
      words: 'likelihood',
      like: recommend,
    },
    {
      ...scale('csat', 'Satisfaction (CSAT), 1 to 5', [1, 5], ['satisfaction']),
      words: 'satisfaction',
      scales: satisfactionScales,
    },
    ...answeredIn('agreement', [
      scale('ces2', 'Effort (CES 2.0: made it easy), 1 to 7, high is good', [1, 7], ['ces20', 'madeiteasy'], 'ces'),
    ]),
    scale('ces1', 'Effort (CES 1.0 of 2010), 1 to 5, low is good', [1, 5], ['ces10'], 'ces'),
    { ...scale('seq', 'Single Ease Question (SEQ), 1 to 7', [1, 7]), words: 'ease' },
    ...answeredIn('agreement', [
      ...parts(series('sus', 'sus', 'System Usability Scale (SUS)', 10, [1, 5], ['susq', 'sus0'])),
      ...parts(series('umux', 'umux_lite', 'UMUX-Lite', 2, [1, 7], ['umuxlite', 'umuxq'])),
    ]),
    ...asked(series('asq', 'asq', 'After-Scenario Questionnaire (ASQ, 1 = strongly agree)', 3, [1, 7])),
    ...asked(series('asqReversed', 'asq', 'After-Scenario Questionnaire (ASQ, 7 = strongly agree)', 3, [1, 7])),
    ...parts([
      ...answeredIn('agreement', series('suprq', 'suprq', 'SUPR-Q', 7, [1, 5], ['suprqq'])),
      scale('suprq8', 'SUPR-Q, likelihood to recommend, 0 to 10', [0, 10], ['suprqq8'], 'suprq'),
    ]),
  ],
  sessions: [
    date,
    target,
    segment,
    text('participant', 'Participant (only counted)', ['p', 'tester', 'user', 'participantid']),
    text('task', 'Task', ['scenario']),
    text('ended', 'How a task session ended; one that was cut off counts nowhere'),
    of('yes-no')('success', 'Success', ['completed', 'done', 'passed', 'successful', 'erfolg', 'outcome']),
    of('duration')('seconds', 'Time on task', [
      ...['time', 'duration', 'timeontask', 'timeseconds', 'timetaken', 'tasktime', 'timems', 'durationms'],
      ...['dauer', 'bearbeitungszeit', 'durée', 'duración', 'durata', 'duração', 'duur'],
    ]),
    count('clicks', 'Clicks'),
    count('errors', 'Errors'),
    { ...scale('seq', 'Single Ease Question (SEQ), 1 to 7', [1, 7], ['ease']), words: 'ease' },
    count('assists', 'Times that somebody helped', ['assistance', 'help']),
    of('step')('abandonedAt', 'Step at which the participant gave up', ['gaveupat', 'stoppedat']),
    count('deadClicks', 'Clicks that nothing happened after'),
    count('rageClicks', 'Fast clicks on one spot'),
    of('duration')('machineSeconds', 'Waiting for the machine, part of the time on task', [
      'waiting',
      'waitingseconds',
    ]),
    // never part of the time on task, which `seconds` gives without it
    of('duration')('awaySeconds', 'Time away, not part of the time on task', ['away']),
    of('step-durations')('stepSeconds', 'Time at each step, without time away: Cart=21; Address=64'),
    of('step-counts')('stepErrors', 'Errors at each step: Cart=0; Address=2'),
  ],
  analytics: [
    period,
    from,
    to,
    target,
    segment,
    count('visits', 'Visits', ['sessions', 'entrances']),
    count('bounces', 'Bounces'),
    count('exits', 'Exits'),
    count('conversions', 'Conversions', ['orders', 'transactions', 'purchases']),
    amount('orderValue', 'Average order value', ['aov', 'averageordervalue']),
    amount('revenue', 'Revenue', ['totalrevenue', 'umsatz']),
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
    segment,
    count('start', 'Customers at the start', ['customersatstart', 'startcustomers', 'opening']),
    count('new', 'New customers', ['newcustomers', 'gained']),
    count('lost', 'Lost customers', ['lostcustomers', 'churned']),
    text('reasons', 'Reasons for leaving, as code=count; code=count', ['reason']),
    amount('margin', 'Margin of a customer in the period'),
  ],
  funnel: [
    period,
    from,
    to,
    target,
    segment,
    text('step', 'Step of the journey, in order', ['stepname', 'schritt', 'étape', 'paso', 'passo', 'stap']),
    text('event', 'Event that a step is named after'),
    count('reached', 'People or visits that reached it'),
    count('stopped', 'Those that stopped there', ['abandonments', 'dropoff', 'dropoffs', 'exits']),
  ],
};

const surveyMetrics = [...new Set(importFields.survey.flatMap(({ metric }) => metric ?? []))];

/** The label of each kind of table. */
export const importKindNames: Readonly<Record<ImportKind, string>> = {
  survey: `Survey answers (${surveyMetrics.map((id) => metricOf(id)?.short ?? id).join(', ')})`,
  sessions: 'Task sessions (usability tests)',
  analytics: 'Analytics by period',
  customers: 'Customers by period',
  funnel: 'Funnel of a journey (own table, GA4, Matomo, PostHog)',
};

/** The questions of a survey's metric, in their order. */
export function questionsOf(metric: string): ImportField[] {
  return importFields.survey.filter((field) => field.metric === metric);
}

/** The questions of each questionnaire, by metric. */
export const questionnaires = Map.groupBy(
  importFields.survey.filter(({ isPart }) => isPart),
  ({ metric = '' }) => metric,
);

/** Guesses the field of each column. Leaves out unknown columns; uses each field once. */
export function recogniseColumns(headers: readonly string[], kind: ImportKind): Record<string, string> {
  const free = new Set(importFields[kind].filter(({ isAsked }) => !isAsked));
  const layout = kind === 'funnel' ? (funnelLayoutOf(headers)?.fields ?? {}) : {};
  const map: Record<string, string> = {};
  for (const header of headers) {
    const name = bareHeader(header);
    const isNamed = ({ id, also = [] }: ImportField) => [id, ...also].some((one) => bareHeader(one) === name);
    const isLaidOut = ({ id }: ImportField) => Object.hasOwn(layout, name) && layout[name] === id;
    const field =
      [...free].find(isLaidOut) ?? [...free].find(isNamed) ?? [...free].find(({ like }) => like?.test(header));
    if (!field) continue;
    free.delete(field);
    map[header] = field.id;
  }
  return map;
}

const opposite = 'effort scores of 2010 and of today run in opposite directions';
const ambiguous = [
  { like: /^ces(q?\d?|score)$/, fields: ['ces2', 'ces1'], why: opposite },
  { like: /^asqq?\d$/, fields: ['asq…', 'asqReversed…'], why: 'many teams turn the scale of ASQ round' },
];

/** The fields that a person must choose from, since the header does not tell the direction of the scale. */
export function ambiguityOf(header: string, kind: ImportKind): { fields: string[]; why: string } | undefined {
  const name = bareHeader(header);
  if (kind !== 'survey' || name === 'ces1' || name === 'ces2') return undefined;
  return ambiguous.find(({ like }) => like.test(name));
}

/** The kind of table whose fields match most columns; undefined when none does. */
export function recogniseKind(headers: readonly string[]): ImportKind | undefined {
  const common = ['date', 'target', 'segment', 'from', 'to'];
  if (funnelLayoutOf(headers)) return 'funnel';
  const telling = (kind: ImportKind) => {
    const fields = Object.values(recogniseColumns(headers, kind)).filter((id) => !common.includes(id));
    if (kind === 'funnel' && !(fields.includes('step') && fields.includes('reached'))) return 0;
    return fields.length + headers.filter((header) => ambiguityOf(header, kind)).length;
  };
  const [best] = [...importKinds].sort((a, b) => telling(b) - telling(a));
  return best && telling(best) > 0 ? best : undefined;
}

const named = (owners: string, words: string) => new RegExp(`(^|[^a-z])(${owners})?[ _.-]?(${words})([^a-z]|$)`, 'i');
const personalHeaders = [
  named(
    'first|last|full|sur|user|customer|client',
    'names?|e-?mails?|mail|phone|telephone|tel|mobile|address|street|birth(day|date)?|ip|ssn|iban',
  ),
  named('user|customer|client|account|session|visitor|member|order', 'id|uuid|guid|identifier'),
];
const personalValue = [
  { like: /[^\s@]+@[^\s@]+\.[a-z]{2,}/i, what: 'an e-mail address' },
  { like: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, what: 'an id' },
  {
    like: /^\+\d[\d ()/.-]{7,}$|^(?!\d\d[ /-]\d\d[ /-](\d\d){1,2}$)0\d{1,4}[ /-]\d[\d -]{4,}$/,
    what: 'a telephone number',
  },
];

/** Why a column's name suggests that it identifies people, or undefined. */
export function personalHeaderReason(header: string): string | undefined {
  const words = header.replace(/([a-z])([A-Z])/g, '$1 $2');
  return personalHeaders.some((like) => like.test(words)) ? 'looks as if it told who somebody is' : undefined;
}

/** Why a value seems to identify a person, or undefined. */
export function personalValueReason(value: string): string | undefined {
  if (value.length < 6) return undefined; // for speed: true of most cells
  const text = value.trim();
  const found = personalValue.find(({ like }) => like.test(text));
  return found && `holds what looks like ${found.what}`;
}
