import { HumanError } from '../core/errors';
import { decodedText } from '../core/text/decodedText';

/** How many rows to read before other work gets a turn. */
const TURN = 20_000;

/** The first row of a table, and the character that separates its cells. */
export interface TableHead {
  headers: string[];
  delimiter: string;
}

/**
 * Reads a CSV file row by row: commas, semicolons or tabs, UTF-8 with or without a byte order mark, UTF-16, or
 * Windows-1252.
 *
 * @param onRow gets the cells of each row and its number, the header being row 1
 * @throws HumanError `table-unreadable`, `table-empty`
 */
export async function eachRow(
  bytes: Uint8Array,
  name: string,
  onRow: (cells: string[], row: number, head: TableHead) => void,
  signal?: AbortSignal,
): Promise<TableHead> {
  const { default: Papa } = await import('papaparse');
  let head: TableHead | undefined;
  let row = 0;
  let broken: { row: number; message: string } | undefined;
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(decodedText(bytes), {
      skipEmptyLines: 'greedy',
      delimitersToGuess: [',', ';', '\t'],
      step: ({ data, errors, meta }, parser) => {
        row += 1;
        const quotes = errors.find(({ type }) => type === 'Quotes');
        if (quotes) broken ??= { row, message: quotes.message };
        if (signal?.aborted) parser.abort();
        else if (!head) head = { headers: data.map((header) => header.trim()), delimiter: meta.delimiter };
        else onRow(data, row, head);
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
  if (!head || row < 2 || head.headers.length < 2) throw emptyTable(name);
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

function brokenTable(name: string, row: number, message: string): HumanError {
  return new HumanError('usage', 'table-unreadable', {
    what: `${name}, row ${row}: a quotation mark is not closed (${message}).`,
    next: 'Save the table again as CSV in your spreadsheet program.',
  });
}

function emptyTable(name: string): HumanError {
  return new HumanError('usage', 'table-empty', {
    what: `${name} has no rows below its header, or only one column.`,
    next: 'Its first row must name the columns, separated by commas, semicolons or tabs.',
  });
}
