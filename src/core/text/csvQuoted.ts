/** The characters that begin a formula in spreadsheets, with their full-width forms. */
const formula = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Quotes and separators before them, which could end the cell and begin another. */
const tricks = /^["'`,;|\s]+/;

/** One cell of a CSV table (RFC 4180) from one line, always quoted. An apostrophe precedes what would be a formula. */
export function csvQuoted(line: string): string {
  const guarded = formula.test(line.replace(tricks, '')) ? `'${line}` : line;
  return `"${guarded.replaceAll('"', '""')}"`;
}
