import { describe, expect, it } from 'vitest';
import { evaluationOf } from '../../../../src/core/evaluation/evaluation';
import { failedFirst, failedItems, failedText } from '../../../../src/core/evaluation/newRound';
import { evaluated, record } from './build';

describe('a new round', () => {
  it('begins, where asked to, at what failed, and leaves out nothing', () => {
    const previous = { A02: { verdict: 'fail' }, A03: { verdict: 'unsure' }, A04: { verdict: 'fail' }, A09: {} };
    expect(failedFirst(['A01', 'A02', 'A03', 'A04'], previous)).toEqual(['A02', 'A04', 'A01', 'A03']);
    expect(failedFirst(['A01', 'A02'], {})).toEqual(['A01', 'A02']);
    expect(failedFirst(['constructor'], {})).toEqual(['constructor']);
  });

  it('knows what failed before, each step by itself', () => {
    const { record: done, id } = evaluated(record(), 'ana', ['pass', 'fail', 'n/a', 'fail']);
    expect(failedItems(evaluationOf(done, id))).toEqual(['A02', 'A04']);
    expect(failedText(['A02@pay', 'A04'])).toBe('A02 at pay, A04');
    expect(failedText(['A1', 'A2', 'A3', 'A4', 'A5'])).toBe('A1, A2, A3 and 2 more');
  });
});
