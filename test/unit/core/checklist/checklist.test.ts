import { describe, expect, it } from 'vitest';
import {
  activeItems,
  type Checklist,
  checklistChanges,
  newChecklist,
  parseChecklist,
} from '../../../../src/core/checklist/checklist';

const item = (id: string, change: object = {}) => ({ id, title: `Title ${id}`, question: `Is ${id} so?`, ...change });
const checklist = (change: object = {}): Checklist => ({
  schemaVersion: 1,
  id: 'house-rules',
  version: 1,
  title: 'House rules',
  appliesTo: ['page'],
  items: [item('A01'), item('A02')],
  ...change,
});
const parsed =
  (value: object, name = 'house-rules.json', id?: string) =>
  () =>
    parseChecklist(JSON.stringify(value), name, id);

describe('a checklist file', () => {
  it('is read as it stands, with fields that are not known', () => {
    expect(parsed(checklist({ ours: { team: 'web' } }))()).toMatchObject({ ours: { team: 'web' } });
  });

  it('names the line of what is no JSON', () => {
    expect(() => parseChecklist('{\n  "id": "x",\n  oops\n}', 'x.json')).toThrow(/x\.json, line 3/);
  });

  it('names the item and the field of what is wrong', () => {
    expect(parsed(checklist({ items: [item('A01'), item('A02', { question: '' })] }))).toThrow(
      /item 2 \(A02\), question/,
    );
  });

  it('refuses two items of one id, also when only the case differs', () => {
    expect(parsed(checklist({ items: [item('A01'), item('a01')] }))).toThrow(/two items have the id a01/);
  });

  it('refuses ids with a meaning of their own', () => {
    expect(parsed(checklist({ items: [item('other')] }))).toThrow(/meaning of their own/);
    expect(parsed(checklist({ items: [item('PURE')] }))).toThrow(/meaning of their own/);
  });

  it('refuses more items, or more text, than anybody can walk', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => item(`A${index}`));
    expect(parsed(checklist({ items: many }))).toThrow(/64 KB and 200 items/);
    expect(
      parsed(
        checklist({
          items: Array.from({ length: 201 }, (_, index) => ({ id: `A${index}`, title: 't', question: 'q' })),
        }),
      ),
    ).toThrow(/items/);
  });

  it('refuses a version from the future and one that is none', () => {
    expect(parsed(checklist({ schemaVersion: 2 }))).toThrow(/newer UX Audit/);
    expect(parsed(checklist({ version: 'two' }))).toThrow(/version/);
  });

  it('refuses an id that its file is not named after', () => {
    expect(parsed(checklist(), 'ux-audit/checklists/other-name.json', 'other-name')).toThrow(/named after its id/);
  });

  it('is begun with something that can be used at once', () => {
    expect(parseChecklist(newChecklist('acme', 'ACME'), 'acme.json', 'acme').items).toHaveLength(2);
  });
});

describe('a new version of a checklist', () => {
  const next = (change: object) => checklistChanges(checklist(), checklist(change));

  it('may retire an item but not delete it', () => {
    expect(next({ version: 2, items: [item('A01')] })[0]).toMatch(/A02 was deleted/);
    expect(next({ version: 2, items: [item('A01'), item('A02', { retired: true })] })).toEqual([]);
  });

  it('raises the version when items are added or reworded', () => {
    expect(next({ items: [item('A01'), item('A02'), item('A03')] })[0]).toMatch(/raise "version" to 2/);
    expect(next({ items: [item('A01', { question: 'Another?' }), item('A02')] })[0]).toMatch(/raise "version" to 2/);
    expect(next({ title: 'Better title' })).toEqual([]);
  });

  it('says since when an item is asked, so that drafts of the version before are not asked it', () => {
    const items = [item('A01'), item('A02'), item('A03', { since: 2 })];
    expect(next({ version: 2, items })).toEqual([]);
    expect(activeItems(checklist({ version: 2, items }), 1).map(({ id }) => id)).toEqual(['A01', 'A02']);
    expect(activeItems(checklist({ version: 2, items })).map(({ id }) => id)).toEqual(['A01', 'A02', 'A03']);
  });
});
