import { describe, expect, it } from 'vitest';
import { readWish, whyImpossibleWish } from '../../../../src/core/impact/wish';
import type { Metric } from '../../../../src/core/metrics/metricSchema';
import { metricOf } from '../../../../src/core/metrics/metrics';

const metric = (id: string) => metricOf(id) as Metric;
const lcp = { value: 5300, unit: 'ms', variant: undefined };

describe('a wished value', () => {
  it('is read in the unit that the page shows, with a point or a comma', () => {
    expect(readWish(' 2,4 ', lcp, metric('lcp'))).toEqual({ to: 2400 });
    expect(readWish('250', { ...lcp, value: 310 }, metric('tbt'))).toEqual({ to: 250 });
    expect(readWish('80', { value: 68, unit: 'points', variant: undefined }, metric('sus'))).toEqual({ to: 80 });
  });

  it('is refused in another unit, with what was meant', () => {
    expect(readWish('2500', lcp, metric('lcp'))).toEqual({ why: '2500 s is 42 minutes.', meant: 2500 });
    expect(whyImpossibleWish(metric('lcp'), 2.5)).toEqual({
      why: '2.5 ms is sooner than any page can answer.',
      meant: 2500,
    });
    expect(whyImpossibleWish(metric('cls'), 25)).toMatchObject({ meant: 0.25 });
    expect(readWish('2500000000', lcp, metric('lcp'))).toEqual({ why: '2500000000 s is more than a day.' });
  });

  it('is refused off the scale of its metric, and when it is no number', () => {
    expect(readWish('120', { value: 68, unit: 'points', variant: undefined }, metric('sus'))).toEqual({
      why: 'System Usability Scale is 0 to 100 points.',
    });
    expect(readWish('-1', lcp, metric('lcp'))).toHaveProperty('why');
    for (const text of ['fast', '1e9', '2.4.1', '']) expect(readWish(text, lcp, metric('lcp'))).toHaveProperty('why');
  });

  it('may be nothing where nothing can be', () => {
    expect(whyImpossibleWish(metric('tbt'), 0)).toBeUndefined();
    expect(whyImpossibleWish(metric('tbt'), 1)).toBeUndefined();
    expect(whyImpossibleWish(metric('lcp'), 0)).toEqual({ why: '0 ms is sooner than any page can answer.' });
    expect(whyImpossibleWish(metric('ttfb'), 40)).toBeUndefined();
  });
});
