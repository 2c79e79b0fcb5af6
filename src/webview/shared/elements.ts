import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { html } from './html';

/** A codicon that says nothing to a screen reader: the word stands beside it. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

type Content = string | TemplateResult | typeof nothing;

/** How a button looks besides its label. */
interface ButtonLook {
  icon?: string;
  /** The key that does the same, shown beside the label. */
  key?: string;
  /** Class of the element: `primary`, `link` for one that reads as a link, or one of the page's own. */
  kind?: string;
  /** What a screen reader says instead of the label. */
  name?: string;
  isDisabled?: boolean;
  /** Of the button of a dialog that Enter presses at first. */
  isFirst?: boolean;
  /** Of a button that stays pressed. */
  isPressed?: boolean;
  /** Of a button that loads a page or runs a program: there is none where nothing can do so. */
  needsMachine?: boolean;
}

/** Whether something loads pages and runs programs for this window. The host says it in the frame of the page. */
export const hasMachine = document.body.dataset.machine !== 'none';

export function button(label: Content, act: () => unknown, look: ButtonLook = {}): TemplateResult {
  const { key } = look;
  if (look.needsMachine && !hasMachine) return html``;
  return html`<button
    type="button"
    class=${look.kind ?? nothing}
    ?disabled=${look.isDisabled}
    aria-label=${look.name ?? nothing}
    aria-pressed=${look.isPressed ?? nothing}
    aria-keyshortcuts=${key ?? nothing}
    ?autofocus=${look.isFirst}
    @click=${() => void act()}
    >${look.icon ? icon(look.icon) : nothing}${label}${key ? html`<kbd>${key}</kbd>` : nothing}</button
  >`;
}

/** One sentence that must not be overlooked, with an icon for its kind; `info` has no colour of a warning. */
export function notice(name: 'error' | 'info' | 'warning' | 'eye-closed', text: Content): TemplateResult {
  return html`<p class="notice ${name === 'info' ? 'info' : ''}">${icon(name)}<span>${text}</span></p>`;
}

export function quiet(text: Content): TemplateResult {
  return html`<span class="quiet">${text}</span>`;
}

/** The value of the field that an event comes from. */
export function fieldValue({ target }: Event): string {
  return (target as HTMLInputElement).value;
}

/** A choice of one of some values, each with its label. */
export function select<Value extends string | number>(
  options: readonly (readonly [value: Value, label: string])[],
  chosen: Value,
  choose: (value: Value) => unknown,
  about: { id?: string; name?: string; label?: string; isDisabled?: boolean } = {},
): TemplateResult {
  const changed = ({ target }: Event) => {
    const option = options[(target as HTMLSelectElement).selectedIndex];
    if (option) void choose(option[0]);
  };
  return html`<select
    id=${about.id ?? nothing}
    name=${about.name ?? nothing}
    aria-label=${about.label ?? nothing}
    ?disabled=${about.isDisabled}
    @change=${changed}
  >
    ${options.map(
      ([value, label]) => html`<option value=${value} 
        .selected=${live(value === chosen)}>${label}</option>`,
    )}
  </select>`;
}

/** A column's heading; '' for a column of headings, `number` for one that is aligned to the right. */
type Column = Content | { number: Content };

function columnHead(column: Column): TemplateResult {
  if (column === '') return html`<td></td>`;
  return typeof column === 'object' && 'number' in column
    ? html`<th scope="col" class="number">${column.number}</th>`
    : html`<th scope="col">${column}</th>`;
}

/** A table that scrolls by itself, also by keyboard. */
export function scrollTable(label: string, columns: readonly Column[], rows: unknown, kind = ''): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table class=${kind || nothing}>
      <thead>
        <tr>
          ${columns.map(columnHead)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
