import { shownAnswer, shownText } from './answers';
import type { Cell } from './cells';
import { type DateOrder, dateOrders } from './dateOrders';

/** What an import must know before it writes a figure: what becomes of cells that cannot be read. */
export interface ImportQuestion {
  /** The column; empty when the question is about the table. */
  column: string;
  /** What is unclear, in a sentence. */
  text: string;
  /** The different texts that cannot be read, the most frequent first, at most {@link TEXTS}. */
  texts: { text: string; count: number }[];
  /** The orders that the dates can have. */
  dates: DateOrder[];
  /** The scales that may have been asked: `1-7`. */
  scales: string[];
  /** What a text may mean: `yes`, `no`, or an answer of the scale. */
  meanings: string[];
  /** Whether the cells can be left out instead. */
  canLeaveOut: boolean;
  /** Whether first and last day of the whole table are asked for. */
  isPeriod: boolean;
  /** Whether leaving the whole column out is an answer. */
  canDrop?: boolean;
}

/** The most texts that a question lists. */
export const TEXTS = 12;

/** Cells of one column that cannot be read. */
export class OpenCells {
  private count = 0;
  private readonly texts = new Map<string, { text: string; error: string; count: number }>();
  private dates: Set<DateOrder> | undefined;
  private scales: Set<string> | undefined;
  private readonly meanings = new Set<string>();

  add(text: string, { error, dates = [], scales = [], meanings = [] }: Extract<Cell, { error: string }>): void {
    this.count += 1;
    const key = shownAnswer(text);
    const known = this.texts.get(key);
    if (known) known.count += 1;
    else if (this.texts.size < 1000) this.texts.set(key, { text: shownText(text), error, count: 1 });
    const both = <T>(before: Set<T> | undefined, now: readonly T[]) =>
      new Set(before ? now.filter((one) => before.has(one)) : now);
    this.dates = both(this.dates, dates);
    this.scales = both(this.scales, scales);
    for (const one of meanings) this.meanings.add(one);
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  question(column: string): ImportQuestion {
    const all = [...this.texts.values()].sort((a, b) => b.count - a.count);
    const [first] = all;
    const example = first ? `"${first.text}" ${first.error}` : '';
    const rest = all.length > 1 ? `, and ${all.length - 1} other ${all.length === 2 ? 'text' : 'texts'}` : '';
    const cells = this.count === 1 ? '1 cell' : `${this.count} cells`;
    return {
      column,
      text: `${cells} of "${column}" cannot be read: ${example}${rest}.`,
      texts: all.slice(0, TEXTS).map(({ text, count }) => ({ text, count })),
      dates: dateOrders.filter((order) => this.dates?.has(order)),
      scales: [...(this.scales ?? [])],
      meanings: [...this.meanings],
      canLeaveOut: true,
      isPeriod: false,
    };
  }
}

/**
 * The question about rows that belong to no period.
 * @param column of dates, if there is one
 */
export function periodQuestion(rows: number, by: 'month' | 'quarter' | 'all', column = ''): ImportQuestion {
  const nothing = { texts: [], dates: [], scales: [], meanings: [], canLeaveOut: column !== '' && by !== 'all' };
  const which = rows === 1 ? '1 row has no date' : `${rows} rows have no date`;
  const text = by === 'all' ? 'Which period is the whole table about?' : `${which}: which period are they about?`;
  return { ...nothing, column, text, isPeriod: true };
}

/** The question about a column whose header names another scale than the one it would be read with. */
export function scaleQuestion(column: string, text: string, scales: string[]): ImportQuestion {
  const nothing = { texts: [], dates: [], meanings: [], canLeaveOut: false, isPeriod: false };
  return { ...nothing, column, text, scales };
}

/** The question about a column of segments that looks like one about single people. @param why `names …`, `has …` */
export function segmentQuestion(column: string, why: string): ImportQuestion {
  const nothing = { texts: [], dates: [], scales: [], meanings: [], canLeaveOut: false, isPeriod: false };
  const next = 'Leave it out, or name fewer groups in it.';
  const text = `"${column}" ${why}: it looks like a column about single people. ${next}`;
  return { ...nothing, column, text, canDrop: true };
}
