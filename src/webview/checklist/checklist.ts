import { nothing, render, type TemplateResult } from 'lit-html';
import './checklist.css';
import { aboutFieldNames } from '../../core/checklist/itemFields';
import { counted } from '../../core/text/counted';
import type { ChecklistPageState, ChecklistView } from '../../protocol/checklistPage';
import { ask, onDraw, request } from '../shared/draw';
import { loadDrawings } from '../shared/drawing';
import { button, notice } from '../shared/elements';
import { html } from '../shared/html';
import { addDraft, draftState, takeState } from './drafts';
import { keptField } from './fields';
import { items } from './items';
import { listenToKeys } from './keys';
import { asked, focusOn, host, on, show, ui } from './page';
import { listenInPreview, preview, previewOpen } from './preview';
import { table } from './table';
import { saving, sendAll, shownText, tryAgain } from './typed';

const page = document.getElementById('page') as HTMLElement;

const views: Record<ChecklistView, { label: string; draw(): TemplateResult }> = {
  items: { label: 'Items', draw: items },
  preview: { label: 'Preview', draw: preview },
  about: { label: 'About', draw: about },
  table: { label: 'Paste a Table', draw: table },
};

function body(state: ChecklistPageState): TemplateResult {
  const { fault } = saving();
  return html`${head(state)}
    <nav class="tabs" aria-label="Views">${(Object.keys(views) as ChecklistView[]).map(tab)}</nav>
    <div role="alert">
      ${state.error ? unreadable(state.error) : nothing}
      ${fault === '' ? nothing : notice('error', html`Not saved: ${fault} ${button('Try Again', tryAgain)}`)}
      ${request.error ? notice('error', request.error) : nothing}
    </div>
    <p class="visually-hidden" role="status">${ui.said}</p>
    ${views[ui.view].draw()}`;
}

function head(state: ChecklistPageState): TemplateResult {
  const { file, isWritten } = state;
  const count = state.evaluations > 0 ? [counted(state.evaluations, 'evaluation')] : [];
  const saved = isWritten ? (draftState() ?? saving().state) : 'no file yet';
  const facts = [counted(asked().length, 'item'), `version ${state.version}`, ...count, saved];
  const openFile = () => ask(() => host.openFile());
  const evaluate = () => ask(() => host.evaluate());
  return html`<header class="head">
    <div>
      <h1>${shownText({ field: 'title' })}</h1>
      <p class="quiet">${facts.join(' · ')}</p>
      <p class="quiet">${meaningOfVersion(state)}</p>
    </div>
    <div class="actions">
      ${button('Evaluate with It…', evaluate, { icon: 'checklist', isDisabled: !isWritten || asked().length === 0 })}
      ${button('Open File', openFile, { icon: 'go-to-file', name: `Open File: ${file}`, isDisabled: !isWritten })}
    </div>
  </header>`;
}

function meaningOfVersion({ version, isInUse, items: all }: ChecklistPageState): string {
  if (!isInUse && all.some(({ mustStay }) => mustStay)) {
    return `Version ${version} is not in use yet: its questions may change without another version.`;
  }
  if (!isInUse) return 'Nobody works with it yet, so everything may still change.';
  return (
    `Version ${version} is in use. New items and other words of a question begin version ${version + 1}; ` +
    'who has begun keeps theirs until they take the new one.'
  );
}

function unreadable({ message, next }: { message: string; next: string }): TemplateResult {
  const open = button('Open File', () => ask(() => host.openFile()), { icon: 'go-to-file' });
  return notice('error', html`${message} ${next} Nothing is written until it can be read. ${open}`);
}

function tab(view: ChecklistView): TemplateResult {
  const choose = () => {
    if (view === 'preview') previewOpen();
    show(view);
  };
  return html`<button id="view-${view}" aria-current=${ui.view === view ? 'page' : nothing} @click=${choose}>
    ${views[view].label}
  </button>`;
}

function about(): TemplateResult {
  return html`<div class="fields about">${aboutFieldNames.map((field) => keptField({ field }))}</div>`;
}

onDraw(() => {
  const { state } = ui;
  if (state) render(body(state), page);
  else if (request.error) render(html`<h1>No checklist</h1>${notice('error', request.error)}`, page);
});

/** Takes a state over. Where the first comes before the answer, the answer moves nobody who has begun to work. */
function take(state: ChecklistPageState): void {
  const isFirst = ui.state === undefined;
  if (isFirst) ui.view = state.view;
  takeState(state);
  if (!isFirst) return;
  if (state.view === 'table') focusOn('rows');
  else if (asked().length === 0) addDraft();
}

on('state', take);
on('view', (view) => {
  show(view);
  focusOn(view === 'table' ? 'rows' : `view-${view}`);
});
listenToKeys();
listenInPreview();
window.addEventListener('pagehide', sendAll);
document.addEventListener('visibilitychange', sendAll);
page.textContent = '';
void ask(() => host.ready()).then((state) => {
  if (state) take(state);
});
void loadDrawings(() => host.drawings());
