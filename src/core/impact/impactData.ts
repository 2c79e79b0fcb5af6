import {
  type Baseline,
  type BaselineComparison,
  compareBaseline,
  emptyBaseline,
  incomparableBaseline,
} from '../audit/baseline';
import { compareMeasurements } from '../audit/compareMeasurements';
import { type Measurement, newestMeasurements, savingsOf } from '../audit/measurement';
import { type Asked, askedOf, awaitedOf } from '../evaluation/asked';
import { hiddenFindings } from '../evaluation/visibility';
import { labBands } from '../metrics/labBands';
import { metricOfLighthouse } from '../metrics/pageMetrics';
import type { Figure, Figures } from '../outcomes/figures';
import { joinedReasons } from '../outcomes/joinedReasons';
import type { JoinedReason, ReasonGiven } from '../outcomes/reasons';
import { byCodeUnit } from '../record/canonicalText';
import { listFindings } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { openStatuses, settingsSchema } from '../record/record';
import type { Spread } from '../statistics/spread';
import type { Verdict } from '../verdict/judge';
import { findingFacts } from './findingFacts';
import type { FindingFacts } from './fixFirst';
import type { MetricSettings } from './teamCatalogue';

/** Median, lowest, highest, number of runs, Lighthouse's score from 0 to 1. Times in ms, scores from 0 to 100. */
export type RunValue = readonly [median: number, min: number, max: number, n: number, score: number | null];

/** The parts of a set of runs that the impact view needs. */
export interface ImpactRun {
  target: string;
  environment: string;
  formFactor: string;
  /** ISO 8601. */
  at: string;
  noisy: boolean;
  /** What Lighthouse warns of in these runs. */
  warnings?: readonly string[];
  lighthouse: string;
  browser: string;
  /** Whether the times are those of a simulated slow device and network. */
  isSimulated?: boolean;
  /** The tool that made a development build; its load was not kept. */
  development?: string;
  values: Record<string, RunValue>;
  /** Whether only a committed baseline holds it, since another machine measured it. */
  isCommitted?: boolean;
}

/** The data of the impact view, the same in the editor, the terminal and the exported page. */
export interface ImpactData {
  title: string;
  /** The day of the view, YYYY-MM-DD, which decides what is stale. */
  today: string;
  targets: ImpactTarget[];
  settings: MetricSettings;
  /** The industry that the team gave, in its own word; untrusted. */
  industry?: string;
  /** Oldest first. */
  runs: ImpactRun[];
  baseline: BaselineLine[];
  /** What the newest set of runs of each target, environment and form factor says beside the one before it. */
  lately: Change[];
  figures: Figure[];
  /** Why customers left, and which findings a person says that is about. */
  reasons?: JoinedReason[];
  /** Commits and tags while the runs were made, oldest first; none without a repository. */
  events?: CourseEvent[];
  /** Open and reopened findings, ranked. */
  findings: FindingFacts[];
  /** An error for each file that could not be read. The view shows the rest. */
  faults: string[];
}

/** A page, journey or touchpoint of the record. What people wrote of it is untrusted. */
export interface ImpactTarget {
  slug: string;
  kind: string;
  isDeployed: boolean;
  title?: string;
  /** The number of steps of a journey. */
  steps?: number;
  /** Where a touchpoint is met. */
  channel?: string;
  stage?: string;
  owner?: string;
  /** What submitted evaluations answered, by checklist; not for pages. */
  asked?: Asked[];
  /** Checklists that somebody is still answering, so that nothing of them may be said yet; not for pages. */
  awaited?: string[];
}

/** What happened to the product on a day of a course. */
export interface CourseEvent {
  /** YYYY-MM-DD. */
  at: string;
  /** A tag names a release. */
  kind: 'commit' | 'tag';
  /** Short hash and subject, or the tag's name; untrusted. */
  text: string;
}

/** Two sets of runs of one target, environment and form factor that follow each other on this machine. */
export interface Change extends Pick<ImpactRun, 'target' | 'environment' | 'formFactor'> {
  /** When the earlier set began, ISO 8601. */
  since: string;
  /** Why the two cannot be compared. */
  reason?: string;
  /** By metric: what may be said, and by how much the value went up, in the metric's unit. */
  of: Record<string, { verdict: Verdict; shift: number | null }>;
}

