import { describe, expect, it } from 'vitest';
import { startEvaluation, submitEvaluation } from '../../../../src/core/evaluation/evaluation';
import { lostByMerging, mergeProblems } from '../../../../src/core/evaluation/mergeProblems';
import {
  addProblem,
  changeProblem,
  linkProblem,
  type ProblemChange,
  problemSuffix,
  rateProblem,
  removeProblem,
  saveProblem,
  setConsensus,
  suggestedSeverity,
  UNTITLED,
} from '../../../../src/core/evaluation/problems';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import type { AuditRecord } from '../../../../src/core/record/record';
import { severityOf } from '../../../../src/core/record/severity';
import { triage } from '../../../../src/core/record/triage';
import { checklist, evaluated, on, record } from './build';

const begun = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'ana', on });
const added = addProblem(
  begun.record,
  begun.id,
  'A03',
  {
    title: ' No  progress ',
    where: { element: 'Pay', selector: '' },
    rating: { severity: 3, impact: 4 },
    stage: 'purchase',
  },
  { suffix: '7k3q9d', on },
);

describe('a problem', () => {
  it('is a finding of its item, found by its evaluator, and fails the item', () => {
    expect(added.id).toBe('checkout/house-rules/A03/7k3q9d');
    expect(added.record.findings[added.id]).toEqual({
      kind: 'heuristic',
      rule: 'house-rules/A03',
      title: 'No progress',
      target: 'checkout',
      state: { status: 'open' },
      ratings: { ana: { severity: 3, impact: 4, on } },
      where: { element: 'Pay' },
      cx: { stage: 'purchase' },
      firstSeen: on,
      id: added.id,
    });
    expect(added.record.evaluations[begun.id]?.answers?.A03).toEqual({ verdict: 'fail', findings: [added.id] });
    expect(parseRecord(canonicalText(added.record), 'findings.json').problems).toEqual([]);
  });

  it('is kept without a title, and says so', () => {
    const blank = addProblem(begun.record, begun.id, 'A03', { title: '' }, { suffix: 'abcdef', on });
    expect(blank.record.findings[blank.id]?.title).toBe(UNTITLED);
  });

  it('keeps the step of a journey, and what others wrote, when its texts change', () => {
    const journey = startEvaluation(record(), { target: 'claim', checklist, evaluator: 'ana', on });
    const first = addProblem(
      journey.record,
      journey.id,
      'A01@letter',
      { title: 'Other number', where: { from: 'web' } },
      { suffix: 'abcdef', on },
    );
    const rated = rateProblem(first.record, first.id, 'bo', { severity: 1 }, on);
    const changed = changeProblem(
      rated,
      first.id,
      { title: 'Another number', where: { from: '', to: 'post' }, rating: { severity: 2 } },
      { evaluator: 'ana', on },
    );
    expect(changed.findings[first.id]).toMatchObject({
      kind: 'journey',
      where: { step: 'letter', to: 'post' },
      ratings: { ana: { severity: 2 }, bo: { severity: 1 } },
    });
    expect(changed.findings[first.id]?.where).not.toHaveProperty('from');
  });

  it('keeps what others wrote in other fields of it', () => {
    const { record: theirs } = added;
    const noted = changeProblem(theirs, added.id, { note: 'Only on phones ' }, { evaluator: 'bo', on });
    const placed = changeProblem(noted, added.id, { where: { selector: '#pay' } }, { evaluator: 'ana', on });
    const retitled = changeProblem(placed, added.id, { title: 'No bar' }, { evaluator: 'ana', on });
    expect(retitled.findings[added.id]).toEqual({
      ...theirs.findings[added.id],
      title: 'No bar',
      note: 'Only on phones',
      where: { element: 'Pay', selector: '#pay' },
    });
    const emptied = changeProblem(
      retitled,
      added.id,
      { note: '', stage: '', alsoBreaks: [] },
      { evaluator: 'ana', on },
    );
    expect(emptied.findings[added.id]).not.toHaveProperty('note');
    expect(emptied.findings[added.id]).not.toHaveProperty('cx');
  });

  it('is begun by its title and then changed, in a draft only', () => {
    const id = 'checkout/house-rules/A03/abcdef';
    const save = (before: AuditRecord, change: ProblemChange, of = id) =>
      saveProblem(before, begun.id, 'A03', of, change, on);
    const first = save(begun.record, { title: 'N' });
    const second = save(save(first, { title: 'No progress' }), { rating: { severity: 2 } });
    expect(second.findings[id]).toMatchObject({ title: 'No progress', ratings: { ana: { severity: 2 } } });
    expect(second.evaluations[begun.id]?.answers?.A03?.findings).toEqual([id]);
    const gone = removeProblem(second, begun.id, 'A03', id);
    expect(() => save(gone, { note: 'late' })).toThrow(/no finding/);
    expect(() => save(begun.record, { title: 'x' }, 'checkout/lighthouse/image-alt/abcdef')).toThrow(/no finding/);
    expect(() => save(submitEvaluation(second, begun.id, { on }), { title: 'late' })).toThrow(/was submitted/);
  });

  it('goes with its last finder, and stays while somebody else found, rated or decided it', () => {
    const gone = removeProblem(added.record, begun.id, 'A03', added.id);
    expect(gone.findings).toEqual({});
    expect(gone.evaluations[begun.id]?.answers?.A03).toEqual({ verdict: 'fail' });
    const bo = startEvaluation(added.record, { target: 'checkout', checklist, evaluator: 'bo', on });
    const both = linkProblem(bo.record, bo.id, 'A03', added.id);
    expect(removeProblem(both, begun.id, 'A03', added.id).findings).toHaveProperty([added.id]);
    const rated = rateProblem(added.record, added.id, 'bo', { severity: 0 }, on);
    expect(removeProblem(rated, begun.id, 'A03', added.id).findings).toHaveProperty([added.id]);
    const decided = triage(added.record, [added.id], { do: 'accept', by: 'cleo', on, reason: 'known' });
    expect(removeProblem(decided, begun.id, 'A03', added.id).findings).toHaveProperty([added.id]);
  });

  it('is found again in the next round, in the list or outside of it', () => {
    const submitted = submitEvaluation(added.record, begun.id, { on });
    const second = startEvaluation(submitted, { target: 'checkout', checklist, evaluator: 'ana', on });
    const found = linkProblem(linkProblem(second.record, second.id, 'A03', added.id), second.id, 'other', added.id);
    expect(found.evaluations[second.id]?.answers).toEqual({
      A03: { verdict: 'fail', findings: [added.id] },
      other: { findings: [added.id] },
    });
    expect(removeProblem(found, second.id, 'A03', added.id).findings).toHaveProperty([added.id]);
  });

  it('has an id without letters that are misread', () => {
    expect(problemSuffix(Uint8Array.from([0, 1, 2, 3, 4, 5, 6]))).toBe('012345');
    const all = Array.from({ length: 256 }, (_, byte) => problemSuffix(new Uint8Array(6).fill(byte))).join('');
    expect(all).not.toMatch(/[ilou]/);
  });
});

