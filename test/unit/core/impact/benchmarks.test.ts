import { describe, expect, it } from 'vitest';
import {
  ageText,
  benchmarks,
  benchmarksOf,
  benchmarkText,
  industries,
  usualOf,
  usualText,
} from '../../../../src/core/impact/benchmarks';
import { metrics } from '../../../../src/core/metrics/metrics';
import { settingsSchema } from '../../../../src/core/record/record';

const today = '2026-11-28';
const metric = (id: string) => {
  const found = metrics.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('benchmarks', () => {
  it('each say their year or that it is not known, their source, and the industry they are about', () => {
    for (const { id, year, source, industry, isUsual, value } of benchmarks) {
      expect(year === null || (year > 2000 && year <= 2026), id).toBe(true);
      expect(source.url, id).toMatch(/^https:\/\//);
      expect(source.url, id).not.toMatch(/vercel\.app|cur\.at|volcanic|analyticsweek|contentforeveryone/);
      if (isUsual) expect(typeof value, id).toBe('number');
      if (industry !== undefined) expect(settingsSchema.safeParse({ industry }).success, id).toBe(true);
    }
    const used = new Set(metrics.flatMap((one) => one.benchmarks));
    expect(benchmarks.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('have a usual value inside the scale of the metric that they are about', () => {
    for (const { id, benchmarks: ids, scale } of metrics)
      for (const { value } of benchmarks.filter((one) => one.isUsual && ids.includes(one.id))) {
        expect(Number(value), id).toBeGreaterThanOrEqual(scale.min ?? Number.NEGATIVE_INFINITY);
        expect(Number(value), id).toBeLessThanOrEqual(scale.max ?? Number.POSITIVE_INFINITY);
      }
  });

  it('say their year where they are older than three years, and that it is not known', () => {
    expect([2011, 2022, 2023, 2026, null].map((year) => ageText({ year }, today))).toEqual([
      ' (2011)',
      ' (2022)',
      '',
      '',
      ' (year not known)',
    ]);
    expect(usualText(metric('task_completion_rate'), { today })).toBe('usual is 78 % (2011)');
    const [old] = benchmarksOf(metric('task_completion_rate'), undefined);
    expect(old && benchmarkText(old, today)).toBe(
      'In usability tests, 78% of attempts at a task succeed on average. ' +
        'From 1,189 tasks of 115 usability tests, 3,472 people. Old: 2011.',
    );
  });

  it('are those of the team’s industry first, and say which they are', () => {
    const nps = metric('nps');
    expect(usualText(nps, { industry: 'grocery', today })).toBe('usual in grocery is +30');
    expect(usualText(nps, { industry: 'airlines', today })).toBe('usual in airlines is +7 (2022)');
    expect(usualText(metric('sus'), { industry: 'grocery', today })).toBe(
      'usual over all industries is 68 (year not known), none is known for grocery',
    );
    expect(benchmarksOf(nps, 'grocery').map(({ id }) => id)).toEqual(['nps_grocery', 'nps_bain']);
  });

  it('say that none is known rather than one of another industry', () => {
    expect(usualText(metric('nps'), { industry: 'banks', today })).toBe('no usual value is known for banks');
    expect(usualText(metric('conversion_rate'), { industry: 'grocery', today })).toBe(
      'no usual value is known for grocery',
    );
    expect(usualText(metric('nps'), { today })).toBeUndefined();
    expect(usualOf(metric('nps'), 'nobody-knows')).toBeUndefined();
  });

  it('of one metric and industry are the newest', () => {
    expect(usualOf(metric('cart_abandonment_rate'), undefined)?.id).toBe('cart_abandon_2024');
  });

  it('name the industries that a team can set', () => {
    expect(industries).toContain('business-software');
    expect(settingsSchema.safeParse({ industry: 'Fish & chips' }).success).toBe(false);
  });
});
