import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import { checklistItemSchema, itemIdPattern } from '../../../../src/core/checklist/checklist';
import {
  aboutFields,
  fieldText,
  itemFieldNames,
  itemFields,
  itemTexts,
  readField,
} from '../../../../src/core/checklist/itemFields';
import { itemIdOf, itemIdProblem } from '../../../../src/core/checklist/itemIds';

describe('the fields of an item', () => {
  it('read back what every item of the built-in checklists says', () => {
    for (const item of builtInChecklists.flatMap(({ items }) => items)) {
      const texts = itemTexts(item);
      for (const name of itemFieldNames) {
        const kept = item[name];
        const value = Array.isArray(kept) && kept.length === 0 ? undefined : kept;
        expect(readField(itemFields[name], texts[name]), `${item.id} ${name}`).toEqual({ value });
      }
    }
  });

  it.each(itemFieldNames.filter((name) => ['line', 'text', 'lines'].includes(itemFields[name].form) && name !== 'url'))(
    'have the limit of the format: %s',
    (name) => {
      const { form, most } = itemFields[name];
      const accepts = (length: number) => {
        const text = 'x'.repeat(length);
        return checklistItemSchema.shape[name].safeParse(form === 'lines' ? [text] : text).success;
      };
      expect([accepts(most), accepts(most + 1)]).toEqual([true, false]);
    },
  );

  it('take steps a line, without their marks and empty lines', () => {
    expect(readField(itemFields.howToCheck, '1. Look\n\n - Count  them\r\n2) Tell')).toEqual({
      value: ['Look', 'Count them', 'Tell'],
    });
    expect(readField(itemFields.howToCheck, 'x\n'.repeat(11))).toEqual({
      problem: 'How to check has 11 lines; there is room for 10.',
    });
  });

  it('take a severity of the scale and no other', () => {
    expect(readField(itemFields.defaultSeverity, '0')).toEqual({ value: 0 });
    expect(readField(itemFields.defaultSeverity, '5').problem).toMatch(
      /one of 0 not a problem, 1 cosmetic, 2 minor, 3 major, 4 catastrophe, not “5”/,
    );
    expect(fieldText(itemFields.defaultSeverity, 0)).toBe('0');
  });

  it('name a web address that is none', () => {
    expect(readField(aboutFields.url, 'handbook').problem).toMatch(/not a web address/);
    expect(readField(aboutFields.url, 'javascript:alert(1)').problem).toMatch(/not a web address/);
    expect(readField(aboutFields.url, 'https://a.example')).toEqual({ value: 'https://a.example' });
  });
});

describe('the id of an item', () => {
  it.each([
    ['Price before anything is asked', 'PriceBefore'],
    ['One primary action', 'OnePrimary'],
    ['Käse & Brot', 'KaseBrot'],
    ['404 page helps', 'PageHelps'],
    ['Internationalisation', 'Internationa'],
    ['価格が見える', 'Item'],
    ['Other', 'Other2'],
    ['Pure', 'Pure2'],
  ])('is made of the words of its title: %s', (title, id) => {
    expect(itemIdOf(title, [])).toBe(id);
    expect(id).toMatch(itemIdPattern);
  });

  it('is like no other, whatever their case, and has room for a number', () => {
    const taken: string[] = [];
    for (let count = 0; count < 120; count += 1) taken.push(itemIdOf('Internationalisation', taken));
    expect(new Set(taken.map((id) => id.toLowerCase())).size).toBe(120);
    expect(taken.filter((id) => !itemIdPattern.test(id))).toEqual([]);
    expect(itemIdOf('Price', ['PRICE'])).toBe('Price2');
  });

  it('of a person is taken when it can be', () => {
    expect(itemIdProblem('A01', ['a01'])).toMatch(/used already/);
    expect(itemIdProblem('A 1', [])).toMatch(/not a letter/);
    expect(itemIdProblem('pure', [])).toMatch(/of its own/);
    expect(itemIdProblem('1.4.10', [])).toBeUndefined();
  });
});
