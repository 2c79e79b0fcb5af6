import { describe, expect, it } from 'vitest';
import { lineOf } from '../../../../src/core/impact/grades';
import { type ImpactLink, links } from '../../../../src/core/impact/impactCatalogue';
import { pathsOf } from '../../../../src/core/impact/impactPaths';
import { estimateText } from '../../../../src/core/impact/impactText';
import { impactView, whatIf, worstFirst } from '../../../../src/core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../../../src/core/impact/ownMoney';
import { customersTile } from '../../../../src/core/impact/tiles';
import { metrics } from '../../../../src/core/metrics/metrics';
import { data, figure, run } from './build';

const catalogue = { links, metrics };

describe('the impact view', () => {
  const view = impactView(data(), catalogue);

  it('shows what was measured with its spread, and nothing that was not', () => {
    expect(view.values).toEqual([
      expect.objectContaining({
        metric: 'lcp',
        basis: 'lab',
        value: 3000,
        low: 2900,
        high: 3200,
        n: 3,
        state: 'measured',
      }),
      expect.objectContaining({ metric: 'lh_performance', value: 62, low: 60, high: 70, verdict: 'needs improvement' }),
    ]);
    expect(view.missing).toContain('conversion_rate');
  });

  it('shows the newest set of runs of each target, environment and form factor, and no spread of a single run', () => {
    const older = run({ at: '2026-11-20T10:00:00.000Z', values: { lcp: [9000, 9000, 9000, 1, 0] } });
    const single = run({ formFactor: 'desktop', values: { lcp: [1000, 1000, 1000, 1, 0.99] } });
    const { values } = impactView(data({ runs: [older, run(), single] }), catalogue);
    const lcp = values.filter(({ metric }) => metric === 'lcp');
    expect(lcp.map(({ value, spread }) => [value, spread])).toEqual([
      [3000, 'range'],
      [1000, undefined],
    ]);
  });

  it('takes a committed baseline only where nothing was measured on this machine, and says so', () => {
    const committed = run({
      isCommitted: true,
      at: '2026-11-22T23:00:00.000Z',
      values: { lcp: [9000, 8900, 9100, 5, 0.1] },
    });
    const lcp = (runs: ReturnType<typeof run>[]) =>
      impactView(data({ runs }), catalogue).values.find(({ metric }) => metric === 'lcp');
    expect(lcp([run(), committed])).toMatchObject({ value: 3000, about: 'local, mobile' });
    expect(lcp([committed])).toMatchObject({ value: 9000, about: 'local, mobile, committed baseline' });
  });

  it('tells too few, stale and measured apart, and gives only counts where there are too few', () => {
    const of = (change: Parameters<typeof figure>[0]) =>
      impactView(data({ runs: [], figures: [figure(change)] }), catalogue).values[0];
    expect(of({ n: 4, parts: { x: 1, n: 4 }, low: 3, high: 70 })).toMatchObject({ state: 'too few', low: undefined });
    expect(of({ to: '2026-06-30' })?.state).toBe('stale');
    expect(of({ low: 1.9, high: 2.1 })).toMatchObject({ state: 'measured', spread: '95 % interval', low: 1.9 });
    const old = impactView(data({ runs: [run({ at: '2026-10-01T00:00:00.000Z' })] }), catalogue);
    expect(old.values.map(({ state }) => state)).toEqual(['stale', 'stale']);
  });

  it('keeps field values apart from lab values and judges them by the thresholds of the Core Web Vitals', () => {
    const field = figure({
      metric: 'lcp',
      value: 4100,
      n: undefined,
      parts: undefined,
      basis: 'field',
      variant: 'url, mobile',
    });
    const values = impactView(data({ figures: [field] }), catalogue).values.filter(({ metric }) => metric === 'lcp');
    expect(values.map(({ basis, verdict }) => [basis, verdict])).toEqual([
      ['lab', 'needs improvement'],
      ['field', 'poor'],
    ]);
  });

  it('leaves out figures of metrics that nobody knows', () => {
    expect(impactView(data({ runs: [], figures: [figure({ metric: '<img src=x>' })] }), catalogue).values).toEqual([]);
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
    const two = data({ runs: [run(), run({ target: 'home' })] });
    expect(new Set(impactView(two, catalogue, { target: 'home' }).values.map(({ target }) => target))).toEqual(
      new Set(['home']),
    );
    const purchase = impactView(two, catalogue, { stage: 'purchase' });
    const ofPurchase = new Set(metrics.filter(({ stages }) => stages.includes('purchase')).map(({ id }) => id));
    for (const { cx } of purchase.paths) expect(ofPurchase.has(cx), cx).toBe(true);
    expect(impactView(two, catalogue, { stage: 'advocacy' }).values).toEqual([]);
  });

  it('keeps to a segment, and says of figures of none that they are of all together', () => {
    const of = (segment: string | undefined, value: number, n: number) => figure({ segment, value, n });
    const figures = [of(undefined, 3, 900), of('users', 4, 80), of('buyers', 2, 40)];
    const groups = data({ figures });
    const shown = impactView(groups, catalogue, { segment: 'buyers' });
    const said = shown.values.filter(({ basis }) => basis !== 'lab').map(({ value, about }) => [value, about]);
    expect(said).toEqual([
      [2, 'buyers, 2026-09-01 to 2026-09-30'],
      [3, 'all together, 2026-09-01 to 2026-09-30'],
    ]);
    expect(shown.values.some(({ basis }) => basis === 'lab')).toBe(true);
    expect(customersTile({ data: groups, view: shown, ranked: [] }).known?.label).toContain('buyers');
    const others = impactView(groups, catalogue, { segment: 'staff' });
    const tile = customersTile({ data: groups, view: others, ranked: [] });
    expect(tile.known?.label).toContain('all together');
    expect(tile.clause).toContain('(all together)');
    const all = impactView(groups, catalogue);
    expect(customersTile({ data: groups, view: all, ranked: [] }).known?.label).not.toContain('all together');
  });

  it('sees a metric where the team has put it, and ignores what it does not know', () => {
    const moved = data({
      settings: { lcp: { level: 'journey', stages: ['advocacy', 'somewhere'] }, cls: { level: 'x' } },
    });
    const of = (id: string) => impactView(moved, catalogue).metrics.find((metric) => metric.id === id);
    expect(of('lcp')).toMatchObject({ level: 'journey', stages: ['advocacy'] });
    expect(of('cls')).toEqual(metrics.find(({ id }) => id === 'cls'));
    expect(impactView(moved, catalogue, { stage: 'advocacy' }).values.map(({ metric }) => metric)).toEqual(['lcp']);
  });
});

