import { expect, it } from 'vitest';
import { fewText, firstFew } from '../../../../src/core/text/firstFew';

it('names the first few, and counts the others', () => {
  expect(firstFew(['a', 'b', 'c', 'd', 'e'], 2)).toEqual(['a', 'b', '3 more']);
  expect(fewText([1, 2, 3, 4, 5], 2, (one) => 'abcde'[one - 1] ?? '')).toBe('a, b and 3 more');
});

it('counts nothing where all are named', () => {
  expect(firstFew(['a', 'b'], 2)).toEqual(['a', 'b']);
  expect(fewText(['a', 'b'], 2)).toBe('a, b');
});
