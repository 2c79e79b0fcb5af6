import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { submitEvaluation } from '../../../../src/core/evaluation/evaluation';
import type { AuditRecord, Finding } from '../../../../src/core/record/record';
import { problemAnchors } from '../../../../src/core/report/findingsMarkdown';
import { diffRecords, summarySentence } from '../../../../src/core/report/recordDiff';
import { diffMarkdown, diffText } from '../../../../src/core/report/recordDiffText';
import { evaluated, record } from '../evaluation/build';
import { active, finding, hostileFinding, recordOf } from './hostile';

const places = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, index) => [`k${index}`, { selector: `p:nth-child(${index})` }]));
const contrast = (target: string, state: Partial<Finding['state']> = {}, n = 1) =>
  finding({
    rule: 'lighthouse/color-contrast',
    title: 'Background and foreground colors do not have a sufficient contrast ratio.',
    target,
    id: `${target}/lighthouse/color-contrast`,
    state: { status: 'open', severity: 3, ...state },
    occurrences: places(n),
  });
const slow = (fields: Partial<Finding> = {}) =>
  finding({
    kind: 'heuristic',
    rule: 'nielsen-10/H01',
    title: 'Nobody sees that it works',
    state: { status: 'open', severity: 2 },
    id: 'checkout/nielsen-10/H01/7k3q9d',
    ...fields,
  });
const fixed = { status: 'fixed', fixedOn: '2026-11-28' };
const later = { status: 'accepted', by: 'ana', on: '2026-11-20', reason: 'after the rewrite' };

const between = (before: Finding[], after: Finding[]) => diffRecords(recordOf(before), recordOf(after));
function markdownOf(before: Finding[], after: Finding[]): string {
  const anchors = problemAnchors(recordOf(after));
  return diffMarkdown(between(before, after), [], [], { file: 'ux-audit/findings.md', anchors });
}
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('| **'));

describe('the headline of a comparison', () => {
  it('counts problems, not pages, in words', () => {
    const sentence = (before: Finding[], after: Finding[]) => summarySentence(between(before, after));
    expect(
      sentence([finding()], [finding({ state: { ...fixed, severity: 3 } }), contrast('home'), contrast('list')]),
    ).toBe('1 new major problem, 1 fixed');
    expect(sentence([], [contrast('home'), slow(), slow({ id: 'checkout/nielsen-10/H01/b' })])).toBe(
      '3 new problems (1 major, 2 minor)',
    );
    expect(sentence([], [slow(), slow({ id: 'checkout/nielsen-10/H01/b' })])).toBe('2 new minor problems');
    expect(sentence([], [slow({ state: { status: 'open' } })])).toBe('1 new problem (1 not rated)');
    expect(sentence([slow(), contrast('home')], [slow({ state: fixed })])).toBe('1 problem fixed, 1 removed');
    expect(sentence([slow()], [slow()])).toBe('no change');
  });
});

describe('a difference', () => {
  it('says nothing of a draft that a version has, and all of it once it is submitted', () => {
    const draft = evaluated(record(), 'ana', ['fail'], { submit: false, problems: { A01: ['It breaks'] } });
    const sideOf = (of: AuditRecord) => ({ record: of, invalid: new Set<string>() });
    const submitted = submitEvaluation(draft.record, draft.id, { on: '2026-11-22' });
    const kinds = (before: AuditRecord, after: AuditRecord) =>
      diffRecords(sideOf(before), sideOf(after)).map(({ change }) => change);
    expect(kinds(draft.record, submitted)).toEqual(['new']);
    expect(kinds(draft.record, draft.record)).toEqual([]);
    expect(kinds(draft.record, record())).toEqual([]);
    expect(kinds(submitted, record())).toEqual(['removed']);
  });

  it('is a decision, and no new problem, where it was accepted with the same change', () => {
    const decided = between([], [contrast('home', later)]);
    expect(decided).toMatchObject([{ change: 'decided', detail: expect.stringContaining('after the rewrite') }]);
    expect(between([], [contrast('home', { status: 'reopened', on: '2026-11-20' })])).toMatchObject([
      { change: 'new', detail: '' },
    ]);
  });

  it('says what a value was and is', () => {
    const [worse] = between(
      [contrast('home', { severity: 2 }, 3)],
      [contrast('home', { seenIn: ['local/desktop'] }, 5)],
    );
    expect(worse).toEqual({
      id: 'home/lighthouse/color-contrast',
      change: 'worse',
      target: 'home',
      title: 'Background and foreground colors do not have a sufficient contrast ratio.',
      severity: 3,
      detail: 'severity 2 → 3, 3 → 5 places, now also in local/desktop',
      problem: 'lighthouse/color-contrast',
      places: 5,
    });
  });
});

