import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRemark } from '../../../../src/core/evaluation/discussion';
import { answerKey, setAnswer, startEvaluation, withdrawEvaluation } from '../../../../src/core/evaluation/evaluation';
import type { AuditRecord } from '../../../../src/core/record/record';
import { evaluationPage, ownEvaluation } from '../../../../src/workflow/webviewStates/evaluationPage';
import type { OpenRecord } from '../../../../src/workflow/webviewStates/openRecord';
import { Workspace } from '../../../../src/workflow/workspace';
import { checklist, evaluated, on, record } from '../../core/evaluation/build';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'page-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function stateOf(of: AuditRecord, me: string, targets: string[]) {
  const parsed = { record: of, problems: [], invalid: new Set<string>(), lineOf: new Map<string, number>() };
  const open: OpenRecord = { workspace: new Workspace(root), parsed, error: undefined, latest: [] };
  const listed = { id: checklist.id, checklist };
  return evaluationPage({ open, record: of, listed, targets, checklist: checklist.id, me }, (file) => file);
}

describe('the page of an evaluation', () => {
  it('names a step by its evaluation and its name: an answer reaches it wherever it stands by then', async () => {
    const { record: begun, id } = startEvaluation(record(), { target: 'claim', checklist, evaluator: 'ana', on });
    const [, letter] = (await stateOf(begun, 'ana', ['claim'])).subjects;
    expect(letter).toMatchObject({ evaluation: id, step: 'letter' });
    const claim = begun.targets.claim as AuditRecord['targets'][string];
    const moved = {
      ...begun,
      targets: { ...begun.targets, claim: { ...claim, steps: ['letter', 'call', 'find the form'] } },
    };
    const own = ownEvaluation(
      moved,
      { targets: ['claim'], checklist: 'house-rules', me: 'ana' },
      {
        evaluation: letter?.evaluation ?? '',
      },
    );
    const answered = setAnswer(moved, own.id, answerKey('A01', letter?.step), { verdict: 'fail' });
    const { subjects } = await stateOf(answered, 'ana', ['claim']);
    expect(subjects.map(({ step, answers }) => [step, answers.A01?.verdict])).toEqual([
      ['letter', 'fail'],
      ['call', undefined],
      ['find the form', undefined],
    ]);
  });

  it('takes nothing for an evaluation of somebody else, or one that is not part of it', () => {
    const ana = evaluated(record(), 'ana', ['pass'], { submit: false });
    const both = evaluated(ana.record, 'bo', ['fail'], { submit: false });
    const mine = { targets: ['checkout'], checklist: 'house-rules', me: 'ana' };
    expect(ownEvaluation(both.record, mine, { evaluation: ana.id }).id).toBe(ana.id);
    for (const [selection, evaluation] of [
      [mine, both.id],
      [{ ...mine, targets: ['home'] }, ana.id],
      [{ ...mine, checklist: 'nielsen-10' }, ana.id],
      [mine, 'checkout/house-rules/nobody'],
    ] as const) {
      expect(() => ownEvaluation(both.record, selection as typeof mine, { evaluation })).toThrow();
    }
  });

  it('shows nothing of what others found while the own evaluation is a draft', async () => {
    const bo = evaluated(record(), 'bo', ['fail'], { problems: { A01: ['His'] } });
    const ana = evaluated(bo.record, 'ana', ['pass'], { submit: false });
    const blind = await stateOf(ana.record, 'ana', ['checkout']);
    expect(JSON.stringify(blind)).not.toContain('His');
    expect(blind.jointHidden).toMatch(/not submitted/);
    const seen = await stateOf(bo.record, 'cleo', ['checkout']);
    expect(seen.joint[0]?.problems.map(({ finding }) => finding.title)).toEqual(['His']);
  });

  it('shows nothing of a discussion while the own evaluation is a draft, also of an own problem', async () => {
    const ana = evaluated(record(), 'ana', ['fail'], { problems: { A01: ['Hers'] } });
    const bo = evaluated(ana.record, 'bo', ['pass']);
    const remark = { key: 'aaaaaa', by: 'bo', at: '2026-11-23T09:30:00Z', text: 'Not on my phone' };
    const said = addRemark(bo.record, ana.problems[0] as string, remark);
    expect(JSON.stringify(await stateOf(said, 'ana', ['checkout']))).toContain('Not on my phone');
    const drafting = await stateOf(withdrawEvaluation(said, ana.id, on), 'ana', ['checkout']);
    expect(Object.values(drafting.problems).map(({ title }) => title)).toEqual(['Hers']);
    expect(JSON.stringify(drafting)).not.toContain('Not on my phone');
  });
});
