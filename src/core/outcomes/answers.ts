import { missing, no, sets, yes } from './answerWords.json';
import type { Ends, ImportField } from './importFields';

/** How the answers of one column are read. */
export interface AnswerStyle {
  /** The scale that was asked. */
  scale: Ends;
  /** The answers that words stand for, lower case. */
  words: ReadonlyMap<string, number>;
}

const yesWords = new Set(yes);
const noWords = new Set(no);
const missingWords = new Set(missing);

/** An answer as it is compared: lower case, with plain spaces, apostrophes and dashes. */
export function bareAnswer(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ').replace(/[’‘`]/g, "'");
}

/** The beginning of a cell that cannot be read: what is shown of it, and by what an answer finds it again. */
export function shownText(text: string): string {
  return text.trim().slice(0, 200);
}

/** A cell as a person's answer about it is found: by {@link bareAnswer} of its {@link shownText}. */
export function shownAnswer(text: string): string {
  return bareAnswer(shownText(text));
}

/** Whether a cell says that there is no answer: empty, a dash, N/A. */
export function isMissing(text: string): boolean {
  const bare = bareAnswer(text);
  return bare === '' || missingWords.has(bare);
}

/** Reads yes or no in the words of several languages; undefined for other words, such as partly. */
export function readYesNo(text: string): boolean | undefined {
  const word = bareAnswer(text).replace(/[-_]/g, ' ');
  if (yesWords.has(word)) return true;
  return noWords.has(word) ? false : undefined;
}

/** Writes a scale as people say it in an option: `1-7`. */
export function endsText([low, high]: Ends): string {
  return `${low}-${high}`;
}

/** Reads a scale such as `1-7`; undefined when the text is none. */
export function endsOfText(text: string): Ends | undefined {
  const [, low, high] = /^\s*([01])\s*(?:-|–|to|\.\.)\s*(\d{1,2})\s*$/.exec(text) ?? [];
  return low !== undefined && Number(high) > Number(low) ? [Number(low), Number(high)] : undefined;
}

const range = String.raw`(\d{1,2})\s*(?:-|–|—|\.\.\.?|…|to|bis|à|a|au|tot|до)\s*(\d{1,3})`;
const rangeOfHeader = new RegExp(`[([]\\D{0,20}${range}\\D*[)\\]]|\\s${range}\\s*$`, 'i');

/** The scale that a header names, as in `Satisfaction (1-7)`. */
export function scaleOfHeader(header: string): Ends | undefined {
  const [, a, b, c, d] = rangeOfHeader.exec(header) ?? [];
  const [low, high] = [Number(a ?? c), Number(b ?? d)];
  return (low === 0 || low === 1) && high > low + 1 ? [low, high] : undefined;
}

/** A number with the words beside it: `10 - Extremely likely`, `(5) Good`, `Good = 5`, `9/10`, `9 out of 10`. */
interface Numbered {
  value: number;
  label: string;
  /** The highest answer, where the cell says it. */
  of?: number;
}

function numbered(text: string): Numbered | undefined {
  const [, share, most] = /^(\d{1,2})\s*(?:\/|out of|of|von|sur|de|su|van|из)\s*(\d{1,3})$/i.exec(text) ?? [];
  if (share !== undefined) return { value: Number(share), label: '', of: Number(most) };
  const [, first, after] = /^\(?(\d{1,2})(?:[.,]0+)?\s*(?:[-–—=:.)|]\s*(\D*))?$/.exec(text) ?? [];
  if (first !== undefined) return { value: Number(first), label: after ?? '' };
  const [, before, last] = /^(\D*?)\s*[-–—=:(|[]\s*(\d{1,2})\s*[)\]]?$/.exec(text) ?? [];
  if (before) return { value: Number(last), label: before };
  const [, stars] = /^(\d)\s*(?:stars?|★|\*)$/i.exec(text) ?? [];
  if (stars !== undefined) return { value: Number(stars), label: '' };
  return /^[★⭐]+[☆]*$/u.test(text) ? { value: (text.match(/[★⭐]/gu) ?? []).length, label: '' } : undefined;
}

/** Reads an answer to a survey question, or says what is wrong with it. */
export function readAnswer(text: string, { scale, words }: AnswerStyle): number | string {
  const [low, high] = scale;
  const off = `is not from ${low} to ${high}`;
  const found = numbered(text.trim());
  if (!found) {
    if (/^-?\d+[.,]\d+$/.test(text.trim())) return 'is no whole number';
    return words.get(bareAnswer(text)) ?? (/^-?\d+$/.test(text.trim()) ? off : 'is no answer that is known');
  }
  const { value, label, of = high } = found;
  if (of !== high || value < low || value > high) return off;
  const meant = words.get(bareAnswer(label));
  return meant === undefined || meant === value ? value : `says ${value}, and its words say ${meant}`;
}

/** The words of an answer, without its number. */
function wordsOf(text: string): string {
  return bareAnswer(numbered(text.trim())?.label ?? text);
}

/**
 * The answers that the words of a column stand for: those of the one published set that has them all, with as many
 * points as the scale. Words that fit a shorter scale as well are not read, since the scale may have been that one.
 *
 * @param given the different texts of the column
 */
export function wordsOfColumn(
  given: Iterable<string>,
  about: ImportField['words'],
  [low, high]: Ends,
): Map<string, number> {
  const spoken = [...new Set([...given].map(wordsOf))].filter((word) => word !== '' && !isMissing(word));
  const same = (word: string, points: readonly string[][]) => points.findIndex((point) => point.includes(word));
  const fitting = sets.filter(
    ({ about: one, words }) => one === about && spoken.every((word) => /\d/.test(word) || same(word, words) >= 0),
  );
  const shortest = Math.min(...fitting.map(({ words }) => words.length));
  const known = fitting.filter(({ words }) => words.length === shortest);
  if (spoken.length === 0 || shortest !== high - low + 1) return new Map();
  return new Map(
    known.flatMap(({ words }) =>
      words.flatMap((point, at) => point.filter(Boolean).map((word) => [word, low + at] as const)),
    ),
  );
}
