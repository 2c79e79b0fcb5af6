import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../../src/core/impact/answer';
import { claimsOf, withheldOf } from '../../../../src/core/impact/claims';
import { computableLinks, isRangePublished } from '../../../../src/core/impact/effectEstimates';
import { fixFirst } from '../../../../src/core/impact/fixFirst';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { impactMarkdown, impactText, wholeImpactText } from '../../../../src/core/impact/impactDigest';
import { detailText, valueText } from '../../../../src/core/impact/impactText';
import { impactView, whatIf } from '../../../../src/core/impact/impactView';
import { metrics } from '../../../../src/core/metrics/metrics';
import type { Figure } from '../../../../src/core/outcomes/figures';
import { data, figure, run } from './build';

const hostile = '<img src=x onerror=alert(1)> | `x` [a](javascript:b) \u202e\u001b[31m';
const finding = {
  id: 'checkout/lighthouse/x',
  title: hostile,
  target: 'checkout',
  rule: 'lighthouse/x',
  severity: 3,
  stage: hostile,
  owner: undefined,
  reach: 1,
  of: 2,
  metrics: ['lcp'],
  problem: 'lighthouse/x',
  order: 'major (3 of 4); 1 page',
  kind: 'automated',
  places: 1,
  seenIn: undefined,
  saving: 0,
};
const reasons = { metric: 'churn_reasons', value: 3, n: undefined, parts: { [hostile]: 3 } };
const digest = (change = {}) => {
  const all = data({
    figures: [figure(reasons)],
    runs: [run(), run({ target: hostile, environment: hostile })],
    findings: [finding],
    faults: [hostile],
    ...change,
  });
  const view = impactView(all, { links, metrics });
  const used = new Set(view.paths.flatMap((path) => [...path.links, ...path.counterEvidence]));
  const answer = whatIf(view, { target: 'checkout', metric: 'lcp', to: 2500 });
  const ranked = fixFirst(all.findings, view.paths);
  return {
    data: all,
    view,
    answer: answerOf({ data: all, view, ranked }),
    cited: links.filter(({ id }) => used.has(id)),
    answers: answer ? [answer] : [],
    ranked,
  };
};

