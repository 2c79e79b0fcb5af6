import { HumanError } from '../core/errors';
import { decodedText } from '../core/text/decodedText';

/** How many rows to read before other work gets a turn. */
const TURN = 20_000;
/** How many rows are looked at to find the header and the delimiter. */
const LOOKED_AT = 60;
const delimiters = [',', ';', '\t', '|'];

/** The header of a table, the character that separates its cells, and what stands above. */
export interface TableHead {
  headers: string[];
  delimiter: string;
  /** The rows above the header: titles, comments. */
  above: string[][];
}

/**
 * Reads a CSV file row by row: commas, semicolons, tabs or bars; UTF-8 with or without a byte order mark, UTF-16, or
 * Windows-1252. Lines above the header may name the delimiter (`sep=;`), or be comments (`#`) and titles.
 *
 * @param onRow gets the cells of each row and its number in the file, from 1
 * @param isHeader whether a row names known columns; decides between rows that could all be the header
 * @throws HumanError `table-unreadable`, `table-empty`, `table-foreign`
 */
export async function eachRow(
  bytes: Uint8Array,
  name: string,
  onRow: (cells: string[], row: number, head: TableHead) => void,
  { signal, isHeader }: { signal?: AbortSignal | undefined; isHeader?: (cells: string[]) => boolean } = {},
): Promise<TableHead> {
  const { default: Papa } = await import('papaparse');
  const text = textOf(bytes, name);
  const [line = '', named] = /^sep=(.)\r?\n?/i.exec(text) ?? [];
  const parse = (delimiter: string, rows: number) =>
    Papa.parse<string[]>(text.slice(line.length, 400_000), { delimiter, preview: rows }).data;
  const delimiter = named ?? delimiterOf((one) => parse(one, LOOKED_AT));
  let head: TableHead | undefined;
  let first: { cells: string[]; row: number }[] = [];
  let row = named === undefined ? 0 : 1;
  let taken = 0;
  let broken: { row: number; message: string } | undefined;
  const take = (cells: string[], at: number, of: TableHead) => {
    taken += 1;
    onRow(cells, at, of);
  };
  const begin = () => {
    const at = headerAt(
      first.map(({ cells }) => cells),
      isHeader,
    );
    const headers = (first[at]?.cells ?? []).map((header) => header.trim());
    head = { headers, delimiter, above: first.slice(0, at).map(({ cells }) => cells) };
    for (const { cells, row: of } of first.slice(at + 1 + rowsOfLabels(first.slice(at + 1)))) take(cells, of, head);
    first = [];
  };
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(text.slice(line.length), {
      delimiter,
      step: ({ data, errors }, parser) => {
        row += 1;
        const quotes = errors.find(({ type }) => type === 'Quotes');
        if (quotes) broken ??= { row, message: quotes.message };
        const isEmpty = data.every((cell) => cell.trim() === '') || isComment(data);
        try {
          signal?.throwIfAborted();
          if (head && !isEmpty) take(data, row, head);
          if (!head && (!isEmpty || isComment(data))) first.push({ cells: data, row });
          if (first.length === LOOKED_AT) begin();
        } catch (error) {
          parser.abort();
          reject(error);
        }
        if (row % TURN === 0) {
          parser.pause();
          setImmediate(() => parser.resume());
        }
      },
      complete: () => resolve(),
      error: reject,
    });
  });
  signal?.throwIfAborted();
  if (broken) throw brokenTable(name, broken.row, broken.message);
  if (!head) begin();
  if (!head || taken === 0 || head.headers.length < 2) throw emptyTable(name);
  return head;
}

/** The rows of a small CSV file by their headers (lower case, trimmed). @throws HumanError as {@link eachRow} */
export async function readTable(bytes: Uint8Array, name: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  await eachRow(bytes, name, (cells, _, { headers }) =>
    rows.push(Object.fromEntries(headers.map((header, index) => [header.toLowerCase(), cells[index] ?? '']))),
  );
  return rows;
}

