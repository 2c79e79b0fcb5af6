import { usageError } from '../errors';

/** A place in a text. Both count from 1; columns count UTF-16 units. */
export interface TextPosition {
  line: number;
  column: number;
}

/** A piece of a text, by offsets and by positions; its end is not part of it. */
export interface TextRange {
  from: number;
  to: number;
  start: TextPosition;
  end: TextPosition;
}

/** How many lines a patch shows around a change. */
const AROUND = 3;

/** The texts of lines with their ends. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * A range of a text.
 * @param end without a column: the end of its line
 * @throws HumanError `range-outside`
 */
export function rangeOf(
  text: string,
  start: TextPosition,
  end: { line: number; column?: number | undefined },
): TextRange {
  const lines = linesOf(text);
  const lengthOf = (line: number) => lines[line - 1]?.replace(/\r?\n$/, '').length;
  const last = { line: end.line, column: end.column ?? (lengthOf(end.line) ?? 0) + 1 };
  const offset = ({ line, column }: TextPosition) => {
    const length = lengthOf(line);
    if (length === undefined || column > length + 1) return undefined;
    return lines.slice(0, line - 1).reduce((sum, one) => sum + one.length, 0) + column - 1;
  };
  const [from, to] = [offset(start), offset(last)];
  if (from !== undefined && to !== undefined && from <= to) return { from, to, start, end: last };
  const what = `The file has no range from ${start.line}:${start.column} to ${last.line}:${last.column}.`;
  throw usageError('range-outside', what, `It has ${lines.length} lines; read it again.`);
}

/** A change of one piece of a text as a unified diff, as `git apply` takes it. Empty when nothing changes. */
export function patchOf(
  file: string,
  before: string,
  { from, to }: Pick<TextRange, 'from' | 'to'>,
  replacement: string,
): string {
  const after = before.slice(0, from) + replacement + before.slice(to);
  if (after === before) return '';
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const begin = Math.max(0, head - AROUND);
  const end = (lines: readonly string[]) => Math.min(lines.length, lines.length - tail + AROUND);
  const body = (sign: string, lines: readonly string[]) =>
    lines.map((line) => `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
  const span = (lines: readonly string[]) => {
    const count = end(lines) - begin;
    return `${count === 0 ? begin : begin + 1},${count}`;
  };
  return [
    `--- a/${file}\n`,
    `+++ b/${file}\n`,
    `@@ -${span(old)} +${span(now)} @@\n`,
    ...body(' ', old.slice(begin, head)),
    ...body('-', old.slice(head, old.length - tail)),
    ...body('+', now.slice(head, now.length - tail)),
    ...body(' ', old.slice(old.length - tail, end(old))),
  ].join('');
}
