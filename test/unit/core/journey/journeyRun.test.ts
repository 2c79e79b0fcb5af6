import { describe, expect, it } from 'vitest';
import { comparedSteps, numbersOfWalk } from '../../../../src/core/journey/comparedSteps';
import { applyWalks } from '../../../../src/core/journey/journeyFindings';
import { stepSummaries, totalWaiting, type WalkedStep } from '../../../../src/core/journey/journeyRun';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { audit, report } from '../audit/build';

const step = (name: string, waiting?: number, more: Partial<WalkedStep> = {}): WalkedStep => ({
  name,
  outcome: 'reached',
  ...(waiting !== undefined && { waiting }),
  until: 'expected',
  vitals: [],
  requests: 2,
  bytes: 100,
  errors: [],
  ...more,
});
const failed = (name: string): WalkedStep =>
  step(name, undefined, { outcome: 'failed', why: 'gone', until: undefined });
const untried = (name: string): WalkedStep => step(name, undefined, { outcome: 'not tried', until: undefined });
const walk = (...steps: WalkedStep[]) => ({ steps, disturbed: false });

describe('the walks of a run', () => {
  it('give each step a median with range and n', () => {
    const walks = [
      walk(step('A', 100), step('B', 10)),
      walk(step('A', 300), step('B', 30)),
      walk(step('A', 200), failed('B')),
    ];
    const [a, b] = stepSummaries({ walks });
    expect(a).toMatchObject({ waiting: { median: 200, min: 100, max: 300, n: 3 }, reached: 3, tried: 3 });
    expect(b).toMatchObject({ waiting: { median: 20, min: 10, max: 30, n: 2 }, reached: 2, tried: 3, why: 'gone' });
    // only whole walks tell how long all of it takes
    expect(totalWaiting({ walks })).toMatchObject({ median: 220, min: 110, max: 330, n: 2 });
  });

  it('leave out the times of disturbed ones where others are there, not whether a step ended', () => {
    const walks = [walk(step('A', 100)), { ...walk(step('A', 900)), disturbed: true }];
    expect(stepSummaries({ walks })[0]).toMatchObject({ waiting: { median: 100, n: 1 }, reached: 2, tried: 2 });
    expect(totalWaiting({ walks: walks.slice(1) })).toMatchObject({ median: 900, n: 1 });
  });

  it('say nothing of what was not tried or not measured', () => {
    const [a, b] = stepSummaries({ walks: [walk(failed('A'), untried('B'))] });
    expect([a?.waiting, b?.waiting, b?.requests, b?.tried]).toEqual([null, null, null, 0]);
    expect(totalWaiting({ walks: [walk(step('A'))] })).toBeNull();
  });

  it('take the LCP of the last page of a step, and the worst INP and CLS', () => {
    const vitals: WalkedStep['vitals'] = [
      { page: '/a', navigation: 'hard', lcp: 900, inp: 40, cls: 0.2 },
      { page: '/b', navigation: 'soft', lcp: 300, inp: 16 },
    ];
    const [a] = stepSummaries({ walks: [walk(step('A', 1, { vitals }))] });
    expect([a?.vitals.lcp?.median, a?.vitals.inp?.median, a?.vitals.cls?.median]).toEqual([300, 40, 0.2]);
    expect(a?.vitals.navigations).toEqual(['hard', 'soft']);
  });

  it('are compared by the waiting in each step', () => {
    const numbers = comparedSteps([{ name: 'A' }, { name: 'B\n<b>' }]);
    expect(numbers.map(({ id, name }) => [id, name])).toEqual([
      ['waiting-1', 'waiting at A'],
      ['waiting-2', 'waiting at B <b>'],
    ]);
    expect(numbersOfWalk([step('A', 5), failed('B')])).toEqual({ 'waiting-1': 5 });
  });
});

