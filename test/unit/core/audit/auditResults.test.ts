import { describe, expect, it } from 'vitest';
import { auditResults } from '../../../../src/core/audit/auditResults';
import type { AuditSlice } from '../../../../src/core/audit/lighthouseReport';
import { audit, elements, report } from './build';

/** What runs with these scores of one audit say; `category` and `weight` as in Lighthouse's config. */
function verdictOf(
  id: string,
  scores: (number | null)[],
  {
    mode = 'binary',
    category = 'accessibility',
    weight = 3,
    representative = 0,
    fields = {} as Partial<AuditSlice>,
  } = {},
) {
  const categories = [{ id: category, title: category, score: 0.5, refs: [{ id, weight }] }];
  const slices = scores.map((score) => report([audit(id, { score, mode, ...fields })], { categories }));
  return auditResults(slices, representative)[0];
}

describe('what a set of runs says of an audit', () => {
  it('goes by the median of the scores', () => {
    expect(verdictOf('image-alt', [0, 1, 1])?.outcome).toBe('passing');
    expect(verdictOf('image-alt', [0, 0, 1])?.outcome).toBe('failing');
    expect(verdictOf('image-alt', [1])?.outcome).toBe('passing');
  });

  it('is failing below 0.9 and passing from there on', () => {
    expect(verdictOf('unminified-css', [0.89], { mode: 'metricSavings' })?.outcome).toBe('failing');
    expect(verdictOf('unminified-css', [0.9], { mode: 'metricSavings' })?.outcome).toBe('passing');
  });

  it('is nothing for manual, informative and failed audits', () => {
    for (const mode of ['manual', 'informative', 'error'])
      expect(verdictOf('image-alt', [null], { mode })).toBeUndefined();
  });

  it('is nothing when the audit failed to run in most runs', () => {
    const categories = [{ id: 'accessibility', title: '', score: 1, refs: [{ id: 'image-alt', weight: 3 }] }];
    const runs = [
      audit('image-alt', { score: 0 }),
      audit('image-alt', { score: null, mode: 'error' }),
      audit('image-alt', { score: null, mode: 'error' }),
    ];
    expect(
      auditResults(
        runs.map((one) => report([one], { categories })),
        0,
      ),
    ).toEqual([]);
  });

  it('clears when the audit does not apply', () => {
    expect(verdictOf('image-alt', [null], { mode: 'notApplicable', weight: 0 })?.outcome).toBe('not applicable');
  });

  it('goes by the majority where the audit applied in some runs only', () => {
    const mixed = (...modes: string[]) =>
      auditResults(
        modes.map((mode) => report([audit('image-alt', { mode, score: mode === 'binary' ? 0 : null })])),
        0,
      )[0]?.outcome;
    expect(mixed('binary', 'notApplicable', 'notApplicable')).toBe('not applicable');
    expect(mixed('binary', 'binary', 'notApplicable')).toBe('failing');
  });

  it('is nothing at all when the representative run failed', () => {
    const failed = report([audit('image-alt', { score: 0 })], {
      runtimeError: { code: 'NO_FCP', message: 'painted nothing' },
    });
    expect(auditResults([failed], 0)).toEqual([]);
    expect(auditResults([], 0)).toEqual([]);
  });

  it('is nothing for audits that belong to no category', () => {
    const hidden = report([audit('network-requests', { score: 0 })], { categories: [] });
    expect(auditResults([hidden], 0)).toEqual([]);
  });

  it('carries the title, the places and the older names of the failing run', () => {
    const fields = { title: 'Images lack alternatives', items: elements('a', 'b'), replaces: ['old-name'] };
    const passing = report([audit('image-alt', { title: 'Images have alternatives', replaces: ['old-name'] })]);
    const failing = report([audit('image-alt', { score: 0, ...fields })]);
    const [result] = auditResults([passing, failing, failing], 0);
    expect(result).toMatchObject({ outcome: 'failing', ...fields });
  });

  it('leaves out places that depend on the timing of the run', () => {
    const fields = { items: elements('a') };
    const performance = { mode: 'metricSavings', category: 'performance', fields };
    expect(verdictOf('render-blocking-insight', [0.2], performance)?.items).toEqual([]);
    expect(verdictOf('image-delivery-insight', [0.2], performance)?.items).toEqual(elements('a'));
  });
});

