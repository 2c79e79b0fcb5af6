import { describe, expect, it } from 'vitest';
import { measure, measurementSchema, type RunSet } from '../../../../src/core/audit/measurement';
import { audit, report } from './build';

const about = {
  id: '2026-11-21T10-00-00-000Z-local-mobile',
  target: 'checkout',
  environment: 'local',
  at: '2026-11-21T10:00:00.000Z',
  requestedUrl: 'http://localhost:3000/checkout',
  finalUrl: 'http://localhost:3000/checkout',
};

/** A set of runs with these values of LCP (milliseconds, score) and of the category. */
function setOf(
  runs: { lcp: number | null; score: number | null; category: number | null }[],
  fields: Partial<RunSet> = {},
): RunSet {
  return {
    browser: 'Chrome 156.0.8078.79',
    slices: runs.map(({ lcp, score, category }, index) =>
      report(
        [audit('largest-contentful-paint', { mode: 'numeric', score, ...(lcp !== null && { numericValue: lcp }) })],
        {
          categories: [{ id: 'performance', title: 'Performance', score: category, refs: [] }],
          warnings: index === 0 ? ['slow'] : ['slow', 'redirected'],
        },
      ),
    ),
    representative: 0,
    benchmarkIndex: { value: 1200, measuredAt: '2026-11-21T09:59:00.000Z' },
    foreignLoad: runs.map(() => 0.01),
    noisy: false,
    ...fields,
  };
}

describe('the measurement of a set of runs', () => {
  const measurement = measure(
    setOf([
      { lcp: 4200, score: 0.4, category: 0.6 },
      { lcp: 3800, score: 0.5, category: 0.7 },
      { lcp: 3900, score: 0.45, category: 0.65 },
    ]),
    about,
  );

  it('has the median of each metric with its range, and the median of its scores', () => {
    expect(measurement.metrics['largest-contentful-paint']).toEqual({
      median: 3900,
      min: 3800,
      max: 4200,
      n: 3,
      samples: [4200, 3800, 3900],
      score: 0.45,
    });
  });

  it('has the spread of each category', () => {
    expect(measurement.scores.performance).toEqual({
      title: 'Performance',
      spread: { median: 0.65, min: 0.6, max: 0.7, n: 3, samples: [0.6, 0.7, 0.65] },
    });
  });

  it('names its circumstances and each warning once', () => {
    expect(measurement).toMatchObject({
      ...about,
      kind: 'lab',
      formFactor: 'mobile',
      runs: 3,
      browser: 'Chrome 156.0.8078.79',
      lighthouseVersion: '13.5.0',
      throttlingMethod: 'simulate',
      warnings: ['slow', 'redirected'],
    });
    expect(measurement).not.toHaveProperty('redirectedTo');
  });

  it('leaves metrics out that were not asked for, and says null of those that failed', () => {
    expect(measurement.metrics).not.toHaveProperty('speed-index');
    const failed = measure(setOf([{ lcp: null, score: null, category: null }]), about);
    expect(failed.metrics['largest-contentful-paint']).toBeNull();
    expect(failed.scores.performance?.spread).toBeNull();
  });

  it('says where the browser ended when that was another page', () => {
    const set = setOf([{ lcp: 1, score: 1, category: 1 }], { redirectedTo: 'http://localhost:3000/login' });
    expect(measure(set, about).redirectedTo).toBe('http://localhost:3000/login');
  });

  it('survives being written and read', () => {
    expect(measurementSchema.parse(JSON.parse(JSON.stringify(measurement)))).toEqual(measurement);
  });
});
