import type { ItemState } from '../../protocol/checklistPage';
import { asked, type Draft, keyOf, ui } from './page';

/** One row: an item with its number, or one that is being written. */
export type Row = { key: string } & (
  | { item: ItemState; at: number; draft?: never }
  | { draft: Draft; item?: never; at?: never }
);

/** The rows in their order; what is being written stands where it will be. */
export function rows(): Row[] {
  const items = asked();
  const keys = new Set([...items.map(({ id }) => keyOf(id)), ...ui.drafts.map(({ key }) => key)]);
  const below = (isThere: (after: string | null) => boolean): Row[] =>
    ui.drafts
      .filter(({ after }) => isThere(after))
      .flatMap((draft): Row[] => [{ key: draft.key, draft }, ...below((after) => after === draft.key)]);
  return [
    ...below((after) => after === null),
    ...items.flatMap((item, index): Row[] => {
      const key = keyOf(item.id);
      return [{ key, item, at: index + 1 }, ...below((after) => after === key)];
    }),
    ...below((after) => after !== null && !keys.has(after)),
  ];
}

/** The item that is kept nearest above a draft; null above all. */
export function itemAbove({ after }: Pick<Draft, 'after'>): string | null {
  if (after === null) return null;
  const draft = ui.drafts.find(({ key }) => key === after);
  if (draft) return itemAbove(draft);
  return asked().find(({ id }) => keyOf(id) === after)?.id ?? asked().at(-1)?.id ?? null;
}
