import { usageError } from '../errors';
import {
  CHECKLIST_SCHEMA_VERSION,
  type Checklist,
  type ChecklistItem,
  checklistItemSchema,
  MAX_ITEMS,
  otherQuestions,
} from './checklist';
import {
  type AboutField,
  aboutFields,
  aboutTexts,
  type FieldStyle,
  type FieldValue,
  type ItemField,
  itemFieldNames,
  itemFields,
  itemTexts,
  keptText,
  readField,
} from './itemFields';
import { itemIdOf, itemIdProblem } from './itemIds';

/** The fields of an item as a person writes them; one that is left out is empty. */
export type ItemTexts = Partial<Record<ItemField, string>>;

/** The evaluations' side of a checklist. */
export interface Answers {
  /** The version of each evaluation with it. */
  versions: number[];
  /** Items that answers or problems name. */
  items: string[];
}

/** What holds on to a checklist as it is. */
export interface ChecklistUse extends Answers {
  /** The checklist as others got it last, undefined when nobody did. */
  committed: Checklist | undefined;
}

/** One change that a person makes. `was` is the text that they saw, and `after` null the place before all others. */
export type ChecklistEdit =
  | { do: 'about'; field: AboutField; text: string; was: string }
  | { do: 'change'; id: string; field: ItemField; text: string; was: string }
  | { do: 'add'; items: (ItemTexts & { id?: string | undefined })[]; after: string | null }
  | { do: 'move'; id: string; after: string | null }
  | { do: 'remove'; id: string }
  | { do: 'askAgain'; id: string }
  | { do: 'replace'; id: string };

/** A checklist after a change. */
export interface Edited {
  checklist: Checklist;
  /** What was done, for a person who may want to take it back: `“Price first” deleted`. */
  said: string;
  /** The items that the change is about: those that were added, or the one that was changed or deleted. */
  items: string[];
}

/** Whether evaluations have begun with this version, or others have it. */
export function isInUse(version: number, { committed, versions }: ChecklistUse): boolean {
  return [committed?.version ?? 0, ...versions].some((used) => used >= version);
}

/** Whether an item has to stay, retired at most: others have it, or an answer or a problem names it. */
export function mustStay(id: string, { committed, items }: ChecklistUse): boolean {
  return items.includes(id) || committed?.items.some((item) => item.id === id) === true;
}

/** Whether an item was retired for good: others know it as retired, so that nobody may ask it again under its id. */
export function isRetiredForGood(id: string, { committed }: ChecklistUse): boolean {
  return committed?.items.some((item) => item.id === id && item.retired) === true;
}

/**
 * Makes a change. Questions that others have, or that were answered, begin a new version; new items say since when they
 * are asked, an item with answers is retired and not deleted, and ids are never used again.
 * @throws HumanError `item-gone`, `item-changed`, `item-invalid`, `checklist-full`, `last-item`
 */
export function edited(before: Checklist, edit: ChecklistEdit, use: ChecklistUse): Edited {
  const after = change(before, edit, use);
  if (!otherQuestions(before, after.checklist)) return after;
  const version = isInUse(before.version, use) ? before.version + 1 : before.version;
  const known = new Set(before.items.map(({ id }) => id));
  const items = after.checklist.items.map((item) =>
    known.has(item.id) || version === 1 ? item : { ...item, since: version },
  );
  return { ...after, checklist: { ...after.checklist, version, items } };
}

function change(before: Checklist, edit: ChecklistEdit, use: ChecklistUse): Edited {
  switch (edit.do) {
    case 'about':
      return changeAbout(before, edit);
    case 'change':
      return changeItem(before, edit);
    case 'add':
      return addItems(before, edit, use);
    case 'move':
      return moveItem(before, edit);
    case 'remove':
      return removeItem(before, edit.id, use);
    case 'askAgain':
      return askAgain(before, edit.id, use);
    case 'replace':
      return replaceItem(before, edit.id, use, 'retired, and a new item begun in its place');
  }
}

const named = ({ title }: Pick<ChecklistItem, 'title'>) => `“${title}”`;

function changeAbout(before: Checklist, { field, text, was }: ChecklistEdit & { do: 'about' }): Edited {
  const style = aboutFields[field];
  const now = aboutTexts(before)[field];
  refuseChanged(style, before, { now, was, text });
  const value = checkedValue(style, before, readField(style, text));
  const isOfSource = field === 'name' || field === 'url' || field === 'licence';
  const checklist = isOfSource
    ? { ...before, source: withField(before.source ?? {}, field, value) }
    : withField(before, field, value);
  return { checklist, said: `${style.label} changed`, items: [] };
}

function changeItem(before: Checklist, { id, field, text, was }: ChecklistEdit & { do: 'change' }): Edited {
  const item = itemOf(before, id);
  const style = itemFields[field];
  refuseChanged(style, item, { now: itemTexts(item)[field], was, text });
  const next = withField(item, field, checkedValue(style, item, readField(style, text)));
  return { checklist: withItem(before, next), said: `${style.label} of ${named(item)} changed`, items: [id] };
}

function addItems(before: Checklist, { items, after }: ChecklistEdit & { do: 'add' }, use: ChecklistUse): Edited {
  const taken = takenIds(before, use);
  const added = items.map(({ id: given, ...texts }) => {
    const item = itemOfTexts(texts);
    const problem = given === undefined ? undefined : itemIdProblem(given, taken);
    if (problem) throw invalid(item, `${problem}.`);
    const id = given ?? itemIdOf(item.title, taken);
    taken.add(id);
    return { ...item, id };
  });
  const [only] = added;
  return {
    checklist: { ...before, items: inserted(before.items, added, after) },
    said: added.length === 1 && only ? `${named(only)} added` : `${added.length} items added`,
    items: added.map(({ id }) => id),
  };
}