describe('several figures of one metric', () => {
  const nps = (value: number, n: number, month: string, source = 'survey.csv') =>
    figure({ metric: 'nps', value, n, from: `2026-${month}-01`, to: `2026-${month}-28`, parts: undefined, source });
  const shown = (...figures: ReturnType<typeof figure>[]) =>
    impactView(data({ runs: [], figures }), catalogue).values.map(({ value, n }) => [value, n]);

  it('are the newest, and an older one that has far more answers', () => {
    expect(shown(nps(12, 400, '08'), nps(-50, 6, '09'))).toEqual([
      [-50, 6],
      [12, 400],
    ]);
    expect(shown(nps(12, 400, '08'), nps(14, 380, '09'))).toEqual([[14, 380]]);
    expect(shown(nps(12, 400, '07'), nps(20, 300, '08'), nps(-50, 6, '09'))).toEqual([
      [-50, 6],
      [20, 300],
    ]);
  });

  it('stand side by side when two surveys are about one period', () => {
    expect(shown(nps(12, 40, '09', 'shop.csv'), nps(30, 35, '09', 'app.csv'))).toEqual([
      [12, 40],
      [30, 35],
    ]);
  });

  it('name their sources where they stand side by side', () => {
    const both = data({ runs: [], figures: [nps(12, 40, '09', 'shop.csv'), nps(30, 35, '09', 'app.csv')] });
    expect(impactView(both, catalogue).values.map(({ about }) => about)).toEqual([
      '2026-09-01 to 2026-09-28, shop.csv',
      '2026-09-01 to 2026-09-28, app.csv',
    ]);
  });

  it('have no interval where one without width was kept', () => {
    const kept = figure({ metric: 'sus', value: 100, n: 6, low: 100, high: 100, parts: undefined });
    expect(impactView(data({ runs: [], figures: [kept] }), catalogue).values).toMatchObject([
      { value: 100, low: undefined, high: undefined, spread: undefined },
    ]);
  });
});

