import { describe, expect, it } from 'vitest';
import { readCell } from '../../../../src/core/outcomes/cells';
import type { ImportField } from '../../../../src/core/outcomes/importFields';

const comma = { decimalComma: false };
const semicolon = { decimalComma: true };
const field = (type: ImportField['type'], min?: number, max?: number): ImportField => ({
  id: 'x',
  name: 'X',
  type,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
const value = (text: string, of: ImportField, style: Parameters<typeof readCell>[2] = comma) => {
  const cell = readCell(text, of, style);
  return 'error' in cell ? cell.error : 'missing' in cell ? undefined : cell.value;
};

describe('numbers of a table', () => {
  it.each([
    ['54.5', comma, 54.5],
    ['54,5', semicolon, 54.5],
    ['54,5', comma, 54.5],
    ['1.234,5', semicolon, 1234.5],
    ['1,234.5', comma, 1234.5],
    ['1 234,5', semicolon, 1234.5],
    ['1,234', semicolon, 1.234],
    ['1.234', comma, 1.234],
  ])('%s is read as written', (text, style, expected) => {
    expect(value(text, field('amount'), style)).toBe(expected);
  });

  it('groups of thousands are taken for that in whole numbers, and asked about where they could be decimals', () => {
    expect(value('12,345', field('count'))).toBe(12_345);
    expect(value('12.345', field('count'), semicolon)).toBe(12_345);
    expect(value('1,234', field('amount'))).toContain('decimal');
    expect(value('1.234', field('amount'), semicolon)).toContain('decimal');
    const tabs = { decimalComma: undefined };
    expect([value('1.234', field('amount'), tabs), value('1,234', field('amount'), tabs)].join()).toMatch(
      /decimal.*decimal/,
    );
    expect(value('12,5', field('amount'), tabs)).toBe(12.5);
  });

  it.each([
    ['11', field('scale', 0, 10), 'from 0 to 10'],
    ['0', field('scale', 1, 5), 'from 1 to 5'],
    ['4.5', field('scale', 1, 5), 'whole'],
    ['-3', field('amount'), 'less than 0'],
    ['-1', field('count'), 'less than 0'],
    ['many', field('count'), 'no number'],
    ['=HYPERLINK("http://x","y")', field('amount'), 'no number'],
    ['1e9', field('amount'), 'no number'],
  ])('%s is refused with what would be right', (text, of, why) => {
    expect(value(text, of)).toContain(why);
  });
});

it('answers of yes and no are understood in the words people use, and nothing else is taken for one', () => {
  const answer = field('yes-no');
  expect(['yes', 'Y', 'TRUE', '1', 'done'].map((text) => value(text, answer))).toEqual(Array(5).fill(true));
  expect(['no', 'N', 'false', '0', 'failed'].map((text) => value(text, answer))).toEqual(Array(5).fill(false));
  expect(['perhaps', 'Partial', 'with help'].map((text) => value(text, answer))).toEqual(
    Array(3).fill('is neither yes nor no'),
  );
});

it.each(['', 'n/a', '-', 'k. A.', '=', '--'])('a text of %j alone is none', (text) => {
  expect(readCell(text, field('text'), comma)).toEqual({ missing: true });
});

it('texts cannot begin a formula', () => {
  expect(value('=cmd|calc', field('text'))).toBe('cmd|calc');
});
