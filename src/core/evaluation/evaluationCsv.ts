import { type Checklist, OTHER, parseChecklistName } from '../checklist/checklist';
import { HumanError } from '../errors';
import { type PlaceText, textFields } from '../record/findingFields';
import { usableFinding } from '../record/listFindings';
import type { AuditRecord, Evaluation } from '../record/record';
import { csvCell } from '../text/csvCell';
import {
  type AnswerChange,
  type AnswerVerdict,
  answerKey,
  answerOf,
  answerVerdicts,
  draftOf,
  FRICTION,
  parseAnswerKey,
  type Subject,
  setAnswer,
} from './evaluation';
import { addProblem, type ProblemText } from './problems';

/** Columns of an exported evaluation; the import recognises them by these names, in any order. */
export const evaluationColumns = [
  'target',
  'step',
  'checklist',
  'evaluator',
  'status',
  'on',
  'item',
  'item title',
  'verdict',
  'friction',
  'answer note',
  'problem',
  'severity',
  'element',
  'selector',
  ...textFields.map(({ column }) => column),
];

/**
 * Writes evaluations as a CSV table (RFC 4180): a row for each answer, and one for each further problem of an answer.
 * No cell can act as a formula in a spreadsheet.
 */
export function evaluationCsv(
  record: AuditRecord,
  evaluations: readonly { evaluation: Evaluation; checklist: Checklist | undefined; subjects: readonly Subject[] }[],
): string {
  const rows: (string | number | undefined)[][] = [[...evaluationColumns]];
  for (const { evaluation, checklist, subjects } of evaluations) {
    const titles = new Map(checklist?.items.map(({ id, title }) => [id, title]));
    const asked = subjects.flatMap(({ step }) => [...titles.keys()].map((id) => answerKey(id, step)));
    const answered = Object.keys(evaluation.answers ?? {});
    for (const key of [...asked, ...answered.filter((other) => !asked.includes(other))]) {
      const answer = evaluation.answers?.[key];
      if (!answer && checklist?.items.find(({ id }) => id === parseAnswerKey(key).item)?.retired) continue;
      const { item, step } = parseAnswerKey(key);
      const head = [
        evaluation.target,
        step,
        evaluation.checklist,
        evaluation.evaluator,
        evaluation.state.status,
        evaluation.state.on,
        item,
        titles.get(item),
        answer?.verdict,
        answer?.friction,
        answer?.note,
      ];
      const problems = (answer?.findings ?? []).flatMap((id) => usableFinding(record, id) ?? []);
      if (problems.length === 0) rows.push(head);
      for (const problem of problems) {
        const { element, selector } = (problem.where ?? {}) as PlaceText;
        const texts = textFields.map(({ name }) => problem[name]);
        rows.push([
          ...head,
          problem.title,
          problem.ratings?.[evaluation.evaluator]?.severity,
          element,
          selector,
          ...texts,
        ]);
      }
    }
  }
  // a place may hold anything
  const text = (cell: unknown) => (typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '');
  const line = (row: (typeof rows)[number]) => evaluationColumns.map((_, index) => csvCell(text(row[index]))).join(',');
  return `${rows.map(line).join('\r\n')}\r\n`;
}

/** A row that was not imported, with its number in the file (the header is row 1). */
export interface RowError {
  row: number;
  column: string;
  message: string;
}

/** The words that people and other tools use for verdicts. */
const verdictWords: Record<string, AnswerVerdict> = {
  pass: 'pass',
  passed: 'pass',
  yes: 'pass',
  ok: 'pass',
  fail: 'fail',
  failed: 'fail',
  no: 'fail',
  'n/a': 'n/a',
  na: 'n/a',
  'not applicable': 'n/a',
  inapplicable: 'n/a',
  unsure: 'unsure',
  canttell: 'unsure',
  'cannot tell': 'unsure',
  '?': 'unsure',
};

/** What an import changed. */
export interface ImportCounts {
  answers: number;
  problems: number;
  /** How many answers replaced a different one. */
  replaced: number;
  faults: RowError[];
}

/** Sets one answer. `isReplaced` tells whether the draft held a different one. */
export function importAnswer(
  record: AuditRecord,
  id: string,
  key: string,
  change: AnswerChange,
): { record: AuditRecord; isReplaced: boolean } {
  const before: Record<string, unknown> = answerOf(draftOf(record, id), key) ?? {};
  const isReplaced = Object.entries(change).some(
    ([name, value]) => before[name] !== undefined && before[name] !== value,
  );
  return { record: setAnswer(record, id, key, change), isReplaced };
}

/**
 * Imports the rows of a table into a draft and lists the rows that it cannot take: those with an unknown value, or of
 * another evaluator, checklist or step. Skips the rows that name another target.
 *
 * @param rows one object for each row, by header in lower case
 * @param subjects what is asked of the target
 * @param suffixOf makes the random part of a new problem's id
 * @throws HumanError `columns-missing`
 */
