import { describe, expect, it } from 'vitest';
import { links as all } from '../../../../src/core/impact/impactCatalogue';
import type { ImpactValue } from '../../../../src/core/impact/impactValue';
import { impactView } from '../../../../src/core/impact/impactView';
import { elsewhere, whatIfRows, whoseText } from '../../../../src/core/impact/whatIfRows';
import { metrics } from '../../../../src/core/metrics/metrics';
import { data, figure, run } from './build';

const given = data({
  runs: [
    run({ target: 'home', values: { lcp: [5300, 5200, 5500, 3, 0.2] } }),
    run({ target: 'product', values: { lcp: [3100, 3000, 3200, 3, 0.7] } }),
  ],
  figures: [figure(), figure({ metric: 'clicks_to_completion', value: 7, n: 12, parts: undefined })],
});
const view = impactView(given, { links: all, metrics });
const links = new Map(all.map((link) => [link.id, link]));
const known = { view, data: given, links };
const value = (target: string) => view.values.find((one) => one.target === target) as ImpactValue;
const ask = (target: string, to: number) => whatIfRows({ value: value(target), to }, known).rows;

describe('what a wished value would mean', () => {
  it('is computed only where a study carries it, first, in one’s own numbers', () => {
    const [first, ...others] = ask('product', 2400);
    expect(first).toMatchObject({ outcomes: ['conversion_rate'], says: expect.stringMatching(/^\+1 to \+5 %/) });
    expect(first?.own?.orders).toEqual({ low: 8, high: 40 });
    expect(others.every(({ says, why }) => says === undefined && why !== undefined)).toBe(true);
  });

  it('says in one sentence why nothing is computed, one row a reason, each outcome once', () => {
    const rows = ask('home', 2400);
    expect(rows.map(({ says }) => says).filter(Boolean)).toEqual([]);
    expect(rows.find(({ outcomes }) => outcomes.includes('sales'))?.why).toBe(
      'The study compared 8.3 s with 5.7 s and nothing else; yours would go from 5.3 s to 2.4 s.',
    );
    const observed = rows.find(({ outcomes }) => outcomes.includes('bounce_rate'));
    expect(observed?.why).toBe('Studies saw both move together, which does not say that one moves the other.');
    expect(observed?.outcomes.length).toBeGreaterThan(1);
    expect(observed?.link).toBeUndefined();
    const outcomes = rows.flatMap((row) => row.outcomes);
    expect(new Set(outcomes).size).toBe(outcomes.length);
    expect(outcomes.toSorted()).toEqual(
      view.paths
        .filter(({ ux, links: found }) => ux === 'lcp' && found.length > 0)
        .map(({ cx }) => cx)
        .toSorted(),
    );
  });

  it('leads to a page for which something is computed', () => {
    const values = [value('home'), value('product')];
    expect(elsewhere(values, 2400, known)?.target).toBe('product');
    expect(elsewhere(values, 2600, known)).toBeUndefined();
  });

  it('says whose experience a study tells', () => {
    const farfetch = all.find(({ id }) => id === 'SPD-C04');
    expect(farfetch && whoseText(farfetch)).toMatch(/^At others: Farfetch.*\(2022\).*luxury.*size not published$/);
  });
});
