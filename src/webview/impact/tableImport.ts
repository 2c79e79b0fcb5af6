/** A table that is about to be imported: what is decided about it, and what would come out. */
import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { dateOrders } from '../../core/outcomes/dateOrders';
import { importKindNames, importKinds } from '../../core/outcomes/importFields';
import { counted } from '../../core/text/counted';
import type { TableChoice, TableDraft } from '../../protocol/impactPage';
import { request } from '../shared/draw';
import { button, fieldValue, notice, select } from '../shared/elements';
import { html } from '../shared/html';
import { ask, change, host, preview, ui } from './store';
import { columns, figures, rowsLeftOut } from './tablePreview';
import { tableQuestions } from './tableQuestions';

/** Lets a person choose a table and shows what is in it. */
export function chooseTable(): void {
  void ask(async () => {
    const draft = await host?.chooseTable();
    if (draft) await preview(draft);
  });
}

/** Counts decisions, so that a late answer to an earlier one is not shown. */
let decisions = 0;

function decide(part: Partial<TableChoice>): void {
  if (!ui.table) return;
  ui.table.choice = { ...ui.table.choice, ...part };
  const { choice } = ui.table;
  decisions += 1;
  const mine = decisions;
  void ask(async () => {
    const draft = await host?.readTable(choice);
    if (!draft || !ui.table || mine !== decisions) return; // something else was decided meanwhile
    change({ table: { draft, choice: { ...choice, kind: draft.kind, columns: draft.columns } } });
  });
}

/** The preview of a table: what each column is taken for, what comes out, what is left out and why. */
export function tableImport(): TemplateResult | typeof nothing {
  if (!ui.table) return nothing;
  const { draft, choice } = ui.table;
  const replaced = draft.replaced > 0 ? `, ${draft.replaced} of them in place of another one of the same source` : '';
  const beside = draft.beside > 0 ? `, ${draft.beside} of them beside one of the same period from another source` : '';
  return html`<section class="card import" aria-labelledby="table-title">
    <h2 id="table-title" tabindex="-1">Import ${draft.name}</h2>
    <p>${counted(draft.rows, 'row')}. Only figures are kept; no row is stored.</p>
    ${choices(draft, choice)} ${columns(draft, choice, decide)}
    ${draft.error ? html`<div role="alert">${notice('warning', draft.error)}</div>` : nothing}
    ${tableQuestions(draft, choice, decide)} ${draft.notices.map((text) => notice('info', text))}
    <h3>What comes out</h3>
    <p aria-live="polite">
      ${draft.good} rows taken, ${draft.bad} left out, ${draft.figures.length} figures${beside}${replaced}.
    </p>
    ${figures(draft)} ${rowsLeftOut(draft)} ${actions(draft, choice)}
  </section>`;
}

const periods = [
  ['month', 'month'],
  ['quarter', 'quarter'],
  ['all', 'the period below'],
] as const;
const orders = [['', 'as the column tells'] as const, ...dateOrders.map((order) => [order, order] as const)];

/** The decisions about columns, which another kind of table does not keep. */
const unasked = { columns: {}, scales: {}, answers: {}, leaveOut: [] };

/** What a person decides about the table as a whole. */
function choices({ kind, name }: TableDraft, choice: TableChoice): TemplateResult {
  const none = kind === '' ? [['', 'choose…'] as const] : [];
  const kinds = [...none, ...importKinds.map((one) => [one, importKindNames[one]] as const)];
  const { by, dates, columns: taken } = choice;
  const fields = Object.values(taken);
  const hasMargin = fields.includes('margin');
  const hasMoney = hasMargin || fields.includes('orderValue') || fields.includes('revenue');
  return html`<div class="fields">
    <label class="field">What it is ${select(kinds, kind, (one) => decide({ ...unasked, kind: one }))}</label>
    <label class="field">Rows with a date, by ${select(periods, by, (next) => decide({ by: next }))}</label>
    <label class="field"
      >3/4/2026 and Jan-26 are written ${select(orders, dates, (next) => decide({ dates: next }))}</label
    >
    ${textChoice('First day, for rows without a date', 'from', '2026-09-01')}
    ${textChoice('Last day', 'to', '2026-09-30')}
    ${textChoice('Page or journey, for rows that name none', 'target', 'whole product')}
    ${textChoice('Source, to tell surveys apart', 'source', name)}
    ${hasMoney ? textChoice('Currency', 'currency', 'EUR') : nothing}
    ${hasMargin ? textChoice('Discount rate of a period, %', 'discount', '0.8') : nothing}
  </div>`;
}

type TextChoice = 'from' | 'to' | 'currency' | 'discount' | 'target' | 'source';

function textChoice(label: string, key: TextChoice, hint: string): TemplateResult {
  const set = (event: Event) => decide({ [key]: fieldValue(event).trim() });
  const value = ui.table?.choice[key] ?? '';
  return html`<label class="field">${label}<input .value=${live(value)} placeholder=${hint} @change=${set} /></label>`;
}

function actions({ figures: { length }, error }: TableDraft, choice: TableChoice): TemplateResult {
  const importAll = () =>
    ask(async () => {
      const done = await host?.importTable(choice);
      change({ table: undefined });
      const each = 'one for each metric, period and group';
      return done && `${counted(done.figures, 'figure')} recorded in outcomes.json, ${each}. Commit it to share them.`;
    });
  const isDisabled = length === 0 || error !== null || request.doing !== '';
  const template = (kind: string) =>
    button(`Template: ${kind}`, () => ask(async () => host?.template({ kind })), { kind: 'link' });
  return html`<p class="actions">
    ${button(`Import ${counted(length, 'figure')}`, importAll, { kind: 'primary', isDisabled })}
    ${button('Cancel', () => change({ table: undefined }))} ${importKinds.map(template)}
  </p>`;
}
