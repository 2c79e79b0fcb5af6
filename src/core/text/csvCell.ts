import { csvQuoted } from './csvQuoted';
import { inertLine } from './inertText';

/**
 * One cell of a CSV table (RFC 4180), always quoted, as one inert line. An apostrophe precedes text that would be a
 * formula.
 */
export function csvCell(text: string): string {
  return csvQuoted(inertLine(text));
}