export function importEvaluationRows(
  record: AuditRecord,
  id: string,
  rows: readonly Record<string, string>[],
  checklist: Checklist,
  { on, subjects, suffixOf }: { on: string; subjects: readonly Subject[]; suffixOf: () => string },
): ImportCounts & { record: AuditRecord } {
  const headers = new Set(rows.flatMap((row) => Object.keys(row)));
  if (!headers.has('item') || !headers.has('verdict')) {
    throw new HumanError('usage', 'columns-missing', {
      what: `The table has no column ${headers.has('item') ? '"verdict"' : '"item"'}.`,
      next: 'Its first row must name the columns; export an evaluation to see which.',
    });
  }
  const { target, evaluator } = draftOf(record, id);
  const result: ImportCounts & { record: AuditRecord } = { record, answers: 0, problems: 0, replaced: 0, faults: [] };
  for (const [index, row] of rows.entries()) {
    const cell = (name: string) => (row[name] ?? '').replace(/^'(?=[=+\-@])/, '').trim();
    if (cell('target') !== '' && cell('target') !== target) continue;
    const read = readRow(cell, { evaluator, checklist, subjects });
    if ('error' in read) {
      result.faults.push({ row: index + 2, ...read.error });
      continue;
    }
    const { key, change, problem } = read;
    if (Object.keys(change).length > 0) {
      const done = importAnswer(result.record, id, key, change);
      result.record = done.record;
      result.answers += 1;
      if (done.isReplaced) result.replaced += 1;
    }
    if (!problem) continue;
    const linked = answerOf(draftOf(result.record, id), key)?.findings ?? [];
    if (linked.some((other) => result.record.findings[other]?.title === problem.title)) continue; // imported before
    result.record = addProblem(result.record, id, key, problem, { suffix: suffixOf(), on }).record;
    result.problems += 1;
  }
  return result;
}

type ReadRow =
  | { key: string; change: AnswerChange; problem: ProblemText | undefined }
  | { error: Pick<RowError, 'column' | 'message'> };

/** Reads a row, or says why it cannot be imported. */
function readRow(
  cell: (name: string) => string,
  given: { evaluator: string; checklist: Checklist; subjects: readonly Subject[] },
): ReadRow {
  const { evaluator, checklist, subjects } = given;
  const bad = (column: string, message: string): ReadRow => ({ error: { column, message } });
  if (cell('evaluator') !== '' && cell('evaluator') !== evaluator) {
    return bad('evaluator', `it is by ${cell('evaluator')}, and this is the evaluation of ${evaluator}`);
  }
  if (cell('checklist') !== '' && parseChecklistName(cell('checklist')).id !== checklist.id) {
    return bad('checklist', `it was made with ${cell('checklist')}, and this is an evaluation with ${checklist.id}`);
  }
  const item = [...checklist.items.map((known) => known.id), OTHER, FRICTION].find(
    (known) => known.toLowerCase() === cell('item').toLowerCase(),
  );
  if (item === undefined) return bad('item', `"${cell('item')}" is not an item of ${checklist.id}`);
  const step = cell('step') || undefined;
  if (!subjects.some((subject) => subject.step === step)) {
    const steps = subjects.flatMap((subject) => subject.step ?? []);
    const name = step === undefined ? 'no step is named' : `"${step}" is not a step here`;
    return bad('step', steps.length > 0 ? `${name}; there are ${steps.join(', ')}` : name);
  }
  const key = answerKey(item, step);
  if (item === FRICTION) {
    const friction = Number(cell('friction'));
    return [1, 2, 3].includes(friction)
      ? { key, change: { friction }, problem: undefined }
      : bad('friction', 'friction is 1, 2 or 3');
  }
  const verdict = verdictWords[cell('verdict').toLowerCase()];
  if (cell('verdict') !== '' && verdict === undefined) {
    return bad('verdict', `"${cell('verdict')}" is none of ${answerVerdicts.join(', ')}`);
  }
  const severity = cell('severity') === '' ? undefined : Number(cell('severity'));
  if (severity !== undefined && !(Number.isInteger(severity) && severity >= 0 && severity <= 4)) {
    return bad('severity', `"${cell('severity')}" is not a whole number from 0 to 4`);
  }
  const note = cell('answer note');
  const problem: ProblemText = {
    title: cell('problem'),
    ...Object.fromEntries(textFields.map(({ name, column }) => [name, cell(column)])),
    where: { element: cell('element'), selector: cell('selector') },
    ...(severity !== undefined && { rating: { severity } }),
  };
  return {
    key,
    change: { ...(verdict && { verdict }), ...(note !== '' && { note }) },
    problem: problem.title === '' ? undefined : problem,
  };
}
