import * as z from 'zod/mini';
import type { ImpactData } from '../core/impact/impactData';
import { dateOrders } from '../core/outcomes/dateOrders';
import type { BadCell } from '../core/outcomes/figureImport';
import type { Figure } from '../core/outcomes/figures';
import type { ImportQuestion } from '../core/outcomes/importQuestions';
import { bareRequest, request } from './contract';
import { id, text } from './fields';

/** A preview of a table's import with the choices so far. */
export interface TableDraft {
  name: string;
  headers: string[];
  /** The first rows. */
  sample: string[][];
  rows: number;
  kind: string;
  /** Fields by column. Other columns are not read. */
  columns: Record<string, string>;
  personal: { column: string; why: string }[];
  /** Columns that are left out. */
  drop: string[];
  good: number;
  bad: number;
  faults: BadCell[];
  notices: string[];
  /** What must be answered before anything is written. */
  questions: ImportQuestion[];
  figures: Figure[];
  /** How many figures would stand beside one of the same period from another source. */
  beside: number;
  /** How many figures would replace another one of the same source. */
  replaced: number;
  /** Why the table cannot be imported with these choices. */
  error: string | null;
}

const short = text(500);

const choice = {
  kind: short,
  columns: z.record(short, short),
  drop: z.array(short),
  by: z.enum(['month', 'quarter', 'all']),
  from: short,
  to: short,
  target: short,
  /** Where the table comes from; empty: its file. */
  source: short,
  currency: short,
  discount: short,
  dates: z.enum(['', ...dateOrders]),
  /** The scale of a column, such as `1-7`. */
  scales: z.record(short, short),
  /** What texts of a column mean. */
  answers: z.record(short, z.record(short, short)),
  /** Columns whose unreadable cells are left out. */
  leaveOut: z.array(short),
};
const tableChoice = z.strictObject(choice);
/** A person's choices for a table. */
export type TableChoice = z.infer<typeof tableChoice>;

const figure = {
  metric: short,
  value: short,
  from: short,
  to: short,
  n: short,
  source: short,
  target: short,
  variant: short,
  segment: short,
  unit: short,
};
/** A figure that a person typed. The host checks it. */
export type FigureText = z.infer<z.ZodMiniObject<typeof figure>>;

/** The requests of the impact page. `ready` comes first. */
export const impactContract = {
  ready: bareRequest.answering<ImpactData>(),
  audit: bareRequest,
  evaluate: bareRequest,
  addTouchpoint: bareRequest,
  /** Opens what evaluators answered to a checklist about a target. */
  openAnswers: request({ target: short, checklist: short }),
  showFinding: request({ id }),
  goToCode: request({ id }),
  chooseTable: bareRequest.answering<TableDraft | null>(),
  readTable: request(choice).answering<TableDraft>(),
  importTable: request(choice).answering<{ figures: number }>(),
  addFigure: request(figure),
  /** Asks which findings a reason for leaving is about. */
  chooseReason: request({ reason: short }).answering<{ findings: number } | null>(),
  template: request({ kind: short }),
  makeSurvey: bareRequest,
  recordBaseline: request({ target: short }),
  askField: request({
    target: short,
    scope: z.enum(['url', 'origin']),
    formFactor: z.enum(['PHONE', 'DESKTOP']),
  }).answering<{ figures: number }>(),
  exportHtml: bareRequest,
  copy: request({ text: text(100_000) }),
};

/** The events that the host sends to the page. */
export interface ImpactEvents {
  state: ImpactData;
  table: TableDraft;
}
