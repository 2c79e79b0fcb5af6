import { describe, expect, it } from 'vitest';
import { orderText, problemsOf, sharedPlaces } from '../../../../src/core/record/problems';
import { type Finding, findingSchema } from '../../../../src/core/record/record';

function finding(target: string, rule: string, state: Partial<Finding['state']> = {}, places: string[] = []): Finding {
  return findingSchema.parse({
    kind: 'automated',
    rule,
    title: `Title of ${rule}`,
    target,
    state: { status: 'open', severity: 2, ...state },
    occurrences: Object.fromEntries(places.map((key) => [key, { selector: key }])),
    id: `${target}/${rule}`,
  });
}

const contrast = 'lighthouse/color-contrast';
const alt = 'lighthouse/image-alt';

describe('findings as problems', () => {
  it('makes one problem of a rule on several pages', () => {
    const findings = [finding('home', contrast, {}, ['a', 'b']), finding('cart', contrast, { severity: 3 }, ['a'])];
    const [problem, ...others] = problemsOf(findings);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ key: contrast, severity: 3, pages: 2, places: 3 });
    expect(problem?.findings.map(({ target }) => target)).toEqual(['cart', 'home']);
    expect(problem && sharedPlaces(problem)).toMatchObject([{ key: 'a', findings: [{}, {}] }]);
  });

  it('keeps problems that people found apart, also those of one item', () => {
    const found = { kind: 'heuristic', rule: 'nielsen-10/H01', title: 'No progress', target: 'home' };
    const findings = ['1', '2'].map((n) =>
      findingSchema.parse({ ...found, state: { status: 'open' }, id: `home/nielsen-10/H01/${n}` }),
    );
    expect(problemsOf(findings)).toHaveLength(2);
  });

  it('puts first by severity, then saving, then pages, then places', () => {
    const findings = [
      finding('home', 'lighthouse/one-place', {}, ['a']),
      finding('home', 'lighthouse/two-places', {}, ['a', 'b']),
      finding('home', 'lighthouse/two-pages'),
      finding('cart', 'lighthouse/two-pages'),
      finding('home', 'lighthouse/saves'),
      finding('home', 'lighthouse/severe', { severity: 3 }),
      finding('home', 'lighthouse/unrated', { severity: undefined }),
    ];
    const savings = new Map([['home/lighthouse/saves', 300]]);
    const keys = problemsOf(findings, savings).map(({ key }) => key.split('/')[1]);
    expect(keys).toEqual(['severe', 'saves', 'two-pages', 'two-places', 'one-place', 'unrated']);
    expect(problemsOf([...findings].reverse(), savings).map(({ key }) => key.split('/')[1])).toEqual(keys);
  });

  it('says why a problem stands where it does', () => {
    const [problem] = problemsOf([finding('home', alt, { severity: 3 }, ['a', 'b'])], new Map());
    expect(problem && orderText(problem)).toBe('major (3 of 4); 1 page; 2 places');
    expect(orderText({ severity: 2, saving: 1100, pages: 2, places: 0 })).toBe(
      'minor (2 of 4); saves about 1,100 ms; 2 pages',
    );
  });

  it('counts no place that was decided by itself', () => {
    const one = finding('home', alt, {}, ['a', 'b']);
    const decided = { status: 'accepted', by: 'ana', on: '2026-01-01', reason: 'logo' };
    one.occurrences = { ...one.occurrences, a: { selector: 'a', decided } };
    expect(problemsOf([one])[0]?.places).toBe(1);
  });
});
