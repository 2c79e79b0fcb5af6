import { usageError } from '../errors';
import { counted } from '../text/counted';
import { inertLine } from '../text/inertText';
import { bareAnswer, isMissing } from './answers';
import { type ImportQuestion, segmentQuestion } from './importQuestions';

/** The most segments of one table. More look like a column about single people. A rule of this tool. */
export const MOST_SEGMENTS = 12;
/** The longest name of a segment. Characters. */
export const SEGMENT_LENGTH = 60;
/** The people of a table with segments who name none: a group of their own, since nobody knows theirs. */
const NOT_SAID = 'not said';

/**
 * Checks the segment that a person typed.
 * @returns undefined when it is empty
 * @throws HumanError `segment-invalid`
 */
export function typedSegment(text = ''): string | undefined {
  const name = inertLine(text);
  if (name.length <= SEGMENT_LENGTH) return name || undefined;
  const what = `A segment is a short name, not ${name.length} characters.`;
  throw usageError('segment-invalid', what, `Give at most ${SEGMENT_LENGTH}, such as: buyers`);
}

/** The segments of a table, as its rows come. One name in several spellings is one segment. */
export class Segments {
  private readonly names = new Map<string, string>();
  private isTooMany = false;
  private longest = 0;
  private hasUnsaid = false;

  /** The first spelling of a cell's segment; empty when it names none. */
  nameOf(cell: unknown): string {
    const text = typeof cell === 'string' ? inertLine(cell) : '';
    const key = bareAnswer(text);
    if (isMissing(text) || key === NOT_SAID) {
      this.hasUnsaid = true;
      return '';
    }
    const known = this.names.get(key);
    if (known !== undefined) return known;
    this.longest = Math.max(this.longest, text.length);
    this.isTooMany = this.names.size >= MOST_SEGMENTS;
    if (this.isTooMany) return '';
    this.names.set(key, text);
    return text;
  }

  /** The segment of a figure of the rows that {@link nameOf} put together. */
  segmentOf(name: string): string | undefined {
    return this.names.size === 0 ? undefined : name || NOT_SAID;
  }

  /** What a column of too many, or too long, segments asks. @param column its header */
  question(column: string): ImportQuestion[] {
    if (this.isTooMany) return [segmentQuestion(column, `names more than ${MOST_SEGMENTS} groups`)];
    if (this.longest > SEGMENT_LENGTH)
      return [segmentQuestion(column, `has names of more than ${SEGMENT_LENGTH} characters`)];
    return [];
  }

  /** Says that figures are about segments, and how to get those of all people together. */
  notice(column: string): string[] {
    if (this.names.size === 0) return [];
    const all = [...this.names.values(), ...(this.hasUnsaid ? [NOT_SAID] : [])];
    const groups = `${counted(all.length, 'group')} of "${inertLine(column)}" (${all.join(', ')})`;
    return [`Figures are made for ${groups}, none of all people together: leave the column out to get those.`];
  }
}
