import * as z from 'zod/mini';
import type { ImpactData } from '../core/impact/impactData';
import type { BadCell } from '../core/outcomes/figureImport';
import type { Figure } from '../core/outcomes/figures';

/** A table that is about to be imported, as it would be with what was decided so far. */
export interface TableDraft {
  name: string;
  headers: string[];
  /** The first rows. */
  sample: string[][];
  rows: number;
  kind: string;
  /** Column to field; columns that are not there are not read. */
  columns: Record<string, string>;
  personal: { column: string; why: string }[];
  /** Columns that are left out. */
  drop: string[];
  good: number;
  bad: number;
  faults: BadCell[];
  notices: string[];
  figures: Figure[];
  /** Figures that take the place of one from another source. */
  replaced: number;
  /** Why nothing can be imported as it stands. */
  problem: string | null;
}

/** What a person decides about a table. */
export interface TableChoice {
  kind: string;
  columns: Record<string, string>;
  drop: string[];
  by: 'month' | 'quarter' | 'all';
  from: string;
  to: string;
  target: string;
  currency: string;
  discount: string;
  dates: '' | 'day first' | 'month first';
}

/** A figure as it was typed; the host checks it. */
export interface FigureText {
  metric: string;
  value: string;
  from: string;
  to: string;
  n: string;
  source: string;
  target: string;
  variant: string;
  unit: string;
}

/** What the impact page may ask. The page speaks first, with `ready`. */
export type ImpactRequests = {
  ready: { params: null; result: ImpactData };
  audit: { params: null; result: null };
  openFinding: { params: { id: string }; result: null };
  chooseTable: { params: null; result: TableDraft | null };
  readTable: { params: TableChoice; result: TableDraft };
  importTable: { params: TableChoice; result: { figures: number } };
  addFigure: { params: FigureText; result: null };
  template: { params: { kind: string }; result: null };
  recordBaseline: { params: { target: string }; result: null };
  askField: {
    params: { target: string; scope: 'url' | 'origin'; formFactor: 'PHONE' | 'DESKTOP' };
    result: { figures: number };
  };
  exportHtml: { params: null; result: null };
  copy: { params: { text: string }; result: null };
};

const short = z.string().check(z.maxLength(500));
const choice = z.object({
  kind: short,
  columns: z.record(short, short),
  drop: z.array(short),
  by: z.enum(['month', 'quarter', 'all']),
  from: short,
  to: short,
  target: short,
  currency: short,
  discount: short,
  dates: z.enum(['', 'day first', 'month first']),
});

/** What the host accepts; anything else from a page is refused. */
export const impactRequestSchemas = {
  ready: z.null(),
  audit: z.null(),
  openFinding: z.object({ id: short }),
  chooseTable: z.null(),
  readTable: choice,
  importTable: choice,
  addFigure: z.object({
    metric: short,
    value: short,
    from: short,
    to: short,
    n: short,
    source: short,
    target: short,
    variant: short,
    unit: short,
  }),
  template: z.object({ kind: short }),
  recordBaseline: z.object({ target: short }),
  askField: z.object({ target: short, scope: z.enum(['url', 'origin']), formFactor: z.enum(['PHONE', 'DESKTOP']) }),
  exportHtml: z.null(),
  copy: z.object({ text: z.string().check(z.maxLength(100_000)) }),
};
