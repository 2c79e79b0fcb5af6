import { inertLine } from './inertText';

/** The characters that begin a formula in spreadsheets, with their full-width forms. */
const formula = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Quotes and separators before them, which could end the cell and begin another. */
const tricks = /^["'`,;|\s]+/;

/**
 * One cell of a CSV table (RFC 4180), always quoted, as one inert line. An apostrophe precedes text that would be a
 * formula.
 */
export function csvCell(text: string): string {
  const line = inertLine(text);
  const guarded = formula.test(line.replace(tricks, '')) ? `'${line}` : line;
  return `"${guarded.replaceAll('"', '""')}"`;
}