describe('two problems that are one', () => {
  const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
  const bo = evaluated(ana.record, 'bo', [], { problems: { A02: ['His'] } });
  const [hers, his] = [ana.problems[0] as string, bo.problems[0] as string];
  const rated = rateProblem(rateProblem(bo.record, hers, 'bo', { severity: 1 }, on), his, 'ana', { severity: 4 }, on);
  const merged = mergeProblems(rated, hers, his);

  it('keep the ratings of both, of one person the higher', () => {
    const { ratings } = merged.findings[hers] ?? {};
    expect(Object.fromEntries(Object.entries(ratings ?? {}).map(([name, { severity }]) => [name, severity]))).toEqual({
      ana: 4,
      bo: 3,
    });
  });

  it('keep who found them, the other rule and the other id', () => {
    expect(merged.findings).not.toHaveProperty([his]);
    expect(merged.findings[hers]).toMatchObject({ alsoBreaks: ['house-rules/A02'], formerIds: [his] });
    expect(merged.evaluations['checkout/house-rules/bo']?.answers?.A02?.findings).toEqual([hers]);
  });

  it('keep what was written about either, and what only one says', () => {
    const by = { evaluator: 'ana', on };
    let both = changeProblem(
      rated,
      hers,
      { note: 'On phones', recommendation: 'Show a bar', where: { element: 'Pay' } },
      by,
    );
    both = changeProblem(
      both,
      his,
      { note: 'On desktops', recommendation: 'Disable it', where: { element: 'Send' } },
      by,
    );
    both = changeProblem(both, his, { stage: 'purchase' }, by);
    both = triage(both, [his], { do: 'assign', owner: 'dora' });
    both = setConsensus(both, his, { severity: 3, by: 'bo', on });
    expect(lostByMerging(both, hers, his)).toEqual([]);
    expect(mergeProblems(both, hers, his).findings[hers]).toMatchObject({
      title: 'Hers',
      note: 'On phones\nAlso noted as “His” at Send.\nOn desktops',
      recommendation: 'Show a bar\nDisable it',
      where: { element: 'Pay' },
      cx: { stage: 'purchase' },
      state: { status: 'open', owner: 'dora', consensus: { severity: 3 } },
    });
  });

  it('are named with what would be lost, and stay two while people decided differently', () => {
    const owned = triage(triage(rated, [his], { do: 'assign', owner: 'dora' }), [hers], { do: 'assign', owner: 'eve' });
    expect(lostByMerging(owned, hers, his)).toEqual(['owner: dora (eve stays)']);
    const accepted = triage(rated, [his], { do: 'accept', by: 'cleo', on, reason: 'known' });
    const until = triage(accepted, [hers], { do: 'accept', by: 'bo', on, reason: 'later', until: '2099-01-01' });
    expect(lostByMerging(until, his, hers)).toEqual([
      'decided by: bo (cleo stays)',
      'reason: later (known stays)',
      'accepted until: 2099-01-01',
    ]);
    expect(mergeProblems(until, his, hers).findings[his]?.state).toEqual(accepted.findings[his]?.state);
    expect(() => mergeProblems(accepted, hers, his)).toThrow('One of the two is open, the other accepted.');
    const agreed = setConsensus(rated, hers, { severity: 1, by: 'bo', on });
    expect(() => mergeProblems(setConsensus(agreed, his, { severity: 4, by: 'bo', on }), hers, his)).toThrow(
      'Severity 1 was agreed for one of the two, 4 for the other.',
    );
  });

  it('leave entries that cannot be read as they are', () => {
    const broken = { 'checkout/x/bo': null, 'checkout/x/cleo': { answers: { A01: null } } } as never;
    const damaged = { ...rated, evaluations: { ...rated.evaluations, ...(broken as object) } };
    const { evaluations } = mergeProblems(damaged, hers, his);
    expect(evaluations).toMatchObject(broken);
    expect(evaluations['checkout/house-rules/bo']?.answers?.A02?.findings).toEqual([hers]);
  });

  it('are never one that a machine found, or of another page', () => {
    const home = evaluated(rated, 'bo', [], { target: 'home', problems: { A01: ['There'] } });
    expect(() => mergeProblems(home.record, hers, home.problems[0] as string)).toThrow(/same target/);
    expect(() => mergeProblems(rated, hers, hers)).toThrow(/different problems/);
  });
});

