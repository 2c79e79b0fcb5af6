import { describe, expect, it } from 'vitest';
import { chainOf } from '../../../../src/core/impact/chain';
import { links } from '../../../../src/core/impact/impactCatalogue';
import type { ImpactData } from '../../../../src/core/impact/impactData';
import { pathsOf } from '../../../../src/core/impact/impactPaths';
import { impactView } from '../../../../src/core/impact/impactView';
import { waysOf } from '../../../../src/core/impact/ways';
import { metrics } from '../../../../src/core/metrics/metrics';
import { data, figure, run } from './build';

const paths = pathsOf(links.filter(({ kind }) => kind === 'ux->cx'));
function chain(change: Partial<ImpactData>, stage?: string) {
  return chainOf(impactView(data({ runs: [], ...change }), { links, metrics }, { stage }), paths, stage);
}
const namesOf = ({ bands }: ReturnType<typeof chain>) =>
  bands.flatMap(({ ux, cx }) => [...ux, ...cx].map(({ metric }) => metric.id));
const lcp = { lcp: [5300, 5200, 5500, 3, 0.2] as const };

describe('the chain', () => {
  it('has what is known and what a study joins with it, each metric once; the rest can be measured', () => {
    const all = chain({ runs: [run({ values: { ...lcp, lh_performance: [40, 40, 40, 3, 0.4] } })] });
    const shown = namesOf(all);
    expect(shown).toEqual(expect.arrayContaining(['lcp', 'lh_performance', 'conversion_rate', 'sales', 'bounce_rate']));
    expect(shown).not.toContain('nps');
    const everything = [...shown, ...all.rest.map(({ metric }) => metric.id)];
    expect(everything.toSorted()).toEqual(metrics.map(({ id }) => id).toSorted());
  });

  it('says of all the rest how it can be had, as the catalogue does', () => {
    const { rest } = chain({});
    const how = Object.fromEntries(rest.map(({ metric, how: text }) => [metric.id, text]));
    expect(how.inp).toBe('from field data of real visits');
    expect(how.nps).toBe('from a table, or typed in');
    for (const one of waysOf({ metrics, links }).metrics)
      if ('unobtainable' in one) expect(how[one.id]).toBe(`not obtainable: ${one.unobtainable}`);
  });

  it('leads from a known outcome to what could move it, and not to what nobody can have', () => {
    const shown = namesOf(chain({ figures: [figure()] }));
    expect(shown).toEqual(expect.arrayContaining(['conversion_rate', 'lcp', 'page_load_time']));
    expect(shown).not.toContain('checkout_usability');
  });

  it('puts each metric into the band of its level, what is known and poor first, with where it is from', () => {
    const all = chain({
      runs: [
        run({ target: 'home', values: { ...lcp, tbt: [310, 250, 360, 3, 0.6], cls: [0, 0, 0, 3, 1] } }),
        run({ target: 'list', values: { lcp: [1400, 1400, 1500, 3, 0.97] } }),
      ],
      figures: [figure()],
    });
    expect(all.bands.map(({ title }) => title)).toEqual([
      'One page or task',
      'Several steps to a goal',
      'The whole relation',
    ]);
    expect(all.bands[0]?.ux.slice(0, 3).map(({ metric, where }) => [metric.id, where])).toEqual([
      ['lcp', 'home, worst of 2 values'],
      ['tbt', 'home'],
      ['cls', 'home'],
    ]);
    const [first, second] = all.bands[1]?.cx ?? [];
    expect([first?.metric.id, first?.where]).toEqual(['conversion_rate', 'up to 30 Sep 2026, n 40000']);
    expect(second?.values).toEqual([]);
    expect(second?.where).toMatch(/^joined to /);
  });

  it('keeps to a stage on both sides', () => {
    const all = chain({ runs: [run({ values: lcp })], figures: [figure()] }, 'purchase');
    for (const { ux, cx } of all.bands)
      for (const { metric } of [...ux, ...cx]) expect(metric.stages).toContain('purchase');
    expect(all.relations.map(({ cx }) => cx)).not.toContain('bounce_rate');
    expect(all.rest.every(({ metric }) => metric.stages.includes('purchase'))).toBe(true);
  });

  it('draws one line a relation, the best evidence first, and what only speaks against it last', () => {
    const clicks = figure({ metric: 'clicks_to_completion', value: 7, n: 12, parts: undefined });
    const { relations } = chain({ runs: [run({ values: lcp })], figures: [clicks] });
    const pairs = relations.map(({ ux, cx }) => `${ux} ${cx}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(relations[0]?.grade).toBe('A2');
    expect(relations.at(-1)?.links).toEqual([]);
  });
});
