import type { Metric } from '../metrics/metricSchema';
import { figureText } from '../metrics/metricText';
import { byCodeUnit } from '../record/canonicalText';
import benchmarksJson from './catalogue/benchmarks.json';

/** A published number to hold a value against. */
export interface Benchmark {
  id: string;
  text: string;
  value: number | readonly number[];
  unit: string | null;
  /** Whether the value is a usual value of the metric, in the metric's own unit. */
  isUsual?: boolean;
  /** The year that it is about; null: its source does not say. */
  year: number | null;
  /** What it rests on, as published. */
  n?: string;
  /** The industry that it is about; none: all. */
  industry?: string;
  source: {
    /** The original's address. */
    url: string;
    /** The copy that was read, where the original could not be. */
    readAt?: string;
  };
  note?: string;
}

export const benchmarks = benchmarksJson as readonly unknown[] as readonly Benchmark[];

/** The industries that a benchmark is about: words for `settings.industry` of the record. */
export const industries: readonly string[] = [...new Set(benchmarks.flatMap(({ industry }) => industry ?? []))].sort(
  byCodeUnit,
);

/** A benchmark is old after this many years. Years; a rule of this tool. */
const OLD = 3;

/** The benchmarks of a metric, those of a team's industry first, and no other industry's. */
export function benchmarksOf({ benchmarks: ids }: Metric, industry: string | undefined): Benchmark[] {
  const own = benchmarks.filter((one) => ids.includes(one.id));
  const of = (wanted: string | undefined) => own.filter((one) => one.industry === wanted);
  return [...(industry === undefined ? [] : of(industry)), ...of(undefined)];
}

/** The usual value of a metric: that of the team's industry, else that of all; of several the newest. */
export function usualOf(metric: Metric, industry: string | undefined): Benchmark | undefined {
  const rank = (one: Benchmark) => (one.industry === undefined ? 0 : 1);
  return benchmarksOf(metric, industry)
    .filter(({ isUsual }) => isUsual)
    .toSorted((a, b) => rank(b) - rank(a) || (b.year ?? 0) - (a.year ?? 0))[0];
}

/**
 * How old a benchmark is, where that has to be said: ` (2011)`, ` (year not known)`; empty for one of the last 3 years.
 * @param today YYYY-MM-DD
 */
export function ageText({ year }: Pick<Benchmark, 'year'>, today: string): string {
  if (year === null) return ' (year not known)';
  return Number(today.slice(0, 4)) - year > OLD ? ` (${year})` : '';
}

/**
 * What is usual, and for whom: `usual is 78 % (2011)`, `usual in grocery is +30`, `usual over all industries is 70 %,
 * none is known for banks`, `no usual value is known for banks`; undefined without a usual value and an industry.
 */
export function usualText(
  metric: Metric,
  { industry, today }: { industry?: string | undefined; today: string },
): string | undefined {
  const usual = usualOf(metric, industry);
  if (!usual) return industry === undefined ? undefined : `no usual value is known for ${industry}`;
  const figure = `${figureText(Number(usual.value), metric.scale.unit)}${ageText(usual, today)}`;
  if (industry === undefined) return `usual is ${figure}`;
  return usual.industry === undefined
    ? `usual over all industries is ${figure}, none is known for ${industry}`
    : `usual in ${usual.industry} is ${figure}`;
}

/**
 * A benchmark in a sentence with its year, sample and note, and with its age where it is old: `The average SUS score is
 * 68. Year not known.`
 */
export function benchmarkText(benchmark: Benchmark, today: string): string {
  const { text, n, note, year } = benchmark;
  const isOld = year !== null && ageText(benchmark, today) !== '';
  return [
    text,
    ...(n === undefined ? [] : [`From ${n}.`]),
    ...(year === null ? ['Year not known.'] : [isOld ? `Old: ${year}.` : `${year}.`]),
    ...(note === undefined ? [] : [note]),
  ].join(' ');
}
