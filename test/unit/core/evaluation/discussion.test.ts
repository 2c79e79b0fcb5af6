import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addRemark, remarksOf, shownTo, takeRemarkBack } from '../../../../src/core/evaluation/discussion';
import { startEvaluation, submitEvaluation, withdrawEvaluation } from '../../../../src/core/evaluation/evaluation';
import { mergeProblems } from '../../../../src/core/evaluation/mergeProblems';
import { linkProblem, problemOf, removeProblem } from '../../../../src/core/evaluation/problems';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { mergeRecords } from '../../../../src/core/record/mergeRecords';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import type { AuditRecord } from '../../../../src/core/record/record';
import { checklist, evaluated, on, record } from './build';

const at = '2026-11-23T09:30:00Z';
const remark = (key: string, by: string, text: string, when = at) => ({ key, by, at: when, text });

/** Ana and Bo have submitted; Ana found one problem. */
function both(): { record: AuditRecord; problem: string; ana: string; bo: string } {
  const ana = evaluated(record(), 'ana', [], { problems: { A01: ['Hers'] } });
  const bo = evaluated(ana.record, 'bo', ['pass']);
  return { record: bo.record, problem: ana.problems[0] as string, ana: ana.id, bo: bo.id };
}

const textsOf = (of: AuditRecord, id: string) => remarksOf(problemOf(of, id)).map(({ by, text }) => `${by}: ${text}`);

/** What a reader sees of a discussion. */
const seenBy = (of: AuditRecord, id: string, handle: string | undefined, seesAll = false) =>
  remarksOf(shownTo(of, { handle, seesAll })(problemOf(of, id))).map(({ text }) => text);

describe('the discussion of a problem', () => {
  it('is kept with who said what and when, oldest first, whatever the order in the file', () => {
    const { record: before, problem } = both();
    const first = addRemark(before, problem, remark('zzzzzz', 'bo', '  Why a 4?\nIt has a way out. '));
    const second = addRemark(first, problem, remark('aaaaaa', 'ana', 'Not by keyboard.', '2026-11-23T10:00:00Z'));
    expect(textsOf(second, problem)).toEqual(['bo: Why a 4?\nIt has a way out.', 'ana: Not by keyboard.']);
    const read = parseRecord(canonicalText(second));
    expect(read.problems).toEqual([]);
    expect(read.record).toEqual(second);
  });

  it('takes the same remark once, however often it is sent, and never one in the place of another', () => {
    const { record: before, problem } = both();
    const once = addRemark(before, problem, remark('aaaaaa', 'bo', 'Once'));
    expect(addRemark(once, problem, remark('aaaaaa', 'bo', 'Once', '2026-11-24T09:30:00Z'))).toBe(once);
    expect(() => addRemark(once, problem, remark('aaaaaa', 'bo', 'Other'))).toThrow('another remark');
    expect(() => addRemark(once, problem, remark('aaaaab', 'bo', ' \n'))).toThrow('needs a text');
    expect(() => addRemark(once, problem, remark('../../', 'bo', 'x'))).toThrow();
    expect(() => addRemark(once, problem, remark('aaaaab', 'bo@example.com', 'x'))).toThrow('handle');
    expect(() => addRemark(once, 'checkout/house-rules/A01/nowhere', remark('aaaaab', 'bo', 'x'))).toThrow();
  });

  it('takes a remark back for who made it alone, and leaves no trace of the last one', () => {
    const { record: before, problem } = both();
    const one = addRemark(before, problem, remark('aaaaaa', 'bo', 'First'));
    const two = addRemark(one, problem, remark('bbbbbb', 'ana', 'Second'));
    expect(() => takeRemarkBack(two, problem, { key: 'aaaaaa', by: 'ana' })).toThrow('ana has made no such remark');
    expect(() => takeRemarkBack(two, problem, { key: 'zzzzzz', by: 'ana' })).toThrow('no such remark');
    expect(takeRemarkBack(two, problem, { key: 'bbbbbb', by: 'ana' })).toEqual(one);
    expect(takeRemarkBack(one, problem, { key: 'aaaaaa', by: 'bo' })).toEqual(before);
  });

  it('is open only to those who have submitted, also to the one who found the problem', () => {
    const { record: before, problem, ana } = both();
    const said = addRemark(before, problem, remark('aaaaaa', 'bo', 'I passed it'));
    const drafting = withdrawEvaluation(said, ana, on);
    expect(seenBy(said, problem, 'ana')).toEqual(['I passed it']);
    expect(seenBy(drafting, problem, 'ana')).toEqual([]);
    expect(() => addRemark(drafting, problem, remark('bbbbbb', 'ana', 'So?'))).toThrow('closed to you');
    expect(seenBy(submitEvaluation(drafting, ana, { on }), problem, 'ana')).toEqual(['I passed it']);
  });

  it('is closed while a later round is a draft, also on a problem that was found again', () => {
    const { record: before, problem } = both();
    const said = addRemark(before, problem, remark('aaaaaa', 'bo', 'I passed it'));
    const again = startEvaluation(said, { target: 'checkout', checklist, evaluator: 'ana', on });
    expect(seenBy(again.record, problem, 'ana')).toEqual([]);
    expect(seenBy(linkProblem(again.record, again.id, 'A01', problem), problem, 'ana')).toEqual([]);
    expect(seenBy(again.record, problem, 'bo')).toEqual(['I passed it']);
    const elsewhere = startEvaluation(said, { target: 'home', checklist, evaluator: 'ana', on });
    expect(seenBy(elsewhere.record, problem, 'ana')).toEqual(['I passed it']);
  });

  it('is closed to a reader without a name while anybody is at it, and open to one who asks to see all', () => {
    const { record: before, problem, ana } = both();
    const said = withdrawEvaluation(addRemark(before, problem, remark('aaaaaa', 'bo', 'I passed it')), ana, on);
    expect(seenBy(said, problem, undefined)).toEqual([]);
    expect(seenBy(said, problem, 'cleo')).toEqual([]); // the problem is one of a draft now
    expect(seenBy(said, problem, 'ana', true)).toEqual(['I passed it']);
  });

  it('goes along when two problems are made one, and keeps a problem that others spoke of', () => {
    const { record: before, problem, ana } = both();
    const cleo = evaluated(before, 'cleo', [], { problems: { A01: ['The same'] } });
    const dropped = cleo.problems[0] as string;
    const said = addRemark(cleo.record, problem, remark('aaaaaa', 'bo', 'One'));
    const twice = addRemark(said, dropped, remark('bbbbbb', 'bo', 'Two'));
    expect(textsOf(mergeProblems(twice, problem, dropped), problem)).toEqual(['bo: One', 'bo: Two']);
    const removed = removeProblem(withdrawEvaluation(said, ana, on), ana, 'A01', problem);
    expect(textsOf(removed, problem)).toEqual(['bo: One']);
  });
});

