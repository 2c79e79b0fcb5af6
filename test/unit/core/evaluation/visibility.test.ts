import { describe, expect, it } from 'vitest';
import { evaluationOf, startEvaluation, submitEvaluation } from '../../../../src/core/evaluation/evaluation';
import { addProblem, linkProblem } from '../../../../src/core/evaluation/problems';
import {
  draftsBefore,
  draftsInTheWay,
  hiddenFindings,
  isOthersDraft,
  othersOnly,
} from '../../../../src/core/evaluation/visibility';
import type { AuditRecord } from '../../../../src/core/record/record';
import { checklist, evaluated, on, record } from './build';

const start = (before = record(), target = 'checkout', evaluator = 'ana') =>
  startEvaluation(before, { target, checklist, evaluator, on });

describe('who looks at what others found', () => {
  it('gives up judging independently where they have not begun the same themself', () => {
    const targets = ['checkout', 'home'];
    const open = (of: AuditRecord, me: string) => othersOnly(of, { targets, checklist: 'house-rules', me });
    const draft = evaluated(record(), 'ana', ['pass'], { submit: false });
    expect(open(draft.record, 'bo')).toEqual([]);
    const ana = submitEvaluation(draft.record, draft.id, { on });
    expect(open(ana, 'ana')).toEqual([]);
    expect(open(ana, 'bo')).toEqual(['checkout']);
    expect(open(start(ana, 'checkout', 'bo').record, 'bo')).toEqual([]); // out of sight anyway while it is a draft
  });
});

describe('out of sight', () => {
  it('are the problems of drafts, except for their evaluator', () => {
    const { record: filled, problems } = evaluated(record(), 'ana', [], { submit: false, problems: { A01: ['Hers'] } });
    expect([...hiddenFindings(filled, { handle: 'bo' })]).toEqual(problems);
    expect([...hiddenFindings(filled)]).toEqual(problems);
    expect([...hiddenFindings(filled, { handle: 'ana' })]).toEqual([]);
  });

  it('are the problems others submitted, while one evaluates the same, and no longer', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass'], { submit: false });
    expect([...hiddenFindings(bo.record, { handle: 'bo' })]).toEqual(ana.problems);
    expect([...hiddenFindings(bo.record, { handle: 'cleo' })]).toEqual([]);
    expect([...hiddenFindings(submitEvaluation(bo.record, bo.id, { on }), { handle: 'bo' })]).toEqual([]);
    const elsewhere = evaluated(ana.record, 'bo', ['pass'], { submit: false, target: 'home' });
    expect([...hiddenFindings(elsewhere.record, { handle: 'bo' })]).toEqual([]);
  });

  it('is not what was seen before a new round', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass']);
    const again = startEvaluation(bo.record, { target: 'checkout', checklist, evaluator: 'bo', on });
    expect([...hiddenFindings(again.record, { handle: 'bo' })]).toEqual([]);
  });

  it('is not what one found oneself', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Both'] } });
    const bo = start(ana.record, 'checkout', 'bo');
    const linked = linkProblem(bo.record, bo.id, 'A01', ana.problems[0] as string);
    expect([...hiddenFindings(linked, { handle: 'bo' })]).toEqual([]);
  });

  it('leaves what machines found alone', () => {
    const { record: begun, id } = start();
    const { record: filled } = addProblem(begun, id, 'A01', { title: 'x' }, { suffix: 'abcdef', on });
    expect(hiddenFindings(filled, { handle: 'bo' }).has('checkout/lighthouse/image-alt')).toBe(false);
  });
});

describe('what evaluators say', () => {
  const about = { target: 'checkout', checklist: 'house-rules' };
  const ana = evaluated(record(), 'ana', ['pass']);
  const bo = evaluated(ana.record, 'bo', ['fail'], { submit: false });
  const ids = (drafts: readonly { id: string }[]) => drafts.map(({ id }) => id);

  it('is shown of a draft to its evaluator alone, or to who asks for everything', () => {
    const draft = evaluationOf(bo.record, bo.id);
    expect(isOthersDraft(draft, { handle: 'bo' })).toBe(false);
    expect(isOthersDraft(draft, { handle: 'ana' })).toBe(true);
    expect(isOthersDraft(draft, {})).toBe(true);
    expect(isOthersDraft(draft, { seesAll: true })).toBe(false);
    expect(isOthersDraft(evaluationOf(bo.record, ana.id), {})).toBe(false);
  });

  it('stays out of sight while the own evaluation is open, and while it is not known who reads', () => {
    const hers = evaluationOf(bo.record, ana.id);
    for (const reader of [{ handle: 'bo' }, {}]) {
      expect(ids(draftsBefore(bo.record, hers, reader))).toEqual([bo.id]);
      expect(ids(draftsInTheWay(bo.record, about, reader))).toEqual([bo.id]);
    }
    for (const reader of [{ handle: 'ana' }, { handle: 'cleo' }, { seesAll: true }]) {
      expect(draftsBefore(bo.record, hers, reader)).toEqual([]);
      expect(draftsInTheWay(bo.record, about, reader)).toEqual([]);
    }
    const done = submitEvaluation(bo.record, bo.id, { on });
    expect(draftsBefore(done, hers, {})).toEqual([]);
    expect(draftsInTheWay(done, about, {})).toEqual([]);
  });

  it('is not hidden by a draft about something else, nor by a later round of what one has seen', () => {
    const elsewhere = evaluated(ana.record, 'bo', ['pass'], { submit: false, target: 'home' }).record;
    expect(draftsBefore(elsewhere, evaluationOf(elsewhere, ana.id), { handle: 'bo' })).toEqual([]);
    const again = start(submitEvaluation(bo.record, bo.id, { on }), 'checkout', 'bo').record;
    expect(draftsBefore(again, evaluationOf(again, ana.id), { handle: 'bo' })).toEqual([]);
    expect(ids(draftsInTheWay(again, about, { handle: 'bo' }))).toEqual(['checkout/house-rules/bo/2']);
    expect(draftsInTheWay(again, { ...about, round: 1 }, { handle: 'bo' })).toEqual([]);
  });
});
