import type { Position } from './sources';

/** Turns offsets of a text into lines and columns, as editors count them: a line ends with LF, CR LF or CR. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) this.starts.push(index + end.length);
  }

  /** The number of lines. */
  get count(): number {
    return this.starts.length;
  }

  /** Where a line begins; undefined for a line that the text does not have. @param line from 1 */
  startOf(line: number): number | undefined {
    return this.starts[line - 1];
  }

  /** The position of an offset. */
  at(offset: number): Position {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }
}
