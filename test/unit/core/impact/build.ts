import type { ImpactData, ImpactRun } from '../../../../src/core/impact/impactData';
import type { Figure } from '../../../../src/core/outcomes/figures';

export const today = '2026-11-22';

export function run(change: Partial<ImpactRun> = {}): ImpactRun {
  return {
    target: 'checkout',
    environment: 'local',
    formFactor: 'mobile',
    at: '2026-11-22T10:00:00.000Z',
    noisy: false,
    lighthouse: '13.5.0',
    browser: 'Chrome 156.0.1.2',
    values: { lcp: [3000, 2900, 3200, 3, 0.78], lh_performance: [62, 60, 70, 3, 0.62] },
    ...change,
  };
}

export function figure(change: Partial<Figure> = {}): Figure {
  return {
    metric: 'conversion_rate',
    from: '2026-09-01',
    to: '2026-09-30',
    value: 2,
    n: 40_000,
    parts: { x: 800, n: 40_000 },
    basis: 'imported',
    source: 'analytics.csv',
    on: today,
    ...change,
  };
}

export function data(change: Partial<ImpactData> = {}): ImpactData {
  return {
    title: 'shop',
    today,
    targets: [{ slug: 'checkout', kind: 'page', isDeployed: false }],
    settings: {},
    runs: [run()],
    baseline: [],
    lately: [],
    figures: [],
    findings: [],
    faults: [],
    ...change,
  };
}
