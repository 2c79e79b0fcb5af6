import { usageError } from '../core/errors';
import type { CellStyle } from '../core/outcomes/cells';
import { OrderOfDates, readDate } from '../core/outcomes/dates';
import { withDrivers } from '../core/outcomes/drivers';
import { FigureImport, type ImportPlan, type ImportResult } from '../core/outcomes/figureImport';
import { withFigures } from '../core/outcomes/figures';
import { type FunnelPreset, funnelLayoutOf, isOfLayout, neededColumns } from '../core/outcomes/funnelLayouts';
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
import { checkCurrency, checkPeriod } from '../core/outcomes/possibleFigure';
import type { Target } from '../core/record/record';
import { dayAfter } from '../core/text/days';
import { inertLine } from '../core/text/inertText';
import { today } from './localDate';
import { eachRow, type TableHead } from './readTable';
import type { Workspace } from './workspace';

/** How many rows a preview shows. */
const SHOWN = 5;

/** How many different texts of a column are looked at to recognise its answers. */
const TEXTS = 100;

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
  /** The period that lines above the header name. */
  period: { from: string; to: string } | undefined;
  /** The first different texts of each column that are no plain numbers, at most {@link TEXTS}. */
  texts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Columns that seem to identify people, each with the reason. They must be left out by name. */
  personal: { column: string; why: string }[];
}

/** Whether a row names columns that are known. */
function isHeader(cells: string[], kind: ImportKind | undefined): boolean {
  return kind ? Object.keys(recogniseColumns(cells, kind)).length > 0 : recogniseKind(cells) !== undefined;
}

/** Reads a whole table once. @throws HumanError `table-unreadable`, `table-empty`, `table-foreign` */
export async function previewTable(
  bytes: Uint8Array,
  name: string,
  { kind: given, on = today(), signal }: { kind?: ImportKind | undefined; on?: string; signal?: AbortSignal } = {},
): Promise<TablePreview> {
  const sample: string[][] = [];
  const orders: OrderOfDates[] = [];
  const personal = new Map<string, string>();
  const texts = new Map<string, Set<string>>();
  const suspect = (header: string, why: string | undefined) => why !== undefined && personal.set(header, why);
  const latest = dayAfter(on, 1); // somewhere it is tomorrow
  let rows = 0;
  let kind = given;
  let unread: string | undefined; // the comments of the survey kit, which no import takes
  const look = (cells: string[], row: number, { headers }: TableHead) => {
    if (cells.slice(headers.length).some((cell) => cell.trim() !== '')) throw unevenRow(name, row, headers.length);
    if (rows === 0) {
      kind ??= recogniseKind(headers);
      const recognised = kind ? recogniseColumns(headers, kind) : {};
      for (const header of headers) {
        texts.set(header, new Set());
        if (!Object.hasOwn(recognised, header) && !isOfLayout(header, headers))
          suspect(header, personalHeaderReason(header));
      }
      if (Object.values(recognised).includes('uxAuditAnswer')) unread = 'comment';
    }
    rows += 1;
    if (sample.length < SHOWN) sample.push(headers.map((_header, index) => cells[index] ?? ''));
    for (const [index, header] of headers.entries()) {
      const cell = cells[index] ?? '';
      orders[index] ??= new OrderOfDates(latest);
      orders[index].add(cell);
      const seen = texts.get(header);
      if (seen && seen.size < TEXTS && !/^\d*$/.test(cell)) seen.add(cell);
      if (!personal.has(header) && header !== unread) suspect(header, personalValueReason(cell));
    }
  };
  const { headers, delimiter, above } = await eachRow(bytes, name, look, {
    signal,
    isHeader: (cells) => isHeader(cells, given),
  });
  const decided = new Set(orders.flatMap(({ order }) => order ?? []));
  return {
    headers,
    sample,
    rows,
    kind,
    style: {
      dates: decided.size === 1 ? [...decided][0] : undefined,
      latest,
      decimalComma: delimiter === ',' ? false : delimiter === ';' ? true : undefined,
    },
    period: periodAbove(above),
    texts,
    personal: [...personal].map(([column, why]) => ({ column, why })),
  };
}

/** The error of a row whose cells may stand under the wrong headers. */
function unevenRow(name: string, row: number, cells: number): Error {
  return usageError(
    'table-uneven',
    `${name}, row ${row} has more than the ${cells} cells of the header.`,
    'Put texts that hold the separator into quotation marks, or give every column a name.',
  );
}

/** The period that lines above the header name: `Start date: 20260501` and `End date: …`, or both in one line. */
function periodAbove(above: readonly string[][]): TablePreview['period'] {
  const text = above.map((cells) => cells.join(' ')).join('\n');
  const [, begin, end] =
    /start date\W+([\d-]{8,10})[\s\S]*end date\W+([\d-]{8,10})/i.exec(text) ??
    /^\W*(\d{8})\s*-\s*(\d{8})\s*$/m.exec(text) ??
    [];
  const [from, to] = [begin, end].map((one) => (one === undefined ? undefined : readDate(one, {})));
  return typeof from === 'string' && typeof to === 'string' && from <= to ? { from, to } : undefined;
}

