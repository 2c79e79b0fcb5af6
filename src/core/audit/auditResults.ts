import { isLabMetric } from '../metrics/pageMetrics';
import { median } from '../statistics/spread';
import type { AuditItem, AuditSlice, ReportSlice } from './lighthouseReport';

/** The result of one Lighthouse audit in a set of runs. */
export interface AuditResult {
  id: string;
  title: string;
  outcome: 'failing' | 'passing' | 'not applicable';
  /** Whether it clears a finding: it passed, and a metric by a margin, so that noise cannot clear it. */
  clears: boolean;
  /** The severity that a machine may give, 1 to 3. */
  severity: 1 | 2 | 3;
  /** Older names of this audit. */
  replaces: string[];
  items: AuditItem[];
}

const scored = new Set(['binary', 'numeric', 'metricSavings']);

/** An audit below this score fails, as Lighthouse shows it. */
const PASS = 0.9;
/** A metric clears its finding from this score on. */
const CLEAR_METRIC = 0.92;

/**
 * The results of one set of runs, by the median score of each audit. Leaves out manual and informative audits and those
 * that failed to run (see notMeasured.ts). Empty when the representative run failed.
 */
export function auditResults(slices: readonly ReportSlice[], representative: number): AuditResult[] {
  const shown = slices[representative];
  if (!shown || shown.runtimeError) return [];
  const weights = new Map<string, { category: string; weight: number }>();
  for (const category of shown.categories) {
    for (const ref of category.refs) {
      const known = weights.get(ref.id);
      if (!known || ref.weight > known.weight) weights.set(ref.id, { category: category.id, weight: ref.weight });
    }
  }
  return shown.audits.flatMap((audit): AuditResult[] => {
    const ref = weights.get(audit.id);
    if (!ref) return [];
    const same = slices.flatMap((slice) => slice.audits.find((other) => other.id === audit.id) ?? []);
    const base = { id: audit.id, title: audit.title, replaces: audit.replaces ?? [] };
    const scores = same.flatMap((other) => (scored.has(other.mode) && other.score !== null ? [other.score] : []));
    const notApplicable = same.filter((other) => other.mode === 'notApplicable').length;
    if (notApplicable > scores.length) {
      return [{ ...base, outcome: 'not applicable', clears: true, severity: 1, items: [] }];
    }
    const score = median(scores);
    if (score === undefined || scores.length * 2 < same.length) return [];
    if (score >= PASS) {
      return [
        {
          ...base,
          outcome: 'passing',
          clears: !isLabMetric(audit.id) || score >= CLEAR_METRIC,
          severity: 1,
          items: [],
        },
      ];
    }
    const failing = audit.score !== null && audit.score < PASS ? audit : worst(same);
    return [
      {
        ...base,
        title: failing.title,
        outcome: 'failing',
        clears: false,
        severity: machineSeverity(audit.id, score, ref),
        items: ref.category !== 'performance' || decidedByPage.has(audit.id) ? failing.items : [],
      },
    ];
  });
}

/**
 * Load audits whose elements and requests follow from the page alone. What other load audits list depends on the timing
 * of the run, so it stays out of the record.
 */
const decidedByPage = new Set([
  'cache-insight',
  'duplicated-javascript-insight',
  'font-display-insight',
  'image-delivery-insight',
  'legacy-javascript-insight',
  'modern-http-insight',
  'unminified-css',
  'unminified-javascript',
  'unsized-images',
]);

function worst(audits: readonly AuditSlice[]): AuditSlice {
  return audits.reduce((a, b) => ((b.score ?? 1) < (a.score ?? 1) ? b : a));
}

/**
 * The severity that a machine may give: never 4, since "imperative before release" is a judgement. Follows Lighthouse's
 * weight for accessibility (which follows axe's impact), and the score for a metric.
 */
function machineSeverity(id: string, score: number, ref: { category: string; weight: number }): 1 | 2 | 3 {
  if (isLabMetric(id)) return score < 0.5 ? 3 : 2;
  if (ref.category === 'accessibility') return ref.weight >= 7 ? 3 : ref.weight >= 3 ? 2 : 1;
  return 1;
}
