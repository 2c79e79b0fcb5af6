import { defined } from '../defined';
import { type CellStyle, readCell } from './cells';
import { computeFigures, type GroupFigure, type Money, rounded, type Values } from './computeFigures';
import { FEW } from './few';
import type { Figure } from './figures';
import { type ImportField, type ImportKind, importFields, questionnaires } from './importFields';

/** What a person confirmed before an import. */
export interface ImportPlan extends Money {
  kind: ImportKind;
  /** Fields by column. Other columns are not read. */
  columns: Readonly<Record<string, string>>;
  style: CellStyle;
  /** The period that rows with a date are grouped by. */
  by: 'month' | 'quarter' | 'all';
  /** For rows without a date. */
  period?: { from: string; to: string } | undefined;
  /** For rows without a target. */
  target?: string | undefined;
  source: string;
  on: string;
}

/** The cell for which a row was left out. The header is row 1. */
export interface BadCell {
  row: number;
  column: string;
  value: string;
  fault: string;
}

export interface ImportResult {
  figures: Figure[];
  /** The number of rows that were used. */
  good: number;
  /** The number of rows that were left out. */
  bad: number;
  /** The first bad cells, at most {@link LISTED}. */
  faults: BadCell[];
  /** Sentences about figures that were left out, and why. */
  notices: string[];
}

/** The most bad cells that are listed. */
export const LISTED = 100;

/** The rows of one target and period. */
type Group = Pick<Figure, 'target' | 'from' | 'to'> & { rows: Values[] };

/** Collects the rows of a table and turns them into figures. The result holds no rows. */
export class FigureImport {
  private readonly groups = new Map<string, Group>();
  private readonly fields: (ImportField | undefined)[];
  private readonly faults: BadCell[] = [];
  private good = 0;
  private bad = 0;

  constructor(
    private readonly headers: readonly string[],
    private readonly plan: ImportPlan,
  ) {
    const known = new Map(importFields[plan.kind].map((field) => [field.id, field]));
    this.fields = headers.map((header) => known.get(plan.columns[header] ?? ''));
  }

  /** @param row its number in the file; the header is row 1 */
  add(cells: readonly string[], row: number): void {
    const fault = this.take(cells);
    if (fault) this.bad += 1;
    else this.good += 1;
    if (fault && this.faults.length < LISTED) this.faults.push({ row, ...fault, value: fault.value.slice(0, 60) });
  }

  /** @returns why the row is left out */
  private take(cells: readonly string[]): Omit<BadCell, 'row'> | undefined {
    const values: Values = {};
    for (const [index, field] of this.fields.entries()) {
      const text = cells[index] ?? '';
      if (!field || text.trim() === '') continue;
      const cell = readCell(text, field, this.plan.style);
      if ('error' in cell) return { column: this.headers[index] ?? '', value: text, fault: cell.error };
      values[field.id] = cell.value;
    }
    const wrong = rowChecks[this.plan.kind](values);
    if (wrong) return this.badCell(wrong.field, String(values[wrong.field] ?? ''), wrong.fault);
    const period = this.periodOf(values);
    if (!period) return this.badCell('date', '', 'has no date; give the period of the whole table');
    if (period.from > period.to) return this.badCell('to', period.to, 'is before the first day');
    const target = (values.target as string | undefined) ?? this.plan.target;
    const key = `${target ?? ''}\n${period.from}\n${period.to}`;
    const group = this.groups.get(key);
    if (group) group.rows.push(values);
    else this.groups.set(key, { target, ...period, rows: [values] });
    return undefined;
  }

  private badCell(field: string, value: string, fault: string): Omit<BadCell, 'row'> {
    return { column: this.headers[this.fields.findIndex((one) => one?.id === field)] ?? field, value, fault };
  }

  private periodOf(values: Values): { from: string; to: string } | undefined {
    const { from, to, date } = values as Record<string, string | undefined>;
    if (from !== undefined && to !== undefined) return { from, to };
    if (date === undefined || this.plan.by === 'all') return this.plan.period;
    return this.plan.by === 'month' ? monthsFrom(date, 1) : monthsFrom(date, 3);
  }

  result(): ImportResult {
    const notices = new Set<string>();
    const figures = [...this.groups.values()].flatMap((group) =>
      computeFigures[this.plan.kind](group.rows, this.plan, (text) => notices.add(text)).map((figure) =>
        this.figureOf(figure, group),
      ),
    );
    return { figures, good: this.good, bad: this.bad, faults: this.faults, notices: [...notices] };
  }

  private figureOf(figure: GroupFigure, { target, from, to }: Group): Figure {
    const { metric, variant, value, unit, n = 0, interval, parts } = figure;
    const shown = n >= FEW ? interval : undefined;
    return defined({
      metric,
      target,
      variant,
      from,
      to,
      value: rounded(value),
      unit,
      n: figure.n,
      low: shown && rounded(shown.low),
      high: shown && rounded(shown.high),
      parts,
      basis: 'imported' as const,
      source: this.plan.source,
      on: this.plan.on,
    });
  }
}

/** The first and last day of the month or quarter that holds a day. */
function monthsFrom(date: string, months: 1 | 3): { from: string; to: string } {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const first = month - 1 - ((month - 1) % months);
  const day = (ofMonth: number, number: number) => new Date(Date.UTC(year, ofMonth, number)).toISOString().slice(0, 10);
  return { from: day(first, 1), to: day(first + months, 0) };
}

/** Checks that a row is possible, by kind of table. */
const rowChecks: Record<ImportKind, (values: Values) => { field: string; fault: string } | undefined> = {
  survey: (values) => {
    if (Object.keys(values).every((id) => id === 'date' || id === 'target'))
      return { field: 'date', fault: 'has no answer in a column that was recognised' };
    for (const [, questions] of questionnaires) {
      const given = questions.filter(({ id }) => values[id] !== undefined).length;
      if (given > 0 && given < questions.length)
        return {
          field: questions[0]?.id ?? '',
          fault: `${given} of ${questions.length} questions were answered; a score needs all`,
        };
    }
    return undefined;
  },
  sessions: (values) => (values.success === undefined ? { field: 'success', fault: 'is missing' } : undefined),
  analytics: (values) =>
    moreThan(values, [
      ['bounces', 'visits'],
      ['conversions', 'visits'],
      ['signups', 'visits'],
      ['newUsers', 'users'],
      ['activeUsers', 'users'],
      ['finished', 'started'],
    ]),
  customers: (values) =>
    values.start === undefined ? { field: 'start', fault: 'is missing' } : moreThan(values, [['lost', 'start']]),
};

function moreThan(values: Values, pairs: [string, string][]): { field: string; fault: string } | undefined {
  for (const [part, whole] of pairs) {
    const [x, n] = [values[part], values[whole]];
    if (typeof x === 'number' && typeof n === 'number' && x > n)
      return { field: part, fault: `is more than ${whole} (${n})` };
  }
  return undefined;
}
