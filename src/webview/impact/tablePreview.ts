import { nothing, type TemplateResult } from 'lit-html';
import { definitionOf } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import type { Figure } from '../../core/outcomes/figures';
import { type ImportKind, importFields, importKinds } from '../../core/outcomes/importFields';
import type { TableChoice, TableDraft } from '../../protocol/impactPage';
import { quiet, scrollTable, select } from '../shared/elements';
import { html } from '../shared/html';
import { metricOf, nameOf } from './store';

type Decide = (part: Partial<TableChoice>) => void;

/** The columns of a table and what each is taken for; values of personal columns are not shown. */
export function columns(draft: TableDraft, choice: TableChoice, decide: Decide): TemplateResult {
  const { headers, personal, sample } = draft;
  const rows = headers.map((header, index) => {
    const why = personal.find(({ column }) => column === header)?.why;
    const values = sample.map((row) => row[index] ?? '').filter(Boolean);
    return html`<tr>
      <th scope="row">${header}</th>
      <td class="quiet">${why === undefined ? values.slice(0, 3).join(' · ') : 'not shown'}</td>
      <td>
        ${why === undefined ? fieldChoice(header, draft, choice, decide) : leaveOut(header, why, choice, decide)}
      </td>
    </tr>`;
  });
  return scrollTable('Columns of the table', ['Column', 'First rows', 'Is'], rows);
}

function fieldChoice(header: string, { kind }: TableDraft, choice: TableChoice, decide: Decide): TemplateResult {
  const fields = (importKinds as readonly string[]).includes(kind) ? importFields[kind as ImportKind] : [];
  const options = [['', 'not read'] as const, ...fields.map(({ id, name }) => [id, name] as const)];
  const set = (field: string) => decide({ columns: { ...choice.columns, [header]: field } });
  return select(options, choice.columns[header] ?? '', set, { label: `What ${header} is` });
}

function leaveOut(header: string, why: string, { drop }: TableChoice, decide: Decide): TemplateResult {
  const others = drop.filter((column) => column !== header);
  const set = ({ target }: Event) =>
    decide({ drop: (target as HTMLInputElement).checked ? [...others, header] : others });
  return html`<label>
    <input type="checkbox" .checked=${drop.includes(header)} @change=${set} /> Leave out: it ${why}
  </label>`;
}

/** Figures that the preview lists; the rest is counted. */
const LISTED = 40;

/** The figures that would be recorded. */
export function figures({ figures: all }: TableDraft): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const heads = ['Metric', 'About', { number: 'Value' }, { number: '95 % interval' }, { number: 'n' }];
  const rest = all.length - LISTED;
  return html`${scrollTable('Figures', heads, all.slice(0, LISTED).map(figureRow))}
  ${rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : nothing}`;
}

function figureRow(figure: Figure): TemplateResult {
  const { metric, variant, segment, target, step, from, to, value, low, high, n } = figure;
  const about = [target ?? 'whole product', step === undefined ? [] : `step ${step}`, segment ?? []].flat();
  const text = (number: number) => figureText(number, unitOf(figure));
  return html`<tr>
    <th scope="row">${nameOf(metric)}${variant ? html` ${quiet(variant)}` : nothing}</th>
    <td>${about.join(', ')}, ${from} to ${to}</td>
    <td class="number">${text(value)}</td>
    <td class="number">${low === undefined || high === undefined ? 'none' : `${text(low)} to ${text(high)}`}</td>
    <td class="number">${n ?? 'not known'}</td>
  </tr>`;
}

/** The unit of a figure: its own, such as a currency, or that of its definition. */
function unitOf({ metric, variant, unit }: Figure): string {
  const known = metricOf(metric);
  return unit ?? (known ? definitionOf(known, variant).scale.unit : '');
}

/** The cells that cannot be read, and why. */
export function rowsLeftOut({ faults: errors, good }: TableDraft): TemplateResult | typeof nothing {
  if (errors.length === 0) return nothing;
  const line = ({ row, column, value, fault }: (typeof errors)[number]) =>
    html`<li>Row ${row}, ${column}${value ? ` “${value}”` : ''}: ${fault}</li>`;
  return html`<details ?open=${good === 0 || errors.length <= 5}>
    <summary>Cells that cannot be read, the first ${errors.length}</summary>
    <ul>
      ${errors.map(line)}
    </ul>
  </details>`;
}
