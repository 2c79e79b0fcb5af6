import { usageError } from '../core/errors';
import { type CellStyle, DateOrder } from '../core/outcomes/cells';
import { FigureImport, type ImportPlan, type ImportResult } from '../core/outcomes/figureImport';
import { withFigures } from '../core/outcomes/figures';
import {
  ambiguityOf,
  type ImportKind,
  importFields,
  importKinds,
  personalHeaderReason,
  personalValueReason,
  recogniseColumns,
  recogniseKind,
} from '../core/outcomes/importFields';
import { inertLine } from '../core/text/inertText';
import { eachRow, type TableHead } from './readTable';
import type { Workspace } from './workspace';

/** How many rows a preview shows. */
const SHOWN = 5;

/** A table before its import. */
export interface TablePreview {
  headers: string[];
  /** The first rows, cut to the columns of the header. */
  sample: string[][];
  /** The number of rows below the header. */
  rows: number;
  /** The most likely kind, if any column was recognised. */
  kind: ImportKind | undefined;
  style: CellStyle;
  /** Columns that seem to identify people, each with the reason. They must be left out by name. */
  personal: { column: string; why: string }[];
}

/** Reads a whole table once. @throws HumanError `table-unreadable`, `table-empty` */
export async function previewTable(
  bytes: Uint8Array,
  name: string,
  given?: ImportKind,
  signal?: AbortSignal,
): Promise<TablePreview> {
  const sample: string[][] = [];
  const orders: DateOrder[] = [];
  const personal = new Map<string, string>();
  const suspect = (header: string, why: string | undefined) => why !== undefined && personal.set(header, why);
  let rows = 0;
  let kind = given;
  const look = (cells: string[], _: number, { headers }: TableHead) => {
    if (rows === 0) {
      kind ??= recogniseKind(headers);
      const recognised = kind ? recogniseColumns(headers, kind) : {};
      for (const header of headers)
        if (!Object.hasOwn(recognised, header)) suspect(header, personalHeaderReason(header));
    }
    rows += 1;
    if (sample.length < SHOWN) sample.push(headers.map((_header, index) => cells[index] ?? ''));
    for (const [index, header] of headers.entries()) {
      const cell = cells[index] ?? '';
      orders[index] ??= new DateOrder();
      orders[index].add(cell);
      if (!personal.has(header)) suspect(header, personalValueReason(cell));
    }
  };
  const { headers, delimiter } = await eachRow(bytes, name, look, signal);
  const decided = new Set(orders.flatMap(({ order }) => order ?? []));
  return {
    headers,
    sample,
    rows,
    kind,
    style: {
      dates: decided.size === 1 ? [...decided][0] : undefined,
      decimalComma: delimiter === ',' ? false : delimiter === ';' ? true : undefined,
    },
    personal: [...personal].map(([column, why]) => ({ column, why })),
  };
}

/** A person's choices for an import. The preview fills in what they leave open. */
export interface ImportChoice extends Partial<Omit<ImportPlan, 'source' | 'on' | 'style'>> {
  style?: Partial<CellStyle>;
  /** Columns to leave out. */
  drop?: readonly string[] | undefined;
  on: string;
}

/**
 * Reads a table into figures. Writes nothing.
 * @param preview of the same table and kind, to save a reading
 * @throws HumanError `columns-personal`, `columns-unknown`, `column-missing`, `kind-unknown`, or of the table
 */
export async function readFigures(
  bytes: Uint8Array,
  name: string,
  choice: ImportChoice,
  { signal, preview: given }: { signal?: AbortSignal; preview?: TablePreview } = {},
): Promise<ImportResult & { plan: ImportPlan }> {
  const preview = given ?? (await previewTable(bytes, name, choice.kind, signal));
  const plan = planOf(preview, name, choice);
  const table = new FigureImport(preview.headers, plan);
  await eachRow(bytes, name, (cells, row) => table.add(cells, row), signal);
  return { ...table.result(), plan };
}

