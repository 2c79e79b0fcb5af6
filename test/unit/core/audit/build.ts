import type { AuditResult } from '../../../../src/core/audit/auditResults';
import type { AuditItem, AuditSlice, ReportSlice } from '../../../../src/core/audit/lighthouseReport';
import type { Measurement } from '../../../../src/core/audit/measurement';

/** One audit of one run; passing unless told otherwise. */
export function audit(id: string, fields: Partial<AuditSlice> = {}): AuditSlice {
  return { id, title: `Title of ${id}`, description: '', score: 1, mode: 'binary', items: [], ...fields };
}

/** The report of one run; its audits belong to the category `accessibility` unless told otherwise. */
export function report(audits: AuditSlice[], fields: Partial<ReportSlice> = {}): ReportSlice {
  const refs = audits.map(({ id }) => ({ id, weight: 3 }));
  return {
    lighthouseVersion: '13.5.0',
    requestedUrl: 'http://localhost:3000/checkout',
    finalUrl: 'http://localhost:3000/checkout',
    fetchTime: '2026-11-21T10:00:00.000Z',
    formFactor: 'mobile',
    throttlingMethod: 'simulate',
    throttling: { rttMs: 150, cpuSlowdownMultiplier: 4 },
    benchmarkIndex: 1000,
    warnings: [],
    categories: [{ id: 'accessibility', title: 'Accessibility', score: 0.9, refs }],
    audits,
    filmstrip: [],
    ...fields,
  };
}

/** What a set of runs says of the audit `image-alt`: failing unless told otherwise. */
export function result(fields: Partial<AuditResult> = {}): AuditResult {
  const outcome = fields.outcome ?? 'failing';
  return {
    id: 'image-alt',
    title: 'Image elements do not have [alt] attributes',
    outcome,
    severity: 3,
    replaces: [],
    items: [],
    ...fields,
  };
}

/** Elements that an audit points at, told apart by name. */
export function elements(...names: string[]): AuditItem[] {
  return names.map((name) => ({ selector: `main > img.${name}`, snippet: `<img class="${name}">` }));
}

/** A measurement of one run set with one metric and one category. */
export function measurement(fields: Partial<Measurement> = {}): Measurement {
  const spread = (...samples: number[]) => {
    const sorted = [...samples].sort((a, b) => a - b);
    return {
      median: sorted[samples.length >> 1] ?? 0,
      min: sorted[0] ?? 0,
      max: sorted.at(-1) ?? 0,
      n: samples.length,
      samples,
    };
  };
  return {
    id: '2026-11-21T10-00-00-000Z-local-mobile',
    kind: 'lab',
    target: 'checkout',
    environment: 'local',
    formFactor: 'mobile',
    at: '2026-11-21T10:00:00.000Z',
    requestedUrl: 'http://localhost:3000/checkout',
    finalUrl: 'http://localhost:3000/checkout',
    runs: 3,
    representative: 0,
    metrics: { 'largest-contentful-paint': { ...spread(3800, 3900, 4200), score: 0.4 } },
    scores: { performance: { title: 'Performance', spread: spread(0.6, 0.62, 0.7) } },
    lighthouseVersion: '13.5.0',
    browser: 'Chrome 156.0.8078.79',
    throttlingMethod: 'simulate',
    throttling: { rttMs: 150, cpuSlowdownMultiplier: 4 },
    benchmarkIndex: { value: 998.4, measuredAt: '2026-11-21T10:00:00.000Z' },
    foreignLoad: [0, 0, 0],
    noisy: false,
    warnings: [],
    ...fields,
  };
}
