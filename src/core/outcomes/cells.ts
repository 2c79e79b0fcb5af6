import { utcDay } from '../text/days';
import type { ImportField } from './importFields';

/** How a table writes its dates and numbers. */
export interface CellStyle {
  /** What 3/4/2026 means; undefined when no date of the column decides it. */
  dates?: 'day first' | 'month first' | undefined;
  /** Whether a comma is the decimal mark, as in tables with semicolons; undefined when unknown (tabs). */
  decimalComma: boolean | undefined;
}

/** The value of a cell, or what is wrong with it. */
export type Cell = { value: number | string | boolean } | { error: string };

const yes = new Set('1 yes y true success pass passed completed done ja oui si sí'.split(' '));
const no = new Set('0 no n false fail failed failure abandoned nein non'.split(' '));

/** Reads a cell that is not empty. */
export function readCell(text: string, field: ImportField, style: CellStyle): Cell {
  const given = text.trim();
  if (field.type === 'text') return { value: given.replace(/^[=+@-]+/, '').trim() };
  if (field.type === 'date') return readDate(given, style);
  if (field.type === 'yes-no') {
    const word = given.toLowerCase();
    if (yes.has(word)) return { value: true };
    return no.has(word) ? { value: false } : { error: 'write yes or no (or 1 or 0)' };
  }
  const whole = field.type !== 'amount';
  const value = readNumber(given, whole, style);
  if (typeof value === 'string') return { error: value };
  if (whole && !Number.isInteger(value)) return { error: 'must be a whole number' };
  const { min = 0, max = Number.POSITIVE_INFINITY } = field;
  if (value < min || value > max)
    return { error: max === Number.POSITIVE_INFINITY ? `must be ${min} or more` : `must be from ${min} to ${max}` };
  return { value };
}

/** Reads a number. */
function readNumber(text: string, isWhole: boolean, { decimalComma }: CellStyle): number | string {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace(/%$/, '');
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

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Reads 2026-11-02 (also with a time), 2026-11, 02.11.2026, 2 Nov 2026, and 11/2/2026 in the column's order. */
const dateForms = [
  /^(?<y>\d{4})-(?<m>\d{1,2})(?:-(?<d>\d{1,2}))?(?:[T ].*)?$/,
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})(?: .*)?$/,
  /^(?<d>\d{1,2})\.? (?<m>[A-Za-z]{3})[a-z]*\.?,? (?<y>\d{4})$/,
  /^(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<y>\d{4})(?: .*)?$/,
];

function readDate(text: string, { dates }: CellStyle): Cell {
  let parts: Record<string, string | undefined> | undefined;
  for (const form of dateForms) parts ??= form.exec(text)?.groups;
  if (!parts) return { error: 'is no date; write it as 2026-01-31' };
  const { y, first, second, d = '1', m = '' } = parts;
  if (first !== undefined && dates === undefined)
    return { error: 'could be day/month or month/day; write it as 2026-01-31, or say which' };
  const [day, month] = first === undefined ? [d, m] : dates === 'day first' ? [first, second] : [second, first];
  const number = Number(month) || months.indexOf(String(month).toLowerCase()) + 1;
  const value = Number(y) >= 1990 && Number(y) < 2100 ? utcDay(Number(y), number, Number(day)) : undefined;
  return value ? { value } : { error: 'is no day of the calendar; write it as 2026-01-31' };
}

/** The order of a column's dates with slashes; undefined when they do not decide it or contradict each other. */
export class DateOrder {
  private dayFirst = false;
  private monthFirst = false;

  add(text: string): void {
    if (!text.includes('/')) return;
    const [, first, second] = /^\s*(\d{1,2})\/(\d{1,2})\/\d{4}/.exec(text) ?? [];
    if (Number(first) > 12) this.dayFirst = true;
    if (Number(second) > 12) this.monthFirst = true;
  }

  get order(): CellStyle['dates'] {
    if (this.dayFirst === this.monthFirst) return undefined;
    return this.dayFirst ? 'day first' : 'month first';
  }
}
