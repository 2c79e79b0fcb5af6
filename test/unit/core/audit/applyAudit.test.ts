import { describe, expect, it } from 'vitest';
import { type AuditedPage, applyAudit } from '../../../../src/core/audit/applyAudit';
import type { AuditResult } from '../../../../src/core/audit/auditResults';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord, type Finding, type FindingState } from '../../../../src/core/record/record';
import { elements, result } from './build';

const ID = 'checkout/lighthouse/image-alt';

/** A record with the finding `image-alt` in this state, or with none. */
function recordWith(state?: FindingState, fields: Partial<Finding> = {}): AuditRecord {
  const record: AuditRecord = { ...emptyRecord(), targets: { checkout: { kind: 'page', path: '/checkout' } } };
  if (!state) return record;
  const finding: Finding = {
    kind: 'automated',
    rule: 'lighthouse/image-alt',
    title: 'Image elements do not have [alt] attributes',
    target: 'checkout',
    state,
    firstSeen: '2026-11-01',
    id: ID,
    ...fields,
  };
  return { ...record, findings: { [ID]: finding } };
}

/** What one audit in an environment and form factor (`local/mobile`) does to a record. */
function afterAudit(
  record: AuditRecord,
  results: AuditResult | AuditResult[],
  seen = 'local/mobile',
  today = '2026-11-21',
) {
  const [environment = '', formFactor] = seen.split('/');
  return applyAudit(record, {
    target: 'checkout',
    environment,
    formFactor: formFactor as AuditedPage['formFactor'],
    results: [results].flat(),
    today,
  });
}

const stateOf = (record: AuditRecord, id = ID) => record.findings[id]?.state;
const failing = (...names: string[]) => result({ items: elements(...names) });
const passing = result({ outcome: 'passing' });
const notApplicable = result({ outcome: 'not applicable' });
const decision = { by: 'cleo', on: '2026-11-10', reason: 'rewrite in December' };

describe('an audit that fails', () => {
  it('creates an open finding with where it was seen', () => {
    const { record, changes } = afterAudit(recordWith(), failing('a'));
    expect(changes).toEqual([{ id: ID, change: 'new' }]);
    expect(record.findings[ID]).toEqual({
      kind: 'automated',
      rule: 'lighthouse/image-alt',
      title: 'Image elements do not have [alt] attributes',
      target: 'checkout',
      state: { status: 'open', severity: 3, seenIn: ['local/mobile'] },
      occurrences: {
        [Object.keys(record.findings[ID]?.occurrences ?? {})[0] ?? '']: {
          selector: 'main > img.a',
          snippet: '<img class="a">',
        },
      },
      firstSeen: '2026-11-21',
      id: ID,
    });
  });

  it('writes what the strict reader accepts', () => {
    const { record } = afterAudit(recordWith(), [failing('a', 'b'), result({ id: 'document-title' })]);
    expect(parseRecord(canonicalText(record))).toMatchObject({ record, problems: [] });
  });

  for (const status of ['open', 'reopened']) {
    it(`adds where it was seen to a finding that is ${status}`, () => {
      const { record, changes } = afterAudit(
        recordWith({ status, severity: 3, seenIn: ['local/mobile'] }),
        failing(),
        'deployed/desktop',
      );
      expect(changes).toEqual([{ id: ID, change: 'updated' }]);
      expect(stateOf(record)).toEqual({ status, severity: 3, seenIn: ['deployed/desktop', 'local/mobile'] });
    });
  }

  it('reopens a fixed finding and keeps when it was fixed', () => {
    const { record, changes } = afterAudit(
      recordWith({ status: 'fixed', severity: 3, fixedOn: '2026-10-02' }),
      failing(),
    );
    expect(changes).toEqual([{ id: ID, change: 'reopened' }]);
    expect(stateOf(record)).toEqual({
      status: 'reopened',
      severity: 3,
      on: '2026-11-21',
      fixedOn: '2026-10-02',
      seenIn: ['local/mobile'],
    });
  });

  it('leaves an acceptance in force', () => {
    const state: FindingState = {
      status: 'accepted',
      severity: 3,
      ...decision,
      until: '2026-11-21',
      upTo: 2,
      seenIn: ['local/mobile'],
    };
    const { record } = afterAudit(recordWith(state), failing('a', 'b'));
    expect(stateOf(record)).toEqual(state);
  });

  it('ends an acceptance on the day after its last', () => {
    const state: FindingState = {
      status: 'accepted',
      severity: 3,
      ...decision,
      until: '2026-11-20',
      seenIn: ['local/mobile'],
    };
    const { record, changes } = afterAudit(recordWith(state), failing());
    expect(changes).toEqual([{ id: ID, change: 'reopened' }]);
    expect(stateOf(record)).toEqual({
      status: 'reopened',
      severity: 3,
      on: '2026-11-21',
      reason: 'expired',
      seenIn: ['local/mobile'],
    });
  });

  it('ends an acceptance when there are more places than its ceiling', () => {
    const state: FindingState = { status: 'accepted', severity: 3, ...decision, upTo: 1, seenIn: ['local/mobile'] };
    const { record, changes } = afterAudit(recordWith(state), failing('a', 'b', 'c'));
    expect(changes).toEqual([{ id: ID, change: 'reopened' }]);
    expect(stateOf(record)).toMatchObject({ status: 'reopened', reason: '1 -> 3' });
  });

  it('counts places that look the same towards the ceiling', () => {
    const state: FindingState = { status: 'accepted', severity: 3, ...decision, upTo: 2, seenIn: ['local/mobile'] };
    expect(stateOf(afterAudit(recordWith(state), failing('a', 'a', 'a')).record)?.reason).toBe('2 -> 3');
  });

  it('leaves a false positive untouched', () => {
    const before = recordWith({ status: 'false-positive', ...decision });
    expect(afterAudit(before, failing('a'), 'deployed/mobile')).toEqual({ record: before, changes: [] });
  });

  it('keeps the owner and the severity that people gave', () => {
    const { record } = afterAudit(
      recordWith({ status: 'fixed', severity: 4, owner: 'shop-team', fixedOn: '2026-10-02' }),
      failing(),
    );
    expect(stateOf(record)).toMatchObject({ status: 'reopened', severity: 4, owner: 'shop-team' });
  });

  it('never gives a severity of 4', () => {
    for (const severity of [1, 2, 3] as const)
      expect(stateOf(afterAudit(recordWith(), result({ severity })).record)?.severity).toBe(severity);
  });

  it('keeps what people wrote about the finding', () => {
    const written = {
      note: 'seen by a customer',
      recommendation: 'describe them',
      evidence: ['evidence/a.png'],
      ratings: { ana: { severity: 4 } },
      mood: 'bad',
    };
    const { record } = afterAudit(recordWith({ status: 'open', severity: 3, seenIn: [] }, written), failing('a'));
    expect(record.findings[ID]).toMatchObject(written);
  });
});

