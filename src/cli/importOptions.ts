import { usageError } from '../core/errors';
import { endsOfText } from '../core/outcomes/answers';
import type { ColumnAnswers } from '../core/outcomes/columnStyles';
import type { Ends } from '../core/outcomes/importFields';
import type { ImportQuestion } from '../core/outcomes/importQuestions';
import { inertLine } from '../core/text/inertText';

/** The options of an import about single columns, as they were given. */
interface ColumnOptions {
  scale?: readonly string[] | undefined;
  answer?: readonly string[] | undefined;
  leaveOut?: readonly string[] | undefined;
}

/**
 * What the options of an import say about single columns.
 * @param headers of the table: they tell where the text of an answer begins, since it may hold a colon
 */
export function columnAnswers(
  { scale = [], answer = [], leaveOut = [] }: ColumnOptions,
  headers: readonly string[],
): ColumnAnswers {
  const scales: Record<string, Ends> = {};
  for (const pair of scale) {
    const at = pair.lastIndexOf('=');
    const ends = endsOfText(pair.slice(at + 1));
    if (at < 1 || !ends)
      throw usageError('option-invalid', `--scale "${pair}" is not COLUMN=SCALE.`, 'For example: --scale "csat=1-7"');
    scales[pair.slice(0, at)] = ends;
  }
  const answers: Record<string, Record<string, string>> = {};
  for (const given of answer) {
    const at = given.lastIndexOf('=');
    const found = headers.filter((header) => given.startsWith(`${header}:`) && header.length < at);
    const colon = found.length > 0 ? Math.max(...found.map(({ length }) => length)) : given.indexOf(':');
    if (colon < 1 || colon > at)
      throw usageError(
        'option-invalid',
        `--answer "${given}" is not COLUMN:TEXT=VALUE.`,
        'For example: --answer "Success:Partial=no"',
      );
    const column = given.slice(0, colon);
    answers[column] = { ...answers[column], [given.slice(colon + 1, at)]: given.slice(at + 1).trim() };
  }
  return { scales, answers, leaveOut };
}

/**
 * Quotes a text of a table for the shell of this system. A POSIX shell runs `$(…)` inside double quotes, so it gets
 * single ones; cmd.exe knows double ones alone.
 */
function quoted(text: string): string {
  if (/^[\w.:/=-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A question with the options that answer it. */
export function questionLines({
  column,
  text,
  texts,
  dates,
  scales,
  meanings,
  canLeaveOut,
  canDrop,
  isPeriod,
}: ImportQuestion): string[] {
  const name = inertLine(column);
  const listed = texts.map((one) => `"${inertLine(one.text)}" ${one.count}`).join(', ');
  const word = inertLine(texts[0]?.text ?? '');
  const options = [
    ...dates.map((order) => `--dates ${quoted(order)}`),
    ...scales.map((scale) => `--scale ${quoted(`${name}=${scale}`)}`),
    ...(meanings.length > 0 && word !== ''
      ? [`--answer ${quoted(`${name}:${word}=VALUE`)} (${meanings.join(', ')}, or none)`]
      : []),
    ...(canLeaveOut ? [`--leave-out ${quoted(name)}`] : []),
    ...(canDrop ? [`--drop ${quoted(name)}`] : []),
    ...(isPeriod ? ['--from DAY --to DAY'] : []),
  ];
  return [
    `Question: ${inertLine(text)}`,
    ...(texts.length > 1 ? [`  ${listed}`] : []),
    ...options.map((option, index) => `  ${index === 0 ? 'Answer with' : '       or  '} ${option}`),
  ];
}
