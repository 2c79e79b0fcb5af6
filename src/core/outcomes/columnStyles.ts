import { endsText, scaleOfHeader, shownAnswer, wordsOfColumn } from './answers';
import { type ColumnStyle, endsOf } from './cells';
import { unitOfHeader } from './durations';
import type { Ends, ImportField } from './importFields';
import { type ImportQuestion, scaleQuestion } from './importQuestions';

/** What a person said about single columns. */
export interface ColumnAnswers {
  /** The scale that a question was asked with. */
  scales: Readonly<Record<string, Ends>>;
  /** What texts mean: `yes`, `no`, an answer of the scale, a date; empty: no answer. */
  answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Columns whose unreadable cells are left out. */
  leaveOut: readonly string[];
}

/** How a column is read, or the question that its header leaves open. */
export function columnStyle(
  header: string,
  field: ImportField,
  { scales, answers }: ColumnAnswers,
  texts: ReadonlySet<string> = new Set(),
): { style: ColumnStyle; isScaleKnown: boolean; question?: ImportQuestion } {
  const said = Object.entries(Object.hasOwn(answers, header) ? (answers[header] ?? {}) : {});
  const meanings = said.length > 0 ? new Map(said.map(([text, meaning]) => [shownAnswer(text), meaning])) : undefined;
  if (field.type === 'duration') return { style: { meanings, unit: unitOfHeader(header) }, isScaleKnown: true };
  if (field.type !== 'scale') return { style: { meanings }, isScaleKnown: true };
  const published = endsOf(field);
  const possible = field.scales ?? [published];
  const given = Object.hasOwn(scales, header) ? scales[header] : undefined;
  const named = given ?? scaleOfHeader(header) ?? scaleOfCells(texts, published);
  const scale = possible.find((ends) => named && endsText(ends) === endsText(named));
  const open = [...texts].filter((text) => !meanings?.has(shownAnswer(text)));
  const words = wordsOfColumn(open, field.words, scale ?? published);
  const style = { meanings, scale: scale ?? published, words };
  if (!named || scale) return { style, isScaleKnown: named !== undefined || words.size > 0 };
  const text = `"${header}" names the scale ${endsText(named)}; ${field.name} is read with ${possible
    .map(endsText)
    .join(', ')}. Which was asked?`;
  return { style, isScaleKnown: true, question: scaleQuestion(header, text, possible.map(endsText)) };
}

/**
 * What answers without a named scale leave open, when none reaches the upper end: the scale may have been another one.
 * @param most the highest answer
 */
export function unknownScale(
  header: string,
  field: ImportField,
  most: number,
): { question: ImportQuestion } | { notice: string } | undefined {
  const [low, high] = endsOf(field);
  const read = `it is read as ${low} to ${high}`;
  if (field.scales && most < high) {
    const text = `No answer of "${header}" is above ${most}, and nothing tells its scale. Which was asked?`;
    return { question: scaleQuestion(header, text, field.scales.map(endsText)) };
  }
  if (field.scales) return { notice: `"${header}" does not name its scale; ${read}.` };
  return high > 5 && most <= 5 ? { notice: `No answer of "${header}" is above ${most}; ${read}.` } : undefined;
}

/** The scale of answers such as `5/7`, when all say the same. */
function scaleOfCells(texts: ReadonlySet<string>, [low]: Ends): Ends | undefined {
  const most = new Set([...texts].flatMap((text) => /^\d{1,2}\s*\/\s*(\d{1,2})$/.exec(text)?.[1] ?? []));
  return most.size === 1 ? [low, Number([...most][0])] : undefined;
}
