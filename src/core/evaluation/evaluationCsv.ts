import { type Checklist, OTHER } from '../checklist/checklist';
import { HumanError } from '../errors';
import type { AuditRecord, Evaluation } from '../record/record';
import { csvCell } from '../report/csv';
import {
  answerKey,
  type Column,
  draftOf,
  FRICTION,
  parseAnswerKey,
  setAnswer,
  type Verdict,
  verdicts,
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
  'problem note',
  'recommendation',
] as const;

/**
 * Evaluations as a table after RFC 4180: a row for each answer, and one more for each further problem of it. Text that a
 * spreadsheet would take for a formula is made harmless.
 */
export function evaluationCsv(
  record: AuditRecord,
  evaluations: readonly { evaluation: Evaluation; checklist: Checklist | undefined; columns: readonly Column[] }[],
): string {
  const rows: (string | number | undefined)[][] = [[...evaluationColumns]];
  for (const { evaluation, checklist, columns } of evaluations) {
    const titles = new Map(checklist?.items.map(({ id, title }) => [id, title]));
    const asked = columns.flatMap(({ step }) => [...titles.keys()].map((id) => answerKey(id, step)));
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
      const problems = (answer?.findings ?? []).flatMap((id) => {
        const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
        return finding ? [finding] : [];
      });
      if (problems.length === 0) rows.push([...head, undefined, undefined, undefined, undefined, undefined, undefined]);
      for (const { title, ratings, where, note, recommendation } of problems) {
        const { element, selector } = (where ?? {}) as { element?: string; selector?: string };
        rows.push([...head, title, ratings?.[evaluation.evaluator]?.severity, element, selector, note, recommendation]);
      }
    }
  }
  return `${rows.map((row) => row.map((cell) => csvCell(cell === undefined ? '' : String(cell))).join(',')).join('\r\n')}\r\n`;
}

/** A row that could not be taken over, with its number in the file (the header is row 1). */
export interface RowFault {
  row: number;
  column: string;
  message: string;
}

/** Words that people and other tools use for verdicts. */
const verdictWords: Record<string, Verdict> = {
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

/**
 * Puts the rows of a table into a draft: good rows are taken, bad ones listed. Rows of another target are passed over
 * where the table has a target column.
 *
 * @param rows one object for each row, by header in lower case
 * @param suffixOf random part of a new problem's id
 * @throws HumanError `columns-missing`
 */
export function importEvaluationRows(
  record: AuditRecord,
  id: string,
  rows: readonly Record<string, string>[],
  checklist: Checklist,
  { on, suffixOf }: { on: string; suffixOf: () => string },
): { record: AuditRecord; answers: number; problems: number; faults: RowFault[] } {
  const headers = new Set(rows.flatMap((row) => Object.keys(row)));
  if (!headers.has('item') || !headers.has('verdict')) {
    throw new HumanError('usage', 'columns-missing', {
      what: `The table has no column ${headers.has('item') ? '"verdict"' : '"item"'}.`,
      next: 'Its first row must name the columns; export an evaluation to see which.',
    });
  }
  const { target } = draftOf(record, id);
  const items = new Map(checklist.items.map((item) => [item.id.toLowerCase(), item.id]));
  const faults: RowFault[] = [];
  let result = record;
  let [answers, problems] = [0, 0];
  for (const [index, row] of rows.entries()) {
    const number = index + 2;
    const cell = (name: string) => (row[name] ?? '').replace(/^'(?=[=+\-@])/, '').trim();
    if (cell('target') !== '' && cell('target') !== target) continue;
    const item = items.get(cell('item').toLowerCase()) ?? (cell('item') === OTHER ? OTHER : undefined);
    if (cell('item') === FRICTION) {
      const friction = Number(cell('friction'));
      if (![1, 2, 3].includes(friction))
        faults.push({ row: number, column: 'friction', message: 'friction is 1, 2 or 3' });
      else result = setAnswer(result, id, answerKey(FRICTION, cell('step') || undefined), { friction });
      continue;
    }
    if (item === undefined) {
      faults.push({ row: number, column: 'item', message: `"${cell('item')}" is not an item of ${checklist.id}` });
      continue;
    }
    const word = cell('verdict').toLowerCase();
    const verdict = verdictWords[word];
    if (word !== '' && verdict === undefined) {
      faults.push({
        row: number,
        column: 'verdict',
        message: `"${cell('verdict')}" is none of ${verdicts.join(', ')}`,
      });
      continue;
    }
    const severity = cell('severity') === '' ? undefined : Number(cell('severity'));
    if (severity !== undefined && !(Number.isInteger(severity) && severity >= 0 && severity <= 4)) {
      faults.push({
        row: number,
        column: 'severity',
        message: `"${cell('severity')}" is not a whole number from 0 to 4`,
      });
      continue;
    }
    const key = answerKey(item, cell('step') || undefined);
    const note = cell('answer note');
    if (verdict !== undefined || note !== '') {
      result = setAnswer(result, id, key, { ...(verdict && { verdict }), ...(note !== '' && { note }) });
      answers += 1;
    }
    if (cell('problem') === '') continue;
    const where = { element: cell('element'), selector: cell('selector') };
    const problem: ProblemText = {
      title: cell('problem'),
      note: cell('problem note'),
      recommendation: cell('recommendation'),
      where,
      ...(severity !== undefined && { rating: { severity } }),
    };
    const linked = draftOf(result, id).answers?.[key]?.findings ?? [];
    if (linked.some((other) => result.findings[other]?.title === problem.title)) continue; // imported before
    result = addProblem(result, id, key, problem, { suffix: suffixOf(), on }).record;
    problems += 1;
  }
  return { record: result, answers, problems, faults };
}
