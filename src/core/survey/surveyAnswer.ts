import type { Ends } from '../outcomes/importFields';
import { csvQuoted } from '../text/csvQuoted';

/** One person's answer, without anything that says who they are. */
export interface SurveyAnswer {
  survey: string;
  /** Random, new for each answer: what arrives twice counts once. */
  id: string;
  /** The day, where the person is: YYYY-MM-DD. */
  date: string;
  target: string;
  segment: string;
  /** In the order of the questions. */
  values: number[];
  comment: string;
}

/** The questions of a survey, as far as their answers depend on it. */
export interface AnswerForm {
  id: string;
  scale: Ends;
  /** The fields of the questions, in their order. */
  fields: readonly string[];
}

/** The header of the column that tells answers apart; no other tool writes it. */
export const answerColumn = 'ux_audit_answer';

/** The longest comment. Characters. */
export const COMMENT = 1000;
/** The longest name of a segment or target. Characters. */
const NAME = 100;

/** The header of the table. Each question names its scale, so that an import has nothing to ask. */
export function surveyHeader({ fields, scale: [low, high] }: AnswerForm): string {
  const questions = fields.map((field) => `${field} (${low}-${high})`);
  return [answerColumn, 'date', 'target', 'segment', ...questions, 'comment'].map(csvQuoted).join(',');
}

/** An answer as a row of the table. Text is on one line, and no formula to a spreadsheet. */
export function surveyRow({ id, date, target, segment, values, comment }: SurveyAnswer): string {
  const cell = (text: string) => csvQuoted(text.replace(/\s+/g, ' ').trim());
  return [...[id, date, target, segment].map(cell), ...values.map(String), cell(comment)].join(',');
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;

/** Reads what a page sent, or kept. @returns undefined for anything that is no whole answer of the form */
export function readSurveyAnswer(given: unknown, { id: survey, scale, fields }: AnswerForm): SurveyAnswer | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { id, date, target, segment, values, comment, survey: of } = given as Record<string, unknown>;
  const isValue = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= scale[0] && Number(value) <= scale[1];
  const isWhole =
    of === survey &&
    isText(id, 32) &&
    /^[0-9a-f]{32}$/.test(id) &&
    isText(date, 10) &&
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    isText(target, NAME) &&
    isText(segment, NAME) &&
    isText(comment, COMMENT) &&
    Array.isArray(values) &&
    values.length === fields.length &&
    values.every(isValue);
  return isWhole ? { survey, id, date, target, segment, values, comment } : undefined;
}
