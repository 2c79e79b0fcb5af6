import { type ItemTexts, itemProblem } from '../../core/checklist/editChecklist';
import type { ItemField } from '../../core/checklist/itemFields';
import type { ChecklistPageState, ItemState } from '../../protocol/checklistPage';
import { ask, redraw } from '../shared/draw';
import { asked, type Draft, fieldElement, focusOn, host, keepKey, keyOf, ui } from './page';
import { takeOrphans, type } from './typed';

let count = 0;

/** Begins an item behind another, behind the last one when left out, and puts the cursor into its title. */
export function addDraft(after: string | null = asked().at(-1)?.id ?? null, texts: ItemTexts = {}, why = ''): void {
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

/** Keeps an item as soon as it is one. */
export async function keep(draft: Draft): Promise<void> {
  redraw();
  if (draft.isSending || itemProblem(draft.texts) !== undefined || !ui.drafts.includes(draft)) return;
  const texts = draft.texts;
  draft.isSending = true;
  const done = await ask(() => host.addItem({ texts, after: draft.after }));
  draft.isSending = false;
  if (done?.item) settle(draft, done.item, texts);
  takeNext();
}

/** An item takes the place of its draft; what was typed meanwhile is typed into it. */
function settle(draft: Draft, id: string, sent: ItemTexts): void {
  keepKey(id, draft.key);
  ui.drafts = ui.drafts.filter((other) => other !== draft);
  takeNext();
  for (const [field, text] of Object.entries(draft.texts) as [ItemField, string][]) {
    if (text !== (sent[field] ?? '')) type({ id, field }, text);
  }
  ui.said = 'Item added.';
}

export function dropDraft(draft: Draft): void {
  const at = draft.after;
  ui.drafts = ui.drafts.filter((other) => other !== draft);
  redraw();
  if (at === null || !focusOn(`open-${keyOf(at)}`)) focusOn('add');
}

/** Takes over the host's state. While an item is on its way it waits, so that the item is not there twice. */
export function takeState(next: ChecklistPageState): void {
  ui.next = next;
  if (!ui.drafts.some(({ isSending }) => isSending)) takeNext();
}

function takeNext(): void {
  const { next, state: before } = ui;
  if (next && !ui.drafts.some(({ isSending }) => isSending)) {
    ui.next = undefined;
    ui.state = next;
    for (const [id, texts] of takeOrphans()) bringBack(before?.items ?? [], id, texts);
  }
  redraw();
}

/** What was typed into an item that was deleted elsewhere becomes a new one. */
function bringBack(before: readonly ItemState[], id: string, texts: ItemTexts): void {
  const at = before.findIndex((item) => item.id === id);
  const why = 'This item was deleted elsewhere while you wrote. What you typed is here.';
  addDraft(before[at - 1]?.id ?? null, { ...before[at]?.texts, ...texts }, why);
}
