import { defined } from '../defined';
import { metricOf } from '../metrics/metrics';
import { inertLine } from '../text/inertText';
import { isMissing } from './answers';
import { type CellStyle, type ColumnStyle, readCell } from './cells';
import { type ColumnAnswers, columnStyle, unknownScale } from './columnStyles';
import { driversOf, OwnQuestions } from './computeDrivers';
import { computeFigures } from './computeFigures';
import type { Driver } from './drivers';
import { FEW } from './few';
import type { Figure } from './figures';
import { type GroupFigure, rounded, type TableFacts, type Values } from './groupFigures';
import { type ImportField, type ImportKind, importFields } from './importFields';
import { type ImportQuestion, OpenCells, periodQuestion } from './importQuestions';
import { impossible } from './impossibleRow';
import { Segments } from './segments';
import { taskLabels } from './taskLabels';

/** What a person confirmed before an import. */
export interface ImportPlan extends Pick<TableFacts, 'currency' | 'discount' | 'target'>, ColumnAnswers {
  kind: ImportKind;
  /** Fields by column. */
  columns: Readonly<Record<string, string>>;
  /** Columns that may be questions of the team's own; all others are not read. */
  others: readonly string[];
  style: CellStyle;
  /** The period that rows with a date are grouped by. */
  by: 'month' | 'quarter' | 'all';
  /** For rows without a date. */
  period?: { from: string; to: string } | undefined;
  /** For rows without a target. */
  target?: string | undefined;
  /** The steps of the record's journeys. */
  journeys?: Readonly<Record<string, readonly string[]>> | undefined;
  source: string;
  on: string;
}

/** A cell that was left out. */
export interface BadCell {
  /** Its row in the file, from 1. */
  row: number;
  column: string;
  value: string;
  fault: string;
}

export interface ImportResult {
  /** None while a question is open. */
  figures: Figure[];
  /** How far the questions of a survey went with its outcome. */
  drivers: Driver[];
  /** The number of rows that were used, whole or in part. */
  good: number;
  /** The number of rows that were left out. */
  bad: number;
  /** The first cells that were left out, at most {@link LISTED}. */
  faults: BadCell[];
  /** What must be answered before anything is written. */
  questions: ImportQuestion[];
  /** Sentences about what was left out, and why. */
  notices: string[];
}

/** The most bad cells that are listed. */
export const LISTED = 100;

/** The rows of one target, segment and period. The segment is empty where a row names none. */
type Group = Pick<Figure, 'target' | 'from' | 'to'> & { segment: string; rows: Values[] };

interface Column {
  header: string;
  field: ImportField | undefined;
  style: ColumnStyle;
  open: OpenCells;
  /** The number of cells that were left out as a person said. */
  leftOut: number;
  isScaleKnown: boolean;
  /** The highest answer on a scale. */
  most: number | undefined;
  /** The different texts of the column, as far as they were looked at. */
  texts: ReadonlySet<string> | undefined;
}

/** Rows below or among the others that add them up. */
const totals = /^(grand )?totals?$|^(gesamt|summe|insgesamt|total general|totale|totaal|итого|suma)$/i;

/** Collects the rows of a table and turns them into figures. The result holds no rows. */
export class FigureImport {
  private readonly groups = new Map<string, Group>();
  private readonly columns: Column[];
  private readonly asked: ImportQuestion[] = [];
  private readonly faults: BadCell[] = [];
  private good = 0;
  private bad = 0;
  private undated = 0;
  private totals = 0;
  private readonly answers = new Set<string>();
  private twice = 0;
  private readonly own: OwnQuestions;
  private readonly segments = new Segments();

  /** @param texts the different texts of each column, by which words are recognised as answers */
  constructor(
    headers: readonly string[],
    private readonly plan: ImportPlan,
    texts: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  ) {
    this.own = new OwnQuestions(plan.kind === 'survey' ? plan.others : []);
    const known = new Map(importFields[plan.kind].map((field) => [field.id, field]));
    const fields = headers.map((header) =>
      known.get(Object.hasOwn(plan.columns, header) ? (plan.columns[header] ?? '') : ''),
    );
    // the questions of one questionnaire have one scale: their words are looked at together
    const nameOf = (header: string, field: ImportField | undefined) => (field?.isPart ? (field.metric ?? '') : header);
    const together = Map.groupBy(headers, (header, index) => nameOf(header, fields[index]));
    this.columns = headers.map((header, index) => {
      const field = fields[index];
      const same = together.get(nameOf(header, field)) ?? [];
      const spoken = new Set(same.flatMap((one) => [...(texts.get(one) ?? [])]));
      const read = field && columnStyle(header, field, plan, spoken);
      if (read?.question) this.asked.push(read.question);
      const { style = {}, isScaleKnown = true } = read ?? {};
      const nothing = { open: new OpenCells(), leftOut: 0, most: undefined };
      return { header, field, style, isScaleKnown, texts: texts.get(header), ...nothing };
    });
  }