function planOf(preview: TablePreview, name: string, { drop = [], ...choice }: ImportChoice): ImportPlan {
  const { headers } = preview;
  const chosen = choice.columns ?? {};
  const listed = headers.map(inertLine).join(', ');
  const missing = [...drop, ...Object.keys(chosen)].find((column) => !headers.includes(column));
  if (missing !== undefined)
    throw usageError('column-missing', `${name} has no column "${inertLine(missing)}".`, `Its columns are: ${listed}.`);
  const kind = choice.kind ?? preview.kind;
  if (!kind) {
    throw usageError(
      'kind-unknown',
      `None of the columns of ${name} was recognised: ${listed}.`,
      `Say what the table is about (${importKinds.join(', ')}) and which column is which.`,
    );
  }
  const personal = preview.personal.filter(({ column }) => !drop.includes(column));
  if (personal.length > 0) {
    throw usageError(
      'columns-personal',
      `${name}: ${personal.map(({ column, why }) => `column "${inertLine(column)}" ${why}`).join('; ')}.`,
      'Nothing was imported. Leave these columns out by name, or delete them from the table.',
    );
  }
  const taken = new Set(Object.values(chosen));
  const recognised = Object.entries(recogniseColumns(headers, kind));
  const guessed = recognised.filter(([column, field]) => !taken.has(field) && !Object.hasOwn(chosen, column));
  const columns = Object.fromEntries(
    [...guessed, ...Object.entries(chosen)].filter(([column, field]) => field !== '' && !drop.includes(column)),
  );
  checkColumns(
    headers.filter((header) => !drop.includes(header)),
    { name, kind, columns, chosen },
  );
  const { by = 'month', period, target, currency, discount, on } = choice;
  const style = { ...preview.style, ...choice.style };
  return { kind, columns, style, by, period, target, currency, discount, source: name, on };
}

/** @throws HumanError when a column is unclear, or a field has several columns or none */
function checkColumns(
  headers: readonly string[],
  about: { name: string; kind: ImportKind; columns: Record<string, string>; chosen: Readonly<Record<string, string>> },
): void {
  const { name, kind, columns, chosen } = about;
  const unclear = headers.find((header) => !Object.hasOwn(chosen, header) && ambiguityOf(header, kind));
  if (unclear !== undefined) {
    const { fields, why } = ambiguityOf(unclear, kind) ?? { fields: [], why: '' };
    throw usageError(
      'column-unclear',
      `Column "${inertLine(unclear)}" of ${name} could be ${fields.join(' or ')}: ${why}.`,
      'Say which it is, or leave the column out.',
    );
  }
  const given = Object.values(columns);
  const twice = given.find((field, index) => given.indexOf(field) !== index);
  const repeated = headers.find((header, index) => Object.hasOwn(columns, header) && headers.indexOf(header) !== index);
  if (twice !== undefined || repeated !== undefined) {
    const what =
      repeated === undefined
        ? `Two columns of ${name} are read as ${twice}.`
        : `${name} has two columns named "${inertLine(repeated)}".`;
    throw usageError('column-twice', what, 'Leave one of them out: a field has one column.');
  }
  const known = importFields[kind].map(({ id }) => id);
  const unknown = given.find((field) => !known.includes(field));
  const next = `Fields: ${known.join(', ')}.`;
  if (unknown !== undefined)
    throw usageError('field-unknown', `"${inertLine(unknown)}" is no field of a ${kind} table.`, next);
  if (given.length === 0) {
    const what = `No column of ${name} is one of a ${kind} table.`;
    throw usageError('columns-unknown', what, `Say which column is which. ${next}`);
  }
}

/**
 * Writes figures into `outcomes.json`.
 * @returns whether the file changed
 * @throws HumanError of kind `record`
 */
export function writeFigures(workspace: Workspace, { figures }: Pick<ImportResult, 'figures'>): Promise<boolean> {
  return workspace.outcomes.update((before) => withFigures(before, figures));
}
