import { describe, expect, it } from 'vitest';
import {
  activeItems,
  type Checklist,
  type ChecklistItem,
  checklistChanges,
  parseChecklist,
} from '../../../../src/core/checklist/checklist';
import {
  type ChecklistEdit,
  type ChecklistUse,
  copiedChecklist,
  edited,
  emptyChecklist,
} from '../../../../src/core/checklist/editChecklist';
import { nielsen } from './sets';

const item = (id: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id,
  title: `Title ${id}`,
  question: `Is ${id} so?`,
  ...more,
});
const checklist = (more: Partial<Checklist> = {}): Checklist => ({
  schemaVersion: 1,
  id: 'house-rules',
  version: 1,
  title: 'House rules',
  appliesTo: ['page'],
  items: [item('A'), item('B'), item('C')],
  ...more,
});
const unused: ChecklistUse = { committed: undefined, versions: [], items: [] };
const committed = (of = checklist()): ChecklistUse => ({ ...unused, committed: of });
const answered = (items: string[], versions = [1]): ChecklistUse => ({ ...unused, versions, items });
const ids = ({ items }: Checklist) => items.map(({ id }) => id);
const add = (title: string, after: string | null = 'C'): ChecklistEdit => ({
  do: 'add',
  items: [{ title, question: `${title}?` }],
  after,
});
const reword = (id: string, text: string, was = `Is ${id} so?`): ChecklistEdit => ({
  do: 'change',
  id,
  field: 'question',
  text,
  was,
});

describe('a checklist that nobody has or used', () => {
  it('keeps its version, whatever is done', () => {
    let now = edited(checklist(), add('Price first'), unused).checklist;
    now = edited(now, reword('A', 'Other?'), unused).checklist;
    now = edited(now, { do: 'remove', id: 'B' }, unused).checklist;
    expect(now.version).toBe(1);
    expect(ids(now)).toEqual(['A', 'C', 'PriceFirst']);
    expect(now.items.at(-1)).toEqual({ id: 'PriceFirst', title: 'Price first', question: 'Price first?' });
  });

  it('keeps its last item, since a checklist without any cannot be read', () => {
    const one = checklist({ items: [item('A')] });
    expect(() => edited(one, { do: 'remove', id: 'A' }, unused)).toThrow(/only item/);
  });
});

describe('a checklist that others have, or that was answered', () => {
  it.each([
    ['is committed', committed()],
    ['has an evaluation', answered([])],
  ])('gets a new version once by added and reworded items when it %s', (_, use) => {
    const first = edited(checklist(), add('Price first'), use).checklist;
    expect(first).toMatchObject({ version: 2, items: [{}, {}, {}, { id: 'PriceFirst', since: 2 }] });
    const second = edited(edited(first, reword('A', 'Other?'), use).checklist, add('More'), use).checklist;
    expect(second).toMatchObject({ version: 2 });
    expect(second.items.at(-2)?.since).toBe(2);
    expect(activeItems(second, 1)).toHaveLength(3);
    expect(checklistChanges(checklist(), second)).toEqual([]);
  });

  it('gets another version when the new one was evaluated with', () => {
    const second = edited(checklist(), add('Price first'), committed()).checklist;
    const use = { ...committed(), versions: [1, 2] };
    expect(edited(second, reword('A', 'Other?'), use).checklist.version).toBe(3);
  });

  it.each<[string, ChecklistEdit]>([
    ['its order', { do: 'move', id: 'C', after: null }],
    ['how to check', { do: 'change', id: 'A', field: 'howToCheck', text: 'Look', was: '' }],
    ['what must be at hand', { do: 'change', id: 'A', field: 'needs', text: 'phone', was: '' }],
    ['an example', { do: 'change', id: 'A', field: 'good', text: 'Fine', was: '' }],
    ['its own title', { do: 'about', field: 'title', text: 'Rules', was: 'House rules' }],
    ['what is retired', { do: 'remove', id: 'A' }],
    ['nothing', reword('A', ' Is A so? ')],
  ])('keeps its version when %s changes', (_, edit) => {
    const after = edited(checklist(), edit, committed()).checklist;
    expect(after.version).toBe(1);
    expect(checklistChanges(checklist(), after)).toEqual([]);
  });

  it('retires an item with answers, and one that others have, and deletes any other', () => {
    const removed = (use: ChecklistUse) => edited(checklist(), { do: 'remove', id: 'B' }, use);
    expect(removed(answered(['B'])).checklist.items[1]).toEqual(item('B', { retired: true }));
    expect(removed(committed()).said).toBe('“Title B” retired');
    expect(ids(removed(answered(['A'])).checklist)).toEqual(['A', 'C']);
  });

  it('asks a retired item again under its id only as long as nobody knows it as retired', () => {
    const retired = checklist({ items: [item('A'), item('B', { retired: true })] });
    const again: ChecklistEdit = { do: 'askAgain', id: 'B' };
    expect(edited(retired, again, committed()).checklist.items).toEqual([item('A'), item('B')]);
    const { checklist: known, items } = edited(retired, again, committed(retired));
    expect(items).toEqual(['TitleB']);
    expect(known.items[1]).toMatchObject({ id: 'B', retired: true, replacedBy: 'TitleB' });
    expect(known.items[2]).toMatchObject({ id: 'TitleB', since: 2 });
    expect(checklistChanges(retired, known)).toEqual([]);
  });

  it('puts a new item in the place of one that will ask something else', () => {
    const { checklist: after, items } = edited(checklist(), { do: 'replace', id: 'A' }, answered(['A']));
    expect(ids(after)).toEqual(['A', ...items, 'B', 'C']);
    expect(after.items[0]).toMatchObject({ retired: true, replacedBy: items[0] });
    expect(after.version).toBe(2);
  });

  it('never uses an id again, also of an item that is gone from the file', () => {
    const use = { ...committed(checklist({ items: [item('PriceFirst')] })), items: ['PriceFirst2'] };
    expect(edited(checklist(), add('Price first'), use).items).toEqual(['PriceFirst3']);
  });
});

