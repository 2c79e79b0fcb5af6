import { describe, expect, it } from 'vitest';
import { findingFacts } from '../../../../src/core/impact/findingFacts';
import { metricsOfFinding } from '../../../../src/core/impact/findingMetrics';
import { fixFirst, groupRanked } from '../../../../src/core/impact/fixFirst';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { pathsOf } from '../../../../src/core/impact/impactPaths';
import { problemsOf } from '../../../../src/core/record/problems';
import type { Finding } from '../../../../src/core/record/record';

const finding = (target: string, rule: string, severity?: number, stage?: string): Finding => ({
  kind: 'automated',
  rule,
  title: `Title of ${rule}`,
  target,
  state: { status: 'open', ...(severity !== undefined && { severity }) },
  ...(stage !== undefined && { cx: { stage } }),
  id: `${target}/${rule}`,
});
const knowledge = {
  categoriesOf: (audit: string) =>
    audit === 'image-alt' ? ['accessibility'] : audit === 'x' ? ['best-practices'] : [],
  savingsOf: (_: string, audit: string) => (audit === 'render-blocking-insight' ? ['LCP', 'FCP'] : []),
  itemMetrics: (checklist: string, item: string) =>
    checklist === 'nielsen-10' && item === 'H01' ? ['time_on_task'] : [],
};
const paths = pathsOf(links.filter(({ kind }) => kind === 'ux->cx'));
const ranked = (findings: Finding[]) =>
  fixFirst(
    findingFacts(findings, 4, (one) => metricsOfFinding(one, knowledge)),
    paths,
  );

describe('what a finding bears on', () => {
  it('is the metric an audit is, what Lighthouse expects to gain, its category, or what the item names', () => {
    const of = (rule: string) => metricsOfFinding({ rule, target: 'home' }, knowledge);
    expect(of('lighthouse/largest-contentful-paint')).toEqual(['lcp']);
    expect(of('lighthouse/render-blocking-insight')).toEqual(['lcp', 'fcp']);
    expect(of('lighthouse/image-alt')).toEqual(['a11y_violations', 'a11y_score']);
    expect(of('axe/label')).toEqual(['a11y_violations']);
    expect(of('nielsen-10/H01')).toEqual(['time_on_task']);
    expect(of('lighthouse/x')).toEqual([]);
  });
});

describe('fix first', () => {
  it('has the order of the Findings view: severity, then saving, then pages, then what nobody rated', () => {
    const findings = [
      finding('a', 'lighthouse/x', 2),
      finding('b', 'lighthouse/x', 2),
      finding('a', 'lighthouse/y', 2),
      finding('a', 'lighthouse/render-blocking-insight', 2),
      finding('a', 'lighthouse/z'),
      finding('a', 'nielsen-10/H02', 4),
    ];
    const savings = new Map([['a/lighthouse/render-blocking-insight', 620]]);
    const facts = findingFacts(findings, 4, (one) => metricsOfFinding(one, knowledge), savings);
    const order = fixFirst(facts, paths);
    expect(order.map(({ id }) => id)).toEqual(
      problemsOf(findings, savings).flatMap((one) => one.findings.map(({ id }) => id)),
    );
    expect(order.map(({ rule }) => rule.split('/')[1])).toEqual(['H02', 'render-blocking-insight', 'x', 'x', 'y', 'z']);
    expect(order[1]?.order).toBe('minor (2 of 4); saves about 620 ms; 1 page');
  });

  it('names the best evidence and never claims one where there is none', () => {
    const [speed, none] = ranked([
      finding('a', 'lighthouse/render-blocking-insight', 3),
      finding('a', 'lighthouse/x', 2),
    ]);
    expect(speed?.evidence).toMatchObject({ ux: 'lcp', grade: 'A2' });
    expect(none?.evidence).toBeUndefined();
  });

  it('shows the same problem on several targets once, at the place of its first', () => {
    const groups = groupRanked(
      ranked([finding('a', 'lighthouse/x', 3), finding('b', 'lighthouse/x', 3), finding('c', 'lighthouse/x', 1)]),
    );
    expect(groups.map(({ findings }) => findings.map(({ target }) => target))).toEqual([['a', 'b', 'c']]);
    expect(groups[0]?.head.reach).toBe(3);
  });
});
