import { html, type TemplateResult } from 'lit-html';

/** A codicon that says nothing to a screen reader: the word stands beside it. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
