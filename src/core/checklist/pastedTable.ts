import Papa from 'papaparse';
import { usageError } from '../errors';
import { severityWords } from '../record/severity';
import { counted } from '../text/counted';
import { shortened } from '../text/shortened';
import { MAX_ITEMS } from './checklist';
import { type ItemTexts, itemProblem } from './editChecklist';
import { type ItemField, itemFieldNames, itemFields } from './itemFields';
import { itemIdProblem } from './itemIds';

/** What a column of a table holds: a field, the id of the item, or nothing that a checklist has. */
export type ColumnField = ItemField | 'id' | '';

/** A column of a pasted table. */
export interface PastedColumn {
  /** Its heading; '' without one. */
  heading: string;
  /** Its first cell that is filled. */
  sample: string;
  field: ColumnField;
}

/** A row of which no item can be made. */
export interface BadRow {
  /** As the spreadsheet counts, from 1. */
  row: number;
  what: string;
  next: string;
}

/** What rows say of a severity that is none of the scale; their items get none. */
export interface UnreadSeverity {
  cell: string;
  /** As the spreadsheet counts, from 1. */
  rows: number[];
}

/** An item that a row asks for. */
export type PastedItem = ItemTexts & { id?: string | undefined };

/** A table as it is understood. */
export interface PastedTable {
  columns: PastedColumn[];
  items: PastedItem[];
  /** Rows that are left out. */
  bad: BadRow[];
  unread: UnreadSeverity[];
}

/** What there is already. */
interface Known {
  /** Ids that are or were used. */
  ids: ReadonlySet<string>;
  questions: readonly string[];
}

/** The most characters of a title that is made of a question. */
const TITLE = 60;

/** Headings of columns besides the names and labels of fields: in lower case, letters and digits alone. */
const headings: Partial<Record<ColumnField, readonly string[]>> = {
  id: ['no', 'nr', 'number', 'key', 'code', 'ref'],
  title: ['name', 'item', 'heuristic', 'rule', 'principle', 'guideline', 'criterion', 'topic'],
  question: ['check', 'checklistitem', 'ask', 'asks', 'text', 'requirement', 'description'],
  howToCheck: ['how', 'steps', 'howtotest', 'test', 'procedure', 'instructions', 'method'],
  needs: ['need', 'athand', 'equipment', 'materials', 'prerequisites'],
  good: ['do', 'pass', 'example', 'doexample', 'positive'],
  bad: ['dont', 'fail', 'counterexample', 'negative'],
  group: ['category', 'section', 'area', 'theme', 'chapter'],
  defaultSeverity: ['priority', 'weight', 'impact'],
  url: ['link', 'more', 'source', 'reference', 'readmore'],
  level: ['wcaglevel', 'conformance'],
  stages: ['stage', 'journeystage'],
  metrics: ['metric', 'measure'],
  covers: ['machinecheck', 'lighthouse', 'axe'],
};

/** What columns hold that have no headings, by how many there are. */
const unnamed: readonly (readonly ColumnField[])[] = [
  ['question'],
  ['title', 'question'],
  ['title', 'question', 'howToCheck'],
  ['title', 'question', 'good', 'bad'],
  ['title', 'question', 'howToCheck', 'good', 'bad'],
];

/**
 * Reads a table that was pasted from a spreadsheet or a CSV file: cells between tabs, commas or semicolons, or one
 * question a line. A first row with known headings names the columns.
 *
 * @param chosen what each column holds, as a person corrected it
 * @throws HumanError `table-empty`, `table-unreadable`, `table-too-long`
 */
export function readPastedTable(text: string, known: Known, chosen?: readonly ColumnField[] | null): PastedTable {
  const rows = rowsOf(text);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first] = filled;
  if (!first)
    throw usageError('table-empty', 'Nothing was pasted.', 'Copy the rows in your spreadsheet, and paste them.');
  const width = Math.max(...filled.map(({ cells }) => cells.findLastIndex((cell) => cell !== '') + 1));
  const guessed = guessedFields(first.cells.slice(0, width));
  const below = guessed ? filled.filter((row) => row !== first) : filled;
  if (below.length > MAX_ITEMS) {
    const what = `The table has ${below.length} rows, and a checklist has at most ${MAX_ITEMS} items.`;
    throw usageError('table-too-long', what, 'Paste a part of it.');
  }
  const fields = Array.from(
    { length: width },
    (_, at): ColumnField => chosen?.[at] ?? (guessed ?? unnamed[Math.min(width, unnamed.length) - 1])?.[at] ?? '',
  );
  const columns = fields.map((field, at) => ({
    heading: guessed ? (first.cells[at] ?? '') : '',
    sample: shortened(below.find(({ cells }) => cells[at])?.cells[at] ?? '', TITLE),
    field,
  }));
  return { columns, ...itemsOf(below, fields, known) };
}

interface Row {
  row: number;
  cells: string[];
}

function rowsOf(text: string): Row[] {
  const clean = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(clean);
  if (delimiter === undefined) {
    return clean.split(/\r?\n/).map((line, at) => ({ row: at + 1, cells: [unquoted(line.trim())] }));
  }
  const { data, errors } = Papa.parse<string[]>(clean, { delimiter });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw usageError(
      'table-unreadable',
      `Row ${(broken.row ?? 0) + 1}: a quotation mark is not closed.`,
      'Close it, or write two for one that belongs to the text.',
    );
  }
  return data.map((cells, at) => ({ row: at + 1, cells: cells.map((cell) => cell.trim()) }));
}

