import { describe, expect, it } from 'vitest';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { recordCsv } from '../../../../src/core/report/csv';
import { findingsMarkdown } from '../../../../src/core/report/findingsMarkdown';
import { recordHtml } from '../../../../src/core/report/htmlReport';
import { diffRecords, newEvaluations } from '../../../../src/core/report/recordDiff';
import { diffMarkdown, diffText } from '../../../../src/core/report/recordDiffText';
import { recordSarif } from '../../../../src/core/report/sarif';
import { evaluated, record } from '../evaluation/build';
import { active, hostile } from './hostile';

const side = (of: AuditRecord) => ({ record: of, invalid: new Set<string>(), lineOf: new Map() });
const html = (of: AuditRecord) => recordHtml(side(of), { title: 'Shop', madeOn: '2026-11-22', attachments: {} });

describe('evaluations for readers without the extension', () => {
  const ana = evaluated(record(), 'ana', ['pass', 'fail', 'unsure'], { problems: { A02: ['It breaks'] } });
  const draft = evaluated(ana.record, 'bo', ['fail'], { submit: false, problems: { A01: ['Not yet to be seen'] } });

  it('stand in findings.md with who, when, which checklist and what is open, once they are submitted', () => {
    const text = findingsMarkdown(side(draft.record));
    expect(text).toContain('## Evaluations');
    expect(text).toContain(
      '`house-rules@1` by ana, submitted on 2026-11-22 at `4f2c9d1`. 1 pass, 1 fail, 1 unsure. Unsure: A03.',
    );
    expect(text).toContain(`- \`${ana.problems[0]}\``);
    expect(text).not.toContain('Not yet to be seen');
    expect(text).not.toContain('by bo');
  });

  it('stand in the HTML report', () => {
    const text = html(draft.record);
    expect(text).toContain('Evaluations by people');
    expect(text).toContain(
      'with house-rules@1 by ana on 2026-11-22: 1 pass, 1 fail, 1 unsure; unsure about A03; 1 problem is open.',
    );
    expect(text).not.toContain('Not yet to be seen');
  });

  it('stand in the tables for other programs, drafts do not', () => {
    for (const text of [
      recordCsv(side(draft.record)),
      JSON.stringify(recordSarif(side(draft.record), { version: '1', record: 'ux-audit/findings.json' })),
    ]) {
      expect(text).toContain('It breaks');
      expect(text).not.toContain('Not yet to be seen');
    }
  });

  it('stand in the summary of a pull request, drafts do not', () => {
    const before = side({ ...emptyRecord(), targets: record().targets });
    const differences = diffRecords(before, side(draft.record));
    expect(differences.map(({ title }) => title)).toEqual(['It breaks']);
    const submitted = newEvaluations(before, side(draft.record));
    expect(diffMarkdown(differences, submitted)).toContain(
      '- checkout, by ana on 2026-11-22 with `house-rules@1`: 1 pass, 1 fail, 1 unsure; 1 open problem',
    );
    expect(diffText(differences, submitted)).toContain(
      'evaluated    checkout, by ana on 2026-11-22 with house-rules@1',
    );
    expect(newEvaluations(side(draft.record), side(draft.record))).toEqual([]);
    expect(diffMarkdown([], submitted)).toMatch(/^### UX audit: no change\n\nEvaluations submitted:/);
  });

  it('stand there also where a problem of them cannot be read', () => {
    const broken = { ...ana.record, findings: { ...ana.record.findings, [ana.problems[0] ?? '']: null as never } };
    const of = { record: broken, invalid: new Set(ana.problems) };
    expect(findingsMarkdown(of)).toContain('1 pass, 1 fail, 1 unsure');
  });

  it('keep names inert', () => {
    const id = `checkout/${hostile}/${hostile}`;
    const nasty: AuditRecord = {
      ...record(),
      evaluations: {
        [id]: {
          checklist: hostile,
          target: hostile,
          evaluator: hostile,
          state: { status: 'submitted', on: '2026-11-22', commit: hostile },
          answers: { [hostile]: { verdict: 'unsure', note: hostile } },
          id,
        },
      },
    };
    const markdown = findingsMarkdown(side(nasty));
    const withoutCode = markdown.replace(/(`{4,})[\s\S]*?\1/g, ''); // what is in a code span is inert there
    expect(withoutCode).not.toMatch(/<img|<script|\]\(javascript/);
    expect(markdown).not.toMatch(active);
    const page = html(nasty);
    expect(page).not.toMatch(/<img src=x|<script/);
    expect(page).not.toMatch(active);
    expect(diffText([], newEvaluations(side(emptyRecord()), side(nasty)))).not.toMatch(active);
  });
});
