/** The index is measured again when it is older than this. Milliseconds. */
const VALID_FOR = 10 * 60_000;

/** Lighthouse's benchmark index of this machine, and when a run measured it (milliseconds since 1970). */
export interface BenchmarkIndex {
  value: number;
  measuredAt: number;
}

let last: BenchmarkIndex | undefined;

/** The index that needs no measuring now (see ../benchmarkOnce.mts). */
export function validIndex(): number | undefined {
  return last && Date.now() - last.measuredAt < VALID_FOR ? last.value : undefined;
}

/** The index that holds for a run, given the one in its report. */
export function indexAfter(value: number): BenchmarkIndex {
  if (last === undefined || validIndex() === undefined) last = { value, measuredAt: Date.now() };
  return last;
}

/** Has the next run measure again: the machine is not what it was. */
export function forgetIndex(): void {
  last = undefined;
}
