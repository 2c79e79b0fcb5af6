import { isChange } from './judge';
import {
  type ComparedRow,
  compareRows,
  inTurn,
  nextPair,
  type PagePairs,
  type Pair,
  type PairedRun,
} from './pageComparison';

/**
 * Plays a comparison with runs that were made before.
 * @param pages gives the next pair of each page; undefined when there is none left
 * @returns the rows of the pages, and the pairs used; undefined when there were too few
 */
export function replay(
  pages: readonly (() => Pair | undefined)[],
): { rows: ComparedRow[][]; pairs: PagePairs[] } | undefined {
  const all: PagePairs[] = pages.map(() => ({ first: [], fresh: [] }));
  for (let next = nextPair(all); next; next = nextPair(all)) {
    const made = pages[next.page]?.();
    if (!made) return undefined;
    all[next.page]?.[next.batch].push(made);
  }
  return { rows: compareRows(all), pairs: all };
}

/**
 * Pairs of neighbouring runs of one unchanged page, in the order before, after, after, before. The last run has the
 * first as its neighbour: a window at the end would otherwise count only where nothing is suspect, since a suspicion
 * takes more runs. No run is used twice.
 */
export function neighbours(runs: readonly PairedRun[], start: number): () => Pair | undefined {
  let made = 0;
  const runAt = (index: number) => runs[(start + index) % runs.length] as PairedRun;
  return () => {
    if (2 * made + 2 > runs.length) return undefined;
    const [base, head] = inTurn(made, [runAt(2 * made), runAt(2 * made + 1)]);
    made += 1;
    return { base, head };
  };
}

/** What comparisons of an unchanged version with itself show of a machine. */
export interface SelfComparison {
  /** Comparisons that could be played, and how many of them called a number worse or better. */
  comparisons: number;
  alarms: number;
  /** The smallest shift of LCP that was called worse in at least 95 % of them. Milliseconds; null when none was. */
  visible: number | null;
}

const LCP = 'largest-contentful-paint';
/** Shifts that are tried. Milliseconds. */
const tried = [100, 150, 200, 300, 400, 600, 800, 1200, 1600, 2400];
/** The share of comparisons that have to see a shift. */
const SEEN = 0.95;

/**
 * Compares a version with itself over windows that begin at each run, and again with a shift added to LCP.
 * @param series the runs of each page, in the order in which they were made
 */
export function selfComparison(series: readonly (readonly PairedRun[])[]): SelfComparison {
  const starts = Array.from({ length: Math.max(0, ...series.map(({ length }) => length)) }, (_, start) => start);
  const played = (added: number) =>
    starts.flatMap((start) => {
      const pages = series.map((runs) => withShift(neighbours(runs, start), added));
      return replay(pages)?.rows.flat() ?? [];
    });
  const results = starts.flatMap((start) => replay(series.map((runs) => neighbours(runs, start))) ?? []);
  const alarms = results.filter(({ rows }) => rows.flat().some(({ verdict }) => isChange(verdict))).length;
  const visible = tried.find((added) => {
    const rows = played(added).filter(({ number }) => number.id === LCP);
    return rows.length > 0 && rows.filter(({ verdict }) => verdict === 'worse').length >= SEEN * rows.length;
  });
  return { comparisons: results.length, alarms, visible: visible ?? null };
}

function withShift(next: () => Pair | undefined, added: number): () => Pair | undefined {
  return () => {
    const pair = next();
    const lcp = pair?.head.numbers[LCP];
    if (!pair || lcp === undefined) return pair;
    return { ...pair, head: { ...pair.head, numbers: { ...pair.head.numbers, [LCP]: lcp + added } } };
  };
}
