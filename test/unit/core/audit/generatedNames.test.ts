import { describe, expect, it } from 'vitest';
import { placesInBoth as inBoth } from '../../../../src/core/audit/generatedNames';
import type { AuditItem } from '../../../../src/core/audit/lighthouseReport';
import { keyOfItem, normalizeSelector, normalizeSnippet, occurrencesOf } from '../../../../src/core/audit/occurrences';

describe('an id that a library makes anew for each load', () => {
  it.each([
    'radix-:r80:',
    ':r1:',
    'headlessui-menu-button-:r3:',
    '«r2»',
    '_r_1_',
    'radix-_R_15ltb_',
    'mui-90248',
    'ember1234',
    'headlessui-menu-button-12',
    'cdk-overlay-3',
    'mat-input-0',
    'react-select-2-input',
    'react-aria123-:r1:',
    'rc-tabs-0-tab-1',
    'rc_select_2',
    'downshift-0-label',
    'ui-id-3',
    'select2-country-k7',
    'ext-gen1001',
    'gwt-uid-12',
    '__BVID__12__BV_label_',
    'pv_id_3_0',
    'input-v-4',
    'input-5c783410',
    '\\:r1\\:',
    'radix-\\:r3\\:',
    'field-6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    'tippy-7',
  ])('does not enter a place: %s', (id) => {
    expect(normalizeSelector(`main > div#${id} > button`)).toBe('main > div > button');
    expect(normalizeSelector(`#${id} > button`)).toBe('* > button');
    expect(normalizeSelector(`div#${id}:nth-child(2)`)).toBe('div:nth-child(2)');
    expect(normalizeSnippet(`<input id="${id}" type="text" aria-labelledby="hint ${id}">`)).toBe('<input type="text">');
    expect(normalizeSnippet(`<label for='${id}'>`)).toBe('<label>');
  });

  it.each([
    'pay',
    'section-2',
    'tab-1',
    'main-content',
    'post-123',
    'h2-title',
    'card__title',
    'deadbeef-page',
    'v-card',
  ])('is told from one that a person gave: %s', (id) => {
    expect(normalizeSelector(`main > div#${id} > button`)).toBe(`main > div#${id} > button`);
    expect(normalizeSnippet(`<div id="${id}">`)).toBe(`<div id="${id}">`);
  });
});

describe('a class that is made anew', () => {
  it('does not enter a place', () => {
    expect(normalizeSelector('main > button.btn_4c02e.wide')).toBe('main > button.wide');
    expect(normalizeSnippet('<button class="btn_4c02e wide">')).toBe('<button class="wide">');
    for (const name of ['grid_12345', 'card__title', 'size_100', 'is_faded', 'grid_12'])
      expect(normalizeSelector(`main > div.${name}`)).toBe(`main > div.${name}`);
  });
});

describe('hostile texts', () => {
  it.each(['_', '=', 'a_', '#a', '"'])('are looked at only as far as a place may be long: %s', (text) => {
    expect(normalizeSelector(`div.${text.repeat(100_000)}`).length).toBeLessThanOrEqual(2_000);
    expect(normalizeSnippet(`<div class="${text.repeat(100_000)}`).length).toBeLessThanOrEqual(160);
  });
});

describe('the places of two loads of one page', () => {
  const place = (name: string, more = ''): AuditItem => ({
    selector: `main > div#box-${name} > button.btn_${name}.wide`,
    snippet: `<button class="btn_${name} wide" data-x="${name}" name="csrf-${name}"${more}>`,
  });
  const placesInBoth = (one: AuditItem[], two: AuditItem[]) => inBoth(one, two, keyOfItem);
  const keys = (items: readonly AuditItem[]) => [...occurrencesOf(items).keys()];

  it('are the same whatever was made anew', () => {
    const [one, two, three] = ['a1f', 'b2e', 'c3d'].map((name) => [
      place(name),
      { selector: 'h1#title', snippet: '<h1>' },
    ]);
    const seen = placesInBoth(one as AuditItem[], two as AuditItem[]);
    expect(seen[0]).toMatchObject({ selector: 'main > div > button.wide', snippet: '<button class="wide">' });
    expect(seen[1]).toEqual({ selector: 'h1#title', snippet: '<h1>' });
    expect(keys(placesInBoth(two as AuditItem[], three as AuditItem[]))).toEqual(keys(seen));
  });

  it('stay as they are where both loads name them alike, or where the elements differ', () => {
    const one = [place('a1f')];
    expect(placesInBoth(one, one)).toEqual(one);
    expect(placesInBoth(one, [place('b2e', ' disabled')])).toEqual(one);
    expect(placesInBoth(one, [place('b2e'), place('c3d')])).toEqual(one);
    const link = (id: string, href: string) => [{ selector: `li#item${id} > a`, snippet: `<a href="${href}">` }];
    expect(placesInBoth(link('1', '/a'), link('2', '/b'))).toEqual(link('1', '/a')); // another link
    expect(placesInBoth(link('1', '/a?sid=1'), link('2', '/a?sid=2'))[0]?.selector).toBe('li > a');
    const named = (name: string) => [{ selector: `li > a.${name}`, snippet: `<a class="${name}">` }];
    expect(placesInBoth(named('buy'), named('cart'))).toEqual(named('buy'));
    expect(placesInBoth(named('btn_abcde'), named('btn_4c02f'))).toEqual([
      { selector: 'li > a', snippet: '<a class="">' },
    ]);
    expect(keys(placesInBoth(named('btn_abcde'), named('btn_4c02f')))).toEqual(keys(named('btn_4c02f')));
    expect(placesInBoth(named('btn_red'), named('btn_blue'))[0]?.selector).toBe('li > a.btn_red');
    expect(placesInBoth(one, [{ url: 'https://shop.example/a.js' }])).toEqual(one);
  });
});