/** A baseline and the newest measurement. */
export interface BaselineLine extends Pick<BaselineComparison, 'key' | 'reason'> {
  before: ImpactRun;
  now: ImpactRun | undefined;
  /** What may be said of the differences, by metric. */
  verdicts: Record<string, Verdict>;
}

/** The files of a workspace that the data come from. */
export interface ImpactSources extends Pick<ImpactData, 'title' | 'today' | 'figures' | 'faults' | 'events'> {
  /** What a person says that reasons for leaving are about. */
  reasons?: Figures['reasons'];
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>;
  /** Oldest first. */
  measurements: readonly Measurement[];
  baseline: Baseline | undefined;
  /** The measurements of the baseline and its earlier commits. */
  committed: readonly Measurement[];
  /** The metrics that a finding affects. */
  metricsOf: (finding: { rule: string; id: string; target: string }) => string[];
}

function runOf(measurement: Measurement): ImpactRun {
  const { target, environment, formFactor, at, noisy, warnings, lighthouseVersion, browser, development } = measurement;
  const values: Record<string, RunValue> = {};
  const put = (metric: string | undefined, spread: Spread | null | undefined, score: number | null, times = 1) => {
    if (metric === undefined || !spread) return;
    values[metric] = [spread.median * times, spread.min * times, spread.max * times, spread.n, score];
  };
  for (const [id, spread] of Object.entries(measurement.metrics))
    put(metricOfLighthouse(id), spread, spread?.score ?? null);
  for (const [id, { spread }] of Object.entries(measurement.scores))
    put(metricOfLighthouse(id), spread, spread?.median ?? null, 100);
  for (const [metric, spread] of Object.entries(measurement.further ?? {})) put(metric, spread, null);
  const together = bundleOf(measurement);
  if (together) values.cwv_bundle = together;
  return {
    target,
    environment,
    formFactor,
    at,
    noisy,
    ...(warnings.length > 0 && { warnings }),
    lighthouse: lighthouseVersion,
    browser,
    ...(measurement.throttlingMethod === 'simulate' && { isSimulated: true }),
    ...(development && { development: development.tool }),
    values,
  };
}

/** The lab metrics that stand for LCP, INP and CLS of real visits. */
const together = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

/**
 * Whether three speed metrics are good at once (1) or not (0), by Lighthouse's bands: of the medians, the worst and the
 * best runs.
 */
function bundleOf({ metrics, formFactor }: Measurement): RunValue | undefined {
  const all = together.flatMap((id) => {
    const [spread, bands] = [metrics[id], labBands(id, formFactor)];
    return spread && bands ? [{ spread, good: bands.good }] : [];
  });
  if (all.length < together.length) return undefined;
  const isGood = (of: 'median' | 'min' | 'max') => (all.every(({ spread, good }) => spread[of] <= good) ? 1 : 0);
  return [isGood('median'), isGood('max'), isGood('min'), Math.min(...all.map(({ spread }) => spread.n)), null];
}

/** Figures of real visits that say whether the Core Web Vitals are passed also say whether several metrics are good. */
function withBundle(figures: readonly Figure[]): Figure[] {
  return figures.flatMap((figure) =>
    figure.metric === 'cwv_pass' && figure.basis === 'field' ? [figure, { ...figure, metric: 'cwv_bundle' }] : [figure],
  );
}

/** The runs of this machine and those that only the baseline's history holds, oldest first. */
function withCommitted(own: readonly Measurement[], committed: readonly Measurement[]): ImpactRun[] {
  const nameOf = ({ target, environment, formFactor, at }: Measurement) =>
    [target, environment, formFactor, at].join('\n');
  const runs = new Map(own.map((one) => [nameOf(one), runOf(one)]));
  for (const one of committed) {
    const known = runs.get(nameOf(one));
    if (!known || known.isCommitted) runs.set(nameOf(one), { ...runOf(one), isCommitted: true });
  }
  return [...runs.values()].sort((a, b) => byCodeUnit(a.at, b.at));
}

