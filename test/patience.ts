import { setTimeout as delay } from 'node:timers/promises';

/** How many milliseconds a test waits while nothing moves. A busy machine is slow, not broken, so this is generous. */
export const PATIENCE = 60_000;

/**
 * Waits until a condition holds, however long that takes while there is progress.
 *
 * @param condition holds once it gives anything but false, undefined or null
 * @param what is said when the wait is given up
 * @param options `progress`: a value that changes as the work goes on, such as what a process has printed so far; without
 *   it nothing counts as progress. `patience`: how many milliseconds may pass without progress
 * @returns what the condition gave
 * @throws Error when nothing has moved for too long
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  what: string,
  { progress = () => undefined, patience = PATIENCE }: { progress?: () => unknown; patience?: number } = {},
): Promise<Exclude<T, false | undefined | null>> {
  let seen = progress();
  for (let since = Date.now(); ; await delay(20)) {
    const result = await condition();
    if (result !== false && result !== undefined && result !== null)
      return result as Exclude<T, false | undefined | null>;
    const now = progress();
    if (now !== seen) [seen, since] = [now, Date.now()];
    else if (Date.now() - since > patience) throw new Error(`nothing has moved for ${patience / 1000} s: ${what}`);
  }
}

/**
 * Whether this is `npm run test:long`, which tries more often, looks at pages in every theme at every width, and runs all
 * engine tests in a whole browser.
 */
export const isLong = Boolean(process.env.UX_AUDIT_TEST_LONG);

/** Whether tests leave pictures for people to look at: no test reads them, and they take a tenth of the time. */
export const leavesPictures = Boolean(process.env.UX_AUDIT_TEST_PICTURES);

/** How often a random test tries: `few` times in `npm test`, `many` times in `npm run test:long`. */
export function attempts(few: number, many: number): number {
  return isLong ? many : few;
}