describe('an audit that passes', () => {
  for (const evidence of [passing, notApplicable]) {
    it(`fixes a finding that was seen nowhere else (${evidence.outcome})`, () => {
      const { record, changes } = afterAudit(
        recordWith({ status: 'open', severity: 3, owner: 'bo', seenIn: ['local/mobile'] }),
        evidence,
      );
      expect(changes).toEqual([{ id: ID, change: 'fixed' }]);
      expect(stateOf(record)).toEqual({ status: 'fixed', severity: 3, owner: 'bo', fixedOn: '2026-11-21' });
    });
  }

  it('fixes a reopened finding', () => {
    const state: FindingState = {
      status: 'reopened',
      on: '2026-11-20',
      reason: 'expired',
      fixedOn: '2026-10-02',
      seenIn: ['local/mobile'],
    };
    expect(stateOf(afterAudit(recordWith(state), passing).record)).toEqual({ status: 'fixed', fixedOn: '2026-11-21' });
  });

  it('takes back only its own evidence: what is deployed never clears what localhost still shows', () => {
    const before = recordWith({ status: 'open', severity: 3, seenIn: ['deployed/mobile', 'local/mobile'] });
    const { record, changes } = afterAudit(before, passing, 'deployed/mobile');
    expect(changes).toEqual([{ id: ID, change: 'updated' }]);
    expect(stateOf(record)).toEqual({ status: 'open', severity: 3, seenIn: ['local/mobile'] });
    expect(stateOf(afterAudit(record, passing, 'local/mobile').record)?.status).toBe('fixed');
  });

  it('says nothing of a finding that was not seen there', () => {
    const before = recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] });
    for (const elsewhere of ['deployed/mobile', 'local/desktop'])
      expect(afterAudit(before, passing, elsewhere)).toEqual({ record: before, changes: [] });
  });

  it('clears nothing when its runs leave it undecided', () => {
    const before = recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] });
    const undecided = { moreRuns: 2, possible: ['passing' as const] };
    expect(afterAudit(before, result({ outcome: 'passing', undecided })).record).toBe(before);
  });

  for (const status of ['accepted', 'false-positive']) {
    it(`keeps the decision ${status} and only takes back the evidence`, () => {
      const { record } = afterAudit(
        recordWith({ status, severity: 3, ...decision, seenIn: ['local/mobile'] }),
        passing,
      );
      expect(stateOf(record)).toEqual({ status, severity: 3, ...decision });
    });
  }

  it('creates nothing', () => {
    const before = recordWith();
    expect(afterAudit(before, passing)).toEqual({ record: before, changes: [] });
  });
});

