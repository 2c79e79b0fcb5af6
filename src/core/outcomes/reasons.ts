import { FEW } from './few';

const REASONS = 'churn_reasons';

/** How often customers gave a reason for leaving. */
export interface ReasonGiven {
  reason: string;
  count: number;
  /** All reasons that were given in that period. */
  of: number;
  /** Segment and period: `buyers, 2026-07-01 to 2026-09-30`. */
  about: string;
}

/** A reason with the ids of the findings that a person says it is about, as they are now. */
export interface JoinedReason extends ReasonGiven {
  findings: string[];
}

/** The fields of a figure that say which reasons were given. */
export interface Given {
  metric: string;
  from: string;
  to: string;
  segment?: string | undefined;
  value: number;
  parts?: Readonly<Record<string, number>> | undefined;
}

/**
 * The reasons of the newest period, each as the group of people says it that gave it most. Those of fewer than
 * {@link FEW} people, and the rest that is counted as `other`, are none.
 */
export function reasonsGiven(figures: readonly Given[]): ReasonGiven[] {
  const all = figures.filter(({ metric }) => metric === REASONS);
  const newest = all
    .map(({ to }) => to)
    .sort()
    .at(-1);
  const given = all.flatMap(({ to, from, segment, value, parts = {} }) => {
    if (to !== newest) return [];
    const about = [segment ?? [], `${from} to ${to}`].flat().join(', ');
    const named = Object.entries(parts).filter(([reason, count]) => reason !== 'other' && count >= FEW);
    return named.map(([reason, count]) => ({ reason, count, of: value, about }));
  });
  const most = given.sort((a, b) => b.count - a.count);
  return most.filter(({ reason }, index) => most.findIndex((one) => one.reason === reason) === index);
}

/** `named in 14 of 60 reasons for leaving (price; 2026-07-01 to 2026-09-30)`; customers said so, it is no effect. */
export function reasonText({ reason, count, of, about }: ReasonGiven): string {
  return `named in ${count} of ${of} reasons for leaving (${reason}; ${about})`;
}
