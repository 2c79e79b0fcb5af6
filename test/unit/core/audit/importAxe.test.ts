import { describe, expect, it } from 'vitest';
import { applyAudit } from '../../../../src/core/audit/applyAudit';
import { axeAuditResults, axeResultSchema, looksLikeAxe } from '../../../../src/core/audit/importAxe';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { hostile } from '../report/hostile';

interface Rule {
  id: string;
  impact?: string | null;
  help?: string;
  nodes?: { target?: unknown[]; html?: string }[];
}

const imageAlt: Rule = {
  id: 'image-alt',
  impact: 'critical',
  help: 'Images must have alternative text',
  nodes: [{ target: ['main > img.css-1x2y3z'], html: '<img src="/a.png?v=1" value="secret">' }],
};

function result(fields: Record<string, Rule[]> = { violations: [imageAlt] }) {
  return axeResultSchema.parse({
    testEngine: { name: 'axe-core', version: '4.14.1' },
    url: 'http://localhost:3000/checkout',
    timestamp: '2026-11-21T10:00:00.000Z',
    violations: [],
    ...fields,
  });
}

const start: AuditRecord = { ...emptyRecord(), targets: { checkout: { kind: 'page', path: '/checkout' } } };

function apply(record: AuditRecord, ...results: ReturnType<typeof result>[]) {
  return applyAudit(record, {
    target: 'checkout',
    environment: 'local',
    formFactor: 'desktop',
    tool: 'axe',
    results: axeAuditResults(results),
    today: '2026-11-21',
  });
}

describe('a rule that axe found violated', () => {
  it('becomes a finding of axe, its places normalised', () => {
    const { record, changes } = apply(start, result());
    expect(changes).toEqual([{ id: 'checkout/axe/image-alt', change: 'new' }]);
    const [found] = Object.values(record.findings);
    expect(found).toMatchObject({
      kind: 'automated',
      rule: 'axe/image-alt',
      title: 'Images must have alternative text',
      state: { status: 'open', severity: 3, seenIn: ['local/desktop'] },
      firstSeen: '2026-11-21',
    });
    expect(Object.values(found?.occurrences ?? {})).toEqual([
      { selector: 'main > img', snippet: '<img src="/a.png">' },
    ]);
    expect(parseRecord(canonicalText(record)).problems).toEqual([]);
  });

  it('is as severe as its impact, never 4', () => {
    const severityOf = (impact?: string | null) =>
      axeAuditResults([result({ violations: [{ id: 'a', ...(impact !== undefined && { impact }) }] })])[0]?.severity;
    expect(['critical', 'serious', 'moderate', 'minor', null, undefined].map(severityOf)).toEqual([3, 3, 2, 1, 1, 1]);
  });

  it('names the way through frames and shadow roots', () => {
    const nodes = [
      { target: ['iframe#pay', ['x-card', 'img']] },
      { target: [] },
      { target: [{ fromFrames: [] }], html: '<p>' },
    ];
    expect(axeAuditResults([result({ violations: [{ id: 'a', nodes }] })])[0]?.items).toEqual([
      { selector: 'iframe#pay >> x-card >>> img' },
      { snippet: '<p>' },
    ]);
  });

  it('stands though other elements pass, and joins the places of several results without doubling them', () => {
    const other = {
      ...imageAlt,
      impact: 'moderate',
      nodes: [...(imageAlt.nodes ?? []), { target: ['#b'], html: '<img>' }],
    };
    const results = axeAuditResults([
      result({ violations: [imageAlt], passes: [imageAlt] }),
      result({ violations: [other] }),
    ]);
    expect(results).toMatchObject([{ id: 'image-alt', outcome: 'failing', severity: 3 }]);
    expect(results[0]?.items).toHaveLength(2);
  });
});

describe('a rule that axe found kept', () => {
  for (const list of ['passes', 'inapplicable']) {
    it(`clears its finding (${list})`, () => {
      const { record } = apply(start, result());
      const after = apply(record, result({ [list]: [{ id: 'image-alt' }] }));
      expect(after.changes).toEqual([{ id: 'checkout/axe/image-alt', change: 'fixed' }]);
      expect(after.record.findings['checkout/axe/image-alt']?.state).toMatchObject({
        status: 'fixed',
        fixedOn: '2026-11-21',
      });
    });
  }

  it('does not clear it while some elements are undecided, nor when it was not run', () => {
    const { record } = apply(start, result());
    const others: Record<string, Rule[]>[] = [
      { passes: [imageAlt], incomplete: [imageAlt] },
      { incomplete: [imageAlt] },
      {},
    ];
    for (const fields of others) {
      expect(apply(record, result(fields)).record).toBe(record);
    }
  });
});

describe('applying axe results', () => {
  it('changes nothing the second time', () => {
    const { record } = apply(start, result());
    expect(apply(record, result()).record).toBe(record);
    expect(apply(record, result(), result()).record).toBe(record);
  });

  it('leaves findings of Lighthouse alone', () => {
    const { record } = applyAudit(start, {
      target: 'checkout',
      environment: 'local',
      formFactor: 'desktop',
      results: axeAuditResults([result()]),
      today: '2026-11-21',
    });
    expect(Object.keys(record.findings)).toEqual(['checkout/lighthouse/image-alt']);
    expect(apply(record, result({ passes: [imageAlt] })).record).toBe(record);
  });

  it('keeps hostile text inert and ids valid', () => {
    const rule = { id: `../${hostile}`, help: hostile, nodes: [{ target: [hostile], html: hostile }] };
    const { record } = apply(start, result({ violations: [rule, { id: '///' }] }));
    const parsed = parseRecord(canonicalText(record));
    expect(parsed.problems).toEqual([]);
    expect(Object.keys(record.findings)).toHaveLength(1);
    expect(Object.keys(record.findings)[0]).toMatch(/^checkout\/axe\/[A-Za-z0-9][A-Za-z0-9.-]*$/);
    expect(canonicalText(record)).not.toContain('\u001b');
  });
});

describe('recognising axe results', () => {
  it('takes what has violations and no other engine', () => {
    expect(looksLikeAxe({ violations: [] })).toBe(true);
    expect(looksLikeAxe({ violations: [], testEngine: { name: 'axe-core' } })).toBe(true);
    expect(looksLikeAxe({ violations: [], testEngine: { name: 'other' } })).toBe(false);
    for (const value of [null, 7, 'violations', [], {}]) expect(looksLikeAxe(value)).toBe(false);
  });
});