describe('two people who write at the same time', () => {
  it('are both kept by a merge, without a question', () => {
    const { record: base, problem } = both();
    for (const begun of [base, addRemark(base, problem, remark('mmmmmm', 'ana', 'First'))]) {
      const ours = addRemark(begun, problem, remark('aaaaaa', 'ana', 'Mine', '2026-11-23T11:00:00Z'));
      const theirs = addRemark(begun, problem, remark('zzzzzz', 'bo', 'His', '2026-11-23T10:59:59Z'));
      const merged = mergeRecords(begun, ours, theirs);
      expect(merged.questions).toEqual([]);
      expect(textsOf(merged.record, problem)).toEqual([...textsOf(begun, problem), 'bo: His', 'ana: Mine']);
      expect(canonicalText(mergeRecords(begun, theirs, ours).record)).toBe(canonicalText(merged.record));
    }
  });

  it('merge as text too where others spoke before, since a remark stands at a place of its own', () => {
    const { record: base, problem } = both();
    const spoken = ['gggggg', 'kkkkkk', 'pppppp'].reduce(
      (before, key) => addRemark(before, problem, remark(key, 'ana', key)),
      base,
    );
    const sides = [
      addRemark(spoken, problem, remark('hhhhhh', 'ana', 'Mine')),
      spoken,
      addRemark(spoken, problem, remark('mmmmmm', 'bo', 'His')),
    ] as const;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-discussion-'));
    try {
      const files = sides.map((side, index) => {
        const file = path.join(folder, String(index));
        writeFileSync(file, canonicalText(side));
        return file;
      });
      const { status, stdout } = spawnSync('git', ['merge-file', '-p', ...files], { encoding: 'utf8' });
      expect(status).toBe(0);
      expect(stdout).toBe(canonicalText(mergeRecords(sides[1], sides[0], sides[2]).record));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
