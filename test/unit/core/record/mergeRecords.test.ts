import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { mergeRecords, resolveQuestions } from '../../../../src/core/record/mergeRecords';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord, type Finding } from '../../../../src/core/record/record';
import { attempts } from '../../../patience';
import { randomEdits, randomRecord, seeded } from './randomEdits';

const id = 'home/lighthouse/image-alt';

function recordWith(state: Finding['state'], more: Partial<Finding> = {}): AuditRecord {
  const finding: Finding = {
    kind: 'automated',
    rule: 'lighthouse/image-alt',
    title: 'Images',
    target: 'home',
    state,
    firstSeen: '2026-11-10',
    id,
    ...more,
  };
  return { ...emptyRecord(), targets: { home: { kind: 'page', path: '/' } }, findings: { [id]: finding } };
}

const open = { status: 'open', severity: 2, seenIn: ['local/mobile'] };
const accepted = { ...open, status: 'accepted', by: 'ana', on: '2026-11-20', reason: 'later' };
const falsePositive = { ...open, status: 'false-positive', by: 'bo', on: '2026-11-20', reason: 'decorative' };

const stateOf = (record: AuditRecord) => record.findings[id]?.state;

describe('merging two records', () => {
  it('keeps what each side added', () => {
    const other = (name: string) => ({ ...recordWith(open).findings[id], id: `home/lighthouse/${name}` }) as Finding;
    const base = recordWith(open);
    const ours = { ...base, findings: { ...base.findings, 'home/lighthouse/a': other('a') } };
    const theirs = { ...base, findings: { ...base.findings, 'home/lighthouse/b': other('b') } };
    const { record, questions } = mergeRecords(base, ours, theirs);
    expect(Object.keys(record.findings).sort()).toEqual(['home/lighthouse/a', 'home/lighthouse/b', id]);
    expect(questions).toEqual([]);
  });

  it('asks when two people decided differently, and puts in what is answered', () => {
    const merged = mergeRecords(recordWith(open), recordWith(accepted), recordWith(falsePositive));
    expect(merged.questions).toMatchObject([{ path: ['findings', id, 'state'], fact: 'decision' }]);
    expect(stateOf(resolveQuestions(merged, ['ours']))).toEqual(accepted);
    expect(stateOf(resolveQuestions(merged, ['theirs']))).toEqual(falsePositive);
  });

  it('never mixes one person’s name with another’s reason', () => {
    const merged = mergeRecords(
      recordWith(open),
      recordWith({ ...accepted, severity: 3 }),
      recordWith({ ...falsePositive, owner: 'cleo' }),
    );
    expect(stateOf(resolveQuestions(merged, ['theirs']))).toEqual({ ...falsePositive, severity: 3, owner: 'cleo' });
  });

  it('puts a person’s decision before a machine’s change', () => {
    const fixed = { status: 'fixed', severity: 2, fixedOn: '2026-11-21' };
    const { record, questions } = mergeRecords(recordWith(open), recordWith(fixed), recordWith(accepted));
    expect(questions).toEqual([]);
    expect(stateOf(record)).toMatchObject({ status: 'accepted', by: 'ana' });
  });

  it('keeps a problem visible when one side still sees it elsewhere', () => {
    const fixed = { status: 'fixed', severity: 2, fixedOn: '2026-11-21' };
    const elsewhere = { ...open, seenIn: ['deployed/mobile', 'local/mobile'] };
    const { record } = mergeRecords(recordWith(open), recordWith(fixed), recordWith(elsewhere));
    expect(stateOf(record)).toMatchObject({ status: 'open', seenIn: ['deployed/mobile'] });
  });

  it('does not lose a finding whose last places were cleared one on each side', () => {
    const both = { ...open, seenIn: ['deployed/mobile', 'local/mobile'] };
    const { record } = mergeRecords(
      recordWith(both),
      recordWith({ ...open, seenIn: ['deployed/mobile'] }),
      recordWith({ ...open, seenIn: ['local/mobile'] }),
    );
    expect(stateOf(record)).toMatchObject({ status: 'open', seenIn: ['deployed/mobile', 'local/mobile'] });
  });

  it('takes the earlier day of first sight and merges ratings by person', () => {
    const base = recordWith(open, { ratings: { ana: { severity: 2 } } });
    const ours = recordWith(open, { firstSeen: '2026-11-02', ratings: { ana: { severity: 2 }, bo: { severity: 4 } } });
    const theirs = recordWith(open, { firstSeen: '2026-11-05', ratings: { ana: { severity: 3 } } });
    const { record, questions } = mergeRecords(base, ours, theirs);
    expect(questions).toEqual([]);
    expect(record.findings[id]).toMatchObject({
      firstSeen: '2026-11-02',
      ratings: { ana: { severity: 3 }, bo: { severity: 4 } },
    });
  });

  it('keeps an entry that one side deleted and the other changed, and says so', () => {
    const { record, notes } = mergeRecords(
      recordWith(open),
      { ...recordWith(open), findings: {} },
      recordWith(accepted),
    );
    expect(stateOf(record)).toEqual(accepted);
    expect(notes).toHaveLength(1);
  });

  it('keeps unknown fields, and entries that are not valid, as they are', () => {
    const base = { ...recordWith(open), future: { a: 1 } };
    const ours = { ...base, future: { a: 1, b: 2 } };
    const theirs = {
      ...base,
      future: { a: 1, c: 3 },
      findings: { ...base.findings, 'home/lighthouse/odd': { kind: 7 } as never },
    };
    expect(mergeRecords(base, ours, theirs).record).toMatchObject({
      future: { a: 1, b: 2, c: 3 },
      findings: { 'home/lighthouse/odd': { kind: 7 } },
    });
  });

  it('works without a common version', () => {
    const { record, questions } = mergeRecords(emptyRecord(), recordWith(open), recordWith(open));
    expect(questions).toEqual([]);
    expect(stateOf(record)).toEqual(open);
  });

  it('is the same whichever side is ours, loses no id, and with itself changes nothing', () => {
    for (let seed = 1; seed <= attempts(200, 20_000); seed += 1) {
      const random = seeded(seed);
      const base = randomRecord(random, 12);
      const [ours, theirs] = [randomEdits(base, random, 5), randomEdits(base, random, 5)];
      const one = mergeRecords(base, ours, theirs);
      const other = mergeRecords(base, theirs, ours);
      const answers = <T>(side: T, { questions }: { questions: unknown[] }) => questions.map(() => side);
      expect(canonicalText(resolveQuestions(one, answers('ours' as const, one)))).toBe(
        canonicalText(resolveQuestions(other, answers('theirs' as const, other))),
      );
      for (const [key, finding] of Object.entries(ours.findings)) {
        if (!base.findings[key] || theirs.findings[key])
          expect(one.record.findings[key], `${seed} ${finding.id}`).toBeDefined();
      }
      expect(canonicalText(mergeRecords(base, ours, ours).record)).toBe(canonicalText(ours));
      expect(parseRecord(canonicalText(one.record)).problems).toEqual([]);
    }
  });
});

