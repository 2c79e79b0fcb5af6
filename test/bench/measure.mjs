import os from 'node:os';

/** The median of numbers; the mean of the middle two where their count is even. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `0.41 (0.39–0.44)`: median, min and max. */
export function spread(values, digits = 2) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${median(values).toFixed(digits)} (${low}–${high})`;
}

/** Milliseconds as {@link spread} of seconds. */
export function seconds(milliseconds, digits = 1) {
  return spread(
    milliseconds.map((value) => value / 1000),
    digits,
  );
}

/** The ratio of each pair, so that what slows the machine for a while weighs on both sides of it. */
export function ratios(numerators, denominators) {
  return numerators.map((value, index) => value / denominators[index]);
}

/** Prints rows of texts in columns under a head. */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  console.log(`\n${line(head)}`);
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(row));
}

/** Keeps the criteria and whether they are met. */
export class Verdicts {
  #criteria = [];

  /**
   * Judges one number.
   *
   * @param {string} name
   * @param {number} value
   * @param {{ limit: number, strict?: boolean, text?: string }} options
   *   `strict`: the limit itself is too much; `text`: how the value is written
   * @returns {'PASS' | 'FAIL'}
   */
  atMost(name, value, { limit, strict = false, text = value.toFixed(2) }) {
    const met = strict ? value < limit : value <= limit;
    return this.#add(name, `${text}, limit ${strict ? 'under ' : ''}${limit}`, met);
  }

  /** Judges a fact. */
  isTrue(name, text, met) {
    return this.#add(name, text, met);
  }

  fail(name, text) {
    return this.#add(name, text, false);
  }

  get passed() {
    return this.#criteria.length > 0 && this.#criteria.every(({ met }) => met);
  }

  print() {
    console.log('\n== all criteria');
    table(
      ['', 'criterion', 'measured'],
      this.#criteria.map(({ name, text, met }) => [word(met), name, text]),
    );
    const failed = this.#criteria.filter(({ met }) => !met).length;
    console.log(`\n${this.#criteria.length - failed} criteria passed, ${failed} failed: ${word(this.passed)}`);
  }

  #add(name, text, met) {
    this.#criteria.push({ name, text, met });
    return word(met);
  }
}

function word(met) {
  return met ? 'PASS' : 'FAIL';
}

/** What a reader must know of the machine to judge the seconds. */
export function machineLine() {
  const cores = os.cpus();
  const memory = (os.totalmem() / 2 ** 30).toFixed(0);
  return (
    `${os.type()} ${os.release()}, ${cores.length} × ${cores[0]?.model.trim() ?? 'processor'}, ${memory} GB, ` +
    `Node ${process.versions.node}. Ratios hold on other machines, seconds do not. Shown: median (min–max).`
  );
}