describe('the digest', () => {
  it('says of each number what it is, its n and its spread', () => {
    const text = wholeImpactText(digest());
    expect(text).toContain(
      'Largest Contentful Paint 3.0 s needs improvement (lab, local, mobile, 2.9 s to 3.2 s, 3 runs, 2026-11-22)',
    );
    expect(text).toContain('Not measured, though evidence leads there');
  });

  it('is inert in a terminal and in Markdown', () => {
    for (const text of [impactText(digest()), wholeImpactText(digest())])
      for (const active of ['\u001b', '\u202e']) expect(text).not.toContain(active);
    const markdown = impactMarkdown(digest());
    expect(markdown).not.toMatch(/<img|\]\(javascript/);
    expect(markdown.replaceAll(/<\/?(details|summary|br)>/g, '')).not.toMatch(/<[a-z/]/i);
  });

  it('gives with an estimate its study, year, sample and grade, and which value it begins with', () => {
    const text = impactText(digest());
    expect(text).toMatch(/What if {2}checkout \(lab, local, mobile\): Largest Contentful Paint from 3\.0 s to 2\.5 s/);
    expect(text).toMatch(/\[SPD-C04: .*Farfetch.*\(2022\), size not published, experiment \(A2\)\]/);
  });

  it('gives every study with its address, folded', () => {
    const markdown = impactMarkdown(digest());
    expect(markdown.split('\n').filter((line) => !line.startsWith('  - ') && line !== '').length).toBeLessThan(60);
    for (const { id, study } of digest().cited) {
      expect(markdown).toContain(id);
      expect(markdown).toContain(study.url);
    }
  });

  it('is a table of at most 30 lines with totals, the worst first, the rest folded', () => {
    const findings = Array.from({ length: 40 }, (_, n) => ({ ...finding, id: `p${n}/lighthouse/x`, problem: `x${n}` }));
    const runs = Array.from({ length: 30 }, (_, n) =>
      run({ target: `page-${n}`, values: { lcp: n === 29 ? [9000, 8000, 9500, 3, 0.1] : [1000, 900, 1100, 3, 1] } }),
    );
    const markdown = impactMarkdown(digest({ findings, runs }));
    const [shown = ''] = markdown.split('<details>');
    expect(shown.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect(shown).toMatch(
      /^### UX impact\n\n.*\n\n\*\*31 values on 30 targets: 1 poor, 29 good\.\*\* 40 open problems\./,
    );
    expect(shown).toContain('| **How are we doing** | page-29: Largest Contentful Paint | 9.0 s poor');
    expect(shown).toMatch(/^\| \*\*Fix first\*\* \| /m);
    expect(markdown).toContain('<summary>30 more rows</summary>');
  });

  it('is for a terminal an answer of at most 30 lines, with what was asked for', () => {
    const findings = Array.from({ length: 40 }, (_, n) => ({ ...finding, id: `p${n}/lighthouse/x`, problem: `x${n}` }));
    const runs = Array.from({ length: 30 }, (_, n) => run({ target: `page-${n}` }));
    const verdicts = { lcp: 'worse' as const };
    const line = { key: 'checkout/local/mobile', before: run(), now: run(), reason: undefined, verdicts };
    const change = { findings, runs, faults: Array(9).fill(hostile), baseline: Array(9).fill(line) };
    const many = digest(change);
    const answer = whatIf(many.view, { target: 'page-0', metric: 'lcp', to: 2300 });
    const answers = answer ? Array(5).fill(answer) : [];
    for (const text of [impactText({ ...many, answers: [] }), impactText({ ...many, answers }), impactText(many)]) {
      expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
      expect(text).toContain('All 30 pages could load faster');
      expect(text).toMatch(/more \(--all\)/);
    }
    expect(impactText({ ...many, answers })).toContain('What if  page-0');
    expect(impactText(many)).toContain('and 36 more (--all)');
  });

  it('explains once, where it is first used, how studies know', () => {
    const observed = { ...finding, metrics: ['cls'] };
    const meaning = 'observed together: both moved; which moved which is not known.';
    for (const text of [
      impactText(digest({ findings: [observed] })),
      impactMarkdown(digest({ findings: [observed] })),
    ]) {
      expect(text.split(meaning)).toHaveLength(text.includes('observed together (') ? 2 : 1);
    }
    const known = digest({ runs: [run({ values: { cls: [0.3, 0.3, 0.3, 3, 0.2] } })], findings: [observed] });
    expect(impactText(known)).toContain(meaning);
    expect(impactText(digest())).not.toContain(meaning);
  });

  it('begins with what to do where there is nothing', () => {
    expect(impactText(digest({ runs: [], figures: [], findings: [], faults: [] }))).toContain('ux-audit audit');
  });
});

describe('the words for a value', () => {
  it('are only the counts where there are too few', () => {
    const few = figure({ metric: 'task_completion_rate', value: 75, n: 4, parts: { x: 3, n: 4 } });
    const [value] = impactView(data({ runs: [], figures: [few] }), { links, metrics }).values;
    if (!value) throw new Error('no value');
    expect(valueText(value)).toBe('3 of 4');
    expect(detailText(value)).toContain('too few');
  });
});

describe('what may be claimed', () => {
  const all = data({ runs: [run(), run({ target: 'home', values: { lcp: [9000, 8000, 9500, 3, 0.1] } })] });
  const claims = claimsOf(impactView(all, { links, metrics }), new Map(links.map((link) => [link.id, link])));

  it('is one claim for each metric, about its worst value, the strongest study first', () => {
    expect(claims.filter(({ value }) => value.metric === 'lcp')).toHaveLength(1);
    const [lcp] = claims;
    expect(lcp).toMatchObject({
      others: 1,
      own: expect.stringMatching(
        /^Largest Contentful Paint of home is 9\.0 s \(8\.0 s to 9\.5 s, 3 runs; lab, local, mobile; 22 Nov 2026\)\. Up to 2\.5 s counts as good\.$/,
      ),
    });
    expect(lcp?.studies[0]?.link.grade).toBe('A2');
  });

  it('keeps definitions apart and leaves out what rests on too few', () => {
    const error = (variant: string, value: number, unit: string, n: number) =>
      figure({ metric: 'error_rate', variant, value, unit, n, parts: undefined });
    const view = impactView(
      data({
        runs: [],
        figures: [
          error('errors per attempt', 0.9, 'errors per attempt', 12),
          error('participants', 58, '%', 12),
          error('one more', 70, '%', 3),
        ],
      }),
      { links, metrics },
    );
    const found = claimsOf(view, new Map(links.map((link) => [link.id, link])));
    expect(found.map(({ value, others }) => [value.variant, others])).toEqual([
      ['errors per attempt', 0],
      ['participants', 0],
    ]);
  });

  it('is only what undisturbed sets of three runs or more of a production build say, and tells why not', () => {
    const of = (change: Partial<ReturnType<typeof run>>) => {
      const view = impactView(data({ runs: [run(change)] }), { links, metrics });
      const found = claimsOf(view, new Map(links.map((link) => [link.id, link])));
      const held = withheldOf(view).map((one) => `${one.metrics.join(', ')} of ${one.target}: ${one.why}`);
      return [found.map(({ value }) => value.metric), held];
    };
    expect(of({})).toEqual([['lcp'], []]);
    expect(of({ noisy: true })).toEqual([[], ['lcp of checkout: other programs disturbed its runs']]);
    expect(of({ values: { lcp: [3000, 3000, 3000, 1, 0.7] } })).toEqual([
      [],
      ['lcp of checkout: only 1 run; it takes 3'],
    ]);
    expect(of({ development: 'vite' })[1]).toEqual(['lcp of checkout: it is of a development build (vite)']);
    const asked = (change: Partial<Figure>) => {
      const sus = figure({ metric: 'sus', value: 70, parts: undefined, ...change });
      return withheldOf(impactView(data({ runs: [], figures: [sus] }), { links, metrics })).map(({ why }) => why);
    };
    expect(asked({ n: 12 })).toEqual([]);
    expect(asked({ n: 4 })).toEqual(['only 4 answers; it takes 5']);
    expect(asked({ n: undefined })).toEqual(['how many people it is about is not known']);
  });

  it('computes nothing from a study whose starting range is not published', () => {
    const open = Object.keys(computableLinks).filter((link) => !isRangePublished(link));
    expect(open).toEqual(['SPD-C04']);
    expect(links.find(({ id }) => id === 'SPD-C04')?.finding).toContain('more than 600 ms');
  });

  it('is nothing for a metric that no study is about', () => {
    expect(claims.map(({ value }) => value.metric)).not.toContain('lh_performance');
  });
});