/** A person's choices for an import. The preview fills in what they leave open. */
export interface ImportChoice extends Partial<Omit<ImportPlan, 'source' | 'on' | 'style' | 'others'>> {
  /** Where the table comes from; its name when left out. */
  source?: string | undefined;
  style?: Partial<CellStyle>;
  /** The tool that the table must be a funnel of. */
  preset?: FunnelPreset | undefined;
  /** Columns to leave out. */
  drop?: readonly string[] | undefined;
  on: string;
}

/**
 * Reads a table into figures. Writes nothing. While a question is open there are no figures.
 * @param preview of the same table and kind, to save a reading
 * @throws HumanError `columns-personal`, `columns-unknown`, `column-missing`, `kind-unknown`, `currency-unknown`,
 *   `preset-other`, `target-missing`, or of the table
 */
export async function readFigures(
  bytes: Uint8Array,
  name: string,
  choice: ImportChoice,
  { signal, preview: given }: { signal?: AbortSignal; preview?: TablePreview } = {},
): Promise<ImportResult & { plan: ImportPlan }> {
  const preview = given ?? (await previewTable(bytes, name, { ...choice, ...(signal && { signal }) }));
  const plan = planOf(preview, name, choice);
  const table = new FigureImport(preview.headers, plan, preview.texts);
  await eachRow(bytes, name, (cells, row) => table.add(cells, row), {
    signal,
    isHeader: (cells) => cells.map((cell) => cell.trim()).join('\n') === preview.headers.join('\n'),
  });
  return { ...table.result(), plan };
}

function planOf(preview: TablePreview, name: string, { drop = [], ...choice }: ImportChoice): ImportPlan {
  const { headers } = preview;
  const chosen = choice.columns ?? {};
  const listed = headers.map(inertLine).join(', ');
  const { scales = {}, answers = {}, leaveOut = [] } = choice;
  const about = [drop, Object.keys(chosen), Object.keys(scales), Object.keys(answers), leaveOut].flat();
  const missing = about.find((column) => !headers.includes(column));
  if (missing !== undefined)
    throw usageError('column-missing', `${name} has no column "${inertLine(missing)}".`, `Its columns are: ${listed}.`);
  checkPreset(headers, name, choice.preset);
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
  const { by = 'month', period = preview.period, target, journeys, source = name, currency, discount, on } = choice;
  if (kind === 'funnel' && !target && !Object.values(columns).includes('target'))
    throw usageError(
      'target-missing',
      `${name} is a funnel, and nothing says of which journey.`,
      'Name the journey (in the terminal: --target SLUG), or give the table a column "journey".',
    );
  checkPeriod(period, on);
  if (currency !== undefined) checkCurrency(currency);
  const style = { ...preview.style, ...choice.style };
  const said = { scales, answers, leaveOut };
  const others = headers.filter(
    (header) => ![columns, chosen].some((one) => Object.hasOwn(one, header)) && !drop.includes(header),
  );
  return { kind, columns, others, style, by, period, target, journeys, currency, discount, source, on, ...said };
}

/** @throws HumanError `preset-other` when a table is not of the tool that a person names */
function checkPreset(headers: readonly string[], name: string, preset: FunnelPreset | undefined): void {
  if (preset === undefined || funnelLayoutOf(headers)?.preset === preset) return;
  throw usageError(
    'preset-other',
    `${name} does not look like a funnel of ${preset}. Its header: ${headers.map(inertLine).join(', ')}.`,
    `Known layouts: ${neededColumns(preset)}. For headers in another language: --kind funnel --map "Header=step" ` +
      '"Header=reached".',
  );
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

/** The steps of the record's journeys, by target. None when the record cannot be read: an import needs no record. */
export async function journeysOf({ record }: Workspace): Promise<Record<string, string[]>> {
  const { targets } = await record.read().then(
    (read) => read.record,
    () => ({ targets: {} as Record<string, Target> }),
  );
  return Object.fromEntries(Object.entries(targets).flatMap(([slug, { steps }]) => (steps ? [[slug, steps]] : [])));
}

/**
 * Writes figures into `outcomes.json`. Only a survey replaces drivers; no other kind of table has any.
 * @returns whether the file changed
 * @throws HumanError of kind `record`
 */
export function writeFigures(
  workspace: Workspace,
  { figures, drivers, plan }: Pick<ImportResult, 'figures' | 'drivers'> & { plan: Pick<ImportPlan, 'kind'> },
): Promise<boolean> {
  return workspace.outcomes.update((before) => {
    const after = withFigures(before, figures);
    if (plan.kind !== 'survey' || (drivers.length === 0 && !before.drivers)) return after;
    return { ...after, drivers: withDrivers(before.drivers, drivers, figures) };
  });
}
