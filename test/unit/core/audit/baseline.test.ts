import { describe, expect, it } from 'vitest';
import { compareBaseline, emptyBaseline, withBaseline } from '../../../../src/core/audit/baseline';
import type { Measurement } from '../../../../src/core/audit/measurement';

const spread = (median: number) => ({
  median,
  min: median - 100,
  max: median + 100,
  n: 3,
  samples: [median - 100, median, median + 100],
});
const measurement = (lcp: number, change: Partial<Measurement> = {}): Measurement => ({
  id: 'x',
  kind: 'lab',
  target: 'home',
  environment: 'local',
  formFactor: 'mobile',
  at: '2026-11-22T10:00:00.000Z',
  requestedUrl: 'http://localhost/',
  finalUrl: 'http://localhost/',
  runs: 3,
  representative: 1,
  metrics: { 'largest-contentful-paint': { ...spread(lcp), score: 0.5 } },
  scores: {},
  lighthouseVersion: '13.5.0',
  browser: 'Chrome 156.0.1.2',
  throttlingMethod: 'simulate',
  throttling: { rttMs: 150, cpuSlowdownMultiplier: 4 },
  benchmarkIndex: { value: 1500, measuredAt: '2026-11-22T09:00:00.000Z' },
  foreignLoad: [0, 0, 0],
  noisy: false,
  warnings: [],
  ...change,
});
const compare = (now: Measurement | undefined) =>
  compareBaseline(withBaseline(emptyBaseline(), [measurement(3000)]), now ? [now] : [])[0];

describe('a baseline', () => {
  it('keeps one measurement of each target, environment and form factor', () => {
    const first = withBaseline(emptyBaseline(), [measurement(3000), measurement(2000, { formFactor: 'desktop' })]);
    const second = withBaseline(first, [measurement(2500)]);
    expect(Object.keys(second.baseline)).toEqual(['home/local/mobile', 'home/local/desktop']);
    expect(second.baseline['home/local/mobile']?.metrics['largest-contentful-paint']?.samples).toEqual([
      2400, 2500, 2600,
    ]);
  });

  it('is compared by the intervals of the shifts', () => {
    expect(compare(measurement(3150))?.differences).toMatchObject([{ shift: 150, verdict: 'unknown' }]);
    expect(compare(measurement(3400))?.differences).toMatchObject([{ shift: 400, verdict: 'worse' }]);
  });

  it('is shown and not compared on another class of machine or major version of Lighthouse', () => {
    const slower = compare(measurement(3300, { benchmarkIndex: { value: 700, measuredAt: '' } }));
    expect(slower).toMatchObject({
      differences: [],
      reason: 'another class of machine (benchmark index 1500, now 700)',
    });
    const { benchmarkIndex: _, ...atRest } = measurement(3300);
    expect(compare(atRest)?.reason).toBeUndefined(); // it has no times that would depend on the machine
    const newer = compare(measurement(3300, { lighthouseVersion: '14.0.0' }));
    expect(newer).toMatchObject({ differences: [], reason: 'another major version of Lighthouse' });
    expect(compare(measurement(3300, { lighthouseVersion: '13.9.0' }))?.reason).toBeUndefined();
  });

  it('does not mind in which order its settings stand in the file', () => {
    expect(
      compare(measurement(3000, { throttling: { cpuSlowdownMultiplier: 4, rttMs: 150 } }))?.reason,
    ).toBeUndefined();
    expect(compare(measurement(3000, { throttling: { cpuSlowdownMultiplier: 1, rttMs: 150 } }))?.reason).toBe(
      'other throttling settings',
    );
  });

  it('says what has not been measured here', () => {
    expect(compare(undefined)).toMatchObject({ now: undefined, reason: undefined, differences: [] });
  });
});
