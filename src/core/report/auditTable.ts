import type { Measurement } from '../audit/measurement';
import { figureText, ratingOf } from '../metrics/metricText';
import { labMetrics } from '../metrics/pageMetrics';
import { inertLine } from '../text/inertText';

const categoryColumns = [
  { id: 'performance', title: 'Perf' },
  { id: 'accessibility', title: 'A11y' },
  { id: 'best-practices', title: 'Best' },
  { id: 'seo', title: 'SEO' },
];

/** Aligns the first column left and the others right; each is as wide as its text. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A score of 0 to 1 as Lighthouse shows it, 0 to 100. */
export function formatScore(score: number): string {
  return String(Math.round(score * 100));
}

/** `3.9 s (3.6 s–4.2 s)`; the range only when there is more than one run. `–` when not measured. */
export function formatLabMetric(measurement: Measurement, id: string): string {
  const metric = labMetrics.find((known) => known.id === id);
  const value = measurement.metrics[id];
  if (!metric || !value) return '–';
  const format = (number: number) => figureText(number, metric.unit);
  const range = value.n > 1 ? ` (${format(value.min)}–${format(value.max)})` : '';
  return `${format(value.median)}${range}${mark(value.score)}`;
}

/** The target, and what its numbers are about when that is not the target as visitors get it. */
function nameOf({ target, redirectedTo, development }: Measurement): string {
  return `${inertLine(target)}${redirectedTo ? ' (redirected)' : ''}${development ? ' (development)' : ''}`;
}

/** Marks instead of words, which are too wide for a table. The legend explains them. */
function mark(score: number | null): string {
  const rating = ratingOf(score);
  return rating === 'poor' ? ' !!' : rating === 'needs improvement' ? ' !' : '';
}

/**
 * The result of an audit as plain text: a row for each page and form factor with medians and ranges, then a legend.
 */
export function auditTable(measurements: readonly Measurement[]): string {
  const metrics = labMetrics.filter(({ id }) => measurements.some((measurement) => measurement.metrics[id]));
  const categories = categoryColumns.filter(({ id }) =>
    measurements.some((measurement) => measurement.scores[id] !== undefined),
  );
  const header = [
    'page',
    'as',
    'runs',
    ...categories.map(({ title }) => title),
    ...metrics.map(({ acronym }) => acronym),
  ];
  const rows = measurements.map((measurement) => [
    nameOf(measurement),
    `${inertLine(measurement.environment)}/${measurement.formFactor}`,
    `${measurement.runs}${measurement.noisy ? '~' : ''}`,
    ...categories.map(({ id }) => {
      const score = measurement.scores[id]?.spread;
      return score ? formatScore(score.median) : '–';
    }),
    ...metrics.map(({ id }) => formatLabMetric(measurement, id)),
  ]);
  const [first] = measurements;
  if (!first) return 'No page was measured.';
  const isRepeated = measurements.some(({ runs }) => runs > 1);
  const notes = isRepeated ? 'Medians with the range of the runs' : 'Medians of one run each: no spread known';
  const legend =
    metrics.length > 0
      ? [`Lab data, simulated load. ${notes}. ! needs improvement, !! poor, by Lighthouse's thresholds.`]
      : ['The load was not measured.'];
  if (measurements.some(({ noisy }) => noisy))
    legend.push('~ other programs disturbed the run: repeat it on a quiet machine before you rely on it.');
  const { benchmarkIndex } = measurements.find((measurement) => measurement.benchmarkIndex) ?? {};
  legend.push(
    `Lighthouse ${first.lighthouseVersion}, ${first.browser}` +
      (benchmarkIndex
        ? `, ${first.throttlingMethod} throttling, benchmark index ${Math.round(benchmarkIndex.value)}.`
        : '.'),
  );
  for (const { target, formFactor, development } of measurements) {
    if (!development) continue;
    legend.push(
      `${inertLine(target)} as ${formFactor} is a development build. ${inertLine(development.because)}. Its load ` +
        'numbers are not those that visitors get, so none of them is recorded or compared. Audit the production build.',
    );
  }
  for (const { target, formFactor, warnings } of measurements) {
    for (const warning of warnings)
      legend.push(`Lighthouse warns of ${inertLine(target)} as ${formFactor}: ${inertLine(warning)}`);
  }
  return `${textTable(header, rows)}\n\n${legend.join('\n')}`;
}
