import { describe, expect, it } from 'vitest';
import {
  type AnswerVerdict,
  setAnswer,
  startEvaluation,
  submitEvaluation,
} from '../../../../src/core/evaluation/evaluation';
import { jointView, jointViews } from '../../../../src/core/evaluation/jointView';
import { mergeProblems } from '../../../../src/core/evaluation/mergeProblems';
import { linkProblem, rateProblem, setConsensus } from '../../../../src/core/evaluation/problems';
import { checklist, evaluated, on, record } from './build';

const subjects = [{ target: 'checkout' }];
const all = (verdict: AnswerVerdict) => checklist.items.map(() => verdict);

/** ana finds two problems, bo finds one of them and one of his own, cleo finds nothing and is still at it on the page. */
function three() {
  const ana = evaluated(record(), 'ana', all('pass'), { problems: { A01: ['Shared'], A02: ['Hers'] } });
  const [shared, hers] = ana.problems as [string, string];
  const bo = startEvaluation(ana.record, { target: 'checkout', checklist, evaluator: 'bo', on });
  let filled = linkProblem(bo.record, bo.id, 'A01', shared);
  filled = submitEvaluation(filled, bo.id, { on });
  filled = rateProblem(filled, shared, 'bo', { severity: 1 }, on);
  filled = evaluated(filled, 'dora', all('pass')).record;
  return { record: evaluated(filled, 'cleo', ['pass'], { submit: false }).record, shared, hers };
}

