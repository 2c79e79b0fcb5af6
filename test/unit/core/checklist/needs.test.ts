import { describe, expect, it } from 'vitest';
import { needsOf } from '../../../../src/core/checklist/needs';

const item = (id: string, needs?: string[]) => ({ id, title: id, question: 'So?', ...(needs && { needs }) });

describe('what must be at hand', () => {
  it('is each need once, in the words of the first item that has it, with its items; the commonest first', () => {
    const needs = needsOf([
      item('A', ['Test account']),
      item('B', ['phone', 'phone']),
      item('C'),
      item('D', ['Phone', 'test account', 'sound']),
      item('E', ['phone']),
    ]);
    expect(needs).toEqual([
      { need: 'phone', items: ['B', 'D', 'E'] },
      { need: 'Test account', items: ['A', 'D'] },
      { need: 'sound', items: ['D'] },
    ]);
  });
});