describe('what walks do to the record', () => {
  const about = {
    target: 'order',
    environment: 'local',
    formFactor: 'desktop',
    today: '2026-11-28',
    reports: [],
  } as const;
  const apply = (record: AuditRecord, ...walks: WalkedStep[][]) =>
    applyWalks(record, { ...about, steps: stepSummaries({ walks: walks.map((steps) => walk(...steps)) }) });
  const base: AuditRecord = { ...emptyRecord(), targets: { order: { kind: 'journey', steps: ['A', 'Pay now'] } } };
  const id = 'order/journey/pay-now-fails';

  it('records a step that cannot be completed, clears it once it can, and reopens it', () => {
    const one = apply(base, [step('A', 1), failed('Pay now')]);
    expect(one.changes).toEqual([{ id, change: 'new' }]);
    expect(one.record.findings[id]).toMatchObject({
      kind: 'automated',
      title: '“Pay now” cannot be completed',
      state: { status: 'open', severity: 3, seenIn: ['local/desktop'] },
      where: { step: 'Pay now' },
    });
    const two = apply(one.record, [step('A', 1), step('Pay now', 1)]);
    expect(two.record.findings[id]?.state.status).toBe('fixed');
    expect(apply(two.record, [step('A', 1), failed('Pay now')]).changes).toEqual([{ id, change: 'reopened' }]);
  });

  it('keeps steps apart whose names lose letters in an id', () => {
    const { record, changes } = apply(base, [step('Оплата', 1), failed('Чек')], [failed('Оплата'), untried('Чек')]);
    expect(changes.map(({ change }) => change)).toEqual(['new', 'new']);
    expect(Object.values(record.findings).map(({ state }) => state.status)).toEqual(['open', 'open']);
    expect(Object.keys(apply(base, [failed('Pay!')]).record.findings)).not.toContain('order/journey/pay-fails');
  });

  it('changes nothing of a step that was not tried', () => {
    const one = apply(base, [step('A', 1), failed('Pay now')]);
    const two = apply(one.record, [failed('A'), untried('Pay now')]);
    expect(two.record.findings[id]?.state.status).toBe('open');
  });

  it('says in how many walks it happened', () => {
    const { record } = apply(base, [failed('A')], [step('A', 1)]);
    const [place] = Object.values(record.findings['order/journey/a-fails']?.occurrences ?? {});
    expect(place?.label).toBe('gone (in 1 of 2 walks)');
  });

  it('keeps a person’s decision', () => {
    const { record } = apply(base, [failed('A')]);
    const key = 'order/journey/a-fails';
    const finding = record.findings[key] as AuditRecord['findings'][string];
    const state = { ...finding.state, status: 'false-positive', by: 'ana', reason: 'a stub' };
    const decided = { ...record, findings: { ...record.findings, [key]: { ...finding, state } } };
    expect(apply(decided, [failed('A')]).record.findings[key]?.state.status).toBe('false-positive');
  });

  it('takes of the audits of steps only what no page and no earlier step has', () => {
    const failing = (...selectors: string[]) =>
      report([
        audit('image-alt', { score: 0, items: selectors.map((selector) => ({ selector, snippet: `<${selector}>` })) }),
      ]);
    const first = applyWalks(base, {
      ...about,
      steps: [],
      reports: [
        { step: 'A', report: failing('a') },
        { step: 'Pay now', report: failing('a', 'b') },
      ],
    });
    const places = (record: AuditRecord, key: string) =>
      Object.values(record.findings[key]?.occurrences ?? {}).map(({ selector }) => selector);
    expect(places(first.record, 'order/lighthouse/image-alt/a')).toEqual(['a']);
    expect(places(first.record, 'order/lighthouse/image-alt/pay-now')).toEqual(['b']);
    expect(first.record.findings['order/lighthouse/image-alt/pay-now']?.where).toEqual({ step: 'Pay now' });

    // the page of the first step is a target of its own now
    const [key] = Object.keys(first.record.findings['order/lighthouse/image-alt/a']?.occurrences ?? {}) as [string];
    const page = {
      ...first.record.findings['order/lighthouse/image-alt/a'],
      target: 'cart',
      id: 'cart/lighthouse/image-alt',
    };
    const known = {
      ...base,
      targets: { ...base.targets, cart: { kind: 'page', path: '/cart' } },
      findings: { [page.id]: page as AuditRecord['findings'][string] },
    };
    expect(Object.keys(page.occurrences ?? {})).toEqual([key]);
    const second = applyWalks(known, { ...about, steps: [], reports: [{ step: 'A', report: failing('a') }] });
    expect(second.changes).toEqual([]);
  });
});