/** A line that is a comment: one cell that begins with `#`. */
function isComment([first = '', ...rest]: readonly string[]): boolean {
  return first.trimStart().startsWith('#') && rest.every((cell) => cell.trim() === '');
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length;
/** The number of cells without empty ones at the end. */
const widthOf = (cells: readonly string[]) => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/** The delimiter by which the most rows have the same number of cells, and then the most cells. */
function delimiterOf(rowsBy: (delimiter: string) => string[][]): string {
  const scored = delimiters.map((delimiter) => {
    const widths = rowsBy(delimiter)
      .filter((cells) => filled(cells) > 0 && !isComment(cells))
      .map((cells) => cells.length);
    const same = [...Map.groupBy(widths, (width) => width)].filter(([width]) => width > 1);
    const [width = 0, rows = []] = same.sort(([a, as], [b, bs]) => bs.length - as.length || b - a)[0] ?? [];
    return { delimiter, width, rows: rows.length };
  });
  return scored.sort((a, b) => b.rows - a.rows || b.width - a.width)[0]?.delimiter ?? ',';
}

/** The place of the header: the first row that fills most of the table's width. */
function headerAt(rows: readonly string[][], isHeader: ((cells: string[]) => boolean) | undefined): number {
  const widest = Math.max(0, ...rows.filter((cells) => !isComment(cells)).map(widthOf));
  const wide = rows.flatMap((cells, at) =>
    !isComment(cells) && filled(cells) >= 2 && filled(cells) > widest / 2 ? [at] : [],
  );
  // in a table of two columns, `Exported,2026-05-01` looks as a header does
  const named = wide.find((at) => isHeader?.(rows[at] as string[]));
  const isNarrow = widest <= 3;
  const found = isNarrow ? (named ?? wide[0]) : wide[0];
  return (
    found ??
    Math.max(
      0,
      rows.findIndex((cells) => !isComment(cells)),
    )
  );
}

/** The number of rows below the header that hold labels and no answers: Qualtrics writes two, SurveyMonkey one. */
function rowsOfLabels(rows: readonly { cells: string[] }[]): number {
  const ids = rows.slice(0, 2).findIndex(({ cells }) => cells.some((cell) => cell.startsWith('{"ImportId"')));
  if (ids >= 0) return ids + 1;
  const label = /^(response|open-ended response)$/i;
  const cells = rows[0]?.cells.filter((cell) => cell.trim() !== '') ?? [];
  return cells.length > 0 && cells.every((cell) => label.test(cell.trim())) ? 1 : 0;
}

function brokenTable(name: string, row: number, message: string): HumanError {
  return new HumanError('usage', 'table-unreadable', {
    what: `${name}, row ${row}: a quotation mark is not closed (${message}).`,
    next: 'Save the table again as CSV in your spreadsheet program.',
  });
}

function emptyTable(name: string): HumanError {
  return new HumanError('usage', 'table-empty', {
    what: `${name} has no rows below its header, or only one column.`,
    next: 'Its header must name the columns, separated by commas, semicolons or tabs.',
  });
}

/** Files that are given for tables, by how they begin. */
const foreign: [start: RegExp | number[], what: string][] = [
  [[0x50, 0x4b, 3, 4], 'is a spreadsheet (xlsx, ods or numbers)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a spreadsheet of the old kind (xls)'],
  [/^\s*<(!doctype|html|table|\?xml)/i, 'is HTML or XML'],
  [/^%PDF/, 'is a PDF'],
];

/** The text of a table. @throws HumanError `table-foreign` */
function textOf(bytes: Uint8Array, name: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^ï»¿/, '');
  const found = foreign.find(([like]) =>
    Array.isArray(like) ? like.every((byte, at) => bytes[at] === byte) : like.test(start),
  );
  if (found)
    throw new HumanError('usage', 'table-foreign', {
      what: `${name} ${found[1]}, and not a table in text.`,
      next: 'Open it in a spreadsheet program and save it as CSV (UTF-8).',
    });
  return decodedText(bytes);
}
