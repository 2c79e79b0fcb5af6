import { describe, expect, it } from 'vitest';
import { notMeasured, notMeasuredLines } from '../../../../src/core/audit/notMeasured';
import { audit, report } from './build';

const failed = (id: string, error?: string) => audit(id, { score: null, mode: 'error', ...(error && { error }) });
const category = (score: number | null, ...ids: string[]) => [
  { id: 'accessibility', title: 'Accessibility', score, refs: ids.map((id) => ({ id, weight: 3 })) },
];

describe('what a set of runs could not measure', () => {
  it('is each audit in error and each category without a score, with the reason', () => {
    const slices = [
      report([failed('image-alt', 'axe-core Error: gone'), audit('label')], {
        categories: category(null, 'image-alt', 'label'),
      }),
    ];
    const reason = 'axe-core Error: gone';
    expect(notMeasured(slices)).toEqual([
      { kind: 'category', id: 'accessibility', title: 'Accessibility', reason },
      { kind: 'audit', id: 'image-alt', title: 'Title of image-alt', reason },
    ]);
  });

  it('leaves out what most runs measured, and what belongs to no category', () => {
    const good = report([audit('image-alt')], { categories: category(0.9, 'image-alt') });
    const bad = report([failed('image-alt'), failed('hidden')], { categories: category(null, 'image-alt') });
    const of = (...slices: (typeof good)[]) => notMeasured(slices).map(({ id }) => id);
    expect(of(good, good, bad)).toEqual([]);
    expect(of(good, bad, bad)).toEqual(['image-alt']);
    expect(of(bad, bad, bad)).toEqual(['accessibility', 'image-alt']);
  });

  it('is one line for each reason that cannot steer a terminal', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const audits = [...ids.map((id) => failed(id, 'no\u001b[2J axe')), failed('z')];
    const slices = [report(audits, { categories: category(null, ...ids, 'z') })];
    expect(notMeasuredLines(notMeasured(slices))).toEqual([
      'the score of Accessibility, a, b, c, d, e, 2 more: no\\u001b[2J axe',
      'z: no reason is given',
    ]);
    expect(notMeasuredLines([])).toEqual([]);
  });
});