describe('the joint view', () => {
  const { record: filled, shared, hers } = three();
  const view = jointView(filled, 'checkout', 'house-rules', checklist, subjects);

  it('counts who has submitted, and names who has not', () => {
    expect(view.evaluations.map(({ handle }) => handle)).toEqual(['ana', 'bo', 'dora']);
    expect(view.drafts).toEqual(['cleo']);
  });

  it('tells by how many each problem was found, its mean severity and range, and that raters differ', () => {
    expect(view.problems.map(({ finding, foundBy }) => [finding.id, foundBy])).toEqual([
      [shared, ['ana', 'bo']],
      [hers, ['ana']],
    ]);
    expect(view.problems[0]).toMatchObject({ severity: { mean: 2, min: 1, max: 3 }, ratersDiffer: true });
    expect(view.problems[1]).toMatchObject({ severity: { mean: 3, min: 3, max: 3 }, ratersDiffer: false });
  });

  it('gives the any-two agreement that a hand computes', () => {
    // ana and bo: 1 of 2; ana and dora: 0 of 2; bo and dora: 0 of 1
    expect(view.anyTwo).toEqual({ value: 0.5 / 3, pairs: 3 });
  });

  it('counts only problems that are there to be read', () => {
    const { [hers]: _gone, ...findings } = filled.findings;
    const damaged = { ...filled, findings: { ...findings, [hers]: { title: 7 } as never } };
    for (const of of [damaged, { ...filled, findings }]) {
      // ana and bo: 1 of 1; ana and dora, bo and dora: 0 of 1
      expect(jointView(of, 'checkout', 'house-rules', checklist, subjects).anyTwo).toEqual({ value: 1 / 3, pairs: 3 });
    }
  });

  it('says that duplicates may be open while nothing has two finders', () => {
    expect(view.duplicatesOpen).toBe(false);
    const alone = evaluated(record(), 'ana', [], { problems: { A01: ['No bar'] } });
    expect(jointView(alone.record, 'checkout', 'house-rules', checklist, subjects).duplicatesOpen).toBe(false);
    const both = evaluated(alone.record, 'bo', [], { problems: { A01: ['Progress is missing'] } });
    expect(jointView(both.record, 'checkout', 'house-rules', checklist, subjects)).toMatchObject({
      duplicatesOpen: true,
      anyTwo: { value: 0 },
    });
    const merged = mergeProblems(both.record, alone.problems[0] as string, both.problems[0] as string);
    expect(jointView(merged, 'checkout', 'house-rules', checklist, subjects)).toMatchObject({
      duplicatesOpen: false,
      anyTwo: { value: 1 },
    });
  });

  it('shows what evaluators wrote beside their verdicts, with who wrote it', () => {
    const draft = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'ana', on });
    const noted = setAnswer(draft.record, draft.id, 'A02', { verdict: 'unsure', note: 'Only seen on a phone' });
    const submitted = submitEvaluation(noted, draft.id, { on });
    const { items } = jointView(submitted, 'checkout', 'house-rules', checklist, subjects);
    expect(items.filter(({ notes }) => Object.keys(notes).length > 0)).toMatchObject([
      { key: 'A02', notes: { ana: 'Only seen on a phone' } },
    ]);
  });

  it('shows where one passes what another fails', () => {
    expect(view.items.find(({ key }) => key === 'A01')).toMatchObject({
      verdicts: { ana: 'pass', bo: 'fail', dora: 'pass' },
      disagree: true,
    });
    expect(view.items.find(({ key }) => key === 'A03')).toMatchObject({
      verdicts: { ana: 'pass', dora: 'pass' },
      disagree: false,
    });
  });

  it('withholds kappa below ten shared items, and says why', () => {
    expect(view.verdictKappa).toEqual({ tooFew: 'needs 10 items that all have answered; there are 1' });
    expect(view.severityKappa).toEqual([
      { raters: ['ana', 'bo'], kappa: { tooFew: 'needs 10 problems that both have rated; there are 1' } },
    ]);
    const full = evaluated(evaluated(record(), 'ana', all('pass')).record, 'bo', [...all('pass').slice(1), 'fail']);
    const { verdictKappa } = jointView(full.record, 'checkout', 'house-rules', checklist, subjects);
    expect(verdictKappa).toMatchObject({ items: 12, raters: 2 });
    // by hand: 11 of 12 agree; 23 pass and 1 fail of 24; chance (23/24)² + (1/24)²
    const chance = (23 / 24) ** 2 + (1 / 24) ** 2;
    expect((verdictKappa as { value: number }).value).toBeCloseTo((11 / 12 - chance) / (1 - chance), 10);
  });

  it('plans with published rates, never with what was found here', () => {
    expect(view.planning).toMatchObject({ evaluators: 3 });
    expect(Math.round(view.planning.low * 100)).toBe(47);
    expect(Math.round(view.planning.high * 100)).toBe(88);
  });

  it('keeps an agreed severity apart from the ratings', () => {
    const agreed = setConsensus(filled, shared, { severity: 2, by: 'ana', on });
    const [first] = jointView(agreed, 'checkout', 'house-rules', checklist, subjects).problems;
    expect(first).toMatchObject({ consensus: { severity: 2 }, severity: { mean: 2, min: 1, max: 3 } });
  });

  it('compares one round with itself, and forgets none', () => {
    const second = startEvaluation(filled, { target: 'checkout', checklist, evaluator: 'ana', on });
    const begun = jointViews(second.record, 'checkout', 'house-rules', checklist, subjects);
    expect(begun.map(({ round, rounds, drafts }) => ({ round, rounds, drafts }))).toEqual([
      { round: 1, rounds: [1], drafts: ['ana', 'cleo'] },
    ]);
    const again = submitEvaluation(linkProblem(second.record, second.id, 'A01', shared), second.id, { on });
    const [newest, first] = jointViews(again, 'checkout', 'house-rules', checklist, subjects);
    expect(newest).toMatchObject({ round: 2, rounds: [2, 1], anyTwo: undefined });
    expect(newest?.evaluations).toMatchObject([{ handle: 'ana', round: 2 }]);
    expect(newest?.items[0]?.verdicts).toEqual({ ana: 'fail' });
    expect(newest?.problems.map(({ finding, foundBy }) => [finding.id, foundBy])).toEqual([[shared, ['ana']]]);
    expect(first).toEqual({ ...view, rounds: [2, 1] });
  });

  it('shows items by their ids where the checklist is gone', () => {
    const blind = jointView(filled, 'checkout', 'house-rules', undefined, []);
    expect(blind.items.map(({ key, title }) => key === title)).not.toContain(false);
    expect(blind.items.length).toBe(12);
  });
});
