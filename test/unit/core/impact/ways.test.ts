import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { forHistory, type Measurement, measure } from '../../../../src/core/audit/measurement';
import { findingFacts } from '../../../../src/core/impact/findingFacts';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { impactData } from '../../../../src/core/impact/impactData';
import { impactView } from '../../../../src/core/impact/impactView';
import { waysOf, waysText } from '../../../../src/core/impact/ways';
import { definitionsOf, metrics } from '../../../../src/core/metrics/metrics';
import { enteredFigure } from '../../../../src/core/outcomes/enteredFigure';
import { type FieldAnswer, fieldFigures } from '../../../../src/core/outcomes/fieldData';
import type { Figure } from '../../../../src/core/outcomes/figures';
import { importKinds } from '../../../../src/core/outcomes/importFields';
import { emptyRecord, type Finding } from '../../../../src/core/record/record';
import { readFigures } from '../../../../src/workflow/importFigures';
import { audit, report } from '../audit/build';
import { data, run } from './build';

const catalogue = { links, metrics };
const known = waysOf(catalogue);
const today = '2026-11-28';
const withWay = (way: string) =>
  known.metrics.flatMap((one) => ('obtained' in one && one.obtained.includes(way as 'audit') ? [one.id] : [])).sort();

/** Three runs of a page as Lighthouse reports them. */
function measured(change: Partial<Measurement> = {}): Measurement {
  const numeric = (id: string, numericValue: number) => audit(id, { mode: 'numeric', score: 0.95, numericValue });
  const slices = [2000, 2100, 2300].map((lcp, index) =>
    report(
      [
        numeric('first-contentful-paint', 900),
        numeric('largest-contentful-paint', lcp),
        numeric('total-blocking-time', 100),
        numeric('cumulative-layout-shift', 0.01),
        numeric('speed-index', 1500),
        audit('meta-description', { score: 0 }),
        audit('video-caption'),
      ],
      {
        categories: ['performance', 'accessibility', 'seo'].map((id) => ({ id, title: id, score: 0.9, refs: [] })),
        times: { interactive: 3000 + index, observedLoad: 800 + index, timeToFirstByte: 500 + index },
      },
    ),
  );
  const set = { browser: 'Chrome 156', slices, representative: 0, foreignLoad: [0, 0, 0], noisy: false };
  const benchmarkIndex = { value: 1500, measuredAt: `${today}T09:00:00.000Z` };
  const page = { target: 'home', environment: 'local', requestedUrl: 'http://x/', finalUrl: 'http://x/' };
  const measurement = measure({ ...set, benchmarkIndex }, { id: 'a', at: `${today}T10:00:00.000Z`, ...page });
  return { ...measurement, ...change };
}

const valuesOf = (measurements: Measurement[], figures: Figure[] = []) =>
  impactView(
    impactData({
      title: 'shop',
      today,
      figures,
      faults: [],
      parsed: { record: emptyRecord(), invalid: new Set() },
      measurements,
      baseline: undefined,
      committed: [],
      metricsOf: () => [],
    }),
    catalogue,
  ).values;

