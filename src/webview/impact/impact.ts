import { nothing, render, type TemplateResult } from 'lit-html';
import { html } from '../shared/html';
import './impact.css';
import type { ImpactData } from '../../core/impact/impactData';
import { type ImpactFilter, segmentsOf } from '../../core/impact/impactFilter';
import { basisText } from '../../core/impact/impactText';
import { stages } from '../../core/record/stages';
import { onDraw, request } from '../shared/draw';
import { button, icon, notice, quiet, select } from '../shared/elements';
import { answerPage } from './answer';
import { chain } from './chain';
import { claims } from './claims';
import { fieldData } from './fieldData';
import { figureForm, typeFigure } from './figureForm';
import { fixList } from './fix';
import { reasons } from './reasons';
import { ask, auditButton, begin, change, host, present, type Question, questions, type Shown, ui } from './store';
import { chooseTable, tableImport } from './tableImport';
import { timePage } from './time';
import { touchpoints } from './touchpoints';
import { whatIfPage } from './whatIf';

const page = document.getElementById('page') as HTMLElement;
page.replaceChildren(); // the text that stood there while the page was loading
const panels: Record<Question, (shown: Shown) => TemplateResult> = {
  answer: answerPage,
  fix: (shown) => html`${fixList(shown)} ${reasons(shown)} ${touchpoints(shown)}`,
  chain,
  whatIf: whatIfPage,
  time: timePage,
  claims,
};

function head(data: ImpactData): TemplateResult {
  const exportHtml = () => ask(async () => host?.exportHtml());
  const actions = html`${button('Import a table…', chooseTable, { icon: 'table' })}
  ${button('Type a figure…', typeFigure, { icon: 'edit' })} ${button('Export HTML…', exportHtml, { icon: 'export' })}`;
  return html`<header class="head">
    <div>
      <h1>UX impact ${quiet(`· ${data.title}`)}</h1>
      <p class="quiet">${basisText(data)}</p>
    </div>
    <div class="actions">${host ? actions : nothing}</div>
  </header>`;
}

function filters({ targets, runs, figures }: ImpactData): TemplateResult | typeof nothing {
  if (ui.question === 'whatIf') return nothing; // asks for its page itself
  return html`<div class="filters" role="group" aria-label="What is shown">
    ${filter('target', 'target', targets.map(({ slug }) => slug).sort())}
    ${filter('environment', 'environment', unique(runs.map(({ environment }) => environment)))}
    ${filter('form factor', 'formFactor', unique(runs.map(({ formFactor }) => formFactor)))}
    ${filter('segment', 'segment', segmentsOf(figures), 1)}
    ${ui.question === 'chain' ? nothing : filter('stage', 'stage', stages)}
  </div>`;
}

function unique(values: string[]): string[] {
  return [...new Set(values)].sort();
}

/** A choice of one value or all; nothing where there are fewer values than it takes to choose. */
function filter(
  label: string,
  key: keyof ImpactFilter,
  values: readonly string[],
  fewest = 2,
): TemplateResult | typeof nothing {
  const chosen = ui.filter[key];
  if (values.length < fewest && chosen === undefined) return nothing;
  const options = [['', 'all'] as const, ...values.map((value) => [value, value] as const)];
  const choose = (value: string) => change({ filter: { ...ui.filter, [key]: value === '' ? undefined : value } });
  return html`<label>${label} ${select(options, chosen ?? '', choose)}</label>`;
}

function tabs(): TemplateResult {
  const tab = ({ id, title }: (typeof questions)[number]) => {
    const isNow = id === ui.question;
    return html`<button
      role="tab"
      id="tab-${id}"
      aria-controls="panel"
      aria-selected=${isNow ? 'true' : 'false'}
      tabindex=${isNow ? '0' : '-1'}
      @click=${() => change({ question: id })}
    >
      ${title}
    </button>`;
  };
  return html`<div class="tabs" role="tablist" aria-label="Questions" @keydown=${moveTab}>${questions.map(tab)}</div>`;
}

/** Arrow keys move between the questions, as in any list of tabs. */
function moveTab(event: KeyboardEvent): void {
  const { length } = questions;
  const at = questions.findIndex(({ id }) => id === ui.question);
  const to = { ArrowRight: (at + 1) % length, ArrowLeft: (at + length - 1) % length, Home: 0, End: length - 1 };
  const next = questions[to[event.key as keyof typeof to]];
  if (!next) return;
  event.preventDefault();
  change({ question: next.id });
  document.getElementById(`tab-${next.id}`)?.focus();
}

function empty({ runs, figures, findings }: ImpactData): TemplateResult | typeof nothing {
  if (runs.length + figures.length + findings.length > 0) return nothing;
  const first = html`${auditButton('Audit a page')}, import a table of what customers say and do, or type a figure; then
  this page shows what evidence joins them.`;
  const said = host ? first : 'Audit a page or import figures, then export again.';
  return html`<p class="notice info">${icon('info')}<span>Nothing is known yet. ${said}</span></p>`;
}

onDraw(() => {
  const shown = present();
  render(
    html`${shown ? head(shown.data) : nothing}
      <div role="status" aria-live="polite" class="quiet">${status(shown)}</div>
      <div role="alert">${request.error ? notice('error', request.error) : nothing}</div>
      ${shown ? body(shown) : nothing}`,
    page,
  );
});

/** The filter of the first page stands below it: few people need one there. */
function part(data: ImpactData): TemplateResult {
  const isSet = Object.values(ui.filter).some((value) => value !== undefined);
  return html`<details class="show-part" ?open=${isSet}>
    <summary>Show only a page, an environment, a segment or a stage</summary>
    ${filters(data)} ${fieldData()}
  </details>`;
}

function status(shown: Shown | undefined): TemplateResult | typeof nothing {
  const said = shown ? request.doing || ui.done : request.error === '' && 'Loading…';
  return said ? html`<p>${said}</p>` : nothing;
}

function body(shown: Shown): TemplateResult {
  const { data } = shown;
  const isAnswer = ui.question === 'answer';
  return html`${data.faults.map((error) => notice('warning', error))} ${isAnswer ? nothing : empty(data)}
    ${tableImport()} ${figureForm()} ${tabs()} ${isAnswer ? nothing : html`${filters(data)} ${fieldData()}`}
    <div role="tabpanel" id="panel" aria-labelledby="tab-${ui.question}">
      ${panels[ui.question](shown)} ${isAnswer && data.targets.length > 0 ? part(data) : nothing}
    </div>`;
}

/** On paper nothing can be opened: what is folded and has been drawn is printed too. */
let folded: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
  for (const one of folded) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false;
});

void begin();
