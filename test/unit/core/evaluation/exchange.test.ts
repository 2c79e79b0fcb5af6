import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import type { Checklist } from '../../../../src/core/checklist/checklist';
import { earlReport } from '../../../../src/core/evaluation/earl';
import { parseEarl } from '../../../../src/core/evaluation/earlImport';
import { setAnswer, startEvaluation } from '../../../../src/core/evaluation/evaluation';
import { evaluationCsv, importEvaluationRows } from '../../../../src/core/evaluation/evaluationCsv';
import { readTable } from '../../../../src/workflow/readTable';
import { checklist, evaluated, on, record } from './build';

const subjects = [{ target: 'checkout' }];
const bytes = (text: string) => new TextEncoder().encode(text);
let suffix = 0;
const suffixOf = () => {
  suffix += 1;
  return `bbbb${String(suffix).padStart(2, '0')}`;
};

describe('an evaluation as a table', () => {
  const filled = evaluated(record(), 'ana', ['pass', 'fail'], {
    submit: false,
    problems: { A02: ['=HYPERLINK("http://x")', 'Second, with "quotes"'] },
  });
  const evaluation = filled.record.evaluations[filled.id] as never;
  const text = evaluationCsv(filled.record, [{ evaluation, checklist, subjects: [{ target: 'checkout' }] }]);

  it('has a row for each item, and one for each further problem', async () => {
    const rows = await readTable(bytes(text), 'a.csv');
    expect(rows).toHaveLength(13);
    expect(rows[1]).toMatchObject({ item: 'A02', verdict: 'fail', severity: '3', 'item title': 'Item 2' });
    expect(rows[3]).toMatchObject({ item: 'A03', verdict: '' });
  });

  it('keeps formulas harmless', () => {
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('comes back as it went, once however often it is imported', async () => {
    const rows = await readTable(bytes(text), 'a.csv');
    const begun = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'ana', on });
    const done = importEvaluationRows(begun.record, begun.id, rows, checklist, { on, subjects, suffixOf });
    expect(done).toMatchObject({ problems: 2, replaced: 0, faults: [] });
    const { answers } = done.record.evaluations[begun.id] ?? {};
    expect(answers?.A01).toEqual({ verdict: 'pass' });
    expect(answers?.A02).toMatchObject({ verdict: 'fail' });
    expect(
      Object.values(done.record.findings)
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['=HYPERLINK("http://x")', 'Second, with "quotes"']);
    const again = importEvaluationRows(done.record, begun.id, rows, checklist, { on, subjects, suffixOf });
    expect(again).toMatchObject({ problems: 0, replaced: 0 });
    expect(again.record.findings).toEqual(done.record.findings);
  });

  it('takes what is good and names row, column and value of what is not', async () => {
    const table =
      'Item;Verdict;Severity;Problem\r\nA01;Passed;;\r\nZ99;pass;;\r\nA02;maybe;;\r\nA03;fail;9;"Too\nhigh"\r\nA04;Not applicable;;\r\n';
    const rows = await readTable(bytes(`\uFEFF${table}`), 'b.csv');
    const begun = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'bo', on });
    const {
      record: result,
      faults,
      answers,
    } = importEvaluationRows(begun.record, begun.id, rows, checklist, { on, subjects, suffixOf });
    expect(answers).toBe(2);
    expect(Object.keys(result.evaluations[begun.id]?.answers ?? {})).toEqual(['A01', 'A04']);
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [3, 'item'],
      [4, 'verdict'],
      [5, 'severity'],
    ]);
  });

  it('never becomes the evaluation of somebody else, or one with another checklist', async () => {
    const rows = await readTable(bytes(text), 'a.csv');
    const bo = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'bo', on });
    const theirs = importEvaluationRows(bo.record, bo.id, rows, checklist, { on, subjects, suffixOf });
    expect(theirs).toMatchObject({ answers: 0, problems: 0 });
    expect(theirs.record).toBe(bo.record);
    expect(theirs.faults).toHaveLength(13);
    expect(theirs.faults[0]).toEqual({
      row: 2,
      column: 'evaluator',
      message: 'it is by ana, and this is the evaluation of bo',
    });
    const other = { ...checklist, id: 'other-rules' };
    const ana = startEvaluation(record(), { target: 'checkout', checklist: other, evaluator: 'ana', on });
    const mixed = importEvaluationRows(ana.record, ana.id, rows, other, { on, subjects, suffixOf });
    expect(mixed.faults.map(({ column }) => column)).toEqual(Array(13).fill('checklist'));
  });

  it('takes only steps that the target has, and every step only with its name', () => {
    const steps = [
      { target: 'claim', step: 'find the form' },
      { target: 'claim', step: 'letter' },
    ];
    const begun = startEvaluation(record(), { target: 'claim', checklist, evaluator: 'bo', on });
    const rows = ['letter', 'foo', ''].map((step) => ({ item: 'A01', verdict: 'pass', step }));
    const done = importEvaluationRows(begun.record, begun.id, rows, checklist, { on, subjects: steps, suffixOf });
    expect(Object.keys(done.record.evaluations[begun.id]?.answers ?? {})).toEqual(['A01@letter']);
    expect(done.faults.map(({ row, message }) => [row, message])).toEqual([
      [3, '"foo" is not a step here; there are find the form, letter'],
      [4, 'no step is named; there are find the form, letter'],
    ]);
    const page = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'bo', on });
    expect(
      importEvaluationRows(page.record, page.id, rows.slice(1, 2), checklist, { on, subjects, suffixOf }).faults,
    ).toMatchObject([{ column: 'step' }]);
  });

  it('counts the answers that it replaces', () => {
    const before = evaluated(record(), 'bo', ['pass', 'fail'], { submit: false });
    const rows = [
      { item: 'A01', verdict: 'unsure', 'answer note': '' },
      { item: 'A02', verdict: 'fail', 'answer note': 'still' },
      { item: 'A03', verdict: 'pass', 'answer note': '' },
    ];
    const done = importEvaluationRows(before.record, before.id, rows, checklist, { on, subjects, suffixOf });
    expect(done).toMatchObject({ answers: 3, replaced: 1, faults: [] });
  });

  it('is refused without the columns it needs, and when a quotation mark is left open', async () => {
    const begun = startEvaluation(record(), { target: 'checkout', checklist, evaluator: 'bo', on });
    const rows = await readTable(bytes('item,remark\nA01,x\n'), 'c.csv');
    expect(() => importEvaluationRows(begun.record, begun.id, rows, checklist, { on, subjects, suffixOf })).toThrow(
      /no column "verdict"/,
    );
    await expect(readTable(bytes('item,verdict\nA01,"pass\n'), 'd.csv')).rejects.toThrow(
      /d\.csv, row 2: a quotation mark/,
    );
    await expect(readTable(bytes('item\n'), 'e.csv')).rejects.toThrow(/no rows/);
  });

  it.each([
    [
      'UTF-16 with a byte order mark',
      () =>
        Uint8Array.from([
          0xff,
          0xfe,
          ...new Uint8Array(
            Uint16Array.from([...'item\tverdict\nA01\tpass\n'].map((char) => char.charCodeAt(0))).buffer,
          ),
        ]),
    ],
    ['Windows-1252', () => Uint8Array.from([...bytes('item,verdict,answer note\nA01,pass,caf'), 0xe9, 10])],
  ])('is read in %s', async (_, make) => {
    expect(await readTable(make(), 'f.csv')).toMatchObject([{ item: 'A01', verdict: 'pass' }]);
  });
});

