import { describe, expect, it } from 'vitest';
import { itemName, itemNumber } from '../../../../src/core/checklist/itemName';

describe('the name of an item', () => {
  it('begins with its number, but not with an id that only repeats its words', () => {
    expect(itemName('H01', 'Visibility of system status')).toBe('H01 Visibility of system status');
    expect(itemName('1.4.3', 'Contrast')).toBe('1.4.3 Contrast');
    expect(itemName('ClearLabels', 'Clear labels')).toBe('Clear labels');
    for (const made of ['ClearLabels', 'PriceBefore2', 'Top10List']) expect(itemNumber(made)).toBeUndefined();
  });

  it('is its id where its words are not known', () => {
    expect(itemName('ClearLabels', undefined)).toBe('ClearLabels');
    expect(itemName('H01', '')).toBe('H01');
  });
});
