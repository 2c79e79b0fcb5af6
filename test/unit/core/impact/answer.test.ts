import { describe, expect, it } from 'vitest';
import { answerOf, answerText } from '../../../../src/core/impact/answer';
import { type FindingFacts, fixFirst } from '../../../../src/core/impact/fixFirst';
import { links } from '../../../../src/core/impact/impactCatalogue';
import type { ImpactData, RunValue } from '../../../../src/core/impact/impactData';
import { pathsOf } from '../../../../src/core/impact/impactPaths';
import { basisText } from '../../../../src/core/impact/impactText';
import { impactView } from '../../../../src/core/impact/impactView';
import { metrics } from '../../../../src/core/metrics/metrics';
import { data, figure, run } from './build';

const paths = pathsOf(links.filter(({ kind }) => kind === 'ux->cx'));
function answer(change: Partial<ImpactData>, target?: string) {
  const all = data({ runs: [], ...change });
  const view = impactView(all, { links, metrics }, { target });
  return answerOf({ data: all, view, ranked: fixFirst(all.findings, paths) });
}
const said = (change: Partial<ImpactData>) => answerText(answer(change));
const tile = (change: Partial<ImpactData>, id: string) => answer(change).tiles.find((one) => one.id === id);

const slow: RunValue = [5300, 5200, 5500, 3, 0.2];
const middling: RunValue = [3000, 2900, 3100, 3, 0.7];
const fast: RunValue = [1400, 1400, 1500, 3, 0.97];
const page = (target: string, lcp: RunValue, change = {}) =>
  run({ target, values: { lcp, a11y_score: [80, 80, 80, 3, 0.8] }, ...change });
const finding = (change: Partial<FindingFacts> = {}): FindingFacts => ({
  id: 'home/lighthouse/color-contrast',
  title: 'Contrast too low',
  target: 'home',
  rule: 'lighthouse/color-contrast',
  severity: 3,
  stage: undefined,
  owner: undefined,
  reach: 1,
  of: 1,
  metrics: ['a11y_violations'],
  problem: change.rule ?? 'lighthouse/color-contrast',
  order: 'major (3 of 4)',
  kind: 'automated',
  places: 9,
  seenIn: undefined,
  saving: 0,
  ...change,
});
const nps = figure({
  metric: 'nps',
  value: 12,
  low: 4,
  high: 20,
  n: 412,
  parts: { promoters: 181, passives: 99, detractors: 132 },
});
const completion = figure({
  metric: 'task_completion_rate',
  value: 70.8,
  low: 51,
  high: 85,
  n: 24,
  parts: { x: 17, n: 24 },
});