/** What changed between the last two sets of runs of each target, environment and form factor. */
function latelyOf(oldestFirst: readonly Measurement[]): Change[] {
  const keys = Map.groupBy(oldestFirst, (one) => [one.target, one.environment, one.formFactor].join('\n'));
  return [...keys.values()].flatMap((all): Change[] => {
    const [before, after] = all.slice(-2);
    if (!before || !after) return [];
    const { target, environment, formFactor } = after;
    const about = { target, environment, formFactor, since: before.at };
    const reason = incomparableBaseline(before, after);
    if (reason !== undefined) return [{ ...about, reason, of: {} }];
    const of = compareMeasurements(before, after).map(({ id, verdict, shift }) => {
      const times = id in after.scores ? 100 : 1;
      return [metricOfLighthouse(id) ?? id, { verdict, shift: shift === null ? null : shift * times }];
    });
    return [{ ...about, of: Object.fromEntries(of) }];
  });
}

function baselineLine({ key, before, now, reason, differences }: BaselineComparison): BaselineLine {
  const verdicts = Object.fromEntries(differences.map(({ id, verdict }) => [metricOfLighthouse(id) ?? id, verdict]));
  return { key, before: runOf(before), now: now && runOf(now), reason, verdicts };
}

/** Why customers left, by id of the findings that a person says it is about. */
function namedFindings(reasons: readonly JoinedReason[]): Map<string, ReasonGiven[]> {
  const pairs = reasons.flatMap(({ findings, ...given }) => findings.map((id) => ({ id, given })));
  return new Map([...Map.groupBy(pairs, ({ id }) => id)].map(([id, of]) => [id, of.map(({ given }) => given)]));
}

/** Makes the data of the impact view. Leaves out runs that were redirected to another page. */
export function impactData({
  parsed,
  measurements,
  baseline,
  committed,
  metricsOf,
  reasons,
  ...given
}: ImpactSources): ImpactData {
  const { record, invalid } = parsed;
  const targets = Object.entries(record.targets).filter(([slug]) => !invalid.has(slug));
  const ofTargets = measurements.filter(({ redirectedTo }) => redirectedTo === undefined);
  const hidden = hiddenFindings(record);
  const joined = joinedReasons(given.figures, reasons, record);
  const named = namedFindings(joined);
  const industry = settingsSchema.shape.industry.safeParse(record.settings?.industry).data;
  const findings = listFindings(parsed, { statuses: openStatuses }).filter(({ id }) => !hidden.has(id));
  return {
    ...given,
    // a figure of one step is none of the journey: the journey's page shows it
    figures: withBundle(given.figures.filter(({ step }) => step === undefined)),
    targets: targets.map(([slug, { kind, origins, title, steps, channel, stage, owner }]): ImpactTarget => {
      const [asked, awaited] = kind === 'page' ? [[], []] : [askedOf(record, slug), awaitedOf(record, slug)];
      return {
        slug,
        kind,
        isDeployed: origins?.deployed !== undefined,
        ...(title && { title }),
        ...(steps && { steps: steps.length }),
        ...(channel && { channel }),
        ...(stage && { stage }),
        ...(owner && { owner }),
        ...(asked.length > 0 && { asked }),
        ...(awaited.length > 0 && { awaited }),
      };
    }),
    ...(joined.length > 0 && {
      reasons: joined.map((one) => ({ ...one, findings: one.findings.filter((id) => !hidden.has(id)) })),
    }),
    settings: settingsSchema.shape.metrics.safeParse(record.settings?.metrics).data ?? {},
    ...(industry && { industry }),
    runs: withCommitted(ofTargets, committed),
    baseline: compareBaseline(baseline ?? emptyBaseline(), newestMeasurements(ofTargets)).map(baselineLine),
    lately: latelyOf(ofTargets),
    findings: findingFacts(findings, targets.length, metricsOf, savingsOf(newestMeasurements(ofTargets)), named).map(
      (finding) => ({ ...finding, stage: finding.stage ?? record.targets[finding.target]?.stage }),
    ),
  };
}
