import type { AuditSlice } from './lighthouseReport';
import { fewAudits } from './notMeasured';

/** How many undisturbed runs have to agree before what a clock decides changes the record. */
export const AGREEING_RUNS = 3;

/** A run is disturbed when other programs used more than this share of all processor time during the load. */
const DISTURBED = 0.2;

/**
 * Whether other programs disturbed a run.
 * @param foreignLoad 0 to 1; `null`, which is unknown, counts as undisturbed
 */
export function isDisturbed(foreignLoad: number | null): boolean {
  return foreignLoad !== null && foreignLoad > DISTURBED;
}

/** Where a Lighthouse audit passes, as Lighthouse shows it. */
export const PASS = 0.9;
/** Below this score a metric is poor. */
const POOR = 0.5;

/** The metrics that become a finding where they are poor. */
const symptoms = new Set(['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']);

/**
 * Metrics that never become a finding: they move with those that do, and what to do about them is in the findings of
 * their causes. Version 0.1.0 recorded them.
 */
const neverFindings = new Set([
  'first-contentful-paint',
  'first-meaningful-paint',
  'interactive',
  'max-potential-fid',
  'speed-index',
]);

/** Whether a Lighthouse audit is a metric that never becomes a finding. */
export const isNeverFinding = (audit: string): boolean => neverFindings.has(audit);

/**
 * Load audits whose outcome follows from the bytes and elements of the page: those that fail list files and elements
 * beyond a fixed limit, whatever time they took. The limits are Lighthouse's, 13.5 and before it 10 to 12. Any other
 * load audit, also one that is new, counts as decided by a clock: insights look at what came before the first or the
 * largest paint, at times of tasks and answers, or (`font-display-insight`) only at fonts that took 5 ms.
 */
const exact: Readonly<Record<string, 'with places' | 'without places'>> = {
  'cache-insight': 'with places', // headers
  'duplicated-javascript-insight': 'with places', // source maps
  'image-delivery-insight': 'with places', // bytes and pixels, from 4 KiB
  'legacy-javascript-insight': 'with places', // source text
  'modern-http-insight': 'with places', // protocol, from 6 requests of an origin
  'unminified-css': 'with places', // source text, from 2 KiB and 5 %
  'unminified-javascript': 'with places', // source text, from 2 KiB and 10 %
  'unsized-images': 'with places', // attributes and styles
  'viewport-insight': 'without places', // the meta element
  // What they list is the code that was not used, or the largest files, by the end of the recording: the files near a
  // limit may change, whether there are any seldom does.
  'total-byte-weight': 'without places', // bytes, from about 2.7 MB
  'unused-css-rules': 'without places', // bytes, from 10 KiB of a file
  'unused-javascript': 'without places', // bytes, from 20 KiB of a file
  // Lighthouse 10 to 12
  'dom-size': 'without places', // elements
  'duplicated-javascript': 'without places',
  'efficient-animated-content': 'without places',
  'legacy-javascript': 'without places',
  'modern-image-formats': 'without places',
  'uses-long-cache-ttl': 'without places',
  'uses-optimized-images': 'without places',
  'uses-responsive-images': 'without places',
  'uses-text-compression': 'without places',
  viewport: 'without places',
};

/** Whether an audit of a category lists the same places in every run, so that the record may hold them. */
export function hasStablePlaces(audit: AuditSlice, category: string): boolean {
  return exact[audit.id] === 'with places' || !isOfLoad(audit, category);
}

/** Whether simulated or observed time decides a Lighthouse audit, so that it may differ from run to run. */
export function isDecidedByClock(audit: AuditSlice, category: string): boolean {
  return isOfLoad(audit, category) && !Object.hasOwn(exact, audit.id);
}

/**
 * Whether a Lighthouse audit of a category is about the load of the page. A person's own config may put such an audit
 * into a category of its own.
 */
export function isOfLoad({ id, savings }: Pick<AuditSlice, 'id' | 'savings'>, category: string): boolean {
  return category === 'performance' || symptoms.has(id) || savings !== undefined;
}

/** The categories of Lighthouse in which nothing is about the load of a page. */
const atRest = new Set(['accessibility', 'best-practices', 'seo']);

/**
 * Whether an audit of these categories looks at a page at rest alone, so that no clock decides anything and pages may
 * be audited side by side. A person's own config may ask for more.
 */
export function isAtRest({
  categories = [],
  configPath,
}: {
  categories?: readonly string[] | undefined;
  configPath?: string | undefined;
}): boolean {
  return configPath === undefined && categories.length > 0 && categories.every((id) => atRest.has(id));
}

/** Whether an audit of these categories measures the load, which takes more than one run; all when left out. */
export function isOfTimes(categories: readonly string[] | undefined): boolean {
  return categories === undefined || categories.includes('performance');
}

/** Why runs do not decide an audit. */
export interface Undecided {
  /** How many more undisturbed runs of one audit would tell; 0 for a metric that is between good and poor in all. */
  moreRuns: number;
  /** The outcomes that are still possible. */
  possible: ('failing' | 'passing')[];
}

/**
 * What undisturbed runs leave open of an audit that a clock decides; undefined when all of them fail, or all pass. A
 * metric fails where it is poor and passes where it is good.
 * @param undisturbed the audit in each undisturbed run that could measure it
 * @param all the audit in each run
 */
export function undecidedBy(undisturbed: readonly AuditSlice[], all: readonly AuditSlice[]): Undecided | undefined {
  const said = new Set(undisturbed.map(saidBy));
  const missing = Math.max(0, AGREEING_RUNS - undisturbed.length);
  if (said.size === 1 && missing === 0 && !said.has('neither')) return undefined;
  const possible = new Set(all.map(saidBy).map((one) => (one === 'neither' ? 'passing' : one)));
  return { moreRuns: said.size > 1 ? AGREEING_RUNS : missing, possible: [...possible].sort() };
}

function saidBy({ id, mode, score }: AuditSlice): 'failing' | 'passing' | 'neither' {
  if (mode === 'notApplicable') return 'passing';
  if (score === null || mode === 'informative') return 'neither';
  if (score >= PASS) return 'passing';
  return score < POOR || !symptoms.has(id) ? 'failing' : 'neither';
}

/** What is undecided as lines for people: how many, what would tell, and the first few. Empty when all is decided. */
export function undecidedLines(undecided: readonly { id: string; moreRuns: number }[]): string[] {
  const few = (all: typeof undecided) => fewAudits(all.map(({ id }) => id)).join(', ');
  const counted = ({ length }: typeof undecided) => `${length} load ${length === 1 ? 'audit' : 'audits'}`;
  const open = undecided.filter(({ moreRuns }) => moreRuns > 0);
  const between = undecided.filter(({ moreRuns }) => moreRuns === 0);
  const most = Math.max(...open.map(({ moreRuns }) => moreRuns));
  const more = `${most} more undisturbed ${most === 1 ? 'run' : 'runs'} would tell (${AGREEING_RUNS} in one audit)`;
  return [
    ...(open.length > 0 ? [`${counted(open)} undecided, ${more}: ${few(open)}`] : []),
    ...(between.length > 0 ? [`${counted(between)} between good and poor in all runs: ${few(between)}`] : []),
  ];
}

/** Announces the findings that version 0.1.0 recorded and that are taken out. */
export const REMOVED_METRICS =
  'Findings of FCP, Speed Index, TTI and Max Potential FID that nobody decided on were removed: these metrics are ' +
  'symptoms. Audits leave those with a decision, owner or note alone from now on.';
