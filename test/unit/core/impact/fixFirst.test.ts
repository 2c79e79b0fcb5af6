import { describe, expect, it } from 'vitest';
import { rankingOf } from '../../../../src/core/impact/answer';
import { findingFacts } from '../../../../src/core/impact/findingFacts';
import { metricsOfFinding } from '../../../../src/core/impact/findingMetrics';
import { fixFirst, groupRanked, type RankedFinding } from '../../../../src/core/impact/fixFirst';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { placeText } from '../../../../src/core/impact/impactDigest';
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

describe('reasons for leaving', () => {
  const reason = (name: string, count: number) => ({ reason: name, count, of: 60, about: '2026-07-01 to 2026-09-30' });
  const findings = [
    finding('a', 'lighthouse/x', 2),
    finding('b', 'lighthouse/x', 2),
    finding('a', 'lighthouse/y', 2),
    finding('a', 'lighthouse/z', 3),
    finding('b', 'lighthouse/w', 2),
  ];
  const order = (...given: [id: string, ...ReturnType<typeof reason>[]][]) => {
    const named = new Map(given.map(([id, ...of]) => [id, of] as const));
    const facts = findingFacts(findings, 4, () => [], undefined, named);
    return fixFirst(facts, paths);
  };

  it('decide among equals only: neither severity nor pages give way', () => {
    const rules = (...given: Parameters<typeof order>) => order(...given).map(({ rule }) => rule.split('/')[1]);
    expect(rules()).toEqual(['z', 'x', 'x', 'w', 'y']);
    expect(rules(['a/lighthouse/y', reason('checkout', 50)])).toEqual(['z', 'x', 'x', 'y', 'w']);
    expect(rules(['a/lighthouse/y', reason('a', 14)], ['b/lighthouse/w', reason('b', 15)])).toEqual(
      'z x x w y'.split(' '),
    );
  });

  it('name a problem on all its pages, each reason for itself', () => {
    const named = order(['a/lighthouse/x', reason('price', 14), reason('service', 9)]);
    const ofX = named.filter(({ rule }) => rule === 'lighthouse/x');
    expect(ofX.map((one) => one.named?.map(({ count }) => count))).toEqual([
      [14, 9],
      [14, 9],
    ]);
    expect(placeText(named[1] as RankedFinding, String)).toContain(
      'named in 14 of 60 reasons for leaving (price; 2026-07-01 to 2026-09-30); named in 9 of 60',
    );
    expect(rankingOf(named)).toContain('Among equals, what more customers gave as a reason for leaving comes first.');
    expect(rankingOf(order())).not.toContain('leaving');
  });
});
