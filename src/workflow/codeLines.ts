import { keyOfItem } from '../core/audit/occurrences';
import type { AddressCell, Cell, DetailsTable } from '../core/audit/reportDetails';
import type { Target } from '../core/record/record';
import type { ReportedCode, SourcePosition } from '../core/sources/sources';
import { CodeSources, type ReportedPage } from './codeSources';
import type { SourceWorkspace } from './sourceFiles';

/** So many places in scripts and styles are looked for in the tables of an audit. */
const MAX_LINES = 200;

/** The place in a script or style that a cell names; undefined of one that means the whole file. */
export function codeOf(cell: Cell | null): ReportedCode | undefined {
  if (cell?.kind !== 'address' || cell.line === undefined) return undefined;
  const { url, line, column = 0, original } = cell;
  // Lighthouse writes 0 and 0 where it knows no place, such as of a request that failed
  return line > 0 || column > 0 || original ? { url, line, column, ...(original && { original }) } : undefined;
}

/**
 * The tables of an audit, with the lines of the workspace that their places in scripts and styles are written on.
 * @param asksServer as in CodeSources
 */
export async function withLines(
  workspace: SourceWorkspace,
  target: Target,
  { tables, ...about }: ReportedPage & { tables: readonly DetailsTable[] },
  asksServer = true,
): Promise<DetailsTable[]> {
  const cells = tables.flatMap(({ rows }) => rows.flat());
  const codes = cells.flatMap((cell) => {
    const code = codeOf(cell);
    return code ? [{ cell, code }] : [];
  });
  if (codes.length === 0) return [...tables];
  const sources = await CodeSources.of(workspace, target, about, asksServer);
  const lines = new Map<Cell | null, SourcePosition>();
  for (const { cell, code } of codes.slice(0, MAX_LINES)) {
    const line = await sources.find(code);
    if (line) lines.set(cell, line);
  }
  const withLine = (cell: Cell | null): Cell | null => {
    const source = lines.get(cell);
    return source && cell?.kind === 'address' ? { ...cell, source } : cell;
  };
  return tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(withLine)) }));
}

/** A line of the workspace that a table names. */
export interface CodeLine {
  /** The key of the file's place in the record. */
  key: string;
  cell: AddressCell;
  position: SourcePosition;
  /** What the table says of it, such as the error. */
  text: string | undefined;
}

/** The lines that tables name, each once. */
export function codeLines(tables: readonly DetailsTable[]): CodeLine[] {
  const found = new Map<string, CodeLine>();
  for (const row of tables.flatMap(({ rows }) => rows)) {
    const text = row.flatMap((cell) => (cell?.kind === 'code' || cell?.kind === 'text' ? [cell.text] : []))[0];
    for (const cell of row) {
      if (cell?.kind !== 'address' || !cell.source) continue;
      const { file, line, column } = cell.source;
      const place = JSON.stringify([file, line, column]);
      if (!found.has(place)) found.set(place, { key: keyOfItem({ url: cell.url }), cell, position: cell.source, text });
    }
  }
  return [...found.values()];
}
