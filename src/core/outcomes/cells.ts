import { type AnswerStyle, endsText, isMissing, readAnswer, readYesNo, shownAnswer } from './answers';
import type { DateOrder } from './dateOrders';
import { type DateStyle, readDate } from './dates';
import { readDuration } from './durations';
import type { Ends, ImportField } from './importFields';
import { namedNumbers } from './namedNumbers';

/** How a table writes its dates and numbers. */
export interface CellStyle extends DateStyle {
  /** Whether a comma is the decimal mark, as in tables with semicolons; undefined when unknown (tabs). */
  decimalComma: boolean | undefined;
}

/** How the cells of one column are read. */
export interface ColumnStyle extends Partial<AnswerStyle> {
  /** What a person said that texts mean, by {@link shownAnswer}; empty: no answer. */
  meanings?: ReadonlyMap<string, string> | undefined;
  /** Seconds of a plain number in a column of durations. */
  unit?: number;
}

/** The value of a cell, that it has none, or what is wrong with it. */
export type Cell =
  | { value: number | string | boolean }
  | { missing: true }
  | { error: string; dates?: DateOrder[]; scales?: string[]; meanings?: string[] };

const absent = { missing: true } as const;

/** Reads a cell. */
export function readCell(text: string, field: ImportField, style: CellStyle, column: ColumnStyle = {}): Cell {
  const meaning = column.meanings?.get(shownAnswer(text));
  const given = (meaning ?? text).trim().replace(/^="(.*)"$/, '$1'); // some exports write numbers as formulas
  if (isMissing(given)) return absent;
  if (field.type === 'text') {
    const value = given.replace(/^[=+@-]+/, '').trim();
    return value === '' ? absent : { value };
  }
  if (field.type === 'step') return { value: given };
  if (field.type === 'date') {
    const date = readDate(given, style);
    if (typeof date === 'string') return { value: date };
    const { error, open } = date;
    return { error, ...(open && { dates: open }) };
  }
  if (field.type === 'yes-no') {
    const value = readYesNo(given);
    return value === undefined ? { error: 'is neither yes nor no', meanings: ['yes', 'no'] } : { value };
  }
  if (field.type === 'scale') return readScale(given, field, column);
  if (field.type === 'step-counts' || field.type === 'step-durations') return readSteps(text.trim(), field.type, style);
  const duration = field.type === 'duration' ? readDuration(given) : undefined;
  if (duration !== undefined) return { value: duration };
  const whole = field.type === 'count';
  const value = readNumber(given, whole, style);
  if (typeof value === 'string') return { error: value };
  if (whole && !Number.isInteger(value)) return { error: 'is no whole number' };
  if (value < 0) return { error: 'is less than 0' };
  return { value: field.type === 'duration' ? value * (column.unit ?? 1) : value };
}

/**
 * Reads a number for each step. A lone `0` says that no step has one.
 * @returns as value the same cell with plain numbers, durations in seconds
 */
function readSteps(text: string, type: 'step-counts' | 'step-durations', style: CellStyle): Cell {
  if (text === '0') return { value: '' };
  const number = { id: '', name: '', type: type === 'step-counts' ? 'count' : 'duration' } as const;
  const parts: string[] = [];
  for (const { name, number: given } of namedNumbers(text)) {
    const cell = given === undefined ? absent : readCell(given, number, style);
    if ('error' in cell) return { error: `${cell.error} at "${name}"` };
    if (!('value' in cell)) return { error: `has no number for "${name}"; write it as Cart=21; Address=64` };
    parts.push(`${name}=${cell.value}`);
  }
  return { value: parts.join('; ') };
}

function readScale(text: string, field: ImportField, { scale, words = new Map() }: ColumnStyle): Cell {
  const [low, high] = scale ?? endsOf(field);
  const value = readAnswer(text, { scale: [low, high], words });
  if (typeof value === 'number') return { value };
  const number = Number(/^\d+$/.exec(text)?.[0] ?? Number.NaN);
  const others = (field.scales ?? []).filter(([from, to]) => from !== low || to !== high);
  const fitting = others.filter(([from, to]) => Number.isNaN(number) || (number >= from && number <= to));
  // a number off the scale stands for no other number
  const points = Number.isNaN(number) ? Array.from({ length: high - low + 1 }, (_, index) => String(low + index)) : [];
  return { error: value, meanings: points, scales: fitting.map(endsText) };
}

/** The scale that a question is published with. */
export function endsOf({ min = 0, max = 0 }: ImportField): Ends {
  return [min, max];
}

/** Reads a number. */
function readNumber(text: string, isWhole: boolean, { decimalComma }: CellStyle): number | string {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, '').replace(/%$|^[€$£¥]|[€$£¥]$/, '');
  if (!/^[-+]?\d[\d.,]*$/.test(plain)) return 'is no number';
  const marks = plain.replace(/[^.,]/g, '');
  if (marks === '') return Number(plain);
  const last = marks.at(-1) as string;
  const isGrouped = /^[-+]?\d{1,3}([.,]\d{3})+$/.test(plain) && new Set(marks).size === 1;
  if (isWhole && isGrouped) return Number(plain.replace(/[.,]/g, ''));
  if (marks.length > 1 && new Set(marks).size === 1) {
    return isGrouped ? Number(plain.replace(/[.,]/g, '')) : 'is no number';
  }
  const isDecimalMark = decimalComma !== undefined && last === (decimalComma ? ',' : '.');
  if (marks.length === 1 && isGrouped && !isDecimalMark)
    return 'could be thousands or a decimal; write it without a mark between thousands';
  const [integer, fraction] = [plain.slice(0, plain.lastIndexOf(last)), plain.slice(plain.lastIndexOf(last) + 1)];
  return Number(`${integer.replace(/[.,]/g, '')}.${fraction}`);
}