describe('WCAG-EM with EARL', () => {
  const wcag = builtInChecklists.find(({ id }) => id === 'wcag22-aa') as Checklist;
  const begun = startEvaluation(record(), { target: 'checkout', checklist: wcag, evaluator: 'ana', on });
  let filled = setAnswer(begun.record, begun.id, '1.1.1', { verdict: 'fail', note: 'the logo' });
  filled = setAnswer(filled, begun.id, '1.4.10', { verdict: 'pass' });
  filled = setAnswer(filled, begun.id, '1.2.1', { verdict: 'n/a' });
  filled = setAnswer(filled, begun.id, '2.4.7', { verdict: 'unsure' });
  const page = { evaluation: filled.evaluations[begun.id] as never, url: 'http://localhost:3000/checkout' };
  const report = earlReport(filled, [page], wcag, { title: 'shop', date: on });

  it('has an assertion for each criterion, untested where nothing was said', () => {
    const assertions = report.auditSample as { test: { id: string }; result: { outcome: { id: string } } }[];
    expect(assertions).toHaveLength(55);
    const outcomeOf = (id: string) => assertions.find(({ test }) => test.id === id)?.result.outcome.id;
    expect(outcomeOf('WCAG22:non-text-content')).toBe('earl:failed');
    expect(outcomeOf('WCAG22:reflow')).toBe('earl:passed');
    expect(outcomeOf('WCAG22:audio-only-and-video-only-prerecorded')).toBe('earl:inapplicable');
    expect(outcomeOf('WCAG22:focus-visible')).toBe('earl:cantTell');
    expect(outcomeOf('WCAG22:captions-live')).toBe('earl:untested');
  });

  it('comes back as it went', () => {
    const { samples = [], leftOut, untested } = parseEarl(JSON.parse(JSON.stringify(report)), wcag) ?? {};
    expect([leftOut, untested]).toEqual([[], 51]);
    expect(samples).toHaveLength(1);
    expect(samples[0]).toMatchObject({ title: 'checkout', url: 'http://localhost:3000/checkout' });
    expect(samples[0]?.answers).toContainEqual({ item: '1.1.1', verdict: 'fail', note: 'the logo' });
    expect(samples[0]?.answers).toHaveLength(4);
  });
});
