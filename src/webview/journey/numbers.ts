import { nothing, type TemplateResult } from 'lit-html';
import type { StepNumbersTable } from '../../core/journey/journeyTable';
import type { JourneyView } from '../../core/journey/journeyView';
import { scrollTable } from '../shared/elements';
import { html } from '../shared/html';

/** All numbers of the machine and the recording. */
export function numbers({ numbers: tables }: JourneyView): TemplateResult {
  return html`${tables.map(table)}`;
}

function table({ title, columns, rows, notes }: StepNumbersTable): TemplateResult {
  const lines = rows.map(
    ({ name, cells }) => html`<tr>
      <th scope="row"><bdi>${name}</bdi></th>
      ${cells.map(
        ({ value, detail }) =>
          html`<td class="number">${value}${detail ? html`<br /><span class="quiet">${detail}</span>` : nothing}</td>`,
      )}
    </tr>`,
  );
  const heads = columns.map((name) => ({ number: name }));
  return html`<h3>${title}</h3>
    ${scrollTable(title, ['Step', ...heads], lines)} ${notes.map((note) => html`<p class="quiet">${note}</p>`)}`;
}

/** The newest run beside the one before, step by step. */
export function comparison({ comparison: compared, steps }: JourneyView): TemplateResult {
  if (!compared) return html``;
  const of = steps.filter(({ changes }) => changes.length > 0);
  const names = [...new Set(of.flatMap(({ changes }) => changes.map(({ label }) => label)))];
  const rows = of.map(({ name, changes }) => {
    const cells = names.map((label) => {
      const change = changes.find((one) => one.label === label);
      return change
        ? html`<td><strong>${change.value}</strong><br /><span class="quiet">${change.detail}</span></td>`
        : html`<td>–</td>`;
    });
    return html`<tr>
      <th scope="row"><bdi>${name}</bdi></th>
      ${cells}
    </tr>`;
  });
  return html`<p class="quiet">
      Two runs at two times, in the same place, window and major version of the browser. The machine may have changed
      between them, so only a clear difference counts.
    </p>
    ${scrollTable(compared, ['Step', ...names], rows, 'compared')}`;
}
