import { describe, expect, it } from 'vitest';
import {
  bringToVersion,
  columnsOf,
  othersOnly,
  outOfSight,
  parseAnswerKey,
  progressOf,
  setAnswer,
  startEvaluation,
  submitEvaluation,
  withdrawEvaluation,
} from '../../../../src/core/evaluation/evaluation';
import { addProblem, linkProblem } from '../../../../src/core/evaluation/problems';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import type { AuditRecord } from '../../../../src/core/record/record';
import { checklist, evaluated, on, record } from './build';

const start = (before = record(), target = 'checkout', evaluator = 'ana') =>
  startEvaluation(before, { target, checklist, evaluator, on });

describe('an evaluation', () => {
  it('is a draft that is found again, and after submission a new round', () => {
    const first = start();
    expect(first.id).toBe('checkout/house-rules/ana');
    expect(start(first.record).id).toBe(first.id);
    const submitted = submitEvaluation(first.record, first.id, { on, commit: '4f2c9d1' });
    expect(submitted.evaluations[first.id]?.state).toEqual({ status: 'submitted', on, commit: '4f2c9d1' });
    const second = start(submitted);
    expect(second.id).toBe('checkout/house-rules/ana/2');
    expect(second.record.evaluations[first.id]).toEqual(submitted.evaluations[first.id]);
  });

  it.each([
    ['a note that is no text', { answers: { A01: { verdict: 'pass', note: 7 } } }],
    ['another id', { id: 'checkout/house-rules/bo' }],
    ['another evaluator', { evaluator: 'bo' }],
  ])('is never begun in place of one that cannot be read as it stands: with %s', (_, damage) => {
    const { record: filled, id } = evaluated(record(), 'ana', ['pass'], { submit: false });
    const damaged = { ...filled, evaluations: { [id]: { ...filled.evaluations[id], ...damage } as never } };
    expect(() => start(damaged)).toThrow(expect.objectContaining({ kind: 'record', code: 'evaluation-unreadable' }));
    expect(() => start(damaged)).toThrow(/"checkout\/house-rules\/ana" that cannot be read/);
  });

  it('survives being written and read again', () => {
    const { record: filled } = evaluated(record(), 'ana', ['pass', 'fail', 'n/a', 'unsure'], {
      problems: { A02: ['It breaks'] },
    });
    const { record: read, problems } = parseRecord(canonicalText(filled), 'findings.json');
    expect(problems).toEqual([]);
    expect(read).toEqual(filled);
  });

  it('is for pages, whole journeys, or each step of one, as its checklist says', () => {
    const { targets } = record();
    const columns = (slug: 'checkout' | 'claim', ...appliesTo: ('page' | 'step' | 'journey')[]) =>
      columnsOf(slug, targets[slug] as never, { appliesTo });
    expect(columns('checkout', 'page', 'step')).toEqual([{ target: 'checkout' }]);
    expect(columns('checkout', 'journey')).toEqual([]);
    expect(columns('claim', 'journey')).toEqual([{ target: 'claim' }]);
    expect(columns('claim', 'page', 'step')).toEqual([
      { target: 'claim', step: 'find the form' },
      { target: 'claim', step: 'letter' },
    ]);
    expect(() =>
      startEvaluation(record(), {
        target: 'checkout',
        checklist: { ...checklist, appliesTo: ['journey'] },
        evaluator: 'ana',
        on,
      }),
    ).toThrow(/is for journey/);
  });

  it('keeps an answer until nothing is left of it', () => {
    const { record: begun, id } = start();
    const noted = setAnswer(setAnswer(begun, id, 'A01', { verdict: 'pass' }), id, 'A01', { note: 'only on phones' });
    expect(noted.evaluations[id]?.answers).toEqual({ A01: { verdict: 'pass', note: 'only on phones' } });
    const undone = setAnswer(noted, id, 'A01', { verdict: null });
    expect(undone.evaluations[id]?.answers).toEqual({ A01: { note: 'only on phones' } });
    expect(setAnswer(undone, id, 'A01', { note: '' }).evaluations[id]?.answers).toEqual({});
  });

  it('cannot be changed once it is submitted, unless it is taken back', () => {
    const { record: submitted, id } = evaluated(record(), 'ana', ['pass']);
    expect(() => setAnswer(submitted, id, 'A01', { verdict: 'fail' })).toThrow(/was submitted/);
    const back = withdrawEvaluation(submitted, id, on);
    expect(setAnswer(back, id, 'A01', { verdict: 'fail' }).evaluations[id]?.answers?.A01?.verdict).toBe('fail');
  });

  it('names a step by its words, whatever is in them', () => {
    expect(parseAnswerKey('CW1@mail @ home')).toEqual({ item: 'CW1', step: 'mail @ home' });
    expect(parseAnswerKey('1.4.10')).toEqual({ item: '1.4.10' });
  });

  it('counts what is left, and keeps answers to items that are no longer asked', () => {
    const { record: filled, id } = evaluated(record(), 'ana', ['pass', 'fail'], { submit: false });
    const shorter = {
      ...checklist,
      items: checklist.items.map((item) => (item.id === 'A02' ? { ...item, retired: true } : item)),
    };
    const evaluation = filled.evaluations[id] as never;
    const progress = progressOf(evaluation, shorter, [{ target: 'checkout' }]);
    expect(progress).toMatchObject({ answered: 1, total: 11, retired: ['A02'] });
    expect(progress.left).toHaveLength(10);
    expect(progressOf(evaluation, undefined, [])).toMatchObject({ answered: 2, total: 0, retired: ['A01', 'A02'] });
  });

  it('stays with its version of the checklist until it is brought to a newer one', () => {
    const { record: begun, id } = start();
    const newer = {
      ...checklist,
      version: 2,
      items: [...checklist.items, { id: 'B01', title: 'New', question: 'New?', since: 2 }],
    };
    const columns = [{ target: 'checkout' }];
    expect(progressOf(begun.evaluations[id] as never, newer, columns).total).toBe(12);
    const brought = bringToVersion(begun, id, newer);
    expect(brought.evaluations[id]?.checklist).toBe('house-rules@2');
    expect(progressOf(brought.evaluations[id] as never, newer, columns).total).toBe(13);
  });
});

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
    expect([...outOfSight(filled, 'bo')]).toEqual(problems);
    expect([...outOfSight(filled)]).toEqual(problems);
    expect([...outOfSight(filled, 'ana')]).toEqual([]);
  });

  it('are the problems others submitted, while one evaluates the same, and no longer', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass'], { submit: false });
    expect([...outOfSight(bo.record, 'bo')]).toEqual(ana.problems);
    expect([...outOfSight(bo.record, 'cleo')]).toEqual([]);
    expect([...outOfSight(submitEvaluation(bo.record, bo.id, { on }), 'bo')]).toEqual([]);
    const elsewhere = evaluated(ana.record, 'bo', ['pass'], { submit: false, target: 'home' });
    expect([...outOfSight(elsewhere.record, 'bo')]).toEqual([]);
  });

  it('is not what was seen before a new round', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass']);
    const again = startEvaluation(bo.record, { target: 'checkout', checklist, evaluator: 'bo', on });
    expect([...outOfSight(again.record, 'bo')]).toEqual([]);
  });

  it('is not what one found oneself', () => {
    const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Both'] } });
    const bo = start(ana.record, 'checkout', 'bo');
    const linked = linkProblem(bo.record, bo.id, 'A01', ana.problems[0] as string);
    expect([...outOfSight(linked, 'bo')]).toEqual([]);
  });

  it('leaves what machines found alone', () => {
    const { record: begun, id } = start();
    const { record: filled } = addProblem(begun, id, 'A01', { title: 'x' }, { suffix: 'abcdef', on });
    expect(outOfSight(filled, 'bo').has('checkout/lighthouse/image-alt')).toBe(false);
  });
});
