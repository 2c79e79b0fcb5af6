import type { MetricRating } from '../metrics/metricText';

/** Lab runs older than this are stale. Days; a rule of this tool. */
export const LAB_STALE_AFTER = 30;
/** A figure whose period ended longer ago than this is stale. Days; a rule of this tool. */
export const FIGURE_STALE_AFTER = 120;

/** `too few`: only the counts are shown. A metric without a value is not measured. */
export type ValueState = 'measured' | 'too few' | 'stale';

/** One value of a metric with its facts, in the metric's unit. */
export interface ImpactValue {
  metric: string;
  basis: 'lab' | 'field' | 'imported' | 'entered';
  /** Undefined for the whole product. */
  target: string | undefined;
  /** `local, mobile` for runs; segment, variant and period for a figure. */
  about: string;
  environment?: string;
  formFactor?: string;
  value: number;
  low: number | undefined;
  high: number | undefined;
  /** Whether `low` and `high` are the lowest and highest run, or a 95 % interval. */
  spread: 'range' | '95 % interval' | undefined;
  n: number | undefined;
  /** YYYY-MM-DD; of a figure its last day. */
  at: string;
  /** The first day of a figure. */
  from?: string;
  unit: string;
  state: ValueState;
  verdict: MetricRating | null;
  noisy: boolean;
  /** The tool that made the development build that a lab value is of. */
  development?: string | undefined;
  /** What Lighthouse warns of in the runs of a lab value. */
  warnings?: readonly string[] | undefined;
  parts?: Record<string, number> | undefined;
  variant?: string | undefined;
  /** Which people a figure is about; undefined for all together. */
  segment?: string | undefined;
  /** The same in words; `all together` where one segment is asked for and the figure is of none. */
  who?: string | undefined;
  source?: string;
}
