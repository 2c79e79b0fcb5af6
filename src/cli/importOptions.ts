import { usageError } from '../core/errors';
import { endsOfText } from '../core/outcomes/answers';
import type { ColumnAnswers } from '../core/outcomes/columnStyles';
import type { Ends } from '../core/outcomes/importFields';
import type { ImportQuestion } from '../core/outcomes/importQuestions';
import { inertLine } from '../core/text/inertText';

/** What the options of an import say about single columns. */
export function columnAnswers({
  scale = [],
  answer = [],
  leaveOut = [],
}: {
  scale?: readonly string[] | undefined;
  answer?: readonly string[] | undefined;
  leaveOut?: readonly string[] | undefined;
}): ColumnAnswers {
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
    const colon = given.lastIndexOf(':', at);
    if (at < 1 || colon < 1)
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
    ...dates.map((order) => `--dates "${order}"`),
    ...scales.map((scale) => `--scale "${name}=${scale}"`),
    ...(meanings.length > 0 && word !== ''
      ? [`--answer "${name}:${word}=VALUE" (${meanings.join(', ')}, or none)`]
      : []),
    ...(canLeaveOut ? [`--leave-out "${name}"`] : []),
    ...(canDrop ? [`--drop "${name}"`] : []),
    ...(isPeriod ? ['--from DAY --to DAY'] : []),
  ];
  return [
    `Question: ${inertLine(text)}`,
    ...(texts.length > 1 ? [`  ${listed}`] : []),
    ...options.map((option, index) => `  ${index === 0 ? 'Answer with' : '       or  '} ${option}`),
  ];
}
