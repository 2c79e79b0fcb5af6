import type { FindingDifference } from '../../../../src/core/report/recordDiff';
import type { Review, ReviewedPage } from '../../../../src/core/review/review';
import { comparedNumber } from '../../../../src/core/verdict/numbers';
import { type ComparedRow, compareRows, type Pair } from '../../../../src/core/verdict/pageComparison';

const LCP = 'largest-contentful-paint';

/** Rows of a page whose LCP moves by a shift in all of ten pairs. */
export function rows(shift: number, from = 4000): ComparedRow[] {
  const pair = (n: number): Pair => ({
    base: { isDisturbed: false, numbers: { [LCP]: from + n * 3, bytes: 1_204_000 } },
    head: { isDisturbed: false, numbers: { [LCP]: from + shift + n * 3, bytes: 1_204_000 } },
  });
  const pairs = Array.from({ length: 10 }, (_, n) => pair(n));
  return compareRows([{ first: pairs.slice(0, 5), fresh: pairs.slice(5) }])[0] ?? [];
}

/** A row of a number that nothing is known of. */
export function unknownRow(id: string): ComparedRow {
  const number = comparedNumber(id);
  if (!number) throw new Error(`no number ${id}`);
  const values = { base: [100, 300, 500], head: [120, 310, 480] };
  return {
    number,
    ...values,
    verdict: 'unknown',
    shift: 5,
    interval: [-300, 310],
    matters: 50,
    n: 3,
    isExact: false,
    confirmed: false,
    more: 4,
  };
}

export function page(target: string, change: Partial<ReviewedPage> = {}): ReviewedPage {
  return { target, formFactor: 'mobile', rows: rows(0), pairs: 5, disturbed: 0, newRequests: [], ...change };
}

export function difference(change: Partial<FindingDifference> & Pick<FindingDifference, 'change'>): FindingDifference {
  const { target = 'checkout', problem = 'lighthouse/label' } = change;
  return {
    id: `${target}/${problem}`,
    target,
    title: 'A field without a label',
    detail: '',
    problem,
    severity: 3,
    ...change,
  };
}

export function review(change: Partial<Review> = {}): Review {
  return {
    base: { name: 'main', commit: '4be71d0c0ffee' },
    head: { name: 'faster-checkout' },
    pages: [page('checkout'), page('home')],
    differences: [],
    evaluations: [],
    lines: new Map(),
    pictures: new Map(),
    anchors: new Map(),
    accessibility: [],
    gate: [],
    openBudgets: [],
    notMeasured: [],
    bench: { machine: 'Linux, 4 cores', lighthouse: '13.5.0', browser: 'Chrome 156.0', at: '2026-11-28T12:46:00.000Z' },
    calibration: undefined,
    ...change,
  };
}
