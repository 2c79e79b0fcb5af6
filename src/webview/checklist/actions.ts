import type { ItemState } from '../../protocol/checklistPage';
import { redraw } from '../shared/draw';
import { allKept } from './drafts';
import { asked, fieldElement, focusOn, host, inTurn, keyOf, perform, ui } from './page';

/** Opens an item, or closes it. */
export function toggle(key: string): void {
  ui.open = ui.open === key ? undefined : key;
  redraw();
}

/** Moves an item by one place. The focus stays where it was, or goes to the button that still works. */
export const move = (key: string, by: 1 | -1, word?: string): void => inTurn(() => moveNow(key, by, word));

async function moveNow(key: string, by: 1 | -1, word: string | undefined): Promise<void> {
  await allKept();
  const all = asked();
  const at = all.findIndex(({ id }) => keyOf(id) === key);
  const item = all[at];
  if (!item || at + by < 0 || at + by >= all.length) return;
  const before = by < 0 ? all[at - 2] : all[at + 1];
  const focused = document.activeElement?.id ?? '';
  if (!(await perform(() => host.moveItem({ id: item.id, after: before?.id ?? null })))) return;
  ui.said = `Moved to place ${at + by + 1} of ${all.length}.`;
  redraw();
  if (word !== undefined && (focusOn(`${word}-${key}`) || focusOn(`${word === 'up' ? 'down' : 'up'}-${key}`))) return;
  if (focused === '' || !focusOn(focused)) focusOn(`open-${key}`);
}

/** Deletes or retires an item; the focus goes to the next one. */
export const remove = (id: string): void => inTurn(() => removeNow(id));

async function removeNow(id: string): Promise<void> {
  const all = asked();
  const at = all.findIndex((item) => item.id === id);
  const next = all[at + 1] ?? all[at - 1];
  if (at < 0 || !(await perform(() => host.removeItem({ id })))) return;
  if (!next || !focusOn(`open-${keyOf(next.id)}`)) focusOn('add');
}

/** Adds items of another checklist, which the host lets the person choose. */
export async function addFromChecklist(): Promise<void> {
  const done = await perform(() => host.addFromChecklist());
  if (done?.item) openItem(done.item);
}

function openItem(id: string): void {
  ui.open = keyOf(id);
  redraw();
  focusOn(`open-${keyOf(id)}`);
}

/** Takes the last change back; the focus goes to the item that it was about. */
export const undo = (): void => inTurn(undoNow);

async function undoNow(): Promise<void> {
  if ((ui.state?.undo ?? null) === null) return;
  const done = await perform(() => host.undo());
  if (!done) return;
  const key = keyOf(done.item ?? '');
  if (!focusOn(`open-${key}`)) focusOn('add');
}

/** Asks a retired item again. */
export async function askAgain({ id }: ItemState): Promise<void> {
  const done = await perform(() => host.askAgain({ id }));
  if (done?.item) openItem(done.item);
}

/** Retires an item that will ask something else, and opens the new one in its place. */
export async function replace({ id }: ItemState): Promise<void> {
  const done = await perform(() => host.replaceItem({ id }));
  if (!done?.item) return;
  ui.open = keyOf(done.item);
  redraw();
  focusOn(fieldElement(keyOf(done.item), 'title'));
}