describe('merging an evaluation that one person filled on two branches', () => {
  const evaluation = (
    answers: AuditRecord['evaluations'][string]['answers'],
    state = { status: 'draft', on: '2026-11-20' },
  ) => ({
    ...emptyRecord(),
    evaluations: {
      'home/nielsen-10/ana': {
        checklist: 'nielsen-10@1',
        target: 'home',
        evaluator: 'ana',
        state,
        answers,
        id: 'home/nielsen-10/ana',
      },
    },
  });
  const merged = (record: AuditRecord) => record.evaluations['home/nielsen-10/ana'];

  it('keeps the answers to different items, notes beside verdicts, and problems of both', () => {
    const base = evaluation({ H03: { verdict: 'fail', findings: ['home/nielsen-10/H03/aaaaaa'] } });
    const ours = evaluation({
      H01: { verdict: 'pass' },
      H03: { verdict: 'fail', findings: ['home/nielsen-10/H03/aaaaaa', 'home/nielsen-10/H03/bbbbbb'] },
    });
    const theirs = evaluation({
      H02: { verdict: 'n/a' },
      H03: { verdict: 'fail', note: 'twice', findings: ['home/nielsen-10/H03/aaaaaa', 'home/nielsen-10/H03/cccccc'] },
    });
    const { record, questions } = mergeRecords(base, ours, theirs);
    expect(questions).toEqual([]);
    expect(merged(record)?.answers).toEqual({
      H01: { verdict: 'pass' },
      H02: { verdict: 'n/a' },
      H03: {
        verdict: 'fail',
        note: 'twice',
        findings: ['home/nielsen-10/H03/aaaaaa', 'home/nielsen-10/H03/bbbbbb', 'home/nielsen-10/H03/cccccc'],
      },
    });
  });

  it('asks where the verdicts differ, and takes the answer', () => {
    const result = mergeRecords(
      emptyRecord(),
      evaluation({ H01: { verdict: 'pass' } }),
      evaluation({ H01: { verdict: 'fail' } }),
    );
    expect(result.questions.map(({ fact }) => fact)).toEqual(['answer H01 verdict']);
    expect(merged(resolveQuestions(result, ['theirs']))?.answers).toEqual({ H01: { verdict: 'fail' } });
  });

  it('keeps that it was submitted', () => {
    const base = evaluation({});
    const { record, questions } = mergeRecords(
      base,
      evaluation({ H01: { verdict: 'pass' } }),
      evaluation({}, { status: 'submitted', on: '2026-11-21' }),
    );
    expect(questions).toEqual([]);
    expect(merged(record)).toMatchObject({ state: { status: 'submitted' }, answers: { H01: { verdict: 'pass' } } });
  });
});