describe('an audit that did not run', () => {
  it('says nothing', () => {
    const before = recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] });
    expect(afterAudit(before, []).record).toBe(before);
    expect(afterAudit(before, result({ id: 'document-title', outcome: 'passing' })).record).toBe(before);
  });

  it('leaves findings of people and of other targets alone', () => {
    const { record: other } = afterAudit(recordWith(), result());
    const moved = {
      ...other,
      findings: {
        'basket/lighthouse/image-alt': {
          ...(other.findings[ID] as Finding),
          target: 'basket',
          id: 'basket/lighthouse/image-alt',
        },
      },
    };
    expect(afterAudit(moved, passing).record).toBe(moved);
  });
});

describe('the same evidence again', () => {
  it('returns the very same record', () => {
    const { record } = afterAudit(recordWith(), [failing('a', 'b'), result({ id: 'document-title', items: [] })]);
    const again = afterAudit(
      record,
      [failing('b', 'a'), result({ id: 'document-title', items: [] })],
      'local/mobile',
      '2026-12-24',
    );
    expect(again.record).toBe(record);
    expect(again.changes).toEqual([]);
  });

  it('returns the very same record when it was read from disk in between', () => {
    const written = canonicalText(afterAudit(recordWith(), failing('a', 'b')).record);
    const { record } = parseRecord(written);
    expect(canonicalText(afterAudit(record, failing('a', 'b'), 'local/mobile', '2026-12-24').record)).toBe(written);
  });
});

describe('the places of a finding', () => {
  const placesOf = (record: AuditRecord) =>
    Object.values(record.findings[ID]?.occurrences ?? {}) as { selector: string; seenIn?: string[] }[];
  const selectors = (record: AuditRecord) =>
    placesOf(record)
      .map(({ selector }) => selector)
      .sort();

  it('are those of the newest evidence', () => {
    const { record } = afterAudit(afterAudit(recordWith(), failing('a', 'b')).record, failing('b', 'c'));
    expect(selectors(record)).toEqual(['main > img.b', 'main > img.c']);
  });

  it('do not flicker when mobile and desktop show different ones in turn', () => {
    const mobile = failing('a', 'b');
    const desktop = failing('b', 'c');
    const { record: first } = afterAudit(
      afterAudit(recordWith(), mobile, 'local/mobile').record,
      desktop,
      'local/desktop',
    );
    expect(selectors(first)).toEqual(['main > img.a', 'main > img.b', 'main > img.c']);
    expect(placesOf(first).find(({ selector }) => selector === 'main > img.a')?.seenIn).toEqual(['local/mobile']);
    expect(placesOf(first).find(({ selector }) => selector === 'main > img.b')?.seenIn).toBeUndefined();
    for (const [one, seen] of [
      [mobile, 'local/mobile'],
      [desktop, 'local/desktop'],
      [mobile, 'local/mobile'],
    ] as const) {
      expect(afterAudit(first, one, seen).record).toBe(first);
    }
  });

  it('go with the evidence that showed them', () => {
    const { record: both } = afterAudit(
      afterAudit(recordWith(), failing('a', 'b'), 'local/mobile').record,
      failing('b', 'c'),
      'local/desktop',
    );
    const { record } = afterAudit(both, passing, 'local/mobile');
    expect(selectors(record)).toEqual(['main > img.b', 'main > img.c']);
    expect(placesOf(record).every(({ seenIn }) => seenIn === undefined)).toBe(true);
  });

  it('are at most 20, with the number of the others', () => {
    const many = Array.from({ length: 27 }, (_, index) => `picture-${index}`);
    const { record } = afterAudit(recordWith(), failing(...many));
    expect(placesOf(record)).toHaveLength(20);
    expect(stateOf(record)?.more).toBe(7);
    expect(afterAudit(record, failing(...many.reverse())).record).toBe(record);
    const fewer = afterAudit(record, failing('a')).record;
    expect([placesOf(fewer).length, stateOf(fewer)?.more]).toEqual([1, undefined]);
  });

  it('do not flicker beyond 20 either', () => {
    const names = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `picture-${from + index}`);
    const [mobile, desktop] = [failing(...names(0, 27)), failing(...names(20, 50))];
    const { record: settled } = afterAudit(
      afterAudit(recordWith(), mobile, 'local/mobile').record,
      desktop,
      'local/desktop',
    );
    const { record: again } = afterAudit(afterAudit(settled, mobile, 'local/mobile').record, desktop, 'local/desktop');
    expect(canonicalText(again)).toBe(canonicalText(settled));
  });
});

