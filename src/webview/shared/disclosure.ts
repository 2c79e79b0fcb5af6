import { nothing, type TemplateResult } from 'lit-html';
import { redraw } from './draw';
import { html } from './html';

/** Whether each disclosure is open, by its key. */
const open = new Map<string, boolean>();

/** Opens or closes a disclosure; draw the page afterwards. */
export function disclose(key: string, isOpen = true): void {
  open.set(key, isOpen);
}

/**
 * A part of a page that is drawn only while it is open.
 *
 * @param about `isOpen` opens it by itself, once; after that it stays as a person leaves it
 */
export function disclosure(
  { key, isOpen: byItself }: { key: string; isOpen: boolean },
  summary: TemplateResult | string,
  contents: () => TemplateResult,
): TemplateResult {
  if (byItself && !open.has(key)) open.set(key, true);
  const isOpen = open.get(key) ?? false;
  // the browser tells of its own toggling late, and a redraw before that would undo it
  const toggle = (event: Event) => {
    event.preventDefault();
    disclose(key, !isOpen);
    redraw();
  };
  return html`<details ?open=${isOpen}>
    <summary @click=${toggle}>${summary}</summary>
    ${isOpen ? contents() : nothing}
  </details>`;
}