  /** @param row its number in the file, from 1 */
  add(cells: readonly string[], row: number): void {
    const name = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
    if (totals.test(name)) this.totals += 1;
    else if (this.isKnown(cells)) this.twice += 1;
    else if (this.take(cells, row)) this.good += 1;
    else this.bad += 1;
  }

  /** Whether a row is an answer of the survey kit that another row holds already. */
  private isKnown(cells: readonly string[]): boolean {
    const column = this.columns.findIndex(({ field }) => field?.id === 'uxAuditAnswer');
    const id = cells[column]?.trim() ?? '';
    if (id === '' || this.answers.has(id)) return id !== '';
    this.answers.add(id);
    return false;
  }

  /** @returns whether something of the row is used */
  private take(cells: readonly string[], row: number): boolean {
    const values: Values = {};
    const others: Values = {};
    let isWhole = true;
    let refused = 0;
    for (const [index, column] of this.columns.entries()) {
      const text = cells[index] ?? '';
      if (!column.field && !isMissing(text)) this.own.take(column.header, text, others);
      if (!column.field) continue;
      const { latest, ...style } = this.plan.style;
      const isEnd = column.field.id === 'to';
      const cell = readCell(text, column.field, isEnd ? style : { ...style, latest }, column.style);
      if ('value' in cell) {
        values[column.field.id] = cell.value;
        if (column.field.type === 'scale') column.most = Math.max(column.most ?? 0, Number(cell.value));
      }
      if ('error' in cell) {
        this.refuse(column, text, row, cell);
        refused += 1;
        isWhole = isWhole && column.field.type !== 'date';
      }
    }
    for (const { field, fault } of impossible(values, this.plan)) {
      const column = this.columns.find((one) => one.field?.id === field);
      if (column) this.refuse(column, String(values[field] ?? ''), row, { error: fault });
      else this.list(row, { header: field, text: '', error: fault });
      if (field === 'start' || field === 'to' || field === 'date') isWhole = false;
      delete values[field];
    }
    if (!isWhole) return false;
    const given = Object.keys(values).filter((id) => !about.has(id));
    if (given.length === 0 && refused > 0) return false;
    if (given.length === 0) return this.list(row, { header: 'row', text: '', error: 'has no value that is read' });
    const period = this.periodOf(values);
    if (!period) {
      const dates = this.columnOf('date');
      if (dates && this.plan.by !== 'all' && this.plan.leaveOut.includes(dates.header)) dates.leftOut += 1;
      else this.undated += 1;
      return false;
    }
    const target = typeof values.target === 'string' ? targetOf(values.target) : this.plan.target;
    const segment = this.columnOf('segment') ? this.segments.nameOf(values.segment) : '';
    const key = `${target ?? ''}\n${segment}\n${period.from}\n${period.to}`;
    const group = this.groups.get(key);
    if (group) group.rows.push({ ...others, ...values });
    else this.groups.set(key, { target, segment, ...period, rows: [{ ...others, ...values }] });
    return true;
  }

  private refuse(column: Column, text: string, row: number, cell: Parameters<OpenCells['add']>[1]): void {
    this.list(row, { header: column.header, text, error: cell.error });
    if (this.plan.leaveOut.includes(column.header)) column.leftOut += 1;
    else column.open.add(text, cell);
  }

  private list(row: number, { header, text, error }: { header: string; text: string; error: string }): false {
    if (this.faults.length < LISTED) this.faults.push({ row, column: header, value: text.slice(0, 60), fault: error });
    return false;
  }

  private columnOf(id: string): Column | undefined {
    return this.columns.find(({ field }) => field?.id === id);
  }

  private periodOf(values: Values): { from: string; to: string } | undefined {
    const { from, to, date } = values as Record<string, string | undefined>;
    if (from !== undefined && to !== undefined) return { from, to };
    if (date === undefined || this.plan.by === 'all') return this.plan.period;
    return this.plan.by === 'month' ? monthsFrom(date, 1) : monthsFrom(date, 3);
  }

