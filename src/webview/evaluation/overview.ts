import { html, nothing, type TemplateResult } from 'lit-html';
import { doneIn } from './form';
import { icon, lookOf } from './looks';
import { answerOf, askedOf, goTo, itemOf, itemsOf, nameOf, ui } from './store';

/** Every item on every page: one table, each cell leads to its form. */
export function overview(): TemplateResult {
  const columns = ui.state?.columns ?? [];
  if (columns.length === 0) return html`<p>There is nothing of yours to show yet.</p>`;
  const items = [...new Set(columns.flatMap((column) => itemsOf(column)))];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Overview of all items">
    <table class="overview">
      <caption class="visually-hidden">
        Verdicts by item and page
      </caption>
      <thead>
        <tr>
          <th scope="col">Item</th>
          ${columns.map((column) => html`<th scope="col">${nameOf(column)}<br /><span class="quiet">${doneIn(column)} of ${askedOf(column).length}${column.status === 'submitted' ? ', submitted' : ''}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (id) => html`<tr>
            <th scope="row"><span class="quiet">${id}</span> ${itemOf(id)?.title ?? ''}${columns.some((column) => askedOf(column).includes(id)) ? '' : html` <span class="quiet">no longer asked</span>`}</th>
            ${columns.map((column, index) => {
              const answer = answerOf(column, id);
              const look = lookOf(answer.verdict);
              const problems = (answer.findings ?? []).length;
              return html`<td>
<button class="cell ${look.tone}" @click=${() => goTo(index, id)}>
                  <span class="visually-hidden">${nameOf(column)}, ${id}:</span>${icon(look.icon)}
                  <span class=${answer.verdict ? '' : 'visually-hidden'}>${look.word}</span>
                  ${problems > 0 ? html`<span class="quiet">${problems}<span class="visually-hidden"> ${problems === 1 ? 'problem' : 'problems'}</span></span>` : nothing}
                </button>
              </td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
