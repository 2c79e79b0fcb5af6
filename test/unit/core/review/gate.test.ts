import { describe, expect, it } from 'vitest';
import { budgetNumbers, type GateSettings } from '../../../../src/core/record/gateSettings';
import { emptyRecord, type Finding } from '../../../../src/core/record/record';
import { type GateFacts, gateReasons, openBudgets } from '../../../../src/core/review/gate';
import { comparedNumbers } from '../../../../src/core/verdict/numbers';
import { difference, page, rows, unknownRow } from './build';

function human(severity: number, change: Partial<Finding> = {}): Finding {
  return {
    kind: 'heuristic',
    rule: 'nielsen-10/H09',
    title: 'The form does not say what is wrong',
    target: 'checkout',
    state: { status: 'open', severity },
    cx: { stage: 'purchase' },
    id: 'checkout/nielsen-10/H09/7k3q9d',
    ...change,
  };
}

function facts(change: Partial<GateFacts> & { findings?: Finding[] } = {}): GateFacts {
  const { findings = [], ...rest } = change;
  const record = {
    ...emptyRecord(),
    targets: { checkout: { kind: 'page' } },
    findings: Object.fromEntries(findings.map((finding) => [finding.id, finding])),
  };
  return {
    pages: [],
    differences: [],
    after: { record, invalid: new Set() },
    faults: [],
    evaluations: [],
    today: '2026-11-28',
    ...rest,
  };
}

const rules = (given: GateFacts, settings?: GateSettings) => gateReasons(settings, given).map(({ rule }) => rule);