describe('the answer in sentences', () => {
  it('says of one audit how the page does, and what nobody knows yet', () => {
    const one = answer({ runs: [page('home', slow)], findings: [finding(), finding({ rule: 'x', places: 2 })] });
    expect(answerText(one)).toBe(
      'Home loads slowly (its main content shows after 5.3 s) and it shuts some people out in 11 places.',
    );
    expect(one.unknown).toBe('Not known yet: how people get on or what customers say and do.');
    expect(one.tiles[1]?.known).toMatchObject({
      figure: '2',
      label: 'kinds of major problems',
      detail: '11 places, on home',
    });
    expect(one.tiles.map(({ known }) => known !== undefined)).toEqual([true, true, false, false]);
    expect(one.tiles[2]?.learn?.text).toContain('Can people finish what they came for?');
  });

  it('says of one run that it is one, and of problems that they are kinds', () => {
    const once = answer({ runs: [page('home', [5300, 5300, 5300, 1, 0.2])] });
    expect(once.tiles[0]?.known?.detail).toBe('one run, lab; good is 2.5 s');
    const two = [page('home', slow), page('list', slow)];
    expect(answer({ runs: two }).tiles[0]?.known?.detail).toContain('main content 5.3 s, 3 runs each, lab');
    const uneven = [page('home', slow), page('list', [5300, 5300, 5300, 1, 0.2])];
    expect(answer({ runs: uneven }).tiles[0]?.known?.detail).toContain('1 to 3 runs each');
    const found = [finding(), finding({ target: 'list' }), finding({ rule: 'x', places: 2 })];
    expect(answer({ runs: two, findings: found }).tiles[1]?.known?.detail).toBe(
      '2 kinds of major problems in 20 places',
    );
  });

  it('says of how many metrics the figures are, and counts none twice', () => {
    const field = { ...nps, metric: 'cwv_pass', basis: 'field' as const };
    const figures = [nps, { ...nps, to: '2026-10-31' }, field, { ...field, metric: 'cwv_bundle' }];
    expect(basisText(data({ runs: [], figures }))).toContain('customers: 3 figures of 2 metrics, up to 31 Oct 2026');
  });

  it('says what may be claimed, and why another side may not', () => {
    const once: [number, number, number, number, number] = [5300, 5300, 5300, 1, 0.2];
    expect(answer({ runs: [page('home', once)] }).claims).toBe(
      'access, by pages and places. Not speed (only 1 run; it takes 3).',
    );
    const all = answer({ runs: [page('home', slow)], figures: [nps, completion] });
    expect(all.claims).toBe('speed, ease, and customers, with n and range; access, by pages and places.');
    const noRange = { ...completion, low: undefined, high: undefined };
    expect(answer({ figures: [noRange] }).claims).toBe('ease, with n.');
    expect(answer({}).claims).toBe('');
  });

  it('counts pages, names at most two, and keeps apart the poor from what could be better', () => {
    const runs = [page('home', slow), page('checkout', slow), page('list', fast)];
    expect(said({ runs })).toMatch(/^Home and checkout load slowly and software found nothing that shuts people out\./);
    const three = [...runs, page('a', slow)];
    expect(said({ runs: three })).toMatch(/^3 of 4 pages load slowly/);
    expect(said({ runs: [page('home', middling), page('list', fast)] })).toMatch(/^Home could load faster/);
    expect(said({ runs: [page('home', fast), page('list', fast)] })).toMatch(/^Both pages load fast/);
  });

  it('joins what was measured, watched and asked, each part leading to its tile', () => {
    const everything = answer({
      runs: [page('home', slow), page('list', fast)],
      findings: [finding(), finding({ target: 'list' })],
      figures: [nps, completion],
    });
    expect(answerText(everything)).toBe(
      'Home loads slowly, both pages shut some people out, and in 7 of 24 attempts people do not finish what they came for. ' +
        'More would recommend you than not.',
    );
    expect(everything.unknown).toBe('');
    expect(everything.sentences.flat().flatMap(({ tile: id }) => id ?? [])).toEqual([
      'speed',
      'access',
      'ease',
      'customers',
    ]);
  });

  it('calls no page accessible for what software did not find, and no speed good that nobody rated', () => {
    expect(tile({ runs: [page('home', fast)] }, 'access')).toMatchObject({
      rating: null,
      standing: 'nothing found',
      known: { figure: '0', detail: '1 page; software finds only part of the barriers' },
    });
    expect(said({ runs: [page('home', fast)], findings: [finding({ severity: 1, places: 1 })] })).toContain(
      'it makes it harder for some people in 1 place',
    );
    expect(tile({ runs: [page('home', [5300, 5300, 5300, 3, null])] }, 'speed')?.known).toBeUndefined();
  });

  it('claims no more of NPS than its interval does', () => {
    expect(said({ figures: [{ ...nps, low: -3 }] })).toBe(
      'Whether more would recommend you than not cannot be told yet.',
    );
    expect(said({ figures: [{ ...nps, value: -9, low: -16, high: -2 }] })).toBe('Fewer would recommend you than not.');
    expect(said({ figures: [{ ...nps, low: undefined, high: undefined }] })).toContain('cannot be told');
  });

  it('takes what evaluators found for ease only until people were watched', () => {
    const found = finding({ kind: 'heuristic', rule: 'nielsen-10/H01', metrics: [], id: 'home/nielsen-10/1' });
    const change = { runs: [page('home', fast)], findings: [found] };
    expect(tile(change, 'ease')).toMatchObject({ rating: 'poor', known: { figure: '1', label: 'problem of use' } });
    expect(said(change)).toContain('evaluators found 1 major problem of use');
    expect(tile({ ...change, figures: [completion] }, 'ease')?.known).toMatchObject({
      figure: '70.8 %',
      detail: '51 % to 85 %, n 24; usual is 78 % (2011)',
    });
    expect(tile({ figures: [completion] }, 'ease')).toMatchObject({ rating: null, standing: 'about usual' });
    expect(tile({ figures: [{ ...completion, high: 77 }] }, 'ease')?.standing).toBe('below usual');
  });

  it('says that what it shows is old, and how old', () => {
    const old = answer({
      runs: [page('home', slow, { at: '2026-09-22T10:00:00.000Z' })],
      figures: [{ ...nps, to: '2026-06-30', from: '2026-06-01' }],
    });
    expect(old.notices).toEqual([
      'Everything here is old and may have changed: Speed is 61 days old, Access is 61 days old, Customers is 145 days old. Measure again before you rely on it.',
    ]);
    const mixed = answer({ runs: [page('home', slow)], figures: [{ ...nps, to: '2026-06-30', from: '2026-06-01' }] });
    expect(mixed.notices[0]).toMatch(/^Some of this is old: Customers is 145 days old/);
  });

  it('says nothing of the speed of a development build, and why', () => {
    const built = page('home', slow, { development: 'vite', values: { a11y_score: [80, 80, 80, 1, 0.8] } });
    const only = answer({ runs: [built] });
    expect(answerText(only)).toBe('Software found nothing that shuts people out.');
    expect(only.tiles[0]?.learn?.text).toContain('Only a development build was audited.');
    const beside = answer({ runs: [page('list', fast), built] });
    expect(beside.notices).toEqual([
      'The newest audit of home was of a development build, whose load times are not shown.',
    ]);
  });

  it('says where nothing is known that nothing is known, and counts no answers of fewer than five', () => {
    expect(said({})).toBe('Nothing is known yet.');
    expect(said({ figures: [{ ...nps, n: 4 }] })).toBe('Nothing is known yet.');
  });

  it('says what hurts most by what customers said, else what was watched, else what studies of others tell', () => {
    const runs = [page('home', slow)];
    const reasons = figure({
      metric: 'churn_reasons',
      value: 30,
      n: undefined,
      parts: { price: 20, 'hard to use': 10 },
    });
    expect(answer({ runs, figures: [completion, reasons] }).hurts).toContain(
      'price 20, hard to use 10 of 30 (they said so',
    );
    expect(answer({ runs, figures: [completion] }).hurts).toBe(
      'People do not finish: 17 of 24 attempts succeeded (watched here).',
    );
    expect(answer({ runs }).hurts).toBe(
      'The main content shows late. At others, an experiment tied that to sales. Your own customers were not asked.',
    );
    expect(answer({ runs: [page('home', fast)], findings: [finding()] }).hurts).toContain('people with access needs');
    expect(answer({}).hurts).toBe('');
  });

  it('counts attempts, and takes what was finished without help for no task', () => {
    const one = { ...completion, variant: 'task 1' };
    const alone = { ...completion, value: 20, parts: { x: 5, n: 25 }, n: 25, variant: 'task 1, unassisted' };
    const both = answer({ figures: [one, alone] });
    expect(both.hurts).toBe('People do not finish: 17 of 24 attempts at “task 1” succeeded (watched here).');
    expect(answer({ figures: [{ ...one, parts: undefined }] }).hurts).toContain('70.8 % of attempts at “task 1”');
    expect(both.tiles[2]?.known?.label).toBe('finish task 1 without help');
    expect(answerText(both)).toBe('In 20 of 25 attempts people do not finish “task 1” without help.');
    const plain = [{ ...completion, variant: 'no task', n: 200, parts: { x: 142, n: 200 } }];
    expect(answer({ figures: plain }).hurts).toBe(
      'People do not finish: 142 of 200 attempts succeeded (watched here).',
    );
    expect(said({ figures: plain })).toBe('In about 29 % of attempts people do not finish what they came for.');
    expect(answer({ figures: [{ ...alone, variant: 'unassisted' }] }).hurts).toBe('');
  });

  it('speaks of the newest period, also where an older one has far more answers', () => {
    const september = { ...completion, value: 50, n: 200, parts: { x: 100, n: 200 } };
    const october = { from: '2026-10-01', to: '2026-10-31', value: 90, n: 60, parts: { x: 54, n: 60 } };
    const both = answer({ figures: [september, { ...september, ...october }] });
    expect(both.tiles[2]?.known).toMatchObject({ figure: '90 %', trend: { points: [{ value: 50 }, { value: 90 }] } });
    expect(both.hurts).toContain('54 of 60 attempts');
    const page = { ...september, target: 'checkout' };
    expect(answer({ figures: [page, { ...september, ...october }] }).tiles[2]?.known?.figure).toBe('50 %');
  });

  it('asks at most three questions, none about what is known', () => {
    const { questions } = answer({ runs: [page('home', slow)], figures: [nps, completion] });
    expect(questions.map(({ question }) => question)).toEqual([
      'Are the other pages alike?',
      'Do visits end in orders?',
      'Do people come back?',
    ]);
  });
});

