import { html, nothing, render, type TemplateResult } from 'lit-html';
import './evaluation.css';
import type { EvaluationPageState, EvaluationView } from '../../protocol/evaluationPage';
import { addProblem, doneIn, form, giveSeverity, giveVerdict } from './form';
import { icon } from './looks';
import { overview } from './overview';
import { picker, placeOutline } from './picker';
import { problemEditor } from './problem';
import {
  ask,
  askedOf,
  columnNow,
  goTo,
  host,
  loadBeside,
  move,
  movePage,
  nameOf,
  on,
  onDraw,
  redraw,
  refreshBeside,
  takeState,
  ui,
} from './store';
import { moveRating, ratedHeading, rateProblem, rateView, together } from './together';

const page = document.getElementById('page') as HTMLElement;
let helpOpen = false;

const tabs: { view: EvaluationView; label: string; key?: string }[] = [
  { view: 'form', label: 'Form' },
  { view: 'overview', label: 'Overview', key: 'O' },
  { view: 'rate', label: 'Rate' },
  { view: 'together', label: 'Together' },
];

const keys: [string, string][] = [
  ['P', 'pass (again: take it back)'],
  ['F', 'fail, and describe the problem'],
  ['N', 'not applicable'],
  ['U', 'unsure'],
  ['J', 'next item, in the rating round next problem'],
  ['K', 'previous'],
  ['[ ]', 'previous and next page'],
  ['A', 'add a problem'],
  ['0 – 4', 'severity of the problem'],
  ['C', 'comment: into the note'],
  ['O', 'overview, and back'],
  ['Esc', 'out of a text field, so that single keys work again'],
  ['?', 'these keys'],
];

function show(view: EvaluationView): void {
  ui.view = view;
  redraw();
  loadBeside();
}

function saved(): string {
  if (ui.notSaved) return 'not saved';
  return ui.unsaved > 0 ? 'saving…' : 'saved';
}

function head(state: EvaluationPageState): TemplateResult {
  const column = columnNow();
  const done = state.columns.reduce((sum, each) => sum + doneIn(each), 0);
  const total = state.columns.reduce((sum, each) => sum + askedOf(each).length, 0);
  const drafts = state.columns.flatMap((each, index) => (each.status === 'draft' ? [index] : []));
  const name = column ? nameOf(column) : [...new Set(state.joint.map(({ target }) => target))].join(', ');
  return html`<header class="head">
      <div>
        <h1>${name}</h1>
        <p class="quiet">${state.checklist.title} · ${state.me}${column && column.round > 1 ? ` · round ${column.round}` : ''}</p>
        ${
          total > 0
            ? html`<p class="progress">
                <progress max=${total} value=${done} aria-label="Items with a verdict"></progress>
                <span>${done} of ${total}</span><span class="quiet">${total - done} left · ${saved()}</span>
              </p>`
            : nothing
        }
      </div>
      <div class="actions">
        ${
          column?.url
            ? html`<button @click=${() => void ask(() => host.showPage({ column: ui.column, beside: true }), 'Opening the page…')}>${icon('split-horizontal')}Page beside</button>
                <button @click=${() => void ask(() => host.showPage({ column: ui.column, beside: false }), 'Opening the page…')}>${icon('link-external')}In browser</button>`
            : nothing
        }
        <button @click=${() => void ask(() => host.exportEvaluation(null))}>${icon('export')}Export…</button>
        <button @click=${() => {
          helpOpen = true;
          redraw();
        }} aria-keyshortcuts="?">${icon('keyboard')}Keys</button>
        ${drafts.length > 0 ? html`<button class="primary" @click=${() => void submit(drafts)}>${icon('check-all')}Submit…</button>` : nothing}
      </div>
    </header>
    <nav class="tabs" aria-label="Views">
      ${tabs.map(
        ({ view, label, key }) =>
          html`<button aria-current=${ui.view === view ? 'page' : nothing} @click=${() => show(view)}>${label}${key ? html`<kbd>${key}</kbd>` : nothing}</button>`,
      )}
    </nav>`;
}

async function submit(columns: number[]): Promise<void> {
  const done = await ask(() => host.submit({ columns }));
  if (done?.submitted) show('rate');
}

function helpDialog(): TemplateResult | typeof nothing {
  if (!helpOpen) return nothing;
  return html`<dialog @close=${closeHelp} aria-labelledby="help-title">
    <h2 id="help-title">Keys</h2>
    <dl class="keys">${keys.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}</dl>
    <button @click=${closeHelp}>Close</button>
  </dialog>`;
}