describe('what a clock decides', () => {
  const load = { mode: 'metricSavings', category: 'performance', weight: 0 };
  const metric = { mode: 'numeric', category: 'performance', weight: 25 };
  const open = (id: string, scores: number[], about = load) => verdictOf(id, scores, about)?.undecided;

  it('takes three runs that all agree', () => {
    for (const score of [0, 1]) {
      expect(open('render-blocking-insight', [score, score, score])).toBeUndefined();
      expect(open('render-blocking-insight', [score, score])).toMatchObject({ moreRuns: 1 });
      expect(open('render-blocking-insight', [score])).toMatchObject({ moreRuns: 2 });
    }
    expect(open('render-blocking-insight', [0, 0, 0, 0, 1])).toEqual({ moreRuns: 3, possible: ['failing', 'passing'] });
  });

  it('is every load audit that is not known to count bytes or elements, also in a category of one’s own', () => {
    expect(open('made-yesterday', [0])).toBeDefined();
    expect(open('bootup-time', [0.3])).toBeDefined();
    const own = { ...load, category: 'own', fields: { savings: { LCP: 300 } } };
    expect(verdictOf('render-blocking-insight', [0], own)?.undecided).toBeDefined();
    expect(open('largest-contentful-paint', [0.2], { ...metric, category: 'own' })).toBeDefined();
  });

  it('is nothing of accessibility, SEO, best practices, bytes and elements: one run decides', () => {
    for (const category of ['accessibility', 'seo', 'best-practices'])
      expect(verdictOf('made-yesterday', [0], { category })).toMatchObject({ outcome: 'failing' });
    for (const id of ['unused-css-rules', 'total-byte-weight', 'image-delivery-insight', 'cache-insight'])
      expect(verdictOf(id, [0], load)).toEqual(expect.not.objectContaining({ undecided: expect.anything() }));
  });

  it('finds LCP, TBT and CLS where they are poor, clears them where they are good, and says nothing between', () => {
    for (const id of ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']) {
      expect(verdictOf(id, [0.49, 0.2, 0.1], metric)).toMatchObject({ outcome: 'failing' });
      expect(open(id, [0.49, 0.2, 0.1], metric)).toBeUndefined();
      expect(open(id, [0.9, 0.95, 1], metric)).toBeUndefined();
      expect(open(id, [0.49, 0.5, 0.4], metric)).toMatchObject({ moreRuns: 3 });
      expect(open(id, [0.89, 0.7, 0.5], metric)).toEqual({ moreRuns: 0, possible: ['passing'] });
    }
  });

  it('finds no other metric', () => {
    for (const id of ['first-contentful-paint', 'speed-index', 'interactive', 'max-potential-fid'])
      expect(verdictOf(id, [0.1, 0.1, 0.1], metric)).toBeUndefined();
  });

  it('counts no run that other programs disturbed, or that could not measure it', () => {
    const categories = [{ id: 'performance', title: '', score: 1, refs: [{ id: 'bootup-time', weight: 0 }] }];
    const of = (scores: (number | null)[], disturbed: boolean[]) =>
      auditResults(
        scores.map((score) =>
          report([audit('bootup-time', { score, mode: score === null ? 'error' : 'metricSavings' })], { categories }),
        ),
        0,
        disturbed,
      )[0];
    expect(of([0, 0, 0], [false, true, false])?.undecided).toEqual({ moreRuns: 1, possible: ['failing'] });
    expect(of([0, 0, 0], [true, true, true])?.undecided).toEqual({ moreRuns: 3, possible: ['failing'] });
    expect(of([0, null, 0], [])?.undecided).toMatchObject({ moreRuns: 1 });
    const many = of([1, 1, 1, 0, 0, 0, 0], [false, false, false, true, true, true, true]);
    expect([many?.outcome, many?.undecided]).toEqual(['passing', undefined]);
  });
});

describe('the severity a machine gives', () => {
  it('follows Lighthouse’s weight for accessibility', () => {
    expect(verdictOf('image-alt', [0], { weight: 10 })?.severity).toBe(3);
    expect(verdictOf('image-alt', [0], { weight: 7 })?.severity).toBe(3);
    expect(verdictOf('image-alt', [0], { weight: 3 })?.severity).toBe(2);
    expect(verdictOf('image-alt', [0], { weight: 1 })?.severity).toBe(1);
  });

  it('is 3 for a metric, which is a finding only where it is poor', () => {
    const metric = { mode: 'numeric', category: 'performance', weight: 25 };
    expect(verdictOf('total-blocking-time', [0.49, 0.3, 0.1], metric)).toMatchObject({ severity: 3 });
  });

  it('is 1 for everything else, and never 4', () => {
    expect(verdictOf('is-on-https', [0], { category: 'best-practices', weight: 100 })?.severity).toBe(1);
    expect(verdictOf('image-alt', [0], { weight: 1_000 })?.severity).toBe(3);
  });

  it('takes the category where the audit weighs most', () => {
    const categories = [
      { id: 'seo', title: 'SEO', score: 0, refs: [{ id: 'image-alt', weight: 1 }] },
      { id: 'accessibility', title: 'Accessibility', score: 0, refs: [{ id: 'image-alt', weight: 10 }] },
    ];
    expect(auditResults([report([audit('image-alt', { score: 0 })], { categories })], 0)[0]?.severity).toBe(3);
  });
});
