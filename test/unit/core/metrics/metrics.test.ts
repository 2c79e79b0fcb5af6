import { describe, expect, it } from 'vitest';
import { benchmarks } from '../../../../src/core/impact/benchmarks';
import { metricTableSchema } from '../../../../src/core/metrics/metricSchema';
import {
  definitionOf,
  definitionsOf,
  isOnScale,
  metricOf,
  metrics,
  scaleText,
} from '../../../../src/core/metrics/metrics';
import table from '../../../../src/core/metrics/metrics.json';
import { figureText, ratingOf } from '../../../../src/core/metrics/metricText';
import { isLabMetric, labMetrics, metricOfLighthouse } from '../../../../src/core/metrics/pageMetrics';
import formulas from '../../../../src/core/outcomes/formulas.json';

describe('the table of metrics', () => {
  it('is as its schema says, down to the last field', () => {
    expect(() => metricTableSchema.parse(table)).not.toThrow();
    const [first] = table.page;
    const broken = { ...first, scale: { min: 0, max: null, unit: 'ms', most: 5 } };
    expect(metricTableSchema.safeParse({ ...table, page: [broken] }).success).toBe(false);
  });

  it('names each metric, audit, category and field of the Chrome UX Report once', () => {
    const repeated = (names: (string | undefined)[]) => {
      const given = names.filter((name) => name !== undefined);
      return given.filter((name, index) => given.indexOf(name) !== index);
    };
    expect(repeated(metrics.map(({ id }) => id))).toEqual([]);
    expect(repeated(metrics.map(({ crux }) => crux))).toEqual([]);
    expect(repeated(metrics.flatMap(({ lighthouse: { audit, related = [] } = {} }) => [audit, ...related]))).toEqual(
      [],
    );
    expect(repeated(metrics.map(({ lighthouse }) => lighthouse?.category))).toEqual([]);
  });

  it('has in its part of the page all that Lighthouse and the Chrome UX Report know, and in the other none of it', () => {
    const outside = table.people.filter((metric) => 'lighthouse' in metric || 'crux' in metric);
    expect(outside).toEqual([]);
  });

  it('has definitions whose ends are in order, thresholds on them and formulas and benchmarks that exist', () => {
    for (const metric of metrics) {
      for (const { id, scale } of definitionsOf(metric))
        expect((scale.min ?? -1) < (scale.max ?? Number.POSITIVE_INFINITY), id).toBe(true);
      const { good, poor } = metric.thresholds ?? {};
      for (const one of [good, poor])
        if (typeof one === 'number') expect(isOnScale(metric.scale, one), metric.id).toBe(true);
      if (metric.formula !== null) expect(formulas.map(({ id }) => id)).toContain(metric.formula);
      for (const id of metric.benchmarks) expect(benchmarks.map((one) => one.id)).toContain(id);
    }
  });

  it('is one of the five that Lighthouse weighs, in its order', () => {
    expect(labMetrics.map(({ acronym }) => acronym)).toEqual(['FCP', 'LCP', 'TBT', 'CLS', 'SI']);
    expect([isLabMetric('speed-index'), isLabMetric('interactive')]).toEqual([true, false]);
    expect([metricOfLighthouse('speed-index'), metricOfLighthouse('seo')]).toEqual(['speed_index', 'seo_score']);
  });
});

describe('a definition', () => {
  const idOf = (metric: string, variant?: string) => {
    const known = metricOf(metric);
    return known && definitionOf(known, variant).id;
  };

  it('is that of the variant a figure names, also of one task, and else that of the metric', () => {
    expect(idOf('ces', '1.0')).toBe('ces@1.0');
    expect(idOf('ces', 'Buy a lamp, 2.0')).toBe('ces@2.0');
    expect(idOf('error_rate', 'Buy a lamp, participants with an error')).toBe('error_rate@participants with an error');
    expect(idOf('time_on_task', 'failed attempts')).toBe('time_on_task');
    expect(idOf('lcp', 'url, mobile')).toBe('lcp');
  });

  it('says its scale', () => {
    const scaleOf = (metric: string, variant?: string) => {
      const known = metricOf(metric);
      return known && scaleText(definitionOf(known, variant).scale);
    };
    expect(scaleOf('ces', '1.0')).toBe('1 to 5 points');
    expect(scaleOf('lcp')).toBe('0 or more ms');
    expect(scaleOf('clv')).toBe('currency');
  });
});

describe('the words for a figure', () => {
  it.each([
    [849.6, 'ms', '850 ms'],
    [3940, 'ms', '3.9 s'],
    [0, 'ms', '0 ms'],
    [0.0204, 'score', '0.02'],
    [0.1234, 'score', '0.123'],
    [71.25, '%', '71.3 %'],
    [12.4, 'net points', '+12'],
    [-8, 'net points', '−8'],
    [71.25, 'points', '71.3'],
    [5.47, 'points', '5.47'],
    [53.6, 'EUR', '53.60 EUR'],
    [150.7, 's', '151 s'],
    [1, 'pass/fail', 'pass'],
  ])('%d %s', (value, unit, text) => {
    expect(figureText(value, unit)).toBe(text);
  });

  it('are good from a score of 0.9, poor below 0.5 and unknown without one', () => {
    expect([1, 0.9, 0.899, 0.5, 0.499, 0, null].map(ratingOf)).toEqual([
      'good',
      'good',
      'needs improvement',
      'needs improvement',
      'poor',
      'poor',
      null,
    ]);
  });
});
