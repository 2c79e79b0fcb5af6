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
    expect(verdictOf('unminified-css', [0.9], { mode: 'metricSavings' })).toMatchObject({
      outcome: 'passing',
      clears: true,
    });
  });

  it('closes a metric only from 0.92 on, so that noise does not', () => {
    const metric = { mode: 'numeric', category: 'performance', weight: 25 };
    expect(verdictOf('largest-contentful-paint', [0.89], metric)).toMatchObject({ outcome: 'failing', clears: false });
    expect(verdictOf('largest-contentful-paint', [0.9], metric)).toMatchObject({ outcome: 'passing', clears: false });
    expect(verdictOf('largest-contentful-paint', [0.919], metric)).toMatchObject({ outcome: 'passing', clears: false });
    expect(verdictOf('largest-contentful-paint', [0.92], metric)).toMatchObject({ outcome: 'passing', clears: true });
    expect(verdictOf('largest-contentful-paint', [0.4, 0.95, 0.93], metric)).toMatchObject({
      outcome: 'passing',
      clears: true,
    });
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
    expect(verdictOf('image-alt', [null], { mode: 'notApplicable', weight: 0 })).toMatchObject({
      outcome: 'not applicable',
      clears: true,
    });
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

describe('the severity a machine gives', () => {
  it('follows Lighthouse’s weight for accessibility', () => {
    expect(verdictOf('image-alt', [0], { weight: 10 })?.severity).toBe(3);
    expect(verdictOf('image-alt', [0], { weight: 7 })?.severity).toBe(3);
    expect(verdictOf('image-alt', [0], { weight: 3 })?.severity).toBe(2);
    expect(verdictOf('image-alt', [0], { weight: 1 })?.severity).toBe(1);
  });

  it('follows the score for a metric', () => {
    const metric = { mode: 'numeric', category: 'performance', weight: 25 };
    expect(verdictOf('speed-index', [0.49], metric)?.severity).toBe(3);
    expect(verdictOf('speed-index', [0.5], metric)?.severity).toBe(2);
    expect(verdictOf('speed-index', [0.89], metric)?.severity).toBe(2);
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
