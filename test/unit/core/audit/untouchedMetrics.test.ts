import { describe, expect, it } from 'vitest';
import { applyAudit } from '../../../../src/core/audit/applyAudit';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord, type Finding, type FindingState } from '../../../../src/core/record/record';
import { result } from './build';

function finding(id: string, state: FindingState, fields: Partial<Finding> = {}): Finding {
  const [target = '', ...rule] = id.split('/');
  return {
    kind: 'automated',
    rule: rule.join('/'),
    title: `Title of ${rule[1]}`,
    target,
    state: { seenIn: state.status === 'fixed' ? undefined : ['local/mobile'], ...state },
    firstSeen: '2026-06-01',
    id,
    ...fields,
  };
}

const untouched = [
  finding('checkout/lighthouse/first-contentful-paint', { status: 'open', severity: 2 }),
  finding('checkout/lighthouse/interactive', {
    status: 'reopened',
    severity: 1,
    on: '2026-07-01',
    fixedOn: '2026-06-09',
  }),
  finding('checkout/lighthouse/max-potential-fid', { status: 'open', severity: 1 }),
  finding('home/lighthouse/speed-index', { status: 'fixed', severity: 3, fixedOn: '2026-06-09' }),
];

const decided = { by: 'cleo', on: '2026-06-10', reason: 'the new server comes in July' };
const kept = [
  finding('basket/lighthouse/first-contentful-paint', {
    status: 'accepted',
    severity: 2,
    until: '2026-07-31',
    ...decided,
  }),
  finding('basket/lighthouse/interactive', { status: 'false-positive', severity: 1, ...decided }),
  finding('basket/lighthouse/max-potential-fid', { status: 'fixed', severity: 1, by: 'cleo', fixedOn: '2026-06-10' }),
  finding('basket/lighthouse/speed-index', { status: 'reopened', severity: 2, on: '2026-08-01', reason: 'expired' }),
  finding('home/lighthouse/first-contentful-paint', { status: 'open', severity: 4 }),
  finding('home/lighthouse/interactive', { status: 'open', severity: 1, owner: 'shop team' }),
  finding('home/lighthouse/max-potential-fid', { status: 'open', severity: 1 }, { note: 'customers wrote' }),
  finding('help/lighthouse/first-contentful-paint', { status: 'open', severity: 2 }, { cx: { stage: 'purchase' } }),
  finding('help/lighthouse/interactive', { status: 'open', severity: 1 }, { evidence: ['evidence/0123456789ab.png'] }),
  finding('help/lighthouse/speed-index', { status: 'open', severity: 2 }),
  finding('checkout/lighthouse/image-alt', { status: 'open', severity: 3 }),
  finding('checkout/lighthouse/largest-contentful-paint', { status: 'open', severity: 2 }),
  finding('checkout/lighthouse/render-blocking-insight', { status: 'open', severity: 1 }),
];

/** The text of a record as version 0.1.0 wrote it, with all of these findings. */
function stored(findings: Finding[]): string {
  const target = (path: string) => ({ kind: 'page', path });
  const evaluation = {
    checklist: 'nielsen-10@1',
    target: 'help',
    evaluator: 'ana',
    state: { status: 'submitted', on: '2026-06-02' },
    answers: { H01: { verdict: 'fail', findings: ['help/lighthouse/speed-index'] } },
    id: 'help/nielsen-10/ana',
  };
  return canonicalText({
    ...emptyRecord(),
    targets: { basket: target('/basket'), checkout: target('/checkout'), help: target('/help'), home: target('/') },
    evaluations: { [evaluation.id]: evaluation },
    findings: Object.fromEntries(findings.map((one) => [one.id, JSON.parse(JSON.stringify(one)) as Finding])),
  });
}

const audited = (record: AuditRecord, results = [result()], tool?: string) =>
  applyAudit(record, {
    target: 'checkout',
    environment: 'local',
    formFactor: 'mobile',
    results,
    today: '2026-11-21',
    ...(tool && { tool }),
  });

describe('a record with the metrics that version 0.1.0 recorded', () => {
  const text = stored([...untouched, ...kept]);

  it('opens as it is', () => {
    const { record, problems } = parseRecord(text);
    expect([canonicalText(record), problems]).toEqual([text, []]);
  });

  it('loses with the next audit those that no person touched, and nothing else', () => {
    const { record, changes } = audited(parseRecord(text).record);
    expect(changes).toEqual(untouched.map(({ id }) => ({ id, change: 'removed' })));
    expect(canonicalText(record)).toBe(stored(kept));
    expect(parseRecord(canonicalText(record)).problems).toEqual([]);
    expect(audited(record)).toEqual({ record, changes: [] });
  });

  it('loses them also by an audit that leaves everything else undecided', () => {
    const undecided = { moreRuns: 2, possible: ['failing' as const] };
    const results = [result({ id: 'largest-contentful-paint', undecided })];
    expect(canonicalText(audited(parseRecord(text).record, results).record)).toBe(stored(kept));
  });

  it('keeps them when another tool reports', () => {
    const { record } = parseRecord(text);
    expect(audited(record, [], 'axe')).toEqual({ record, changes: [] });
  });

  it('keeps an entry that cannot be understood', () => {
    const record = { ...emptyRecord(), findings: { 'home/lighthouse/speed-index': { kind: 'automated' } as Finding } };
    expect(audited(record, []).record).toBe(record);
  });
});
