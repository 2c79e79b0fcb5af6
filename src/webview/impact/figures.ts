import { html, nothing, type TemplateResult } from 'lit-html';
import { definitionOf, definitionsOf, metrics, scaleText } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { isFew } from '../../core/outcomes/few';
import type { Figure } from '../../core/outcomes/figures';
import { type ImportKind, importFields, importKindNames, importKinds } from '../../core/outcomes/importFields';
import type { FigureText, TableChoice } from '../../protocol/impactPage';
import { icon } from './parts';
import { ask, change, host, metricOf, preview, ui } from './store';

/** Buttons that bring figures in. */
export function figureActions(): TemplateResult | typeof nothing {
  if (!host) return nothing;
  return html`<button @click=${chooseTable}>${icon('table')} Import a table…</button>
    <button @click=${() => change({ typing: { metric: 'nps', target: ui.filter.target ?? '' } })}>${icon('edit')} Type a figure…</button>`;
}

function chooseTable(): void {
  void ask(async () => {
    const draft = await host?.chooseTable();
    if (draft) preview(draft);
  });
}

/** Counts what was decided, so that a late answer to an earlier decision is not shown. */
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

/** Asks for field data of the chosen page, where it is deployed. */
export function fieldActions(): TemplateResult | typeof nothing {
  const target = ui.data?.targets.find(({ slug }) => slug === ui.filter.target);
  if (!host || !target?.isDeployed) return nothing;
  const asking = (scope: 'url' | 'origin', formFactor: 'PHONE' | 'DESKTOP') => () =>
    ask(
      async () => host?.askField({ target: target.slug, scope, formFactor }),
      'Field data recorded in outcomes.json.',
    );
  return html`<details class="field-data">
    <summary>Field data of ${target.slug}</summary>
    <p class="quiet">Asks the Chrome UX Report with your own key; sends the address of the page and the key, nothing else.</p>
    <p class="actions">
      <button @click=${asking('url', 'PHONE')}>This page, phones</button>
      <button @click=${asking('url', 'DESKTOP')}>This page, desktops</button>
      <button @click=${asking('origin', 'PHONE')}>Whole origin, phones</button>
      <button @click=${asking('origin', 'DESKTOP')}>Whole origin, desktops</button>
    </p>
  </details>`;
}

