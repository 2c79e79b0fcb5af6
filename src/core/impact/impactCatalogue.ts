import type { Stage } from '../record/stages';
import benchmarksJson from './catalogue/benchmarks.json';
import formulasJson from './catalogue/formulas.json';
import linksJson from './catalogue/links.json';
import metricsJson from './catalogue/metrics.json';
import type { Grade } from './grades';

/** Where a fact comes from. */
export interface Citation {
  title: string | null;
  url: string | null;
}

/** How much a metric is about: one interaction, a journey over several, or the whole relationship. */
export type Level = 'interaction' | 'journey' | 'relationship';

/** One metric of the experience of using the product (`ux`) or of what customers do and say (`cx`). */
export interface ImpactMetric {
  id: string;
  name: string;
  short: string;
  kind: 'ux' | 'cx';
  level: Level;
  stages: Stage[];
  unit: string;
  /** Which way is good, as its source says: `lower`, `higher`, or in words. */
  better: string;
  definition: string;
  /** Empty for constructs that exist in studies only. */
  obtained: ('lab' | 'field' | 'imported' | 'entered')[];
  formula: string | null;
  thresholds: { good: number; poor: number | null; note: string; source: Citation } | null;
  benchmarks: string[];
  pitfalls: string[];
  source: Citation | null;
}

/** One published finding that joins two metrics. */
export interface ImpactLink {
  id: string;
  ux: string;
  cx: string;
  direction: string;
  grade: Grade;
  strength: string;
  /** `dose` may be computed inside its range (doses.ts), `show` is quoted as published, `never` is counter-evidence. */
  apply: 'dose' | 'show' | 'never';
  kind: 'ux->cx' | 'ux->ux' | 'cx->cx';
  finding: string;
  quantified: Record<string, unknown> | null;
  basis: string | null;
  study: {
    title: string;
    org: string | null;
    year: number | null;
    url: string;
    sample: string | null;
    context: string | null;
  };
  design: string;
  caveats: string;
  tier: string;
}

/** Facts and citations of the evidence; every sentence is ours. */
export const metrics = metricsJson as readonly unknown[] as readonly ImpactMetric[];
export const links = linksJson as readonly unknown[] as readonly ImpactLink[];
export const benchmarks = benchmarksJson;
/** Sources of the formulas in formulas.ts, by the ids that metrics name. */
export const formulaSources = formulasJson as readonly { id: string; source: Citation }[];

const metricsById = new Map(metrics.map((metric) => [metric.id, metric]));

export function metricOf(id: string): ImpactMetric | undefined {
  return metricsById.get(id);
}