describe('a change', () => {
  it('puts an item behind another, first, or last where that other is gone', () => {
    const order = (after: string | null) => ids(edited(checklist(), { do: 'move', id: 'C', after }, unused).checklist);
    expect(order('A')).toEqual(['A', 'C', 'B']);
    expect(order(null)).toEqual(['C', 'A', 'B']);
    expect(ids(edited(checklist(), add('Last', 'gone'), unused).checklist).at(-1)).toBe('Last');
  });

  it('is refused where the text was changed elsewhere to something else', () => {
    const elsewhere = checklist({ items: [item('A', { question: 'Theirs?' })] });
    expect(() => edited(elsewhere, reword('A', 'Mine?'), unused)).toThrow(
      /Question of “Title A” was changed elsewhere/,
    );
    expect(edited(elsewhere, reword('A', 'Theirs?'), unused).checklist).toEqual(elsewhere);
    expect(() => edited(checklist({ items: [item('B')] }), reword('A', 'Mine?'), unused)).toThrow(/no longer/);
  });

  it('says what is wrong with a text, and keeps what it does not know', () => {
    const strange = checklist({ items: [item('A', { ours: { team: 'web' }, good: 'Fine' })], ours: 1 });
    const change = (field: 'good' | 'url' | 'covers' | 'title', text: string): ChecklistEdit => ({
      do: 'change',
      id: 'A',
      field,
      text,
      was: { good: 'Fine', title: 'Title A', url: '', covers: '' }[field],
    });
    expect(edited(strange, change('good', ''), unused).checklist).toEqual({
      ...strange,
      items: [item('A', { ours: { team: 'web' } })],
    });
    expect(() => edited(strange, change('url', 'example.org'), unused)).toThrow(/not a web address/);
    expect(() => edited(strange, change('covers', 'image-alt'), unused)).toThrow(/not a check such as/);
    expect(() => edited(strange, change('good', 'x'.repeat(501)), unused)).toThrow(/501 characters/);
    expect(() => edited(strange, change('title', ' '), unused)).toThrow(/Title is missing/);
  });

  it('refuses more items than a checklist has', () => {
    const full = checklist({ items: Array.from({ length: 200 }, (_, at) => item(`A${at}`)) });
    expect(() => edited(full, add('One more'), unused)).toThrow(/at most 200 items, and this would make 201/);
  });

  it('sets the source and what it is for', () => {
    const about = (field: 'name' | 'appliesTo', text: string, was: string) =>
      edited(checklist(), { do: 'about', field, text, was }, unused).checklist;
    expect(about('name', 'Handbook', '').source).toEqual({ name: 'Handbook' });
    expect(about('appliesTo', 'page, step', 'page').appliesTo).toEqual(['page', 'step']);
    expect(() => about('appliesTo', '', 'page')).toThrow(/It is for is missing/);
  });
});

describe('a new checklist', () => {
  it('begins empty, and can be read with its first item', () => {
    const { checklist: first } = edited(emptyChecklist('acme', 'ACME'), add('Price first', null), unused);
    expect(parseChecklist(JSON.stringify(first), 'acme.json', 'acme')).toEqual(first);
  });

  it('is a copy with what is asked and where it comes from', () => {
    const copy = copiedChecklist(nielsen, 'acme', 'ACME');
    expect(copy).toMatchObject({ id: 'acme', version: 1, title: 'ACME', source: nielsen.source });
    expect(copy.items).toEqual(nielsen.items);
    const aged = { ...nielsen, version: 3, items: [item('A', { retired: true }), item('B', { since: 3 })] };
    expect(copiedChecklist(aged, 'acme', 'ACME').items).toEqual([item('B')]);
  });
});