function closeHelp(): void {
  helpOpen = false;
  redraw();
}

function body(): TemplateResult {
  switch (ui.view) {
    case 'form':
      return form();
    case 'overview':
      return overview();
    case 'rate':
      return rateView();
    case 'together':
      return together();
  }
}

onDraw(() => {
  const { state } = ui;
  if (!state) return;
  render(
    html`${head(state)}
      <div role="alert">
        ${ui.fault ? html`<p class="notice">${icon('error')}<span>${ui.fault}</span></p>` : nothing}
        ${ui.notTaken ? html`<p class="notice">${icon('error')}<span>Not taken: ${ui.notTaken} The form shows again what is recorded.</span></p>` : nothing}
        ${ui.notSaved ? html`<p class="notice">${icon('error')}<span>Not saved: ${ui.notSaved} What you typed is still here, and is written with your next change.</span></p>` : nothing}
      </div>
      <p role="status" class="quiet">${ui.busy}</p>
      ${state.stale ? html`<p class="notice">${icon('warning')}<span>Stale: ${state.stale}</span></p>` : nothing}
      ${state.checklistFault ? html`<p class="notice">${icon('warning')}<span>${state.checklistFault}</span></p>` : nothing}
      ${body()}
      ${
        ui.view === 'form' && columnNow()
          ? html`<p class="keys-line quiet"><kbd>P</kbd> <kbd>F</kbd> <kbd>N</kbd> <kbd>U</kbd> verdict · <kbd>0</kbd>–<kbd>4</kbd> severity · <kbd>A</kbd> problem · <kbd>J</kbd> next · <kbd>K</kbd> back · <kbd>Esc</kbd> leaves a text field · <kbd>?</kbd> all keys</p>
              ${state.checklist.licence ? html`<p class="quiet licence">${state.checklist.licence}</p>` : nothing}`
          : nothing
      }
      ${picker()} ${helpDialog()}`,
    page,
  );
  document.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal(); // not before it is in the page
  placeOutline();
});

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** One letter each, while nothing is being typed. */
const shortcuts: Record<string, () => void> = {
  p: () => giveVerdict('pass'),
  f: () => giveVerdict('fail'),
  n: () => giveVerdict('n/a'),
  u: () => giveVerdict('unsure'),
  j: () => move(1),
  k: () => move(-1),
  a: addProblem,
  c: () => document.getElementById('note')?.focus(),
  '[': () => movePage(-1),
  ']': () => movePage(1),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && isTyping(event.target)) {
    ((ui.view === 'rate' ? ratedHeading() : document.getElementById('item')) ?? page).focus();
    return;
  }
  if (isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const work = shortcutFor(key);
  if (!work) return;
  event.preventDefault();
  work();
});

function shortcutFor(key: string): (() => void) | undefined {
  if (key === '?') {
    return () => {
      helpOpen = true;
      redraw();
    };
  }
  if (key === 'o') return () => show(ui.view === 'overview' ? 'form' : 'overview');
  if (ui.view === 'rate') {
    if (/^[0-4]$/.test(key)) return () => rateProblem(Number(key));
    if (key === 'j') return () => moveRating(1);
    if (key === 'k') return () => moveRating(-1);
    return undefined;
  }
  if (ui.view !== 'form') return undefined;
  if (/^[0-4]$/.test(key)) {
    return () => {
      if (giveSeverity(Number(key))) return;
      ui.fault = 'Severity belongs to a problem: add one first (A).';
      redraw();
    };
  }
  return Object.hasOwn(shortcuts, key) ? shortcuts[key] : undefined;
}

on('state', (next: EvaluationPageState) => {
  takeState(next);
  redraw();
  refreshBeside();
});
on('view', (view: EvaluationView) => show(view));
page.textContent = '';
void ask(() => host.ready(null)).then((state) => {
  if (!state) return;
  ui.view = state.view;
  takeState(state);
  const first = state.columns.findIndex(
    (column) => doneIn(column) < askedOf(column).length && column.status === 'draft',
  );
  if (first > 0) {
    ui.column = first;
    ui.item = '';
    takeState(state);
  }
  redraw();
  loadBeside();
  if (ui.view === 'form' && ui.item) goTo(ui.column, ui.item);
  // the first draw of anything takes several times as long as the next: nobody waits for this one
  requestIdleCallback(() => render(problemEditor('', true), document.createElement('div')));
});