describe('the summary for a pull request', () => {
  it('has a row for each problem, the worst first, with ids, pages, what is different and what to do', () => {
    const text = markdownOf(
      [contrast('cart', {}, 3), finding()],
      [
        contrast('cart', {}, 5),
        contrast('home', {}, 2),
        contrast('list', {}, 4),
        slow(),
        finding({ state: { ...later, severity: 4 } }),
      ],
    );
    const rows = rowsOf(text);
    expect(rows.map((row) => /\*\*(\w+)\*\*<br>(\S+)/.exec(row)?.slice(1))).toEqual([
      ['new', '◆&nbsp;major&nbsp;(3&nbsp;of&nbsp;4)'],
      ['worse', '◆&nbsp;major&nbsp;(3&nbsp;of&nbsp;4)'],
      ['new', '◇&nbsp;minor&nbsp;(2&nbsp;of&nbsp;4)'],
      ['decided', '◆&nbsp;catastrophe&nbsp;(4&nbsp;of&nbsp;4)'],
    ]);
    expect(rows[0]).toContain(
      '[Contrast too low](ux-audit/findings.md#contrast-too-low)<br>`home/lighthouse/color-contrast`, ' +
        '`list/lighthouse/color-contrast` | home, list | 6 places<br>*Darken the text or lighten its ground',
    );
    expect(rows[1]).toContain('| cart | 3 → 5 places<br>');
    expect(rows[3]).toContain('accepted by ana on 2026-11-20: after the rewrite');
    expect(rows[3]).not.toContain('*Say in');
  });

  it('lists apart what is fixed and what was removed', () => {
    const text = markdownOf(
      [contrast('home'), contrast('list'), slow()],
      [contrast('home', fixed), contrast('list', fixed)],
    );
    expect(text).toContain('### UX audit: 1 problem fixed, 1 removed');
    expect(text).toContain('**Fixed:** ~~[Contrast too low](ux-audit/findings.md#fixed)~~ \\(home, list, 2 places\\)');
    expect(text).toContain('**Removed from the record:** ~~Nobody sees that it works~~ \\(checkout\\)');
    expect(rowsOf(text)).toEqual([]);
  });

  it('takes less than 40 lines, and less than a comment holds, however much changed', () => {
    const many = (state: Finding['state'], from: number) =>
      Array.from({ length: 400 }, (_, index) =>
        slow({ state, id: `checkout/nielsen-10/H01/p${from + index}`, title: `Problem ${from + index} `.repeat(30) }),
      );
    const text = markdownOf(many({ status: 'open' }, 0), [...many(fixed, 0), ...many({ status: 'open' }, 1000)]);
    const [shown = ''] = text.split('<details>');
    expect(shown.split('\n').length).toBeLessThan(40);
    expect(text).toContain('<summary>382 more</summary>');
    expect(text).toMatch(/\*\d+ more\*: `ux-audit diff --all`/);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/Problem \d+ …\]/);
  });

  it('leads nowhere when there is no findings.md', () => {
    expect(diffMarkdown(between([], [slow()]))).toContain(
      '<br>◇&nbsp;minor&nbsp;(2&nbsp;of&nbsp;4) | Nobody sees that it works<br>',
    );
  });

  it('keeps hostile text inert, in a terminal too', () => {
    const differences = between([], [hostileFinding, slow({ title: 'Ask @octocat about #12' })]);
    const html = marked.parse(diffMarkdown(differences), { async: false });
    expect(html).not.toMatch(/<(?!\/?(?:h3|p|table|thead|tbody|tr|th|td|strong|em|del|code|br)\b)/);
    expect(html).not.toMatch(/@octocat|(?<!&)#12/);
    expect(diffText(differences)).not.toMatch(active);
  });
});

describe('the comparison in a terminal', () => {
  it('says the same as the summary, each problem once', () => {
    const text = diffText(
      between([contrast('cart', {}, 3)], [contrast('cart', {}, 5), contrast('home'), contrast('list')]),
    );
    expect(text).toBe(
      [
        'UX audit: 1 new major problem, 1 worse',
        'new       ◆ major (3 of 4)  Contrast too low · home, list, 2 places',
        '             home/lighthouse/color-contrast',
        '             list/lighthouse/color-contrast',
        'worse     ◆ major (3 of 4)  Contrast too low · cart, 5 places',
        '             cart/lighthouse/color-contrast',
        '             3 → 5 places',
      ].join('\n'),
    );
  });
});