describe('the trend of a tile', () => {
  const before = page('home', fast, { at: '2026-11-01T10:00:00.000Z' });
  const runs = [before, page('home', slow)];
  const about = { target: 'home', environment: 'local', formFactor: 'mobile', since: before.at };

  it('speaks the words of every comparison, with the shift where there is a direction', () => {
    const trend = (verdict: 'worse' | 'unknown') =>
      tile({ runs, lately: [{ ...about, of: { lcp: { verdict, shift: 3900 } } }] }, 'speed')?.known?.trend;
    expect(trend('worse')).toMatchObject({ says: 'worse by 3.9 s', about: 'home, since 1 Nov' });
    expect(trend('worse')?.points.map(({ value }) => value)).toEqual([1400, 5300]);
    expect(trend('unknown')?.says).toBe('cannot tell');
    const other = tile({ runs, lately: [{ ...about, reason: 'another browser', of: {} }] }, 'speed');
    expect(other?.known?.trend.says).toBe('not comparable');
    expect(tile({ runs: [before] }, 'speed')?.known?.trend.says).toBe('measured once, no trend');
  });

  it('compares no figures that have days in common', () => {
    const of = (from: string, to: string, low: number, high: number) => ({ ...nps, from, to, low, high });
    const quarter = of('2026-07-01', '2026-09-30', 10, 20);
    const trend = (...figures: (typeof nps)[]) => tile({ figures }, 'customers')?.known?.trend;
    const august = of('2026-08-01', '2026-08-31', -20, -10);
    expect(trend(august, quarter)).toMatchObject({ says: 'periods overlap, no trend', verdict: undefined });
    expect(trend(of('2026-06-01', '2026-06-30', 30, 40), august, quarter)?.verdict).toBe('worse');
    expect(trend(august, quarter, of('2026-09-01', '2026-09-30', -5, 0))?.verdict).toBe('better');
  });

  it('is of figures only where their intervals do not meet', () => {
    const year = (low: number, high: number) => ({
      ...nps,
      value: (low + high) / 2,
      low,
      high,
      from: '2026-06-01',
      to: '2026-06-30',
    });
    const trend = (older: typeof nps) => tile({ figures: [older, nps] }, 'customers')?.known?.trend.says;
    expect(trend(year(-20, -2))).toBe('better');
    expect(trend(year(30, 40))).toBe('worse');
    expect(trend(year(0, 10))).toBe('cannot tell');
    expect(tile({ figures: [nps] }, 'customers')?.known).toMatchObject({
      shares: [44, 24, 32],
      trend: { says: 'one period, no trend' },
    });
  });
});

