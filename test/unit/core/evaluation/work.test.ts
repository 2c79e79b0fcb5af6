import { describe, expect, it } from 'vitest';
import { startEvaluation, submitEvaluation } from '../../../../src/core/evaluation/evaluation';
import { rateProblem, setConsensus } from '../../../../src/core/evaluation/problems';
import { type Work, workOf } from '../../../../src/core/evaluation/work';
import { isDue, leftText, standingText, waitingText } from '../../../../src/core/evaluation/workText';
import type { AuditRecord } from '../../../../src/core/record/record';
import { checklist, evaluated, on, record } from './build';

const checklists = new Map([[checklist.id, checklist]]);
const workFor = (of: AuditRecord, me: string, more = {}) => workOf(of, { me, checklists, changed: new Map(), ...more });
const kinds = ({ turns }: Work) => turns.map(({ kind }) => kind);
const rate = (of: AuditRecord, id: string, who: string, severity: number) => rateProblem(of, id, who, { severity }, on);

describe('what waits for a person', () => {
  it('is nothing in a record without evaluations', () => {
    expect(workFor(record(), 'ana')).toEqual({ turns: [], waits: [] });
    const work = workFor(record(), 'ana');
    expect(standingText(work)).toEqual({ strong: 'Nothing is open for you.', rest: '' });
    expect(standingText({ ...work, unsent: [1], sent: [1] }).strong).toBe('1 evaluation is not sent yet.');
    expect(standingText({ ...work, sent: [1] }).strong).toBe('Your team has all that you submitted.');
    expect(standingText({ ...work, sent: [1], unclear: [2] }).strong).toBe('Nothing is open for you.');
  });

  it('is an evaluation that they began, with what is left of it, and nobody else’s', () => {
    const { record: begun } = evaluated(record(), 'ana', ['pass', 'fail'], { submit: false });
    const [turn] = workFor(begun, 'ana').turns;
    expect(turn).toMatchObject({ kind: 'answer', target: 'checkout', left: 10, of: 12, waiting: [] });
    expect(turn && leftText(turn)).toBe('10 of 12 items left');
    expect(workFor(begun, 'bo')).toEqual({ turns: [], waits: [] });
  });

  it('comes first where somebody waits for it, and says only that they have submitted', () => {
    const own = evaluated(record(), 'ana', [], { target: 'checkout', submit: false }).record;
    const both = evaluated(own, 'ana', [], { target: 'home', submit: false }).record;
    const { record: waited, problems } = evaluated(both, 'bo', ['fail'], {
      target: 'home',
      problems: { A01: ['His'] },
    });
    const work = workFor(waited, 'ana');
    expect(work.turns.map(({ target, waiting }) => [target, waiting])).toEqual([
      ['home', ['bo']],
      ['checkout', []],
    ]);
    expect(JSON.stringify(work)).not.toContain(problems[0]);
    expect(standingText(work)).toEqual({ strong: '2 things are open for you.', rest: 'bo waits for you.' });
  });

  it('is to rate what all found once they have submitted, and not before', () => {
    const ana = evaluated(record(), 'ana', ['fail'], { problems: { A01: ['Hers'] } });
    const draft = evaluated(ana.record, 'bo', ['fail'], { submit: false, problems: { A02: ['His'] } });
    expect(kinds(workFor(draft.record, 'bo'))).toEqual(['answer']);
    expect(workFor(draft.record, 'ana')).toEqual({
      turns: [],
      waits: [{ target: 'checkout', checklist: 'house-rules', round: 1, handle: 'bo', what: 'answers' }],
    });
    const submitted = submitEvaluation(draft.record, draft.id, { on });
    const [turn] = workFor(submitted, 'bo').turns;
    expect(turn).toMatchObject({ kind: 'rate', left: 1, of: 2 });
    expect(turn && leftText(turn)).toBe('1 of 2 problems to rate');
  });

  it('is to agree once all have rated far apart, until somebody writes down on what', () => {
    const ana = evaluated(record(), 'ana', ['fail'], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass']);
    const [id = ''] = ana.problems; // ana gave it a 3
    expect(workFor(bo.record, 'ana').waits).toMatchObject([{ handle: 'bo', what: 'ratings' }]);
    const near = rate(bo.record, id, 'bo', 2);
    expect(workFor(near, 'ana')).toEqual({ turns: [], waits: [] });
    const apart = rate(bo.record, id, 'bo', 0);
    expect(workFor(apart, 'ana').turns).toMatchObject([{ kind: 'agree', left: 1, waiting: [] }]);
    expect(kinds(workFor(apart, 'bo'))).toEqual(['agree']);
    const agreed = setConsensus(apart, id, { severity: 2, by: 'ana', on });
    expect(workFor(agreed, 'ana').turns).toEqual([]);
  });

  it('is not to rate or agree on what was decided since', () => {
    const ana = evaluated(record(), 'ana', ['fail'], { problems: { A01: ['Hers'] } });
    const { record: both } = evaluated(ana.record, 'bo', ['pass']);
    const [id = ''] = ana.problems;
    const finding = both.findings[id];
    const fixed = { ...both, findings: { [id]: { ...finding, state: { status: 'fixed' } } } } as AuditRecord;
    expect(workFor(fixed, 'bo').turns).toEqual([]);
  });

  it('is to evaluate again what changed, has a newer checklist, or where audits found more that it asks about', () => {
    const { record: done, id } = evaluated(record(), 'ana', ['pass', 'fail', 'fail']);
    const newer = {
      ...checklist,
      version: 2,
      items: checklist.items.map((item) => ({ ...item, covers: ['axe/label'] })),
    };
    const found = (target: string, firstSeen: string) => {
      const name = `${target}/axe/label`;
      const rest = { kind: 'automated', rule: 'axe/label', title: 'No label', state: { status: 'open' } };
      return { [name]: { ...rest, id: name, target, firstSeen } };
    };
    const audited = { ...done, findings: found('checkout', '2026-11-23') } as AuditRecord;
    const [turn] = workOf(audited, {
      me: 'ana',
      checklists: new Map([[checklist.id, newer]]),
      changed: new Map([[id, 'checkout.html changed.']]),
    }).turns;
    expect(turn).toMatchObject({ kind: 'again', round: 2, left: 2 });
    expect(turn?.why).toEqual([
      'checkout.html changed.',
      'The checklist is at version 2 now; this evaluation is of version 1.',
      'Audits since then found a problem that it asks about.',
    ]);
    expect(turn && isDue(turn)).toBe(false);
    const before = { ...done, findings: { ...found('checkout', on), ...found('home', '2026-11-23') } } as AuditRecord;
    expect(workFor(before, 'ana').turns).toEqual([]);
  });

  it('is a page that one other has evaluated alone', () => {
    const { record: one } = evaluated(record(), 'ana', ['pass']);
    expect(workFor(one, 'bo').turns).toMatchObject([{ kind: 'join', why: ['ana alone has evaluated it.'] }]);
    const { record: two } = evaluated(one, 'cleo', ['pass']);
    expect(workFor(two, 'bo').turns).toEqual([]);
  });

  it('of a later round is about that round alone', () => {
    const ana = evaluated(record(), 'ana', ['fail'], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass']);
    const again = startEvaluation(bo.record, { target: 'checkout', checklist, evaluator: 'ana', on });
    expect(workFor(again.record, 'ana').turns).toMatchObject([{ kind: 'answer', round: 2, waiting: [] }]);
    expect(kinds(workFor(again.record, 'bo'))).toEqual(['rate']);
  });

  it('keeps an evaluation in sight whose checklist cannot be read', () => {
    const { record: begun } = evaluated(record(), 'ana', ['pass'], { submit: false });
    const [turn] = workOf(begun, { me: 'ana', checklists: new Map() }).turns;
    expect(turn && leftText(turn)).toBe('begun; its checklist cannot be read');
  });
});

describe('who waits', () => {
  it('is said in words', () => {
    expect([[], ['bo'], ['bo', 'cleo'], ['bo', 'cleo', 'dan']].map(waitingText)).toEqual([
      '',
      'bo waits for you',
      'bo and cleo wait for you',
      'bo, cleo and dan wait for you',
    ]);
  });
});
