import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../../src/core/audit/measurement';
import { type ImpactLink, links, metrics } from '../../../../src/core/impact/impactCatalogue';
import { impactView, lineOf, pathsOf, whatIf } from '../../../../src/core/impact/impactView';

const spread = (median: number) => ({
  median,
  min: median - 100,
  max: median + 200,
  n: 3,
  samples: [median - 100, median, median + 200],
});
const measurement = (change: Partial<Measurement> = {}): Measurement =>
  ({
    target: 'checkout',
    environment: 'local',
    formFactor: 'mobile',
    at: '2026-11-22T10:00:00.000Z',
    noisy: false,
    metrics: { 'largest-contentful-paint': { ...spread(3000), score: 0.78 }, 'total-blocking-time': null },
    scores: { performance: { title: 'Performance', spread: { ...spread(0.62), min: 0.6, max: 0.7 } } },
    ...change,
  }) as Measurement;
const catalogue = { links, metrics };

describe('the impact view', () => {
  const view = impactView([measurement()], catalogue);

  it('shows what was measured with its spread, and nothing that was not', () => {
    expect(view.measured).toEqual([
      expect.objectContaining({ metric: 'lcp', median: 3000, min: 2900, max: 3200, n: 3 }),
      expect.objectContaining({ metric: 'lh_performance', median: 62, min: 60, max: 70, n: 3 }),
    ]);
  });

  it('draws a path only where there is a citation, in the line of its best evidence', () => {
    const conversion = view.paths.find(({ ux, cx }) => ux === 'lcp' && cx === 'conversion_rate');
    expect(conversion).toMatchObject({ line: 'solid' });
    expect(conversion?.links).toContain('SPD-C04');
    for (const path of view.paths) expect(path.links.length + path.counterEvidence.length).toBeGreaterThan(0);
    expect([lineOf('A3'), lineOf('B2'), lineOf('B3'), lineOf('D1')]).toEqual(['solid', 'dashed', 'dotted', 'dotted']);
  });

  it('covers all 106 pairs of the catalogue, and computes nothing beside counter-evidence', () => {
    const paths = pathsOf(links);
    expect(paths).toHaveLength(106);
    const clicks = paths.find(({ ux, cx }) => ux === 'clicks_to_completion' && cx === 'satisfaction');
    expect(clicks).toMatchObject({ links: [], counterEvidence: ['USE-F10'], computable: [] });
    const [study] = links.filter(({ id }) => id === 'SPD-C04') as [ImpactLink];
    const contradicted = pathsOf([study, { ...study, id: 'X', apply: 'never' }]);
    expect(contradicted[0]?.computable).toEqual([]);
  });

  it('keeps to one target or stage when asked', () => {
    const two = [measurement(), measurement({ target: 'home' })];
    expect(new Set(impactView(two, catalogue, { target: 'home' }).measured.map(({ target }) => target))).toEqual(
      new Set(['home']),
    );
    const purchase = impactView(two, catalogue, { stage: 'purchase' });
    const ofPurchase = new Set(metrics.filter(({ stages }) => stages.includes('purchase')).map(({ id }) => id));
    for (const { cx } of purchase.paths) expect(ofPurchase.has(cx), cx).toBe(true);
    expect(impactView(two, catalogue, { stage: 'advocacy' }).measured).toEqual([]);
  });
});

describe('what if', () => {
  const view = impactView([measurement()], catalogue);

  it('gives each study on its own, as a range, and says what is outside', () => {
    const answer = whatIf(view, { target: 'checkout', metric: 'lcp', to: 2700 });
    expect(answer?.from).toBe(3000);
    expect(answer?.estimates).toContainEqual({
      link: 'SPD-C04',
      low: 0.5,
      high: 2.5,
      unit: '% relative conversion',
      basis: 'interpolated',
    });
    expect(answer?.estimates).toContainEqual({ link: 'SPD-C01', outside: expect.stringContaining('8.3 s') });
    expect(answer?.assumptions.join(' ')).toContain('never added together');
  });

  it('gives no number beyond the published dose', () => {
    const answer = whatIf(view, { target: 'checkout', metric: 'lcp', to: 2000 });
    expect(answer?.estimates.every((one) => 'outside' in one)).toBe(true);
  });

  it('gives nothing for a composite score or a value nobody measured', () => {
    expect(whatIf(view, { target: 'checkout', metric: 'lh_performance', to: 100 })?.estimates).toEqual([]);
    expect(whatIf(view, { target: 'checkout', metric: 'tbt', to: 0 })).toBeUndefined();
    expect(whatIf(view, { target: 'home', metric: 'lcp', to: 0 })).toBeUndefined();
  });
});
