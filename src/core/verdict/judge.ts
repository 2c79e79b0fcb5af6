import { shiftOf } from '../statistics/shift';
import { median } from '../statistics/spread';
import { type ComparedNumber, mattersAt } from './numbers';

/** What may be said of a difference; nothing else is ever said of one. */
export const verdicts = ['worse', 'better', 'same', 'unknown', 'incomparable'] as const;
export type Verdict = (typeof verdicts)[number];

/** The verdicts as people read them. */
export const verdictWords: Record<Verdict, string> = {
  worse: 'worse',
  better: 'better',
  same: 'no change shown',
  unknown: 'cannot tell',
  incomparable: 'not comparable',
};

/** Whether a difference has a direction. */
export const isChange = (verdict: Verdict): boolean => verdict === 'worse' || verdict === 'better';

/** Fewer values a side say nothing of a number that a clock decides. */
export const LEAST_RUNS = 3;

/** What the values of a number before and after say of it. */
export interface Judgement {
  verdict: Exclude<Verdict, 'incomparable'>;
  /** By how much it went up, in its unit; the exact difference where no run differs. Null without a value on a side. */
  shift: number | null;
  /** The 90 % interval of the shift; null where values are too few for one. */
  interval: [low: number, high: number] | null;
  /** The smallest shift that matters here, in the unit. */
  matters: number;
  /** Values of the side that has fewer. */
  n: number;
  /** Whether both sides have one value in all runs, so that the difference is exact. */
  isExact: boolean;
  /** More values a side that would tell; only with `unknown`, and only where they are few enough to ask for. */
  more?: number;
}

/** What the rule has to know of a number. */
export interface Judged extends Pick<ComparedNumber, 'isTimed' | 'matters'> {
  /** Lower is better when left out. */
  isBetterHigher?: boolean;
}

/** Beyond so many more runs, a person is not asked for them. */
const ASKED = 30;

/**
 * Judges a number by its values before and after. Where no run of a side differs and no clock decides the number, the
 * difference is exact. Else the rule depends on how the sides were measured:
 *
 * - `in turn`, with suspects confirmed by fresh runs: worse or better when the interval leaves out 0 and the shift
 *   matters.
 * - `apart`, at two times: only when the whole interval is beyond the size that matters, since the machine may have
 *   changed between.
 *
 * No change is shown when the whole interval is within the size that matters; all else cannot be told.
 */
export function judge(
  { isTimed, isBetterHigher = false, matters: sizes }: Judged,
  before: readonly number[],
  after: readonly number[],
  measured: 'in turn' | 'apart',
): Judgement {
  const n = Math.min(before.length, after.length);
  const middle = median(before);
  const shift = shiftOf(before, after);
  const matters = mattersAt(sizes, middle ?? 0);
  if (!shift || middle === undefined)
    return { verdict: 'unknown', shift: null, interval: null, matters, n, isExact: false };
  const { estimate } = shift;
  const isExact = isConstant(before) && isConstant(after) && (!isTimed || n >= LEAST_RUNS);
  const interval: Judgement['interval'] = isExact
    ? [estimate, estimate]
    : Number.isFinite(shift.low)
      ? [shift.low, shift.high]
      : null;
  const known = { shift: estimate, interval, matters, n, isExact };
  if (!interval) return { verdict: 'unknown', ...known, more: LEAST_RUNS - n };
  const [low, high] = interval;
  const margin = measured === 'apart' ? matters : 0;
  if (estimate >= matters && low > 0 && low >= margin)
    return { verdict: isBetterHigher ? 'better' : 'worse', ...known };
  if (estimate <= -matters && high < 0 && high <= -margin)
    return { verdict: isBetterHigher ? 'worse' : 'better', ...known };
  if (low > -matters && high < matters) return { verdict: 'same', ...known };
  // an interval narrows with the root of the number of runs
  const more = Math.ceil(n * ((high - low) / (2 * matters)) ** 2) - n;
  return { verdict: 'unknown', ...known, ...(more > 0 && more <= ASKED && { more }) };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}
