import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../../src/core/audit/measurement';
import { impactData } from '../../../../src/core/impact/impactData';
import { emptyRecord } from '../../../../src/core/record/record';
import { measurement } from '../audit/build';

const of = (...measurements: Measurement[]) =>
  impactData({
    title: 'shop',
    today: '2026-11-28',
    figures: [],
    faults: [],
    parsed: { record: emptyRecord(), invalid: new Set() },
    measurements,
    baseline: undefined,
    committed: [],
    metricsOf: () => [],
  });
const spread = (...samples: number[]) => ({
  median: samples[samples.length >> 1] ?? 0,
  min: Math.min(...samples),
  max: Math.max(...samples),
  n: samples.length,
  samples,
});
const set = (day: number, lcp: number[], score: number, change: Partial<Measurement> = {}) =>
  measurement({
    at: `2026-11-${day}T10:00:00.000Z`,
    metrics: { 'largest-contentful-paint': { ...spread(...lcp), score: 0.5 } },
    scores: { accessibility: { title: 'Accessibility', spread: spread(score, score, score) } },
    ...change,
  });

describe('what changed lately', () => {
  const before = set(20, [4000, 4050, 4100, 4060, 4020], 0.8);

  it('is what the newest set of runs says beside the one before, scores in points of a hundred', () => {
    const older = set(10, [9000, 9000, 9000], 0.1);
    const { lately } = of(older, before, set(25, [2000, 2050, 2100, 2060, 2020], 0.84));
    expect(lately).toHaveLength(1);
    expect(lately[0]).toMatchObject({ target: before.target, since: before.at, of: { lcp: { verdict: 'better' } } });
    expect(lately[0]?.of.lcp?.shift).toBeCloseTo(-2000, -2);
    expect(lately[0]?.of.a11y_score).toMatchObject({ verdict: 'better', shift: expect.closeTo(4) });
  });

  it('is nothing of a page measured once, and a reason where two sets may not be compared', () => {
    expect(of(before).lately).toEqual([]);
    const { lately } = of(before, set(25, [2000], 0.8, { lighthouseVersion: '14.0.0' }));
    expect(lately).toMatchObject([{ reason: 'another major version of Lighthouse', of: {} }]);
  });
});