describe('segments', () => {
  const of = (segment: string | undefined, change: object) => ({ ...nps, segment, ...change });
  const groups = [of('buyers', {}), of('users', { value: -20, low: -40, high: -2, n: 90 }), of('guests', { n: 12 })];

  it('shows the group of the most answers, names it, and says how many others there are', () => {
    const found = tile({ figures: groups }, 'customers');
    expect(found?.known).toMatchObject({ figure: '+12', label: 'NPS®, buyers; 2 other groups, worse: users −20' });
    expect(said({ figures: groups })).toContain('More would recommend you than not (buyers; worse: users −20).');
  });

  it('names a worse group only where its interval lies apart, in the same period', () => {
    const near = [of('buyers', {}), of('users', { value: 8, low: -1, high: 17, n: 90 })];
    expect(tile({ figures: near }, 'customers')?.known?.label).toBe('NPS®, buyers; 1 other group');
    const before = { from: '2026-08-01', to: '2026-08-31', value: -50, low: -60, high: -40, n: 90 };
    const old = [of('buyers', {}), of('users', before)];
    expect(tile({ figures: old }, 'customers')?.known?.label).toBe('NPS®, buyers; 1 other group');
  });

  it('counts no group where there is none', () => {
    expect(tile({ figures: [nps] }, 'customers')?.known?.label).toBe('NPS®');
  });

  it('takes the course of one group only', () => {
    const before = of('users', { from: '2026-08-01', to: '2026-08-31', value: 40, low: 35, high: 45, n: 400 });
    const known = tile({ figures: [...groups, before] }, 'customers')?.known;
    expect(known?.trend).toMatchObject({ says: 'one period, no trend' });
    expect(tile({ figures: [of('users', {}), before] }, 'customers')?.known?.trend).toMatchObject({ verdict: 'worse' });
  });

  it('shows all groups side by side in the values', () => {
    const { values } = impactView(data({ runs: [], figures: groups }), { links, metrics }, {});
    expect(values.map(({ segment, about }) => [segment, about])).toEqual(
      ['buyers', 'users', 'guests'].map((one) => [one, `${one}, 2026-09-01 to 2026-09-30`]),
    );
  });
});
