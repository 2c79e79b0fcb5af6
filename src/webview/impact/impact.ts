import { html, nothing, render, type TemplateResult } from 'lit-html';
import './impact.css';
import { stages } from '../../core/record/stages';
import { claims } from './claim';
import { fieldActions, figureActions, figureForm, tableImport } from './figures';
import { fixList } from './fix';
import { hurts } from './hurts';
import { map } from './map';
import { icon } from './parts';
import { ask, begin, change, host, onDraw, present, type Question, questions, ui } from './store';
import { trends } from './trends';

const page = document.getElementById('page') as HTMLElement;
page.replaceChildren(); // what stood there while the page was loading
const panels: Record<Question, () => TemplateResult> = {
  doing: map,
  hurts,
  fix: fixList,
  better: trends,
  claim: claims,
};

function filters(): TemplateResult {
  const { data, filter } = ui;
  if (!data) return html``;
  const unique = (values: string[]) => [...new Set(values)].sort();
  const pick = (label: string, key: 'target' | 'environment' | 'formFactor' | 'stage', values: readonly string[]) =>
    values.length < 2 && filter[key] === undefined
      ? nothing
      : html`<label>${label}
          <select
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              change({ filter: { ...filter, [key]: value === '' ? undefined : value } });
            }}
          >
            <option value="">all</option>
            ${values.map((value) => html`<option value=${value} ?selected=${filter[key] === value}>${value}</option>`)}
          </select></label>`;
  return html`<div class="filters" role="group" aria-label="What is shown">
    ${pick('target', 'target', data.targets.map(({ slug }) => slug).sort())}
    ${pick('environment', 'environment', unique(data.runs.map(({ environment }) => environment)))}
    ${pick('form factor', 'formFactor', unique(data.runs.map(({ formFactor }) => formFactor)))}
    ${pick('stage', 'stage', stages)}
  </div>`;
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}

/** What the view rests on, in one line. */
function basis(): string {
  const { data } = ui;
  if (!data) return '';
  const newest = data.runs.at(-1);
  const last = data.figures
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return [
    newest
      ? `lab: newest ${newest.at.slice(0, 10)}, ${count(data.runs.length, 'set', 'sets')} of runs`
      : 'lab: nothing measured on this machine',
    last ? `customers: ${count(data.figures.length, 'figure', 'figures')} up to ${last}` : 'customers: no figure yet',
    `as of ${data.today}`,
  ].join(' · ');
}

/** Arrow keys move between the questions, as in any list of tabs. */
function moveTab(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = questions.findIndex(({ id }) => id === ui.question);
  const to =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? questions.length - 1
        : step === undefined
          ? undefined
          : (at + step + questions.length) % questions.length;
  const next = to === undefined ? undefined : questions[to];
  if (!next) return;
  event.preventDefault();
  change({ question: next.id });
  document.getElementById(`tab-${next.id}`)?.focus();
}

function empty(): TemplateResult | typeof nothing {
  const { data } = ui;
  if (!data || data.runs.length + data.figures.length + data.findings.length > 0) return nothing;
  return html`<p class="notice plain">${icon('info')}<span>Nothing is known yet. ${host ? html`<button class="link" @click=${() => ask(async () => host?.audit())}>Audit a page</button>, import a table of what customers say and do, or type a figure; then this page shows what evidence joins them.` : 'Audit a page or import figures, then export again.'}</span></p>`;
}

function draw(): void {
  const { data } = ui;
  if (!data || !present()) {
    render(
      html`${ui.fault ? html`<p class="notice" role="alert">${icon('error')}<span>${ui.fault}</span></p>` : html`<p role="status">Loading…</p>`}`,
      page,
    );
    return;
  }
  render(
    html`<header class="head">
        <div>
          <h1>UX impact <span class="quiet">${data.title}</span></h1>
          <p class="quiet">${basis()}</p>
        </div>
        <div class="actions">
          ${figureActions()}
          ${host ? html`<button @click=${() => ask(async () => host?.exportHtml())}>${icon('export')} Export HTML…</button>` : nothing}
        </div>
      </header>
      <div role="status" aria-live="polite">${ui.busy ? html`<p class="quiet">Working…</p>` : ui.said ? html`<p class="quiet">${ui.said}</p>` : nothing}</div>
      ${ui.fault ? html`<p class="notice" role="alert">${icon('error')}<span>${ui.fault}</span></p>` : nothing}
      ${data.faults.map((fault) => html`<p class="notice">${icon('warning')}<span>${fault}</span></p>`)} ${empty()} ${tableImport()} ${figureForm()}
      <div class="tabs" role="tablist" aria-label="Questions" @keydown=${moveTab}>
        ${questions.map(
          ({ id, title }) =>
            html`<button
              role="tab"
              id="tab-${id}"
              aria-controls="panel"
              aria-selected=${id === ui.question ? 'true' : 'false'}
              tabindex=${id === ui.question ? '0' : '-1'}
              @click=${() => change({ question: id })}
            >
              ${title}
            </button>`,
        )}
      </div>
      ${filters()} ${fieldActions()}
      <div role="tabpanel" id="panel" aria-labelledby="tab-${ui.question}">${panels[ui.question]()}</div>`,
    page,
  );
}

onDraw(draw);
void begin();