  /** What comes out of the rows. */
  result(): ImportResult {
    const unknown = this.columns.flatMap(({ header, field, isScaleKnown, most, open }) =>
      field && !isScaleKnown && most !== undefined && open.isEmpty ? (unknownScale(header, field, most) ?? []) : [],
    );
    const questions = [
      ...this.asked,
      ...unknown.flatMap((one) => ('question' in one ? [one.question] : [])),
      ...this.columns.flatMap(({ header, open }) => (open.isEmpty ? [] : [open.question(header)])),
      ...(this.undated > 0 ? [periodQuestion(this.undated, this.plan.by, this.columnOf('date')?.header)] : []),
    ];
    const groups = this.columnOf('segment')?.header;
    if (groups !== undefined) questions.push(...this.segments.question(groups));
    const scales = unknown.flatMap((one) => ('notice' in one ? [inertLine(one.notice)] : []));
    const notices = new Set([...this.columns.flatMap(durationNotice), ...scales]);
    if (groups !== undefined) for (const text of this.segments.notice(groups)) notices.add(text);
    const figures = questions.length > 0 ? [] : this.figures((text) => notices.add(text));
    const drivers = questions.length > 0 ? [] : this.drivers();
    for (const { header, leftOut } of this.columns)
      if (leftOut > 0) {
        const cells =
          leftOut === 1 ? '1 cell could not be read and was' : `${leftOut} cells could not be read and were`;
        notices.add(`"${inertLine(header)}": ${cells} left out.`);
      }
    if (this.twice > 0) notices.add(`Answers that arrived twice count once; left out: ${this.twice}.`);
    if (this.totals > 0) notices.add(`Rows that add others up were left out: ${this.totals}.`);
    return { figures, drivers, good: this.good, bad: this.bad, faults: this.faults, questions, notices: [...notices] };
  }

  private figures(notice: (text: string) => void): Figure[] {
    const groups = [...this.groups.values()];
    taskLabels(groups, notice);
    const csatScale = this.columnOf('csat')?.style.scale;
    const few: string[] = [];
    const { kind, journeys = {} } = this.plan;
    const factsOf = ({ target = '' }: Group): TableFacts => {
      const steps = Object.hasOwn(journeys, target) ? journeys[target] : undefined;
      return { ...this.plan, csatScale, target, steps };
    };
    const figures = groups.flatMap((group) =>
      computeFigures[kind](group.rows, factsOf(group), notice).flatMap((figure) => {
        const { metric, variant, step, n, people = n } = figure;
        if (people === undefined || people >= FEW) return [this.figureOf(figure, group)];
        const name = [metricOf(metric)?.short ?? metric, variant, step && `at ${step}`].filter(Boolean).join(' ');
        const of = [group.target ?? 'the whole product', this.segments.segmentOf(group.segment) ?? []]
          .flat()
          .join(', ');
        few.push(`${name} of ${of}, ${group.from} to ${group.to} (${people})`);
        return [];
      }),
    );
    if (few.length > 0) {
      const rest = few.length > 5 ? `; and ${few.length - 5} more` : '';
      notice(`A figure of fewer than ${FEW} people is not kept: ${few.slice(0, 5).join('; ')}${rest}.`);
    } else if (figures.length === 0 && this.good > 0 && kind !== 'funnel') {
      notice('No figure comes out: each needs columns that belong together, such as visits and conversions.');
    }
    return figures;
  }

  private drivers(): Driver[] {
    const { kind, source, on } = this.plan;
    if (kind !== 'survey') return [];
    return [...this.groups.values()].flatMap(({ rows, target, segment: of, from, to }) =>
      driversOf(rows, this.own.all).map((one) =>
        defined({
          ...one,
          target,
          segment: this.segments.segmentOf(of),
          from,
          to,
          basis: 'imported' as const,
          source,
          on,
        }),
      ),
    );
  }

  private figureOf(figure: GroupFigure, { target, segment, from, to }: Group): Figure {
    const { metric, variant, step, value, unit, n, interval, parts } = figure;
    return defined({
      metric,
      target,
      variant,
      step,
      segment: this.segments.segmentOf(segment),
      from,
      to,
      value: rounded(value),
      unit,
      n,
      low: interval && rounded(interval.low),
      high: interval && rounded(interval.high),
      parts,
      basis: 'imported' as const,
      source: this.plan.source,
      on: this.plan.on,
    });
  }
}

/** Says how 1:20 is read, since a spreadsheet may mean hours. */
function durationNotice({ header, field, texts = new Set() }: Column): string[] {
  const example = [...texts].find((text) => /^\d+:\d{2}$/.test(text.trim()));
  if (field?.type !== 'duration' || example === undefined) return [];
  return [`"${inertLine(header)}": ${example.trim()} is read as minutes and seconds.`];
}

/** The name of a target as it is kept: an address without its query, which may tell who somebody is. */
function targetOf(text: string): string {
  return /^(\/|https?:)/.test(text) ? text.replace(/[?#].*$/s, '') : text;
}

/** The fields that say what a row is about. */
const about = new Set(['uxAuditAnswer', 'date', 'from', 'to', 'target', 'segment', 'task', 'participant']);

/** The first and last day of the month or quarter that holds a day. */
function monthsFrom(date: string, months: 1 | 3): { from: string; to: string } {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const first = month - 1 - ((month - 1) % months);
  const day = (ofMonth: number, number: number) => new Date(Date.UTC(year, ofMonth, number)).toISOString().slice(0, 10);
  return { from: day(first, 1), to: day(first + months, 0) };
}
