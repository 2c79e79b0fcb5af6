import { utcDay } from '../text/days';
import type { DateOrder } from './dateOrders';

/** The days that a text can mean. */
interface Reading {
  /** By order; `any` for a writing that has one order. A day that the calendar lacks is left out. */
  days: Partial<Record<DateOrder | 'any', string>>;
  /** The orders that the writing leaves open. */
  open: readonly DateOrder[];
}

/** Languages whose names of months and days are read. None gives the same name to two months. */
const languages = 'en en-GB de de-AT fr es pt it nl sv da nb fi pl cs sk hu ro tr ru uk el id'.split(' ');
/** Words beside the parts of a date: 1st, 1 de mayo, 1 мая 2026 г. */
const fillers = new Set('st nd rd th er of the de del den der le el il at um г года р року'.split(' '));

let names: { months: Map<string, number>; weekdays: Set<string> } | undefined;

function bareName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}|\./gu, '')
    .toLowerCase();
}

/** The names of months and days, in the forms that stand alone and those beside a day. Made when first needed. */
function calendarNames() {
  if (names) return names;
  names = { months: new Map(), weekdays: new Set() };
  for (const language of languages) {
    for (const length of ['long', 'short'] as const) {
      const month = [{ month: length }, { month: length, day: 'numeric' }] as const;
      const forms = month.map((form) => new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }));
      const weekday = new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' });
      for (let index = 0; index < 12; index += 1)
        for (const form of forms)
          for (const { type, value } of form.formatToParts(Date.UTC(2026, index, 1)))
            if (type === 'month') names.months.set(bareName(value), index + 1);
      for (let day = 1; day <= 7; day += 1) names.weekdays.add(bareName(weekday.format(Date.UTC(2026, 0, day))));
    }
  }
  return names;
}

/** A time of day with all that follows it, such as a zone. */
const time = /(?:(?<=\d)T|[\s,]+)(?:at |um )?\d{1,2}(?:[:h]\d{2}|\.\d{2}(?=\.\d{2}|$)).*$/i;

const day = (y: number, m: number, d: number) => (y >= 1990 && y < 2100 ? utcDay(y, m, d) : undefined);
const one = (y: number, m: number, d = 1): Reading => ({ days: { any: day(y, m, d) }, open: [] });

/** 26 is 2026. Figures of the last century are not imported. */
const fullYear = (text: string) => (text.length === 2 ? 2000 + Number(text) : Number(text));

