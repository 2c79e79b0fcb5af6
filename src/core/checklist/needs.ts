import type { ChecklistItem } from './checklist';

/** What must be at hand for some items, with the ids of those that ask for it; what most ask for comes first. */
export function needsOf(items: readonly ChecklistItem[]): { need: string; items: string[] }[] {
  const found = new Map<string, { need: string; items: string[] }>();
  for (const { id, needs = [] } of items) {
    for (const need of new Set(needs)) {
      const known = found.get(need.toLowerCase());
      if (known) known.items.push(id);
      else found.set(need.toLowerCase(), { need, items: [id] });
    }
  }
  return [...found.values()].sort((a, b) => b.items.length - a.items.length);
}
