import { nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import type { PageMap } from '../../protocol/evaluationPage';
import { redraw } from '../shared/draw';
import { fieldValue, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { foundElements, pane } from './pane';

/** Elements that the list holds at most. */
const LISTED = 200;

/** A search over the elements of a page: arrows choose, Enter takes. */
export function elementSearch(map: PageMap, take: () => void): TemplateResult {
  const typed = (event: Event) => {
    pane.filter = fieldValue(event);
    const [first] = foundElements(map);
    choose(first?.index ?? -1);
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      chooseNext(map, step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take();
    }
  };
  const searching = (isSearching: boolean) => () => {
    pane.isSearching = isSearching;
    redraw();
  };
  const isListed = pane.isSearching || pane.filter !== '';
  return html`<div class="search" @focusin=${searching(true)} @focusout=${searching(false)}>
    <label class="field"
      >Find an element ${quiet('type, arrows, Enter')}
      <input
        type="text"
        role="combobox"
        aria-expanded=${isListed ? 'true' : 'false'}
        aria-controls="elements"
        aria-activedescendant=${isListed && pane.at >= 0 ? `element-${pane.at}` : nothing}
        .value=${live(pane.filter)}
        @input=${typed}
        @keydown=${pressed}
      />
    </label>
    ${isListed ? guard([map, pane.filter, pane.at], () => elements(map, take)) : nothing}
  </div>`;
}

function elements(map: PageMap, take: () => void): TemplateResult {
  const found = foundElements(map);
  const takeAt = (index: number) => (event: Event) => {
    event.preventDefault(); // the search keeps the cursor
    choose(index);
    take();
  };
  const options = found.slice(0, LISTED).map(
    ({ element, index }) => html`<li
      id="element-${index}"
      role="option"
      aria-selected=${index === pane.at ? 'true' : 'false'}
      @mousedown=${takeAt(index)}
    >
      ${element.name}
    </li>`,
  );
  const more =
    found.length > LISTED ? html`<p class="quiet">${found.length - LISTED} more: type more of it.</p>` : nothing;
  const none = found.length === 0 ? html`<p class="quiet">No element says this.</p>` : nothing;
  return html`<ul class="elements" id="elements" role="listbox" aria-label="Elements of the page">${options}</ul>
    ${more} ${none}`;
}

function choose(index: number): void {
  pane.at = index;
  redraw();
  document.getElementById(`element-${index}`)?.scrollIntoView({ block: 'nearest' });
  document.querySelector('.picture .now')?.scrollIntoView({ block: 'nearest' });
}

function chooseNext(map: PageMap, by: number): void {
  const found = foundElements(map).slice(0, LISTED);
  const at = found.findIndex(({ index }) => index === pane.at);
  const next = found[Math.max(0, Math.min(found.length - 1, at + by))];
  if (next) choose(next.index);
}