describe('the ways to a value', () => {
  it('are there for every metric, or it says why not', () => {
    for (const { id, obtained, unobtainable } of metrics)
      expect(obtained.length > 0 ? unobtainable === undefined : (unobtainable ?? '') !== '', id).toBe(true);
    expect(known.metrics).toHaveLength(metrics.length);
  });

  it('lead to an audit for all that an audit gives, each as lab with n and spread', () => {
    const values = valuesOf([measured()]);
    expect([...new Set(values.map(({ metric }) => metric))].sort()).toEqual(withWay('audit'));
    for (const value of values) expect(value, value.metric).toMatchObject({ basis: 'lab', target: 'home' });
    const of = (metric: string) => values.find((value) => value.metric === metric);
    expect(of('tti')).toMatchObject({ value: 3001, low: 3000, high: 3002, n: 3 });
    expect(of('ttfb')).toMatchObject({ value: 501, n: 3 });
    expect(of('page_load_time')).toMatchObject({ value: 801, about: 'local, mobile, at the speed of this machine' });
    expect(of('meta_description')).toMatchObject({ value: 0, unit: 'yes/no' });
    expect(of('cwv_bundle')).toMatchObject({ value: 1, low: 1, high: 1, n: 3, verdict: 'good' });
    expect(of('a11y_violations')).toMatchObject({ value: 0, n: 1, low: undefined });
  });

  it('keep missing what a report does not have, and every time of a development build', () => {
    const { further: _, ...without } = measured();
    const ids = valuesOf([without]).map(({ metric }) => metric);
    for (const id of ['tti', 'ttfb', 'page_load_time', 'meta_description']) expect(ids).not.toContain(id);
    const development = { tool: 'vite', because: 'x' };
    const kept = valuesOf([forHistory(measured({ development }))]).map(({ metric }) => metric);
    expect(kept.sort()).toEqual(['a11y_score', 'a11y_violations', 'seo_score']);
    const { scores, ...load } = measured();
    const noAccess = valuesOf([{ ...load, scores: {} }]).map(({ metric }) => metric);
    expect(scores).not.toEqual({});
    expect(noAccess).not.toContain('a11y_violations');
  });

  it('says fail of the bundle when one of three is beyond its band, with what the worst and the best runs say', () => {
    const slow = measured();
    const lcp = slow.metrics['largest-contentful-paint'];
    if (!lcp) throw new Error('no LCP');
    slow.metrics['largest-contentful-paint'] = { ...lcp, median: 2600, max: 3000 };
    expect(valuesOf([slow]).find(({ metric }) => metric === 'cwv_bundle')).toMatchObject({ value: 0, low: 0, high: 1 });
  });

  it('count the open automated places of accessibility, over pages whose accessibility was audited', () => {
    const finding = (target: string, rule: string, kind = 'automated'): Finding => ({
      id: `${target}/${rule}`,
      kind,
      rule,
      title: rule,
      target,
      state: { status: 'open', severity: 3, more: 3, seenIn: ['local/mobile'] },
      occurrences: { a: { n: 2 }, b: { decided: 'accepted' } } as unknown as Finding['occurrences'],
    });
    const findings = findingFacts(
      [finding('home', 'axe/x'), finding('home', 'wcag22-aa/1', 'heuristic'), finding('other', 'axe/x')],
      3,
      () => ['a11y_violations'],
    );
    const page = (target: string) => run({ target, values: { a11y_score: [90, 90, 90, 1, 0.9] } });
    const of = (targets: string[], filter = {}) =>
      impactView(data({ today, findings, runs: targets.map(page) }), catalogue, filter).values.filter(
        ({ metric }) => metric === 'a11y_violations',
      );
    expect(of(['home', 'checkout'])).toMatchObject([{ value: 2.5, low: 0, high: 5, n: 2, target: undefined }]);
    expect(of(['home', 'checkout'], { target: 'home' })).toMatchObject([{ value: 5, n: 1, target: 'home' }]);
    expect(of(['home'], { formFactor: 'mobile' })).toMatchObject([{ value: 5 }]);
    expect(of([])).toEqual([]);
  });

  it('lead to field data for all that the Chrome UX Report gives', () => {
    const named = metrics.flatMap(({ crux }) => crux ?? []);
    const answer = {
      record: {
        key: { url: 'https://shop.example/' },
        metrics: Object.fromEntries(named.map((name) => [name, { percentiles: { p75: 0.05 } }])),
        collectionPeriod: { firstDate: '2026-10-24', lastDate: '2026-11-20' },
      },
    } as unknown as FieldAnswer;
    const figures = fieldFigures(answer, { scope: 'url', formFactor: 'PHONE', target: 'home' }, today);
    const values = valuesOf([], figures);
    expect(values.map(({ metric }) => metric).sort()).toEqual(withWay('field data'));
    for (const value of values) expect(value).toMatchObject({ basis: 'field', n: undefined });
    expect(values.find(({ metric }) => metric === 'cwv_bundle')).toMatchObject({ value: 1, verdict: 'good' });
  });

  it('lead to a table for all that the kinds of tables give', async () => {
    const row = (name: string, value: string) => [name, ...Array(6).fill(value)].join('\n');
    const columns = (...all: string[]) =>
      all[0]?.split('\n').map((_, line) => all.map((one) => one.split('\n')[line]).join(',')) ?? [];
    const questions = (name: string, n: number) =>
      Array.from({ length: n }, (_, index) => row(`${name}${index + 1}`, String(4 + (index % 2))));
    const more = columns(row('date', '2026-09-01'), ...questions('umux', 2), ...questions('asq', 3), row('seq', '6'));
    const suprq = columns(row('date', '2026-09-01'), ...questions('suprq', 8));
    const tables = [
      ...importKinds.map((kind) =>
        readFileSync(path.resolve(import.meta.dirname, `../../../../media/outcomes/${kind}.csv`)),
      ),
      ...[more, suprq].map((lines) => new TextEncoder().encode(lines.join('\n'))),
      new TextEncoder().encode('month,visits,revenue\n2026-09,900,100\n'),
    ];
    const found = new Set<string>();
    for (const [index, table] of tables.entries()) {
      const asq = Object.fromEntries([1, 2, 3].map((n) => [`asq${n}`, `asq${n}`]));
      const choice = {
        on: today,
        currency: 'EUR',
        discount: 0.8,
        ...(index === importKinds.length && { columns: asq }),
      };
      const { figures } = await readFigures(table, `${index}.csv`, choice);
      for (const { metric } of figures) found.add(metric);
    }
    expect([...found].sort()).toEqual(withWay('table'));
  });

  it('lead to a typed figure for all that people type', () => {
    for (const metric of metrics.filter(({ obtained }) => obtained.includes('entered'))) {
      const [definition] = definitionsOf(metric);
      const { min = 0, max } = definition?.scale ?? { min: 0, max: null };
      const value = max === null ? (min ?? 0) + 20 : (min ?? 0) + (max - (min ?? 0)) * 0.9;
      const variant = definition?.id.split('@')[1];
      const unit = metric.scale.unit === 'currency' ? 'EUR' : undefined;
      const about = { from: '2026-09-01', to: '2026-09-30', n: 100, source: 'survey', on: today };
      const figure = enteredFigure({ metric: metric.id, value, variant, unit, ...about });
      expect(valuesOf([], [figure])[0], metric.id).toMatchObject({ metric: metric.id, basis: 'entered', n: 100 });
    }
  });
});

describe('the relations of the catalogue', () => {
  it('can all be lit by a value of what they start from, or are left out with the reason', () => {
    const left = new Map(known.links.flatMap((one) => ('leftOut' in one ? [[one.id, one.leftOut] as const] : [])));
    expect(known.links).toHaveLength(links.length);
    expect([...left.keys()].sort()).toEqual(['CX-S04', 'USE-S02', 'USE-X01']);
    for (const reason of left.values()) expect(reason).toMatch(/cannot be had\. [A-Z].+\./);
    const lit = new Set(
      metrics.flatMap(({ id, kind, obtained }) => {
        if (kind !== 'ux' || obtained.length === 0) return [];
        const view = impactView(data({ runs: [run({ values: { [id]: [1, 1, 1, 3, null] } })] }), catalogue);
        return view.paths.flatMap((one) => [...one.links, ...one.counterEvidence]);
      }),
    );
    for (const { id, kind } of links)
      if (kind === 'ux->cx') expect(lit.has(id) || left.has(id), `${id} never lights up`).toBe(true);
  });

  it('are a short table for a terminal', () => {
    const lines = waysText(known).split('\n');
    expect(lines.length).toBeLessThan(25);
    expect(lines).toContain('132 of 135 published relations can be shown.');
  });
});
