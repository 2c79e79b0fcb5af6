/** An older index is measured again. Milliseconds. */
const VALID_FOR = 10 * 60_000;

/** Lighthouse's benchmark index of this machine, and when a run measured it (milliseconds since 1970). */
export interface BenchmarkIndex {
  value: number;
  measuredAt: number;
}

let last: BenchmarkIndex | undefined;
/** How much work is under way that needs no index. */
let without = 0;

/** The index that is still valid, if any (see ../benchmarkOnce.mts). */
export function validIndex(): number | undefined {
  if (without > 0) return last?.value ?? 0;
  return last && Date.now() - last.measuredAt < VALID_FOR ? last.value : undefined;
}

/** The valid index after a run. @param value the one in its report */
export function indexAfter(value: number): BenchmarkIndex {
  if (last === undefined || validIndex() === undefined) last = { value, measuredAt: Date.now() };
  return last;
}

/** Makes the next run measure again, since the machine's speed has changed. */
export function forgetIndex(): void {
  last = undefined;
}

/** Does work that measures nothing, so that no index is needed. */
export async function withoutIndex<T>(work: () => Promise<T>): Promise<T> {
  without += 1;
  try {
    return await work();
  } finally {
    without -= 1;
  }
}
