import { metricOf } from '../metrics/metrics';
import { rankCorrelation } from '../statistics/rankCorrelation';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { ANSWERS_NEEDED, type Driver } from './drivers';
import { FEW } from './few';
import { suprq, sus, umuxLite } from './formulas';
import { rounded, type Values } from './groupFigures';
import { questionsOf } from './importFields';

/** The longest name of a question that is kept. Characters. */
const NAME = 120;

/** What single rows hold of columns that are no field, by this prefix and the header. */
const OTHER = 'other:';

/** The columns of a survey that may be questions of the team's own: all their cells are whole numbers from 0 to 10. */
export class OwnQuestions {
  private readonly left: Set<string>;

  /** @param headers of columns that are no field; one that stands there twice is none */
  constructor(headers: readonly string[]) {
    this.left = new Set(headers.filter((header) => header && headers.indexOf(header) === headers.lastIndexOf(header)));
  }

  /** Takes a cell that is not empty into the values of its row. */
  take(header: string, text: string, values: Values): void {
    if (!this.left.has(header)) return;
    if (/^\s*(\d|10)\s*$/.test(text)) values[OTHER + header] = Number(text);
    else this.left.delete(header);
  }

  get all(): string[] {
    return [...this.left];
  }
}

/** The fields that say how customers see the whole, the most telling first. */
const outcomes = [
  { field: 'nps', metric: 'nps' },
  { field: 'csat', metric: 'csat' },
  { field: 'ces2', metric: 'ces' },
];

/** The score of a row's questionnaire, if all of it was answered. */
const scored =
  (metric: string, score: (answers: number[]) => number | undefined) =>
  (row: Values): number | undefined =>
    score(questionsOf(metric).flatMap(({ id }) => (typeof row[id] === 'number' ? [row[id]] : [])));
const field =
  (id: string) =>
  (row: Values): number | undefined =>
    typeof row[id] === 'number' ? row[id] : undefined;
const questions: { name: string; read: (row: Values) => number | undefined }[] = [
  ...['csat', 'ces', 'seq'].map((metric) => ({
    name: metricOf(metric)?.short ?? metric,
    read: field(metric === 'ces' ? 'ces2' : metric),
  })),
  ...Object.entries({ sus, umux_lite: umuxLite, suprq }).map(([metric, score]) => ({
    name: metricOf(metric)?.short ?? metric,
    read: scored(metric, score),
  })),
];

/**
 * How far each question of a survey goes with its outcome: the likelihood to recommend, else the satisfaction, else the
 * ease; Spearman's rank correlation over the people who answered both. Left out are a question that fewer than
 * {@link ANSWERS_NEEDED} people answered, and one where fewer than {@link FEW} people answered otherwise than the most,
 * so that no single person decides, or shows.
 *
 * @param rows of one period and target
 * @param own headers of the team's own questions
 * @returns the strongest first
 */
export function driversOf(
  rows: readonly Values[],
  own: readonly string[],
): Pick<Driver, 'question' | 'outcome' | 'rho' | 'low' | 'high' | 'n'>[] {
  const outcome = outcomes.find((one) => rows.filter((row) => one.field in row).length >= ANSWERS_NEEDED);
  if (!outcome) return [];
  const all = [...questions, ...own.map((header) => ({ name: header, read: field(OTHER + header) }))];
  const toward = field(outcome.field);
  const found = all.flatMap(({ name, read }) => {
    if (name === metricOf(outcome.metric)?.short) return []; // the outcome itself
    const both = rows.flatMap((row) => {
      const [a, b] = [read(row), toward(row)];
      return a === undefined || b === undefined ? [] : [[a, b] as const];
    });
    const [given, said] = [both.map(([a]) => a), both.map(([, b]) => b)];
    if (both.length < ANSWERS_NEEDED || othersThanMost(given) < FEW || othersThanMost(said) < FEW) return [];
    const relation = rankCorrelation(given, said);
    if (!relation) return [];
    const { estimate, low, high } = relation;
    const question = shortened(inertLine(name), NAME);
    return [
      {
        question,
        outcome: outcome.metric,
        rho: rounded(estimate),
        low: rounded(low),
        high: rounded(high),
        n: both.length,
      },
    ];
  });
  return found.sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho));
}

/** How many values differ from the most frequent one. */
function othersThanMost(values: readonly number[]): number {
  const counts = [...Map.groupBy(values, (value) => value).values()].map((same) => same.length);
  return values.length - Math.max(0, ...counts);
}