describe('what if', () => {
  const view = impactView(data(), catalogue);

  it('gives each study on its own, as a range, and says what is outside', () => {
    const answer = whatIf(view, { target: 'checkout', metric: 'lcp', to: 2300 });
    expect(answer?.from).toBe(3000);
    expect(answer?.estimates).toContainEqual(
      expect.objectContaining({ link: 'SPD-C04', low: 1, high: 5, unit: '% relative conversion', basis: 'published' }),
    );
    expect(answer?.estimates).toContainEqual({ link: 'SPD-C01', outside: expect.stringContaining('8.3 s') });
    expect(answer?.assumptions.join(' ')).toContain('never added together');
  });

  it('follows the words of a study that reports one step: nothing for less, and nothing from far outside', () => {
    const of = (from: number, to: number) => {
      const slow = impactView(data({ runs: [run({ values: { lcp: [from, from, from, 3, 0.3] } })] }), catalogue);
      const answer = whatIf(slow, { target: 'checkout', metric: 'lcp', to });
      const found = answer?.estimates.find(({ link }) => link === 'SPD-C04');
      return found && estimateText(found);
    };
    expect(of(3200, 2500)).toBe('+1 to +5 % relative conversion, for more than 600 ms saved, however much more');
    expect(of(3200, 2600)).toContain('more than 600 ms');
    expect(of(9000, 8000)).toContain('does not publish where its pages began');
  });

  it('begins with the worst value of the target and says which it is', () => {
    const desktop = run({ formFactor: 'desktop', values: { lcp: [2800, 2700, 2900, 3, 0.8] } });
    const mobile = run({ values: { lcp: [5200, 5000, 5300, 3, 0.2] } });
    const both = impactView(data({ runs: [desktop, mobile] }), catalogue);
    expect(whatIf(both, { target: 'checkout', metric: 'lcp', to: 2500 })).toMatchObject({
      from: 5200,
      about: 'local, mobile',
    });
    const sus = (value: number, n: number) =>
      figure({ metric: 'sus', value, n, parts: undefined, variant: String(value) });
    const whole = impactView(data({ figures: [sus(80, 30), sus(60, 30), sus(20, 3)] }), catalogue);
    expect(whatIf(whole, { target: 'checkout', metric: 'sus', to: 85 })).toMatchObject({ from: 60, target: undefined });
  });

  it('takes for the worst what the definition of each value says, whichever version it is', () => {
    const ces = (variant: string, value: number) =>
      figure({ metric: 'ces', variant, value, parts: undefined, target: `${variant} ${value}` });
    const orderOf = (...figures: ReturnType<typeof figure>[]) => {
      const { values } = impactView(data({ runs: [], figures }), catalogue);
      return worstFirst(
        values,
        metrics.find(({ id }) => id === figures[0]?.metric),
      ).map(({ target }) => target);
    };
    // of version 1.0 a low score is good, of version 2.0 a high one
    expect(orderOf(ces('1.0', 1.2), ces('1.0', 4.8))).toEqual(['1.0 4.8', '1.0 1.2']);
    expect(orderOf(ces('2.0', 6.5), ces('2.0', 2))).toEqual(['2.0 2', '2.0 6.5']);
    expect(orderOf(ces('1.0', 1.2), ces('2.0', 6), ces('1.0', 4.8), ces('2.0', 2))).toEqual([
      '1.0 4.8',
      '2.0 2',
      '2.0 6',
      '1.0 1.2',
    ]);
    for (const [metric, bad, good] of [
      ['asq', 6, 2],
      ['seq', 2, 6],
      ['cwv_pass', 0, 1],
      ['time_on_task', 90, 30],
    ] as const) {
      const of = (value: number) => figure({ metric, value, parts: undefined, target: String(value) });
      expect(orderOf(of(good), of(bad)), metric).toEqual([String(bad), String(good)]);
    }
  });

  it('gives nothing for a composite score or a value nobody measured', () => {
    expect(whatIf(view, { target: 'checkout', metric: 'lh_performance', to: 100 })?.estimates).toEqual([]);
    expect(whatIf(view, { target: 'checkout', metric: 'tbt', to: 0 })).toBeUndefined();
    expect(whatIf(view, { target: 'home', metric: 'lcp', to: 0 })).toBeUndefined();
  });

  it('says money only in the team’s own visits, conversion and order value, as a range', () => {
    const answer = whatIf(view, { target: 'checkout', metric: 'lcp', to: 2300 });
    const estimate = answer?.estimates.find(({ link }) => link === 'SPD-C04');
    if (!estimate) throw new Error('no estimate');
    expect(inOwnNumbers(estimate, data())).toBeUndefined();
    const visits = figure();
    expect(inOwnNumbers(estimate, data({ figures: [visits] }))).toMatchObject({
      orders: { low: 8, high: 40 },
      money: undefined,
    });
    const value = figure({ metric: 'aov', value: 50, unit: 'EUR', n: 800, parts: undefined });
    expect(inOwnNumbers(estimate, data({ figures: [visits, value] }))).toMatchObject({
      money: { low: 400, high: 2000, currency: 'EUR' },
      formula: '40000 visits × 2 % conversion = 800 orders × 1 to 5 % × 50 EUR an order',
    });
    const other = { link: 'SPD-C01', low: 8, high: 8, unit: '% relative sales', basis: 'published' } as const;
    expect(inOwnNumbers(other, data({ figures: [visits, value] }))).toBeUndefined();
  });

  it('takes the target’s own visits, or calls those of the whole product an upper limit', () => {
    const estimate = { link: 'SPD-C04', low: 1, high: 5, unit: '% relative conversion', basis: 'published' } as const;
    const own = figure({ target: 'checkout', parts: { x: 100, n: 5000 } });
    const whole = inOwnNumbers(estimate, data({ figures: [figure()] }), 'checkout');
    expect(whole).toMatchObject({ scope: 'whole product', orders: { low: 8, high: 40 } });
    expect(whole && ownNumbersText(whole)).toContain('more than this page alone');
    expect(inOwnNumbers(estimate, data({ figures: [figure(), own] }), 'checkout')).toMatchObject({
      scope: 'target',
      orders: { low: 1, high: 5 },
    });
  });

  it('says no money from a few visits, a stale period, or an order value of another scope or a later period', () => {
    const estimate = { link: 'SPD-C04', low: 1, high: 5, unit: '% relative conversion', basis: 'published' } as const;
    const aov = figure({ metric: 'aov', value: 50, unit: 'EUR', parts: undefined });
    const of = (...figures: ReturnType<typeof figure>[]) => inOwnNumbers(estimate, data({ figures }), 'checkout');
    expect(of(figure({ n: 4, parts: { x: 1, n: 4 } }))).toBeUndefined();
    expect(of(figure({ from: '2026-01-01', to: '2026-01-31' }))).toBeUndefined();
    expect(of(figure(), figure({ ...aov, target: 'checkout' }))?.money).toBeUndefined();
    expect(of(figure(), figure({ ...aov, from: '2026-10-01', to: '2026-10-31' }))?.money).toBeUndefined();
    const small = figure({ from: '2026-10-01', to: '2026-10-31', value: 50, n: 6, parts: { x: 3, n: 6 } });
    expect(of(figure(), small)?.period).toBe('2026-09-01 to 2026-09-30');
    const earlier = of(figure(), figure({ ...aov, from: '2026-08-01', to: '2026-08-31' }));
    expect(earlier?.formula).toContain('(2026-08-01 to 2026-08-31)');
  });
});
