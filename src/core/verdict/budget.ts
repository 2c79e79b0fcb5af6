import { ONE_SIDED } from '../statistics/shift';
import type { ComparedNumber } from './numbers';

/** The most that numbers of a page may be, by id and in their unit; false: no limit. */
export type Budget = Partial<Record<string, number | false>>;

/**
 * Whether values are over a limit: where no clock decides them, all of them; else when so many are that this would be
 * seen in fewer than 5 of 100 such sets if half of all runs kept to the limit (one-sided sign test; five of five,
 * seven of eight).
 */
export function isOver({ isTimed }: ComparedNumber, values: readonly number[], limit: number): boolean {
  const over = values.filter((value) => value > limit).length;
  if (!isTimed) return over > 0 && over === values.length;
  return over > 0 && signChance(over, values.length) <= ONE_SIDED;
}

/** Whether more runs can still show that a number is over: every value so far is, and they are too few to say so. */
export function seemsOver(number: ComparedNumber, values: readonly number[], limit: number): boolean {
  return values.length > 0 && values.every((value) => value > limit) && !isOver(number, values, limit);
}

/** The chance of at least `above` heads in `n` throws of a fair coin. */
function signChance(above: number, n: number): number {
  let ways = 1; // of k heads
  let sum = 0;
  for (let k = 0; k <= n; k += 1) {
    if (k >= above) sum += ways;
    ways = (ways * (n - k)) / (k + 1);
  }
  return sum / 2 ** n;
}