describe('severity', () => {
  it('is what was agreed, then what was set, then the mean of the ratings', () => {
    const two = rateProblem(added.record, added.id, 'bo', { severity: 0 }, on);
    expect(severityOf(two.findings[added.id] as never)).toBe(1.5);
    const agreed = setConsensus(two, added.id, { severity: 2, by: 'cleo', on, note: '' });
    expect(severityOf(agreed.findings[added.id] as never)).toBe(2);
    expect(agreed.findings[added.id]?.ratings).toEqual(two.findings[added.id]?.ratings);
    expect(agreed.findings[added.id]?.state.consensus).toEqual({ severity: 2, by: 'cleo', on });
    expect(setConsensus(agreed, added.id, null)).toEqual(two);
    const set = triage(agreed, [added.id], { do: 'severity', severity: 4 });
    expect(severityOf(set.findings[added.id] as never)).toBe(4);
  });

  it('can be rated after submission, and taken back', () => {
    const submitted = submitEvaluation(added.record, begun.id, { on });
    const rated = rateProblem(submitted, added.id, 'ana', { severity: 1 }, on);
    expect(rated.findings[added.id]?.ratings).toEqual({ ana: { severity: 1, on } });
    expect(rateProblem(rated, added.id, 'ana', null, on).findings[added.id]).not.toHaveProperty('ratings');
  });

  it('is suggested by its factors, and only by those given', () => {
    expect(suggestedSeverity({ frequency: 4, impact: 3, persistence: 1 })).toBe(3);
    expect(suggestedSeverity({ impact: 2 })).toBe(2);
    expect(suggestedSeverity({})).toBeUndefined();
  });
});
