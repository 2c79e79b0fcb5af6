import { type MetricRating, ratingOf } from '../metrics/metricText';
import { isLabMetric, labMetrics } from '../metrics/pageMetrics';
import type { AuditRecord } from '../record/record';
import type { Spread } from '../statistics/spread';
import { undecidedAudits } from './applyAudit';
import { type AuditResult, auditResults } from './auditResults';
import { undecidedLines } from './clockAudits';
import { compareMeasurements, type Difference } from './compareMeasurements';
import type { ReportSlice } from './lighthouseReport';
import type { Measurement } from './measurement';
import { type NotMeasured, notMeasured, notMeasuredLines } from './notMeasured';

/** One number of the result page. */
export interface ShownNumber {
  id: string;
  name: string;
  acronym?: string;
  unit: 'ms' | 'score' | 'points';
  spread: Spread | null;
  verdict: MetricRating | null;
  /** The change since the previous comparable audit, if there is one. */
  difference?: Difference;
}

/** One thing to fix. */
export interface ShownTask {
  audit: string;
  title: string;
  /** Lighthouse's explanation, Markdown with links. */
  description: string;
  displayValue?: string;
  /** Lighthouse's estimated savings by metric acronym. Milliseconds; CLS has no unit. */
  savings: { metric: string; value: number }[];
  severity: 1 | 2 | 3;
  category: string;
  places: number;
  /** Whether the runs leave it undecided, so that the record does not hear of it. */
  isUndecided?: true;
  finding?: { id: string; status: string };
}

/** Everything the result page shows of one set of runs. */
export interface ResultView {
  measurement: Measurement;
  previousAt?: string;
  categories: ShownNumber[];
  metrics: ShownNumber[];
  tasks: ShownTask[];
  /** What no run could measure, a line for each reason. */
  notMeasured: string[];
  /** What the runs leave undecided, so that its findings stay as they are. */
  undecided: string[];
  filmstrip: ReportSlice['filmstrip'];
  /** The kept sets of runs of this target, newest first. */
  history: { runId: string; at: string; label: string }[];
}

/** Makes the view of a set of runs: numbers with their spread and change, then what to fix, largest gain first. */
export function resultView(
  run: { measurement: Measurement; report: ReportSlice; results?: AuditResult[]; notMeasured?: NotMeasured[] },
  previous: Measurement | undefined,
  findings: AuditRecord['findings'],
  history: ResultView['history'],
): ResultView {
  const { measurement, report, results = auditResults([report], 0) } = run;
  const left = run.notMeasured ?? notMeasured([report]);
  const audited = { ...measurement, results, today: measurement.at.slice(0, 10) };
  const differences = new Map(
    (previous ? compareMeasurements(previous, measurement) : []).map((difference) => [difference.id, difference]),
  );
  const change = (id: string) => {
    const difference = differences.get(id);
    return difference && { difference };
  };
  return {
    measurement,
    ...(previous && { previousAt: previous.at }),
    categories: Object.entries(measurement.scores).map(([id, { title, spread }]) => ({
      id,
      name: title,
      unit: 'points',
      spread,
      verdict: ratingOf(spread?.median ?? null),
      ...change(id),
    })),
    metrics: labMetrics.flatMap(({ id, name, acronym, unit }): ShownNumber[] => {
      const value = measurement.metrics[id];
      if (value === undefined) return [];
      return [{ id, name, acronym, unit, spread: value, verdict: ratingOf(value?.score ?? null), ...change(id) }];
    }),
    tasks: tasksOf(results, run, findings),
    notMeasured: notMeasuredLines(left),
    undecided: measurement.redirectedTo === undefined ? undecidedLines(undecidedAudits({ findings }, audited)) : [],
    filmstrip: report.filmstrip,
    history,
  };
}

/** What fails by all runs, as the record says too; details are those of the report that is shown. */
function tasksOf(
  results: readonly AuditResult[],
  { report, measurement }: { report: ReportSlice; measurement: Measurement },
  findings: AuditRecord['findings'],
): ShownTask[] {
  const category = (id: string) => report.categories.find(({ refs }) => refs.some((ref) => ref.id === id))?.title ?? '';
  return results
    .filter(({ id, outcome }) => outcome === 'failing' && !isLabMetric(id))
    .map(({ id, title, severity, undecided }): ShownTask => {
      const audit = report.audits.find((other) => other.id === id);
      const findingId = `${measurement.target}/lighthouse/${id}`;
      const finding = measurement.redirectedTo === undefined ? findings[findingId] : undefined;
      return {
        audit: id,
        title,
        description: audit?.description ?? '',
        ...(audit?.displayValue && { displayValue: audit.displayValue }),
        savings: Object.entries(audit?.savings ?? {})
          .filter(([, value]) => value > 0)
          .map(([metric, value]) => ({ metric, value })),
        severity,
        category: category(id),
        places: audit?.items.length ?? 0,
        ...(undecided && { isUndecided: true }),
        ...(finding && { finding: { id: findingId, status: finding.state.status } }),
      };
    })
    .sort((a, b) => gain(b) - gain(a) || b.severity - a.severity || (a.audit < b.audit ? -1 : 1));
}

/** The largest estimated saving of a load metric. Milliseconds; 0 without an estimate. */
function gain({ savings }: ShownTask): number {
  return Math.max(0, ...savings.filter(({ metric }) => metric !== 'CLS').map(({ value }) => value));
}