/** Reads digits alone: 20260501, also with hour, minute and second; 202605; seconds or milliseconds since 1970. */
function ofDigits(text: string): Reading | undefined {
  const [, y, m, d = '1'] = /^((?:19|20)\d{2})(\d{2})(\d{2})?(?:\d{2}|\d{4}|\d{6})?$/.exec(text) ?? [];
  const isLong = text.length !== 13 && y !== undefined;
  if (isLong && day(Number(y), Number(m), Number(d))) return one(Number(y), Number(m), Number(d));
  if (!/^(\d{10}|\d{13})$/.test(text)) return undefined;
  const at = new Date(Number(text.slice(0, 10)) * 1000);
  return one(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

/** The days that a text can mean; undefined when it is no date. */
function readingOf(given: string): Reading | undefined {
  const text = given.trim();
  const compact = text.replace(/^(\d{8})(?:T\d{4,6}Z?|\s+\d{1,2}:.*)$/, '$1');
  if (/^\d+$/.test(compact)) return ofDigits(compact);
  const lastYear = /\d:\d{2}.*\s(\d{4})$/.exec(text)?.[1]; // Fri May 1 10:00:00 CEST 2026
  const date = text.replace(time, lastYear ? ` ${lastYear}` : '').replace(/(\d-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$/, '$1');
  if (/[^\p{L}\p{M}\d\s.,/\-–()]/u.test(date)) return undefined;
  const numbers: string[] = [];
  let month: number | undefined;
  let isMonthFirst = false;
  for (const word of date.normalize('NFC').match(/\d+|[年月日년월일]|[\p{L}\p{M}]+/gu) ?? []) {
    if (/^\d/.test(word)) numbers.push(word);
    else if (!fillers.has(word.toLowerCase()) && !/^[年月日년월일]$/.test(word)) {
      const { months, weekdays } = calendarNames();
      const found = months.get(bareName(word));
      if (found === undefined ? !weekdays.has(bareName(word)) : month !== undefined) return undefined;
      if (found !== undefined) isMonthFirst = numbers.length === 0;
      month ??= found;
    }
  }
  if (numbers.some((number) => number.length > 4 || number.length === 3)) return undefined;
  const separator = date.includes('/') ? '/' : date.includes('.') ? '.' : '-';
  return month === undefined ? ofNumbers(numbers, separator) : withMonth(numbers, month, isMonthFirst);
}

function withMonth([first = '', second, more]: string[], month: number, isMonthFirst: boolean): Reading | undefined {
  if (first === '' || more !== undefined) return undefined;
  if (second === undefined) {
    if (first.length === 4) return one(Number(first), month);
    const dayOfYear = Number(first) >= 1 && Number(first) <= 31;
    return dayOfYear
      ? { days: { 'month and year': day(fullYear(first), month, 1) }, open: ['month and year'] }
      : undefined;
  }
  if (first.length === 4) return one(Number(first), month, Number(second));
  if (second.length === 4 || isMonthFirst) return one(fullYear(second), month, Number(first));
  return {
    days: {
      'day first': day(fullYear(second), month, Number(first)),
      'year first': day(fullYear(first), month, Number(second)),
    },
    open: ['day first', 'year first'],
  };
}

function ofNumbers([a = '', b = '', c, more]: string[], separator: string): Reading | undefined {
  if (more !== undefined || a === '' || b === '') return undefined;
  const [x, y] = [Number(a), Number(b)];
  if (c === undefined) {
    if (a.length === 4 && b.length < 4) return one(x, y);
    return b.length === 4 && a.length < 4 ? one(y, x) : undefined;
  }
  const z = fullYear(c);
  if (a.length === 4) return one(x, y, Number(c));
  const dayFirst = day(z, y, x);
  // with points, every language that writes the year last writes the day first
  if (c.length === 4 && separator === '.') return { days: { any: dayFirst }, open: [] };
  const monthFirst = separator === '.' ? {} : { 'month first': day(z, x, y) };
  const yearFirst = c.length === 4 ? {} : { 'year first': day(fullYear(a), y, Number(c)) };
  const days = { 'day first': dayFirst, ...monthFirst, ...yearFirst };
  return { days, open: Object.keys(days) as DateOrder[] };
}

/** How dates are read. */
export interface DateStyle {
  /** The order that the column tells or a person gave. */
  dates?: DateOrder | undefined;
  /** The last day that a date may be, YYYY-MM-DD. */
  latest?: string | undefined;
}

/** Reads a date as YYYY-MM-DD, or says what is wrong with it; `open` holds the orders to choose from. */
export function readDate(
  text: string,
  { dates, latest = '9999' }: DateStyle,
): string | { error: string; open?: DateOrder[] } {
  const reading = readingOf(text);
  if (!reading) return { error: 'is no date; write it as 2026-01-31' };
  const { days, open } = reading;
  const chosen = dates !== undefined && open.includes(dates) ? [days[dates]] : Object.values(days);
  const real = [...new Set(chosen.filter((one) => one !== undefined))];
  const past = real.filter((one) => one <= latest);
  if (real.length === 0) return { error: 'is no day of the calendar; write it as 2026-01-31' };
  if (past.length === 0) return { error: 'lies in the future; correct it, or leave it out' };
  const isOpen = past.length > 1 || (open.includes('month and year') && dates !== 'month and year');
  const orders = open.filter((order) => days[order] !== undefined && (days[order] as string) <= latest);
  if (isOpen && open.includes('month and year')) return { error: 'could be a month of a year, or a day', open: orders };
  return isOpen ? { error: `could be two days: ${past.join(' or ')}`, open: orders } : (past[0] as string);
}

/** Finds the order of a column's dates: the one by which each is a day of the past. */
export class OrderOfDates {
  private possible: readonly DateOrder[] | undefined;

  constructor(private readonly latest: string) {}

  add(text: string): void {
    if (!/^\W*\p{L}{0,4}\W*\d{1,2}[^\d:]/u.test(text)) return; // for speed: no date that leaves its order open
    const { open = [], days = {} } = readingOf(text) ?? {};
    if (open.length < 2) return;
    const fits = open.filter((order) => (days[order] ?? '9999') <= this.latest);
    this.possible = (this.possible ?? open).filter((order) => fits.includes(order));
  }

  /** Undefined when the dates leave it open, contradict each other, or have one order only. */
  get order(): DateOrder | undefined {
    return this.possible?.length === 1 ? this.possible[0] : undefined;
  }
}
