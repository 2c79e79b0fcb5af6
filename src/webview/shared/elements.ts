import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from './icon';

type Content = string | TemplateResult | typeof nothing;

/** How a button looks besides its label. */
interface ButtonLook {
  icon?: string;
  /** The key that does the same, shown beside the label. */
  key?: string;
  /** Class of the element: `primary`, or `link` for one that reads as a link. */
  kind?: 'primary' | 'link';
  isDisabled?: boolean;
}

export function button(label: Content, act: () => unknown, look: ButtonLook = {}): TemplateResult {
  const { key } = look;
  return html`<button
    class=${look.kind ?? nothing}
    ?disabled=${look.isDisabled}
    aria-keyshortcuts=${key ?? nothing}
    @click=${() => void act()}
    >${look.icon ? icon(look.icon) : nothing}${label}${key ? html`<kbd>${key}</kbd>` : nothing}</button
  >`;
}

/** One sentence that must not be overlooked, with an icon for its kind. */
export function notice(name: 'error' | 'info' | 'warning' | 'eye-closed', text: Content): TemplateResult {
  return html`<p class="notice">${icon(name)}<span>${text}</span></p>`;
}

export function quiet(text: Content): TemplateResult {
  return html`<span class="quiet">${text}</span>`;
}

/** What stands in the field that an event is about. */
export function fieldValue({ target }: Event): string {
  return (target as HTMLInputElement).value;
}

/** A choice of one of some values. */
export function select(
  options: readonly { value: string | number; label: string; isChosen?: boolean }[],
  choose: (value: string) => void,
  about: { id?: string; label?: string; isDisabled?: boolean } = {},
): TemplateResult {
  return html`<select
    id=${about.id ?? nothing}
    aria-label=${about.label ?? nothing}
    ?disabled=${about.isDisabled}
    @change=${(event: Event) => choose(fieldValue(event))}
  >
    ${options.map(({ value, label, isChosen }) => html`<option value=${value} ?selected=${isChosen}>${label}</option>`)}
  </select>`;
}

/** A table that scrolls by itself, also by keyboard. */
export function scrollTable(label: string, head: TemplateResult, rows: unknown, kind = ''): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table class=${kind || nothing}>
      <thead>
        ${head}
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
