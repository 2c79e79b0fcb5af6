import type { ItemTexts } from '../../core/checklist/editChecklist';
import type {
  ChangeDone,
  ChecklistEvents,
  ChecklistPageState,
  ChecklistView,
  checklistContract,
  ItemState,
} from '../../protocol/checklistPage';
import { ask, redraw } from '../shared/draw';
import { connect } from '../shared/host';

export const { host, on } = connect<typeof checklistContract, ChecklistEvents>();

/** An item that a person is still writing: it is kept once it has a title and a question. */
export interface Draft {
  key: string;
  texts: ItemTexts;
  /** The key of the row behind which it stands; null before all others. */
  after: string | null;
  /** Why it is here again, '' for a new one. */
  why: string;
  isSending: boolean;
}

/** What the page shows besides what the host knows. */
export const ui = {
  state: undefined as ChecklistPageState | undefined,
  view: 'items' as ChecklistView,
  /** The key of the item that is open. */
  open: undefined as string | undefined,
  drafts: [] as Draft[],
  /** What was done last, for a screen reader. */
  said: '',
  /** A newer state of the host, while an item is on its way to it. */
  next: undefined as ChecklistPageState | undefined,
};

/** Items keep the key of their draft, so that nothing jumps while they are being kept. */
const keys = new Map<string, string>();

export const keyOf = (id: string): string => keys.get(id) ?? id;

/** The element of a field, by the key of its item. */
export const fieldElement = (key: string, field: string): string => `field-${key}-${field}`;

export function keepKey(id: string, key: string): void {
  keys.set(id, key);
}

/** The items that are asked. */
export function asked(): ItemState[] {
  return ui.state?.items.filter(({ isRetired }) => !isRetired) ?? [];
}

/** Gives the focus to an element, once the page is drawn. @returns whether it is there and can be used */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id) as HTMLButtonElement | null;
  if (!element || element.disabled) return false;
  element.focus();
  return document.activeElement === element;
}

let turn: Promise<unknown> = Promise.resolve();

/** Does one thing after the other, so that a key that is held down counts each time. */
export function inTurn(work: () => Promise<unknown>): void {
  turn = turn.then(work);
}

/** Makes a change and says what was done. @returns undefined when it failed */
export async function perform(work: () => Promise<ChangeDone>): Promise<ChangeDone | undefined> {
  const done = await ask(work);
  ui.said = done?.said ? `${done.said}.` : '';
  redraw();
  return done;
}

export function show(view: ChecklistView): void {
  ui.view = view;
  redraw();
}
