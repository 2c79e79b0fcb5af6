import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { redraw } from './draw';

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
  const toggled = (event: Event) => {
    const { open: now } = event.currentTarget as HTMLDetailsElement;
    if (now === (open.get(key) ?? false)) return;
    disclose(key, now);
    redraw();
  };
  return html`<details ?open=${live(isOpen)} @toggle=${toggled}>
    <summary>${summary}</summary>
    ${isOpen ? contents() : nothing}
  </details>`;
}
