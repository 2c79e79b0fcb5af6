import { redraw } from '../shared/draw';
import { move, remove, undo } from './actions';
import { addDraft } from './drafts';
import { asked, focusOn, keyOf, ui } from './page';

const isText = (target: EventTarget | null) => target instanceof Element && target.matches('input, textarea, select');

/** Listens to the keys of the list. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (ui.view !== 'items' || !ui.state) return;
    const work = workOf(event);
    if (!work) return;
    event.preventDefault();
    void work();
  });
}

function workOf(event: KeyboardEvent): (() => unknown) | undefined {
  const { key, altKey, target } = event;
  const withControl = event.ctrlKey || event.metaKey;
  const own = target instanceof Element ? target.closest('li[data-key]')?.getAttribute('data-key') : undefined;
  const item = asked().find(({ id }) => keyOf(id) === own);
  if (withControl && key === 'Enter') return () => addDraft(own ?? undefined);
  if (withControl && key.toLowerCase() === 'z' && !event.shiftKey && !isText(target)) return undo;
  if (altKey && own && key === 'ArrowUp') return () => move(own, -1);
  if (altKey && own && key === 'ArrowDown') return () => move(own, 1);
  if (withControl || altKey) return undefined;
  if (key === 'Escape' && own !== undefined && own !== null) return () => close(own);
  if (isText(target) || !(target instanceof Element) || !target.id.startsWith('open-')) return undefined;
  if ((key === 'Delete' || key === 'Backspace') && item) return () => remove(item.id);
  if (key === 'ArrowDown' || key === 'ArrowUp') return () => walk(target, key === 'ArrowDown' ? 1 : -1);
  return undefined;
}

function close(key: string): void {
  if (ui.open === key) ui.open = undefined;
  redraw();
  focusOn(`open-${key}`);
}

function walk(from: Element, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('.items [id^="open-"]')];
  all[all.indexOf(from as HTMLElement) + by]?.focus();
}
