import { describe, expect, it } from 'vitest';
import { compareMeasurements, incomparable } from '../../../../src/core/audit/compareMeasurements';
import type { Measurement } from '../../../../src/core/audit/measurement';
import { measurement } from './build';

/** A measurement with these values of LCP. */
function withLcp(...samples: number[]): Measurement {
  const sorted = [...samples].sort((a, b) => a - b);
  const spread = {
    median: sorted[samples.length >> 1] ?? 0,
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
    n: samples.length,
    samples,
  };
  return measurement({ metrics: { 'largest-contentful-paint': { ...spread, score: 0.5 } }, scores: {} });
}

describe('two measurements', () => {
  const cases: [reason: string, other: Partial<Measurement>][] = [
    ['another form factor', { formFactor: 'desktop' }],
    ['another environment', { environment: 'deployed' }],
    ['another throttling method', { throttlingMethod: 'devtools' }],
    ['other throttling settings', { throttling: { rttMs: 40 } }],
    ['another major version of Lighthouse', { lighthouseVersion: '12.8.2' }],
    ['another browser', { browser: 'Chrome 157.0.1.1' }],
    ['another browser', { browser: 'Edge 156.0.8078.79' }],
    ['a redirect to another page', { redirectedTo: 'http://localhost:3000/login' }],
  ];
  for (const [reason, other] of cases) {
    it(`must not be compared: ${reason} (${JSON.stringify(other)})`, () => {
      expect(incomparable(measurement(), measurement(other))).toBe(reason);
    });
  }

  it('may be compared across patches of browser and Lighthouse, ports and days', () => {
    const later = measurement({
      browser: 'Chrome 156.0.9000.1',
      lighthouseVersion: '13.6.0',
      at: '2026-12-24T00:00:00.000Z',
      requestedUrl: 'http://localhost:5173/checkout',
    });
    expect(incomparable(measurement(), later)).toBeUndefined();
  });
});

describe('the difference of two measurements', () => {
  const verdictOf = (before: number[], after: number[]) =>
    compareMeasurements(withLcp(...before), withLcp(...after))[0]?.verdict;

  it('has a direction where the whole interval is beyond what matters', () => {
    expect(compareMeasurements(withLcp(4000, 4100, 4200), withLcp(3000, 3100, 3200))).toMatchObject([
      { id: 'largest-contentful-paint', verdict: 'better', shift: -1000, interval: [-1200, -800] },
    ]);
    expect(verdictOf([3000, 3100, 3200], [4000, 4100, 4200])).toBe('worse');
  });

  it('cannot be told where the ranges come near each other, and of fewer than three runs', () => {
    expect(verdictOf([4000, 4100, 4200], [3000, 3100, 4000])).toBe('unknown');
    expect(verdictOf([4000, 4100, 4200], [3800, 3820, 3850])).toBe('unknown'); // 150 ms apart, and 5 % are 205
    expect(verdictOf([7000], [3400, 3500, 3600])).toBe('unknown');
    expect(verdictOf([7000], [3400])).toBe('unknown');
  });

  it('is no change where the interval leaves none that matters', () => {
    expect(verdictOf([4000, 4010, 4020], [4005, 4012, 4030])).toBe('same');
  });

  it('of a score is better when it is higher', () => {
    const scored = (...samples: number[]) => {
      const spread = { median: samples[1] ?? 0, min: samples[0] ?? 0, max: samples[2] ?? 0, n: 3, samples };
      return measurement({ metrics: {}, scores: { seo: { title: 'SEO', spread } } });
    };
    expect(compareMeasurements(scored(0.8, 0.8, 0.8), scored(0.9, 0.9, 0.9))[0]?.verdict).toBe('better');
    expect(compareMeasurements(scored(0.9, 0.9, 0.9), scored(0.8, 0.8, 0.8))[0]?.verdict).toBe('worse');
  });

  it('covers what both have', () => {
    const before = measurement();
    const after = measurement({
      scores: { ...before.scores, seo: { title: 'SEO', spread: { median: 1, min: 1, max: 1, n: 1, samples: [1] } } },
    });
    expect(compareMeasurements(before, after).map(({ id }) => id)).toEqual(['largest-contentful-paint', 'performance']);
    expect(
      compareMeasurements(measurement({ metrics: { 'largest-contentful-paint': null } }), after).map(({ id }) => id),
    ).toEqual(['performance']);
  });
});
