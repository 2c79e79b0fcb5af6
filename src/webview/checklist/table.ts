import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { itemFieldNames, itemFields } from '../../core/checklist/itemFields';
import type { BadRow, ColumnField, PastedTable, UnreadSeverity } from '../../core/checklist/pastedTable';
import { severityWords } from '../../core/record/severity';
import { counted } from '../../core/text/counted';
import { ask, redraw } from '../shared/draw';
import { button, fieldValue, notice, quiet, scrollTable, select } from '../shared/elements';
import { html } from '../shared/html';
import { focusOn, host, keyOf, perform, ui } from './page';

/** What was pasted, and how it is understood. */
const pasted = { text: '', table: undefined as PastedTable | undefined };

/** So many items are shown before they are added. */
const SHOWN = 8;

const fields: readonly (readonly [ColumnField, string])[] = [
  ['', 'left out'],
  ...itemFieldNames.map((name) => [name, itemFields[name].label] as const),
  ['id', 'Id'],
];
const named = new Map(fields);

async function read(text: string, columns: ColumnField[] | null = null): Promise<void> {
  pasted.text = text;
  if (text.trim() === '') {
    pasted.table = undefined;
    redraw();
    return;
  }
  const table = await ask(() => host.readTable({ text, columns }));
  if (pasted.text !== text) return;
  pasted.table = table;
  redraw();
}

/** Rows of a spreadsheet, how they are understood, and the way into the checklist. */
export function table(): TemplateResult {
  return html`<p>
      Copy the rows in your spreadsheet and paste them here, or the text of a CSV file. One question a line will do;
      headings such as <em>Title</em>, <em>Question</em>, <em>How to check</em>, <em>Good</em>, <em>Bad</em>,
      <em>Group</em> and <em>Severity</em> say what the columns are.
    </p>
    <div class="field">
      <label for="rows">Rows</label>
      <textarea
        id="rows"
        rows="7"
        wrap="off"
        spellcheck="false"
        .value=${live(pasted.text)}
        @input=${(event: Event) => read(fieldValue(event))}
      ></textarea>
    </div>
    ${pasted.table ? understood(pasted.table) : nothing}`;
}

function understood(found: PastedTable): TemplateResult {
  const { items, bad, unread, columns } = found;
  const add = () => addAll(columns.map(({ field }) => field));
  const look = { icon: 'add', kind: 'primary', isDisabled: items.length === 0 };
  return html`<h2>How the columns are read</h2>
    <ul class="pasted-columns">
      ${columns.map((column, at) => columnChoice(found, column, at))}
    </ul>
    ${bad.length === 0 ? nothing : badRows(bad)} ${unread.length === 0 ? nothing : unreadSeverities(unread)}
    <h2>${counted(items.length, 'item')} to add</h2>
    ${items.length === 0 ? html`<p>No row is an item yet. Say which column holds the question.</p>` : itemTable(found)}
    <p class="row stays">
      ${button(`Add ${counted(items.length, 'Item')}`, add, look)}
    </p>`;
}

function columnChoice(
  { columns }: PastedTable,
  { heading, sample, field }: PastedTable['columns'][number],
  at: number,
) {
  const choose = (chosen: ColumnField) =>
    read(
      pasted.text,
      columns.map((column, other) => (other === at ? chosen : column.field === chosen ? '' : column.field)),
    );
  const name = heading === '' ? `Column ${at + 1}` : heading;
  return html`<li>
    <label>${name} ${select(fields, field, choose)}</label> ${quiet(sample)}
  </li>`;
}

function badRows(bad: readonly BadRow[]): TemplateResult {
  return html`<div class="bad" role="status">
    ${notice(
      'warning',
      `${counted(bad.length, 'row')} left out. Correct ${bad.length === 1 ? 'it' : 'them'} above, or add the others.`,
    )}
    <ul>
      ${bad.map(({ row, what, next }) => html`<li><strong>Row ${row}:</strong> ${what} ${next}</li>`)}
    </ul>
  </div>`;
}

function unreadSeverities(unread: readonly UnreadSeverity[]): TemplateResult {
  const count = unread.reduce((sum, { rows }) => sum + rows.length, 0);
  const scale = severityWords.map((word, severity) => `${severity} ${word}`).join(', ');
  const without = `${counted(count, 'item')} without a severity`;
  const text = `${without}: the scale is ${scale}. Correct it above, or set it later.`;
  return html`<div class="bad" role="status">
    ${notice('info', text)}
    <ul>
      ${unread.map(({ cell, rows }) => html`<li><strong>${inRows(rows)}:</strong> “${cell}” is none of them.</li>`)}
    </ul>
  </div>`;
}

const inRows = (rows: readonly number[]) => `${rows.length === 1 ? 'Row' : 'Rows'} ${rows.join(', ')}`;

function itemTable({ items, columns }: PastedTable): TemplateResult {
  const used = fields.filter(([field]) => field !== '' && items.some((item) => item[field]));
  const shown = used.filter(([field]) => field === 'title' || columns.some((column) => column.field === field));
  const rows = items.slice(0, SHOWN).map(
    (item) => html`<tr>
    ${shown.map(([field]) => html`<td>${field === '' ? '' : (item[field] ?? '')}</td>`)}
  </tr>`,
  );
  const heads = shown.map(([field]) => named.get(field) ?? '');
  const rest = items.length - SHOWN;
  const more = rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : nothing;
  return html`${scrollTable('Items to add', heads, rows)} ${more}`;
}

async function addAll(columns: ColumnField[]): Promise<void> {
  const done = await perform(() => host.addTable({ text: pasted.text, columns }));
  if (!done) return;
  Object.assign(pasted, { text: '', table: undefined });
  ui.view = 'items';
  redraw();
  focusOn(`open-${keyOf(done.item ?? '')}`);
}
