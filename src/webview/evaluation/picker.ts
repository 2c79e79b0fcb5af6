import { html, nothing, type TemplateResult } from 'lit-html';
import type { PlacedElement } from '../../protocol/workerMessages';
import { editProblem, problemText, redraw, ui } from './store';

/** A picture of the page to pick an element on, with the mouse or from the list of its elements. */
export function picker(): TemplateResult | typeof nothing {
  const { picking } = ui;
  if (!picking) return nothing;
  const { map, at } = picking;
  const chosen = map.elements[at];
  const filter = picking.filter.toLowerCase();
  const listed = map.elements.flatMap((element, index) =>
    `${element.name} ${element.selector}`.toLowerCase().includes(filter) ? [{ element, index }] : [],
  );
  return html`<dialog class="picker" @close=${close} aria-labelledby="picker-title">
    <h2 id="picker-title">Pick the element</h2>
    <p class="quiet">Click it on the picture, or choose it in the list (type to search, arrows, Enter).</p>
    <div class="pick">
      <div class="list">
        <label class="field">Search <input type="text" autofocus .value=${picking.filter} @input=${(event: Event) => {
          picking.filter = (event.target as HTMLInputElement).value;
          redraw();
        }} /></label>
        <select size="12" aria-label="Elements of the page" @change=${(event: Event) => {
          picking.at = Number((event.target as HTMLSelectElement).value);
          redraw();
          document.querySelector('.outline')?.scrollIntoView({ block: 'nearest' });
        }} @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' && picking.at >= 0) take(map.elements[picking.at] as PlacedElement);
        }}>
          ${listed.slice(0, 400).map(({ element, index }) => html`<option value=${index} ?selected=${index === at}>${element.name}</option>`)}
        </select>
        <p class="quiet selector">${chosen?.selector ?? 'Nothing chosen yet.'}</p>
        <div class="actions">
          <button class="primary" ?disabled=${!chosen} @click=${() => chosen && take(chosen)}>Use this element</button>
          <button @click=${close}>Cancel</button>
        </div>
      </div>
      <div class="picture-frame" role="presentation"
        @mousemove=${(event: MouseEvent) => hover(event)}
        @click=${(event: MouseEvent) => {
          hover(event);
          const element = map.elements[picking.at];
          if (element) take(element);
        }}>
        <img src=${map.picture} alt="The page" width=${map.width} />
        ${chosen ? html`<span class="outline" data-place=${JSON.stringify(chosen)}></span>` : nothing}
      </div>
    </div>
  </dialog>`;
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

/** The smallest element under the pointer. */
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

function take({ selector, name }: PlacedElement): void {
  const { picking } = ui;
  if (!picking) return;
  const element = problemText(picking.problem).where?.element || name;
  editProblem(ui.column, ui.item, picking.problem, { where: { selector, viewport: picking.map.viewport, element } });
  close();
}

function close(): void {
  const problem = ui.picking?.problem;
  ui.picking = undefined;
  redraw();
  document.getElementById(`title-${problem}`)?.focus();
}
