import { type ItemTexts, itemProblem } from '../../core/checklist/editChecklist';
import type { ItemField } from '../../core/checklist/itemFields';
import type { ChecklistPageState, ItemState } from '../../protocol/checklistPage';
import { ask, redraw } from '../shared/draw';
import { setExamplePictures } from '../shared/itemCard';
import { type Draft, fieldElement, focusOn, host, keepKey, keyOf, ui } from './page';
import { itemAbove, rows } from './rows';
import { takeOrphans, type } from './typed';

let count = 0;

/** Begins an item below a row, below the last one when left out, and puts the cursor into its title. */
export function addDraft(after: string | null = rows().at(-1)?.key ?? null, texts: ItemTexts = {}, why = ''): void {
  count += 1;
  const key = `new-${count}`;
  ui.drafts = [...ui.drafts, { key, texts, after, why, isSending: false }];
  ui.open = key;
  ui.view = 'items';
  redraw();
  focusOn(fieldElement(key, 'title'));
}

export function typeDraft(draft: Draft, field: ItemField, text: string): void {
  draft.texts = { ...draft.texts, [field]: text };
  if (field === 'title')
    redraw(); // the id is made of the whole title, once it is left
  else void keep(draft);
}

let adding: Promise<unknown> = Promise.resolve();

/** Resolves when what is on its way is kept. */
export const allKept = (): Promise<unknown> => adding;

/** Keeps an item as soon as it is one; one after the other, since each has its place behind the one above. */
export async function keep(draft: Draft): Promise<void> {
  redraw();
  if (draft.isSending || itemProblem(draft.texts) !== undefined || !ui.drafts.includes(draft)) return;
  draft.isSending = true;
  adding = adding.then(() => add(draft));
  await adding;
}

async function add(draft: Draft): Promise<void> {
  const texts = draft.texts;
  const done = await ask(() => host.addItem({ texts, after: itemAbove(draft) }));
  draft.isSending = false;
  if (done?.item) settle(draft, done.item, texts);
  takeNext();
}

/** An item takes the place of its draft; what was typed meanwhile is typed into it. */
function settle(draft: Draft, id: string, sent: ItemTexts): void {
  keepKey(id, draft.key);
  ui.drafts = ui.drafts.filter((other) => other !== draft);
  takeOver();
  for (const [field, text] of Object.entries(draft.texts) as [ItemField, string][]) {
    if (text !== (sent[field] ?? '')) type({ id, field }, text);
  }
  ui.said = 'Item added.';
}

/** How saving stands of new items that are complete; undefined without any. */
export function draftState(): 'saving…' | 'not saved' | undefined {
  const complete = ui.drafts.filter(({ texts }) => itemProblem(texts) === undefined);
  if (complete.length === 0) return undefined;
  return complete.every(({ isSending }) => isSending) ? 'saving…' : 'not saved';
}

export function dropDraft(draft: Draft): void {
  const { after } = draft;
  ui.drafts = ui.drafts.filter((other) => other !== draft);
  for (const other of ui.drafts) if (other.after === draft.key) other.after = after;
  redraw();
  if (after === null || !focusOn(`open-${after}`)) focusOn('add');
}

/** Takes over the host's state. While an item is on its way it waits, so that the item is not there twice. */
export function takeState(next: ChecklistPageState): void {
  ui.next = next;
  if (!ui.drafts.some(({ isSending }) => isSending)) takeNext();
}

function takeNext(): void {
  if (!ui.drafts.some(({ isSending }) => isSending)) takeOver();
  redraw();
}

function takeOver(): void {
  const { next, state: before } = ui;
  if (!next) return;
  ui.next = undefined;
  ui.state = next;
  setExamplePictures(next.pictures);
  for (const [id, texts] of takeOrphans()) bringBack(before?.items ?? [], id, texts);
}

/** What was typed into an item that was deleted elsewhere becomes a new one. */
function bringBack(before: readonly ItemState[], id: string, texts: ItemTexts): void {
  const at = before.findIndex((item) => item.id === id);
  const why = 'This item was deleted elsewhere while you wrote. What you typed is here.';
  const above = before[at - 1];
  addDraft(above ? keyOf(above.id) : null, { ...before[at]?.texts, ...texts }, why);
}