describe('an audit that Lighthouse renamed', () => {
  const renamed = result({
    id: 'image-alternatives',
    title: 'Images lack alternatives',
    replaces: ['image-alt'],
    items: elements('a'),
  });
  const NEW = 'checkout/lighthouse/image-alternatives';

  it('carries its finding over, decision and all, and remembers the old id', () => {
    const state: FindingState = { status: 'accepted', severity: 3, ...decision, seenIn: ['local/mobile'] };
    const { record, changes } = afterAudit(recordWith(state, { note: 'kept' }), renamed);
    expect(changes[0]).toEqual({ id: NEW, change: 'renamed' });
    expect(Object.keys(record.findings)).toEqual([NEW]);
    expect(record.findings[NEW]).toMatchObject({
      rule: 'lighthouse/image-alternatives',
      title: 'Images lack alternatives',
      state,
      note: 'kept',
      formerIds: [ID],
      firstSeen: '2026-11-01',
      id: NEW,
    });
    expect(parseRecord(canonicalText(record)).problems).toEqual([]);
  });

  it('is closed under its new name', () => {
    const { record } = afterAudit(recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] }), {
      ...renamed,
      outcome: 'passing',
      items: [],
    });
    expect(stateOf(record, NEW)?.status).toBe('fixed');
  });

  it('keeps its old finding while the old audit still runs', () => {
    const { record } = afterAudit(recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] }), [
      result(),
      renamed,
    ]);
    expect(Object.keys(record.findings).sort()).toEqual([ID, NEW].sort());
  });

  it('twice over becomes one finding: the strictest decision, the evidence of both and the earlier day', () => {
    const both = recordWith(
      { status: 'accepted', severity: 2, ...decision, seenIn: ['deployed/mobile'] },
      { firstSeen: '2026-10-01', note: 'of the older' },
    );
    const olderId = 'checkout/lighthouse/img-alt';
    both.findings[olderId] = {
      ...(both.findings[ID] as Finding),
      state: { status: 'open', severity: 3, seenIn: ['local/desktop'] },
      occurrences: { aaaaaaaa: { selector: 'main > img.z' } },
      firstSeen: '2026-11-05',
      note: undefined,
      id: olderId,
    };
    const { record } = afterAudit(both, { ...renamed, replaces: ['img-alt', 'image-alt'] });
    expect(Object.keys(record.findings)).toEqual([NEW]);
    expect(record.findings[NEW]).toMatchObject({
      state: { status: 'open', severity: 3, seenIn: ['deployed/mobile', 'local/desktop', 'local/mobile'] },
      firstSeen: '2026-10-01',
      note: 'of the older',
      formerIds: [ID, olderId].sort(),
    });
    expect(record.findings[NEW]?.occurrences).toHaveProperty('aaaaaaaa');
    expect(stateOf(afterAudit(record, { ...renamed, outcome: 'passing' }).record, NEW)?.status).toBe('open');
  });

  it('is renamed once', () => {
    const { record } = afterAudit(recordWith({ status: 'open', severity: 3, seenIn: ['local/mobile'] }), renamed);
    expect(afterAudit(record, renamed).record).toBe(record);
  });
});

describe('an entry that cannot be understood', () => {
  const broken = {
    ...recordWith().findings,
    [ID]: { kind: 'automated', state: 'open?', mine: [1, 2] } as unknown as Finding,
  };

  it('is kept verbatim, whatever the audit says', () => {
    const before = { ...recordWith(), findings: broken };
    for (const evidence of [failing('a'), passing]) expect(afterAudit(before, evidence).record).toBe(before);
  });

  it('does not stop the others from being recorded', () => {
    const { record, changes } = afterAudit({ ...recordWith(), findings: broken }, [
      failing('a'),
      result({ id: 'document-title' }),
    ]);
    expect(changes).toEqual([{ id: 'checkout/lighthouse/document-title', change: 'new' }]);
    expect(record.findings[ID]).toBe(broken[ID]);
  });

  it('is not renamed', () => {
    const before = { ...recordWith(), findings: broken };
    const { record } = afterAudit(before, result({ id: 'image-alternatives', replaces: ['image-alt'] }));
    expect(record.findings[ID]).toBe(broken[ID]);
  });
});
