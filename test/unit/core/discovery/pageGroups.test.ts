import { describe, expect, it } from 'vitest';
import { pageGroups, pagesOfGroup } from '../../../../src/core/discovery/pageGroups';
import type { GroupSettings } from '../../../../src/core/record/gateSettings';
import { emptyRecord, type Target } from '../../../../src/core/record/record';

const page = (path: string, more: Partial<Target> = {}): Target => ({ kind: 'page', path, ...more });

function site(targets: Record<string, Target>, groups: Record<string, GroupSettings> = {}) {
  return { ...emptyRecord(), targets, settings: { groups } };
}

describe('the groups of a record', () => {
  it('are the templates that pages have in common, and no group is one page', () => {
    const groups = pageGroups(
      site({
        home: page('/'),
        about: page('/about'),
        one: page('/product/1'),
        two: page('/product/2'),
        list: page('/list', { query: 'page=1' }),
        more: page('/list', { query: 'page=2' }),
        pay: { kind: 'journey', steps: ['a'] },
      }),
    );
    expect([...groups]).toEqual([
      ['list', '/list?page=*'],
      ['more', '/list?page=*'],
      ['one', '/product/*'],
      ['two', '/product/*'],
    ]);
  });

  it('are those that a target names, then the closest of the settings', () => {
    const record = site(
      {
        lamp: page('/product/lamp'),
        desk: page('/product/desk', { group: 'large' }),
        review: page('/product/lamp/review'),
        help: page('/help'),
      },
      { '/*/*': {}, '/product/*': {}, '/product/*/review': {} },
    );
    expect(Object.fromEntries(pageGroups(record))).toEqual({
      lamp: '/product/*',
      desk: 'large',
      review: '/product/*/review',
    });
    expect(pagesOfGroup(record, '/product/*')).toEqual(['lamp', 'desk']);
    expect(pagesOfGroup(record, 'large')).toEqual(['desk']);
    expect(pagesOfGroup(record, '/other/*')).toEqual([]);
  });

  it('match templates of any length in no time', () => {
    const path = `/${'a'.repeat(2_000)}`;
    expect(pagesOfGroup(site({ one: page(path) }), `/${'*a'.repeat(500)}b`)).toEqual([]);
  });
});
