import { isLabMetric } from '../metrics/pageMetrics';
import { median } from '../statistics/spread';
import { hasStablePlaces, isDecidedByClock, isNeverFinding, PASS, type Undecided, undecidedBy } from './clockAudits';
import { placesInBoth } from './generatedNames';
import type { AuditItem, AuditSlice, ReportSlice } from './lighthouseReport';
import { keyOfItem } from './occurrences';

/** The result of one Lighthouse audit in a set of runs. */
export interface AuditResult {
  id: string;
  title: string;
  outcome: 'failing' | 'passing' | 'not applicable';
  /** Set where a clock decides the audit and the runs do not tell, so that the record stays as it is. */
  undecided?: Undecided;
  /** The severity that a machine may give, 1 to 3. */
  severity: 1 | 2 | 3;
  /** Older names of this audit. */
  replaces: string[];
  items: AuditItem[];
}

const scored = new Set(['binary', 'numeric', 'metricSavings']);

/**
 * The results of one set of runs: by the median score of each audit, and by undisturbed runs that all agree where a
 * clock decides it. Leaves out manual and informative audits, those that failed to run (see notMeasured.ts), and
 * metrics that never become a finding. Empty when the representative run failed.
 * @param disturbed which runs other programs disturbed; none that is known of when left out
 */
export function auditResults(
  slices: readonly ReportSlice[],
  representative: number,
  disturbed: readonly boolean[] = [],
): AuditResult[] {
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
    if (!ref || isNeverFinding(audit.id)) return [];
    const runs = slices.map((slice) => slice.audits.find((other) => other.id === audit.id));
    const all = runs.filter((one) => one !== undefined);
    const isTimed = isDecidedByClock(audit, ref.category);
    const undisturbed = runs.flatMap((one, run) => (one && one.mode !== 'error' && !disturbed[run] ? [one] : []));
    const undecided = isTimed ? undecidedBy(undisturbed, all) : undefined;
    const same = isTimed && !undecided ? undisturbed : all;
    const base = {
      id: audit.id,
      title: audit.title,
      replaces: audit.replaces ?? [],
      ...(undecided && { undecided }),
      items: [],
    };
    const scores = same.flatMap((other) => (scored.has(other.mode) && other.score !== null ? [other.score] : []));
    const notApplicable = same.filter((other) => other.mode === 'notApplicable').length;
    if (notApplicable > scores.length) return [{ ...base, outcome: 'not applicable', severity: 1 }];
    const score = median(scores);
    if (score === undefined || scores.length * 2 < same.length) return [];
    if (score >= PASS) return [{ ...base, outcome: 'passing', severity: 1 }];
    const failing = audit.score !== null && audit.score < PASS ? audit : worst(same);
    return [
      {
        ...base,
        title: failing.title,
        outcome: 'failing',
        severity: machineSeverity(audit.id, ref),
        items: hasStablePlaces(audit, ref.category) ? placesIn(failing, same) : [],
      },
    ];
  });
}

/** The places of a failing audit, without names that the other runs show to be made anew. */
function placesIn(failing: AuditSlice, runs: readonly AuditSlice[]): AuditItem[] {
  const others = runs.filter((other) => other !== failing && other.items.length > 0);
  return others.reduce<AuditItem[]>((items, other) => placesInBoth(items, other.items, keyOfItem), failing.items);
}

function worst(audits: readonly AuditSlice[]): AuditSlice {
  return audits.reduce((a, b) => ((b.score ?? 1) < (a.score ?? 1) ? b : a));
}

/**
 * The severity that a machine may give: never 4, since "imperative before release" is a judgement. Follows Lighthouse's
 * weight for accessibility (which follows axe's impact); a metric is a finding only where it is poor.
 */
function machineSeverity(id: string, ref: { category: string; weight: number }): 1 | 2 | 3 {
  if (isLabMetric(id)) return 3;
  if (ref.category === 'accessibility') return ref.weight >= 7 ? 3 : ref.weight >= 3 ? 2 : 1;
  return 1;
}

/**
 * Lighthouse audits of what a server sends, not of the page: where UX Audit serves the files itself, they are about
 * UX Audit.
 */
const ofServer = new Set([
  'cache-insight',
  'uses-long-cache-ttl',
  'document-latency-insight',
  'server-response-time',
  'uses-text-compression',
  'uses-http2',
  'modern-http-insight',
  'is-on-https',
  'redirects-http',
  'has-hsts',
  'csp-xss',
  'origin-isolation',
  'clickjacking-mitigation',
  'trusted-types-xss',
]);

/** How the page was made and served, as far as it limits what the runs tell. */
export interface BuildAndServer {
  /** Whether it is a development build. */
  isDevelopment: boolean;
  /** Whether UX Audit served its files itself. */
  isOwnServer: boolean;
}

/**
 * The results that may change the record: of a development build, none that is about the load; of files that UX Audit
 * serves itself, none that is about the server, which does not apply.
 */
export function resultsThatCount(
  results: readonly AuditResult[],
  { categories }: Pick<ReportSlice, 'categories'>,
  { isDevelopment, isOwnServer }: BuildAndServer,
): AuditResult[] {
  const load = new Set(categories.find(({ id }) => id === 'performance')?.refs.map(({ id }) => id));
  return results
    .filter(({ id }) => !isDevelopment || !load.has(id))
    .map((result) => {
      if (!isOwnServer || !ofServer.has(result.id)) return result;
      const { undecided: _, ...rest } = result;
      return { ...rest, outcome: 'not applicable', items: [] };
    });
}
