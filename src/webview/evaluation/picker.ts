import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PlacedElement } from '../../protocol/workerMessages';
import { redraw } from '../shared/draw';
import { button, fieldValue } from '../shared/elements';
import { html } from '../shared/html';
import { editProblem, problemText } from './changes';
import { type Picking, ui } from './ui';

/** Elements that the list holds at most. */
const LISTED = 400;

/** A screenshot of the page to pick an element on, with the mouse or from the list of its elements. */
export function picker(): TemplateResult | typeof nothing {
  const { picking } = ui;
  if (!picking) return nothing;
  return html`<dialog @close=${close} aria-labelledby="picker-title">
    <h2 id="picker-title">Pick the element</h2>
    <p class="quiet">Click it on the picture, or choose it in the list (type to search, arrows, Enter).</p>
    <div class="pick">${list(picking)} ${frame(picking)}</div>
  </dialog>`;
}

function list(picking: Picking): TemplateResult {
  const { map, at } = picking;
  const chosen = map.elements[at];
  const typed = (event: Event) => search(picking, event);
  return html`<div class="list">
    <label class="field"
      >Search <input type="text" autofocus .value=${live(picking.filter)} @input=${typed}
    /></label>
    ${elements(picking)}
    <p class="quiet selector">${chosen?.selector ?? 'Nothing chosen yet.'}</p>
    <div class="actions">
      ${button('Use this element', () => chosen && take(chosen), { kind: 'primary', isDisabled: !chosen })}
      ${button('Cancel', close)}
    </div>
  </div>`;
}

function search(picking: Picking, event: Event): void {
  picking.filter = fieldValue(event);
  redraw();
}

function elements(picking: Picking): TemplateResult {
  const { map, at } = picking;
  const filter = picking.filter.toLowerCase();
  const listed = map.elements.flatMap((element, index) =>
    `${element.name} ${element.selector}`.toLowerCase().includes(filter) ? [{ element, index }] : [],
  );
  const options = listed
    .slice(0, LISTED)
    .map(({ element, index }) => html`<option value=${index} ?selected=${index === at}>${element.name}</option>`);
  return html`<select
    size="12"
    aria-label="Elements of the page"
    @change=${(event: Event) => choose(picking, Number(fieldValue(event)))}
    @keydown=${({ key }: KeyboardEvent) => key === 'Enter' && takeChosen(picking)}
  >
    ${options}
  </select>`;
}

function choose(picking: Picking, at: number): void {
  picking.at = at;
  redraw();
  document.querySelector('.outline')?.scrollIntoView({ block: 'nearest' });
}

function frame(picking: Picking): TemplateResult {
  const { map, at } = picking;
  const chosen = map.elements[at];
  const clicked = (event: MouseEvent) => {
    hover(event);
    takeChosen(picking);
  };
  return html`<div class="picture-frame" role="presentation" @mousemove=${hover} @click=${clicked}>
    <img src=${map.screenshot} alt="The page" width=${map.width} />
    ${chosen ? html`<span class="outline" data-place=${JSON.stringify(chosen)}></span>` : nothing}
  </div>`;
}

/** Styles may not stand in the markup here, so the outline is placed by script. */
export function placeOutline(): void {
  const outline = document.querySelector<HTMLElement>('.outline');
  const image = document.querySelector<HTMLImageElement>('.picture-frame img');
  if (!outline || !image || !ui.picking) return;
  const { x, y, width, height } = JSON.parse(outline.dataset.place ?? '{}') as PlacedElement;
  const scale = image.clientWidth / ui.picking.map.width;
  Object.assign(outline.style, {
    left: `${x * scale}px`,
    top: `${y * scale}px`,
    width: `${width * scale}px`,
    height: `${height * scale}px`,
  });
}

/** Chooses the smallest element under the pointer. */
function hover(event: MouseEvent): void {
  const { picking } = ui;
  const image = (event.currentTarget as HTMLElement).querySelector('img');
  if (!picking || !image) return;
  const box = image.getBoundingClientRect();
  const scale = picking.map.width / box.width;
  const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  let [best, area] = [-1, Number.POSITIVE_INFINITY];
  for (const [index, element] of picking.map.elements.entries()) {
    const inside =
      x >= element.x && x <= element.x + element.width && y >= element.y && y <= element.y + element.height;
    if (inside && element.width * element.height <= area) [best, area] = [index, element.width * element.height];
  }
  if (best === picking.at) return;
  picking.at = best;
  redraw();
}

function takeChosen({ map, at }: Picking): void {
  const element = map.elements[at];
  if (element) take(element);
}

function take({ selector, name }: PlacedElement): void {
  const { picking } = ui;
  if (!picking) return;
  const element = problemText(picking.problem).where?.element || name;
  editProblem(picking.problem, { where: { selector, viewport: picking.map.viewport, element } });
  close();
}

function close(): void {
  const problem = ui.picking?.problem;
  ui.picking = undefined;
  redraw();
  document.getElementById(`title-${problem}`)?.focus();
}
