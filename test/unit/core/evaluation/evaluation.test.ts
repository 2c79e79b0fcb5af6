import { describe, expect, it } from 'vitest';
import {
  bringToVersion,
  evaluatorsOf,
  parseAnswerKey,
  progressOf,
  setAnswer,
  startEvaluation,
  subjectsOf,
  submitEvaluation,
  withdrawEvaluation,
} from '../../../../src/core/evaluation/evaluation';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { checklist, evaluated, on, record } from './build';

const start = (before = record(), target = 'checkout', evaluator = 'ana') =>
  startEvaluation(before, { target, checklist, evaluator, on });

describe('who has evaluated a target', () => {
  it('is who submitted, each once, whatever the checklist', () => {
    const first = start();
    const submitted = submitEvaluation(first.record, first.id, { on });
    const both = start(start(submitted).record, 'checkout', 'bo').record;
    expect([...evaluatorsOf(both, 'checkout')]).toEqual(['ana']);
    expect([...evaluatorsOf(both, 'claim')]).toEqual([]);
    const broken = { ...both, evaluations: { ...both.evaluations, odd: null as never } };
    expect([...evaluatorsOf(broken, 'checkout')]).toEqual(['ana']);
  });
});

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
    const subjects = (slug: 'checkout' | 'claim', ...appliesTo: ('page' | 'step' | 'journey')[]) =>
      subjectsOf(slug, targets[slug] as never, { appliesTo });
    expect(subjects('checkout', 'page', 'step')).toEqual([{ target: 'checkout' }]);
    expect(subjects('checkout', 'journey')).toEqual([]);
    expect(subjects('claim', 'journey')).toEqual([{ target: 'claim' }]);
    expect(subjects('claim', 'page', 'step')).toEqual([
      { target: 'claim', step: 'find the form' },
      { target: 'claim', step: 'letter' },
    ]);
    const phone = { kind: 'touchpoint', channel: 'phone' };
    const about = (...appliesTo: ('page' | 'step' | 'journey')[]) => subjectsOf('hotline', phone, { appliesTo });
    expect([about('page'), about('journey'), about('step')]).toEqual([
      [{ target: 'hotline' }],
      [{ target: 'hotline' }],
      [],
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
    const subjects = [{ target: 'checkout' }];
    expect(progressOf(begun.evaluations[id] as never, newer, subjects).total).toBe(12);
    const brought = bringToVersion(begun, id, newer);
    expect(brought.evaluations[id]?.checklist).toBe('house-rules@2');
    expect(progressOf(brought.evaluations[id] as never, newer, subjects).total).toBe(13);
  });
});
