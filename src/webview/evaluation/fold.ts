import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { redraw } from './store';

/** What was folded or unfolded, by key. */
const folds = new Map<string, boolean>();

/** Shows or hides what a fold holds. */
export function unfold(key: string, isUnfolded = true): void {
  folds.set(key, isUnfolded);
  redraw();
}

/**
 * A part that is drawn only while it is unfolded.
 *
 * @param given `isUnfolded` unfolds it by itself; then and after a person folded or unfolded it, it stays so
 */
export function fold(
  { key, kind, isUnfolded: byItself }: { key: string; kind: string; isUnfolded: boolean },
  summary: TemplateResult | string,
  contents: () => TemplateResult,
): TemplateResult {
  if (byItself && !folds.has(key)) folds.set(key, true);
  const isUnfolded = folds.get(key) ?? false;
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== (folds.get(key) ?? false)) unfold(key, open);
  };
  return html`<details class=${kind} ?open=${live(isUnfolded)} @toggle=${toggled}>
    <summary>${summary}</summary>
    ${isUnfolded ? contents() : nothing}
  </details>`;
}