/** The preview of a table: what each column is taken for, what comes out, what is left out and why. */
export function tableImport(): TemplateResult | typeof nothing {
  if (!ui.table) return nothing;
  const { draft, choice } = ui.table;
  const fields = (importKinds as readonly string[]).includes(draft.kind) ? importFields[draft.kind as ImportKind] : [];
  const has = (...ids: string[]) => Object.values(choice.columns).some((id) => ids.includes(id));
  const text = (label: string, key: 'from' | 'to' | 'currency' | 'discount' | 'target', hint: string) =>
    html`<label class="field">${label}<input .value=${choice[key]} placeholder=${hint} @change=${(event: Event) => decide({ [key]: (event.target as HTMLInputElement).value.trim() })} /></label>`;
  return html`<section class="card import" aria-labelledby="table-title">
    <h2 id="table-title" tabindex="-1">Import ${draft.name}</h2>
    <p>${draft.rows} ${draft.rows === 1 ? 'row' : 'rows'}. Only figures are kept: no row of it is stored.</p>
    <div class="fields">
      <label class="field">What it is
        <select .value=${draft.kind} @change=${(event: Event) => decide({ kind: (event.target as HTMLSelectElement).value, columns: {} })}>
          ${draft.kind === '' ? html`<option value="" selected>choose…</option>` : nothing}
          ${importKinds.map((kind) => html`<option value=${kind} ?selected=${kind === draft.kind}>${importKindNames[kind]}</option>`)}
        </select>
      </label>
      <label class="field">Rows with a date, by
        <select @change=${(event: Event) => decide({ by: (event.target as HTMLSelectElement).value as TableChoice['by'] })}>
          ${(['month', 'quarter', 'all'] as const).map((by) => html`<option value=${by} ?selected=${by === choice.by}>${by === 'all' ? 'the period below' : by}</option>`)}
        </select>
      </label>
      <label class="field">3/4/2026 means
        <select @change=${(event: Event) => decide({ dates: (event.target as HTMLSelectElement).value as TableChoice['dates'] })}>
          ${(['', 'day first', 'month first'] as const).map((order) => html`<option value=${order} ?selected=${order === choice.dates}>${order === '' ? 'as the column tells' : order}</option>`)}
        </select>
      </label>
      ${text('First day, for rows without a date', 'from', '2026-09-01')} ${text('Last day', 'to', '2026-09-30')}
      ${text('Page or journey, for rows that name none', 'target', 'whole product')}
      ${has('orderValue', 'margin') ? text('Currency', 'currency', 'EUR') : nothing}
      ${has('margin') ? text('Discount rate of a period, %', 'discount', '0.8') : nothing}
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label="Columns of the table">
      <table>
        <thead>
          <tr><th scope="col">Column</th><th scope="col">First rows</th><th scope="col">Is</th></tr>
        </thead>
        <tbody>
          ${draft.headers.map((header, index) => {
            const personal = draft.personal.find(({ column }) => column === header);
            const isDropped = choice.drop.includes(header);
            return html`<tr>
              <th scope="row">${header}</th>
              <td class="quiet">${
                personal
                  ? 'not shown'
                  : draft.sample
                      .map((row) => row[index] ?? '')
                      .filter(Boolean)
                      .slice(0, 3)
                      .join(' · ')
              }</td>
              <td>
                ${
                  personal
                    ? html`<label><input type="checkbox" .checked=${isDropped} @change=${(event: Event) =>
                        decide({
                          drop: (event.target as HTMLInputElement).checked
                            ? [...choice.drop, header]
                            : choice.drop.filter((one) => one !== header),
                        })} />
                        Leave out: it ${personal.why}</label>`
                    : html`<select aria-label="What ${header} is" @change=${(event: Event) => decide({ columns: { ...choice.columns, [header]: (event.target as HTMLSelectElement).value } })}>
                        <option value="">not read</option>
                        ${fields.map(({ id, name }) => html`<option value=${id} ?selected=${choice.columns[header] === id}>${name}</option>`)}
                      </select>`
                }
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${draft.error ? html`<p class="notice" role="alert">${icon('warning')}<span>${draft.error}</span></p>` : nothing}
    ${draft.notices.map((notice) => html`<p class="notice">${icon('info')}<span>${notice}</span></p>`)}
    <h3>What comes out</h3>
    <p aria-live="polite">${draft.good} rows taken, ${draft.bad} left out, ${draft.figures.length} figures${draft.replaced > 0 ? `, ${draft.replaced} of which take the place of one from another source` : ''}.</p>
    ${
      draft.figures.length > 0
        ? html`<div class="scroll" tabindex="0" role="region" aria-label="Figures"><table>
            <thead><tr><th scope="col">Metric</th><th scope="col">About</th><th scope="col" class="number">Value</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">n</th></tr></thead>
            <tbody>${draft.figures.slice(0, 40).map(
              (one) => html`<tr>
                <th scope="row">${metricOf(one.metric)?.name ?? one.metric}${one.variant ? html` <span class="quiet">${one.variant}</span>` : nothing}</th>
                <td>${one.target ?? 'whole product'}, ${one.from} to ${one.to}</td>
                <td class="number">${isFew(one) ? 'too few' : figureText(one.value, unitOf(one))}</td>
                <td class="number">${one.low === undefined || one.high === undefined ? 'none' : `${figureText(one.low, unitOf(one))} to ${figureText(one.high, unitOf(one))}`}</td>
                <td class="number">${one.n ?? 'not known'}</td>
              </tr>`,
            )}</tbody>
          </table></div>
          ${draft.figures.length > 40 ? html`<p class="quiet">and ${draft.figures.length - 40} more</p>` : nothing}`
        : nothing
    }
    ${
      draft.faults.length > 0
        ? html`<details ?open=${draft.good === 0 || draft.faults.length <= 5}><summary>Rows left out: ${draft.bad}</summary><ul>${draft.faults.map(({ row, column, value, fault }) => html`<li>Row ${row}, ${column}${value ? html` “${value}”` : nothing}: ${fault}</li>`)}</ul></details>`
        : nothing
    }
    <p class="actions">
      <button class="primary" ?disabled=${draft.figures.length === 0 || draft.error !== null || ui.busy} @click=${() =>
        ask(async () => {
          const done = await host?.importTable(choice);
          change({ table: undefined });
          return (
            done &&
            `${done.figures} ${done.figures === 1 ? 'figure' : 'figures'} recorded in outcomes.json; commit it to share them.`
          );
        })}>Import ${draft.figures.length} ${draft.figures.length === 1 ? 'figure' : 'figures'}</button>
      <button @click=${() => change({ table: undefined })}>Cancel</button>
      ${importKinds.map((kind) => html`<button class="link" @click=${() => ask(async () => host?.template({ kind }))}>Template: ${kind}</button>`)}
    </p>
  </section>`;
}

/** What a figure is in: its own unit, such as a currency, or that of its definition. */
function unitOf({ metric, variant, unit }: Figure): string {
  const known = metricOf(metric);
  return unit ?? (known ? definitionOf(known, variant).scale.unit : '');
}

/** A form for one figure with its period, n and source. */
export function figureForm(): TemplateResult | typeof nothing {
  if (!ui.typing) return nothing;
  const enterable = metrics
    .filter(({ obtained }) => obtained.includes('entered'))
    .sort((a, b) => a.name.localeCompare(b.name));
  const known = metricOf(ui.typing.metric);
  const isMoney = known?.scale.unit.includes('currency') === true;
  const variants = Object.keys(known?.variants ?? {});
  const field = (label: string, name: keyof FigureText, hint: string, value = '') =>
    html`<label class="field">${label}<input name=${name} placeholder=${hint} .value=${value} /></label>`;
  return html`<section class="card import" aria-labelledby="typing-title">
    <h2 id="typing-title" tabindex="-1">Type a figure</h2>
    <form @submit=${add}>
      <div class="fields">
        <label class="field">Metric
          <select name="metric" @change=${(event: Event) => change({ typing: { metric: (event.target as HTMLSelectElement).value, target: ui.typing?.target ?? '' } })}>
            ${enterable.map(({ id, name, kind }) => html`<option value=${id} ?selected=${id === ui.typing?.metric}>${name} (${kind === 'ux' ? 'UX' : 'customers'})</option>`)}
          </select>
        </label>
        ${field(
          `Value${
            known
              ? ` (${definitionsOf(known)
                  .map(({ scale }) => scaleText(scale))
                  .join(' or ')})`
              : ''
          }`,
          'value',
          '',
        )} ${field('First day of its period', 'from', '2026-07-01')}
        ${field('Last day', 'to', '2026-09-30')} ${field('n: answers, attempts or visits', 'n', 'leave empty if not known')}
        ${field('Where it comes from', 'source', 'support survey, third quarter')}
        ${field('Page or journey', 'target', 'whole product', ui.typing.target)}
        ${variants.length > 0 ? field('Version', 'variant', variants.join(' or ')) : nothing}
        ${isMoney ? field('Currency', 'unit', 'EUR') : nothing}
      </div>
      <p class="actions">
        <button class="primary" type="submit">Record</button>
        <button type="button" @click=${() => change({ typing: undefined })}>Cancel</button>
      </p>
    </form>
  </section>`;
}

function add(event: Event): void {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const figure: FigureText = {
    metric: text('metric'),
    value: text('value'),
    from: text('from'),
    to: text('to'),
    n: text('n'),
    source: text('source'),
    target: text('target'),
    variant: text('variant'),
    unit: text('unit'),
  };
  void ask(async () => {
    await host?.addFigure(figure);
    change({ typing: undefined });
  }, 'Recorded in outcomes.json.');
}