function moveItem(before: Checklist, { id, after }: ChecklistEdit & { do: 'move' }): Edited {
  const item = itemOf(before, id);
  const others = before.items.filter((other) => other !== item);
  const checklist = { ...before, items: inserted(others, [item], after) };
  return { checklist, said: `${named(item)} moved`, items: [id] };
}

function removeItem(before: Checklist, id: string, use: ChecklistUse): Edited {
  const item = itemOf(before, id);
  if (mustStay(id, use)) {
    return { checklist: withItem(before, { ...item, retired: true }), said: `${named(item)} retired`, items: [id] };
  }
  if (before.items.length === 1) {
    throw usageError('last-item', `${named(item)} is the only item.`, 'Add another one first.');
  }
  const items = before.items.filter((other) => other !== item);
  return { checklist: { ...before, items }, said: `${named(item)} deleted`, items: [id] };
}

function askAgain(before: Checklist, id: string, use: ChecklistUse): Edited {
  if (isRetiredForGood(id, use)) return replaceItem(before, id, use, 'asked again as a new item');
  const { retired: _, replacedBy: __, ...item } = itemOf(before, id);
  return { checklist: withItem(before, item), said: `${named(item)} asked again`, items: [id] };
}

/** Retires an item and puts a new one with its words behind it. */
function replaceItem(before: Checklist, id: string, use: ChecklistUse, done: string): Edited {
  const old = itemOf(before, id);
  const { retired: _, replacedBy: __, since: ___, ...words } = old;
  const next = { ...words, id: itemIdOf(old.title, takenIds(before, use)) };
  const retired = withItem(before, { ...old, retired: true, replacedBy: next.id });
  return {
    checklist: { ...retired, items: inserted(retired.items, [next], id) },
    said: `${named(old)} ${done}`,
    items: [next.id],
  };
}

/** An item of what a person wrote, which has no id yet. @throws HumanError `item-invalid` */
function itemOfTexts(texts: ItemTexts): ChecklistItem {
  const about = { title: texts.title || texts.question || 'the new item' };
  const fields = itemFieldNames.flatMap((name) => {
    const value = checkedValue(itemFields[name], about, readField(itemFields[name], texts[name] ?? ''));
    return value === undefined ? [] : [[name, value] as const];
  });
  return { id: '', ...Object.fromEntries(fields) } as ChecklistItem;
}

/** Why what a person wrote is no item yet; undefined when it is one. */
export function itemProblem(texts: ItemTexts): string | undefined {
  for (const name of itemFieldNames) {
    const { problem } = readField(itemFields[name], texts[name] ?? '');
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function itemOf(checklist: Checklist, id: string): ChecklistItem {
  const item = checklist.items.find((one) => one.id === id);
  if (item) return item;
  throw usageError(
    'item-gone',
    `The item ${id} is no longer in the checklist.`,
    'It was deleted elsewhere. Copy what you typed, and add it as a new item.',
  );
}

function refuseChanged(
  style: FieldStyle,
  about: { title: string },
  { now, was, text }: { now: string; was: string; text: string },
): void {
  const same = (one: string) => keptText(style, one) === keptText(style, now);
  if (same(was) || same(text)) return;
  throw usageError(
    'item-changed',
    `${style.label} of ${named(about)} was changed elsewhere meanwhile, so yours was not written over it.`,
    'Choose which of the two stays.',
  );
}

function checkedValue(style: FieldStyle, about: { title: string }, read: FieldValue) {
  if (read.problem !== undefined) throw invalid(about, read.problem);
  if (style === itemFields.url && read.value !== undefined) {
    const { success } = checklistItemSchema.shape.url.safeParse(read.value);
    if (!success) throw invalid(about, `“${read.value}” is not a web address.`);
  }
  return read.value;
}

function invalid(about: { title: string }, problem: string) {
  return usageError('item-invalid', `${named(about)} is not kept: ${problem}`, 'Correct it; the rest is kept.');
}

/** Sets a field, or removes it. A field that was there stays at its place. */
function withField<Thing extends object>(thing: Thing, field: string, value: unknown): Thing {
  const { [field]: _, ...others } = thing as Record<string, unknown>;
  return (value === undefined ? others : { ...thing, [field]: value }) as Thing;
}

function withItem(checklist: Checklist, item: ChecklistItem): Checklist {
  return { ...checklist, items: checklist.items.map((other) => (other.id === item.id ? item : other)) };
}

function inserted(items: readonly ChecklistItem[], more: readonly ChecklistItem[], after: string | null) {
  const at = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1 || items.length;
  const all = items.toSpliced(at, 0, ...more);
  if (all.length <= MAX_ITEMS) return all;
  throw usageError(
    'checklist-full',
    `A checklist has at most ${MAX_ITEMS} items, and this would make ${all.length}.`,
    'Split it into several checklists.',
  );
}

/** The ids that an item must not get: those that are there, that others have, and that answers name. */
export function takenIds(checklist: Checklist, { committed, items }: ChecklistUse): Set<string> {
  return new Set([...checklist.items, ...(committed?.items ?? [])].map(({ id }) => id).concat(items));
}

/** A checklist of one's own that has no items yet. */
export function emptyChecklist(id: string, title: string): Checklist {
  return { schemaVersion: CHECKLIST_SCHEMA_VERSION, id, version: 1, title, appliesTo: ['page', 'step'], items: [] };
}

/** A checklist of one's own with the items that another one asks, and the name of where they come from. */
export function copiedChecklist(from: Checklist, id: string, title: string): Checklist {
  const items = from.items.filter(({ retired }) => !retired).map(({ since: _, replacedBy: __, ...item }) => item);
  return { ...from, id, version: 1, title, items };
}