describe('the gate', () => {
  const cases: [rule: string, given: GateFacts, off: GateSettings][] = [
    ['worse', facts({ pages: [page('checkout', { rows: rows(400) })] }), { worse: false }],
    ['new', facts({ differences: [difference({ change: 'new' })] }), { new: false }],
    ['reopened', facts({ differences: [difference({ change: 'reopened', severity: 1 })] }), { reopened: false }],
    [
      'expired',
      facts({ findings: [human(2, { state: { status: 'accepted', severity: 2, until: '2026-11-27' } })] }),
      { expired: false },
    ],
    ['open', facts({ findings: [human(4)] }), { open: [] }],
    [
      'failed',
      facts({ pages: [page('home', { error: { side: 'head', what: 'It is gone.', next: '' } })] }),
      { failed: false },
    ],
    ['invalid', facts({ faults: ['the record, line 3: home: no path'] }), { invalid: false }],
  ];
  for (const [rule, given, off] of cases) {
    it(`fails by the rule "${rule}", and passes where that is off`, () => {
      expect(rules(given)).toEqual([rule]);
      expect(rules(given, off)).toEqual([]);
    });
  }

  const LCP = 'largest-contentful-paint';
  const about4s = () => facts({ pages: [page('checkout', { rows: rows(0) })] });

  it('fails on numbers over their budget, and says their median, range and n', () => {
    const budget = { [LCP]: 2500, bytes: 1_000_000, requests: 10 };
    expect(gateReasons({ budget }, about4s())).toEqual([
      {
        rule: 'budget',
        target: 'checkout',
        text:
          'Over budget on checkout, mobile: LCP 4.01 s (4.00 to 4.03 s, n 10), budget 2.50 s; ' +
          'bytes 1,204 KB (n 10), budget 1,000 KB',
      },
    ]);
  });

  it('does not fail on a budget that the runs do not show to be exceeded', () => {
    const few = rows(0).map((row) => ({ ...row, head: row.head.slice(0, 4) }));
    expect(rules(facts({ pages: [page('checkout', { rows: few })] }), { budget: { [LCP]: 2500 } })).toEqual([]);
    expect(rules(about4s(), { budget: { [LCP]: 4010 } })).toEqual([]); // some runs are over, some are not
    expect(rules(about4s(), { budget: { [LCP]: false, bytes: 2_000_000 } })).toEqual([]);
  });

  it('says which budgets the runs leave open', () => {
    const few = rows(0).map((row) => ({ ...row, head: row.head.slice(0, 4) }));
    const budget = { [LCP]: 2500, 'total-blocking-time': 200, bytes: 2_000_000 };
    expect(openBudgets({ budget }, facts({ pages: [page('checkout', { rows: few })] }))).toEqual([
      'LCP on checkout, mobile: over it in 4 of 4 undisturbed runs, which are too few',
      'TBT on checkout, mobile: not measured',
    ]);
    expect(openBudgets({ budget: { [LCP]: 2500 } }, about4s())).toEqual([]);
  });

  it('says of a page whose versions cannot be compared that its budgets were not judged', () => {
    const apart = page('checkout', { rows: [], incomparable: 'a redirect' });
    const failed = page('home', { rows: [], pairs: 0, error: { side: 'base', what: 'It answers 500.', next: '' } });
    const added = page('new', { rows: [], pairs: 0, incomparable: 'the page is new' });
    const given = facts({ pages: [apart, failed, added] });
    expect(openBudgets({ budget: { [LCP]: 2500 } }, given)).toEqual([
      'every budget of checkout, mobile: not comparable (a redirect)',
      'every budget of home, mobile: not comparable (It answers 500)',
    ]);
    expect(openBudgets({}, given)).toEqual([]);
  });

  it('has a budget of its own for a group of pages, number by number', () => {
    const given = about4s();
    given.after.record = {
      ...given.after.record,
      targets: { checkout: { kind: 'page', path: '/checkout/1' } },
      settings: { groups: { '/checkout/*': { gate: { budget: { [LCP]: false, bytes: 1_100_000 } } } } },
    };
    const budget = { [LCP]: 2500, bytes: 2_000_000 };
    expect(gateReasons({ budget }, given)).toMatchObject([
      { text: 'Over budget on checkout (group /checkout/*), mobile: bytes 1,204 KB (n 10), budget 1,100 KB' },
    ]);
  });

  it('leaves out a gate that is not valid, which is a fault of the record', () => {
    const given = facts({ findings: [human(4)], faults: ['the record, line 3: settings.groups: /x: no object'] });
    given.after.record = {
      ...given.after.record,
      settings: { groups: { '/x/*': null, '/y/*': { gate: 3 } } as never },
    };
    expect(rules(given, { open: {} } as never)).toEqual(['open', 'invalid']);
  });

  it('does not say of a number just over its budget that it is the budget', () => {
    expect(gateReasons({ budget: { bytes: 1_203_900 } }, about4s())[0]?.text).toContain(
      'bytes 1,204 KB (n 10), 100 bytes over the budget of 1,204 KB',
    );
  });

  it('has a budget for each number that versions are compared by', () => {
    expect([...budgetNumbers].sort()).toEqual(comparedNumbers.map(({ id }) => id).sort());
  });

  it('fails on evaluations that the settings demand', () => {
    expect(rules(facts({ evaluations: ['checkout was not evaluated with nielsen-10'] }))).toEqual(['evaluations']);
  });

  it('passes what is better, unknown, below its severity, or decided already', () => {
    expect(
      rules(
        facts({
          pages: [
            page('home', { rows: [...rows(-400), unknownRow('total-blocking-time')] }),
            page('new', { rows: [], incomparable: 'the page is new' }),
            page('gone', { error: { side: 'base', what: 'It was not there.', next: '' } }),
          ],
          differences: [
            difference({ change: 'new', severity: 2 }),
            difference({ change: 'decided', detail: 'accepted by ana: legacy' }),
            difference({ change: 'fixed', severity: 4 }),
          ],
          findings: [human(3), human(2, { state: { status: 'accepted', until: '2026-11-28' }, id: 'checkout/a/b' })],
        }),
      ),
    ).toEqual([]);
  });

  it('looks for open findings of people at or above a severity, in a stage or of a target', () => {
    const given = facts({ findings: [human(3)] });
    expect(rules(given, { open: [{ severity: 3, stage: 'purchase' }] })).toEqual(['open']);
    expect(rules(given, { open: [{ severity: 3, target: 'checkout' }] })).toEqual(['open']);
    expect(rules(given, { open: [{ severity: 3, stage: 'retention' }] })).toEqual([]);
    expect(rules(given, { open: [{ severity: 3, target: 'home' }] })).toEqual([]);
    expect(rules(facts({ findings: [human(4, { kind: 'automated' })] }))).toEqual([]);
  });

  it('goes by what the settings say of a group of pages, and names the group', () => {
    const after = {
      record: {
        ...emptyRecord(),
        targets: {
          home: { kind: 'page', path: '/' },
          lamp: { kind: 'page', path: '/product/lamp' },
          desk: { kind: 'page', path: '/product/desk' },
        },
        settings: { groups: { '/product/*': { gate: { new: 1, worse: false } } } },
      },
      invalid: new Set<string>(),
    };
    const given = facts({
      after,
      pages: ['home', 'lamp'].map((target) => page(target, { rows: rows(400) })),
      differences: ['home', 'lamp'].map((target) => difference({ change: 'new', severity: 1, target })),
    });
    expect(gateReasons({}, given).map(({ rule, text }) => [rule, text])).toEqual([
      ['worse', expect.stringMatching(/^Worse on home, /)],
      ['new', expect.stringMatching(/^New on lamp \(group \/product\/\*\), /)],
    ]);
    expect(gateReasons({ reopened: false }, { ...given, pages: [], differences: [] })).toEqual([]);
  });
});