const unquoted = (line: string) => (/^".*"$/.test(line) ? line.slice(1, -1).replaceAll('""', '"') : line);

/** What stands between cells; undefined where each line is one cell. In sentences a blank follows the comma. */
function delimiterOf(text: string): string | undefined {
  if (text.includes('\t')) return '\t';
  return [';', ','].find((delimiter) => {
    const rows = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data;
    const [first = [], ...others] = rows;
    if (first.length < 2) return false;
    const isSentence = rows.some(([, ...cells]) => cells.some((cell) => cell.startsWith(' ')));
    const isRegular = others.length > 0 && others.every(({ length }) => length === first.length);
    return guessedFields(first) !== undefined || (isRegular && !isSentence);
  });
}

/** What the columns hold by a row of headings; undefined when the row holds none. */
function guessedFields(cells: readonly string[]): ColumnField[] | undefined {
  const found = cells.map(fieldOf);
  const isHeader = found.includes('question') || (found.includes('title') && cells.length > 1);
  if (!isHeader || cells.some((cell, at) => cell.endsWith('?') && found[at] === '')) return undefined;
  return found.map((field, at) => (found.indexOf(field) === at ? field : ''));
}

const bare = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

function fieldOf(heading: string): ColumnField {
  const named = (field: Exclude<ColumnField, ''>) =>
    [field, ...(field === 'id' ? [] : [itemFields[field].label])].map(bare).concat(headings[field] ?? []);
  return (['id', ...itemFieldNames] as const).find((field) => named(field).includes(bare(heading))) ?? '';
}

/** The first row that asks each question, without case and marks. */
type Asked = Map<string, number | 'checklist'>;

function itemsOf(rows: readonly Row[], fields: readonly ColumnField[], known: Known): Omit<PastedTable, 'columns'> {
  const asked: Asked = new Map(known.questions.map((question) => [plainly(question), 'checklist']));
  const ids = new Set(known.ids);
  const items: PastedItem[] = [];
  const bad: BadRow[] = [];
  const unread: { row: number; cell: string }[] = [];
  for (const { row, cells } of rows) {
    const { item, severity } = itemOf(cells, fields);
    const fault = faultOf(item, asked, ids);
    if (fault) {
      bad.push({ row, ...fault });
      continue;
    }
    items.push(item);
    if (severity !== undefined) unread.push({ row, cell: shortened(severity, TITLE) });
    asked.set(plainly(item.question ?? ''), row);
    if (item.id !== undefined) ids.add(item.id);
  }
  const byCell = Map.groupBy(unread, ({ cell }) => cell);
  return { items, bad, unread: [...byCell].map(([cell, all]) => ({ cell, rows: all.map(({ row }) => row) })) };
}

/** The item that a row asks for; and what it says of a severity that is none of the scale. */
function itemOf(
  cells: readonly string[],
  fields: readonly ColumnField[],
): { item: PastedItem; severity: string | undefined } {
  const item: PastedItem = {};
  let severity: string | undefined;
  for (const [at, field] of fields.entries()) {
    const cell = cells[at] ?? '';
    if (field === '' || cell === '') continue;
    const value = field === 'defaultSeverity' ? severityIn(cell) : cell;
    if (value === undefined) severity = cell;
    else item[field] = value;
  }
  if (!item.title && item.question) item.title = titleOf(item.question);
  return { item, severity };
}

/** A digit, or the word of the scale: `3`, `major`, `3 - major`; undefined: none of the scale. */
function severityIn(cell: string): string | undefined {
  const word = severityWords.findIndex((one) => cell.toLowerCase().includes(one));
  const severity = Number(/^\d+/.exec(cell)?.[0] ?? word);
  return severityWords[severity] === undefined ? undefined : String(severity);
}

function titleOf(question: string): string {
  const line = question.replace(/\s+/g, ' ').replace(/[?.!]+$/, '');
  return line.length <= TITLE ? line : `${line.slice(0, TITLE - 1).replace(/\s+\S*$/, '')}…`;
}

const plainly = (question: string) =>
  question
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function faultOf(item: PastedItem, asked: Asked, ids: ReadonlySet<string>): Omit<BadRow, 'row'> | undefined {
  const leaveOut = 'or leave the row out';
  if (!item.question) return { what: 'it has no question.', next: `Write one, ${leaveOut}.` };
  const problem = itemProblem(item);
  if (problem) return { what: problem, next: `Correct the cell, ${leaveOut}.` };
  const idProblem = item.id === undefined ? undefined : itemIdProblem(item.id, ids);
  if (idProblem)
    return { what: `${idProblem}.`, next: 'Write another, or leave the cell empty: an id is made of the title.' };
  const before = asked.get(plainly(item.question));
  if (before === undefined) return undefined;
  const where = before === 'checklist' ? 'an item of the checklist' : `row ${before}`;
  return { what: `it asks the same as ${where}.`, next: `Write another question, ${leaveOut}.` };
}

/** `Row 7: it has no question. Write one, or leave the row out.` */
export function badRowText({ row, what, next }: BadRow): string {
  return `Row ${row}: ${what} ${next}`;
}

/** What a pasted table comes to: `12 items, 1 row left out`. */
export function tableSummary({ items, bad }: PastedTable): string {
  const left = bad.length > 0 ? `, ${counted(bad.length, 'row')} left out` : '';
  return `${counted(items.length, 'item')}${left}`;
}
