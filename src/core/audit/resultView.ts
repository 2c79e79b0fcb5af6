import { shortTitle } from '../advice/advice';
import { type MetricRating, ratingOf } from '../metrics/metricText';
import { isLabMetric, labMetrics } from '../metrics/pageMetrics';
import { byCodeUnit } from '../record/canonicalText';
import { usableFinding } from '../record/listFindings';
import { compareFacts, type Facts, problemsOf } from '../record/problems';
import { type AuditRecord, isOpen } from '../record/record';
import { severityOf } from '../record/severity';
import type { Spread } from '../statistics/spread';
import { undecidedAudits } from './applyAudit';
import { type AuditResult, auditResults } from './auditResults';
import { undecidedLines } from './clockAudits';
import { compareMeasurements, type Difference } from './compareMeasurements';
import type { ReportSlice } from './lighthouseReport';
import { type Measurement, savingOf } from './measurement';
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
  /** Short, ours. */
  title: string;
  /** Lighthouse's title. */
  longTitle: string;
  /** Lighthouse's explanation, Markdown with links. */
  description: string;
  displayValue?: string;
  /** Lighthouse's estimated savings by metric acronym. Milliseconds; CLS has no unit. */
  savings: { metric: string; value: number }[];
  /** The largest saving of a load metric. Milliseconds; 0 without an estimate. */
  saving: number;
  /** 0 to 4: as people set it in the record, else as the runs say; undefined when people took it away. */
  severity: number | undefined;
  category: string;
  /** Places on this page. */
  places: number;
  /** Pages of the record with the same open problem, this one included, and their places. */
  everywhere: { pages: number; places: number };
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
  /** In the order of `problemsOf`. */
  tasks: ShownTask[];
  /** Lighthouse audits that passed in this run, by category. */
  passed: { category: string; count: number }[];
  /** What no run could measure, a line for each reason. */
  notMeasured: string[];
  /** What the runs leave undecided, so that its findings stay as they are. */
  undecided: string[];
  filmstrip: ReportSlice['filmstrip'];
  /** The kept sets of runs of this target, newest first. */
  history: { runId: string; at: string; label: string }[];
}

/** Makes the view of a set of runs: numbers with their spread and change, then what to fix. */
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
    passed: passedOf(results, report),
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
  return results
    .filter(({ id, outcome }) => outcome === 'failing' && !isLabMetric(id))
    .map(({ id, title, severity, undecided }): ShownTask => {
      const audit = report.audits.find((other) => other.id === id);
      const findingId = `${measurement.target}/lighthouse/${id}`;
      const finding = measurement.redirectedTo === undefined ? usableFinding({ findings }, findingId) : undefined;
      return {
        audit: id,
        title: shortTitle({ rule: `lighthouse/${id}`, title }),
        longTitle: title,
        description: audit?.description ?? '',
        ...(audit?.displayValue && { displayValue: audit.displayValue }),
        savings: Object.entries(audit?.savings ?? {})
          .filter(([, value]) => value > 0)
          .map(([metric, value]) => ({ metric, value })),
        saving: audit ? savingOf(audit) : 0,
        severity: finding ? severityOf(finding) : severity,
        category: categoryOf(report, id),
        places: audit?.items.length ?? 0,
        everywhere: everywhere(findings, `lighthouse/${id}`),
        ...(undecided && { isUndecided: true }),
        ...(finding && { finding: { id: findingId, status: finding.state.status } }),
      };
    })
    .sort((a, b) => compareFacts(factsOf(a), factsOf(b)) || byCodeUnit(a.audit, b.audit));
}

function factsOf({ severity, saving, everywhere: { pages }, places }: ShownTask): Facts {
  return { severity, saving, pages, places };
}

/** The pages with an open finding of a rule, and their places. */
function everywhere(findings: AuditRecord['findings'], rule: string): ShownTask['everywhere'] {
  const usable = Object.keys(findings).flatMap((id) => {
    const named = findings[id] as { rule?: unknown } | null;
    return named?.rule === rule ? (usableFinding({ findings }, id) ?? []) : [];
  });
  const [problem] = problemsOf(usable.filter(isOpen));
  return { pages: problem?.pages ?? 0, places: problem?.places ?? 0 };
}

function categoryOf({ categories }: ReportSlice, audit: string): string {
  return categories.find(({ refs }) => refs.some((ref) => ref.id === audit))?.title ?? '';
}

function passedOf(results: readonly AuditResult[], report: ReportSlice): ResultView['passed'] {
  const passed = results.filter(({ id, outcome }) => outcome === 'passing' && !isLabMetric(id));
  const byCategory = Map.groupBy(passed, ({ id }) => categoryOf(report, id));
  return [...byCategory].map(([category, { length }]) => ({ category, count: length }));
}
