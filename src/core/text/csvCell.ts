import { inertLine } from './inertText';

/** What spreadsheets take for the beginning of a formula, also in their full-width forms. */
const formula = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Quotes, separators and invisible characters in front of it, which end a cell early and begin another. */
const tricks = /^["'`,;|\s\p{Cf}]+/u;

/**
 * One cell after RFC 4180, always quoted: one inert line that a spreadsheet shows as text. Text that would be a formula
 * gets an apostrophe in front.
 */
export function csvCell(text: string): string {
  const line = inertLine(text);
  const guarded = formula.test(line.replace(tricks, '')) ? `'${line}` : line;
  return `"${guarded.replaceAll('"', '""')}"`;
}
