import { nothing, render, type TemplateResult } from 'lit-html';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { loadDrawings } from '../shared/drawing';
import { html } from '../shared/html';
import './evaluation.css';
import type { EvaluationPageState, EvaluationView, SubjectState } from '../../protocol/evaluationPage';
import { button, icon, notice } from '../shared/elements';
import { isRestored, remember, sendUnanswered } from './changes';
import { form } from './form';
import { helpDialog, keysLine, listenToKeys } from './keys';
import { beginAtFirstLeft, goTo, loadBeside, refreshBeside, show, takeState } from './navigation';
import { errors } from './notices';
import { overview } from './overview';
import { isBeside, pagePane } from './pagePane';
import { closePane, openPane, pane } from './pane';
import { problemEditor } from './problem';
import { rateView } from './rating';
import { submitButton } from './submit';
import { together } from './together';
import { askedOf, doneIn, host, named, nameOf, on, subjectNow, ui } from './ui';
import { notAttached } from './unattached';

const page = document.getElementById('page') as HTMLElement;

const tabs: { view: EvaluationView; label: string; key?: string }[] = [
  { view: 'form', label: 'Form' },
  { view: 'overview', label: 'Overview', key: 'O' },
  { view: 'rate', label: 'Rate' },
  { view: 'together', label: 'Together' },
];

const views: Record<EvaluationView, () => TemplateResult> = { form, overview, rate: rateView, together };

function head(state: EvaluationPageState): TemplateResult {
  const subject = subjectNow();
  const shown = ui.view === 'overview' ? state.subjects : state.joint;
  const targets = [...new Set(shown.map(({ target }) => target))];
  const isOfAll = ui.view !== 'form' && targets.length > 1;
  const title = subject && !isOfAll ? nameOf(subject) : targets.map((target) => nameOf({ target })).join(', ');
  const round = subject && subject.round > 1 ? ` · round ${subject.round}` : '';
  return html`<header class="head">
      <div>
        <h1>${title}</h1>
        <p class="quiet">${state.checklist.title} · ${state.me}${round}</p>
        ${progress(state.subjects)}
      </div>
      ${actions(state, subject)}
    </header>
    <nav class="tabs" aria-label="Views">${tabs.map(tab)}</nav>`;
}

function progress(subjects: readonly SubjectState[]): TemplateResult | typeof nothing {
  const done = subjects.reduce((sum, each) => sum + doneIn(each), 0);
  const total = subjects.reduce((sum, each) => sum + askedOf(each).length, 0);
  if (total === 0) return nothing;
  const saved = ui.notSaved ? 'not saved' : ui.unsaved > 0 ? 'saving…' : 'saved';
  const day = saved === 'saved' ? sentOn(subjects.filter(({ status }) => status === 'draft')) : undefined;
  const sent = day === undefined ? '' : ` · sent as a draft on ${day}`;
  return html`<p class="row progress">
    <progress max=${total} value=${done} aria-label="Items with a verdict"></progress>
    <span>${done} of ${total}</span><span class="quiet">${total - done} left · ${saved}${sent}</span>
  </p>`;
}

function actions({ subjects }: EvaluationPageState, subject: SubjectState | undefined): TemplateResult {
  const isDraft = subjects.some(({ status }) => status === 'draft');
  const openKeys = () => {
    ui.isHelpOpen = true;
    redraw();
  };
  return html`<div class="actions">
    ${subject ? pageButtons(subject) : nothing}
    ${button('Export…', () => ask(() => host.exportEvaluation()), { icon: 'export' })}
    ${button('Keys', openKeys, { icon: 'keyboard', key: '?' })}
    ${isDraft ? submitButton() : sending(subjects)}
  </div>`;
}

/** Once all is submitted: sending it, or that it was sent. */
function sending(subjects: readonly SubjectState[]): TemplateResult | typeof nothing {
  if (subjects.length === 0) return nothing;
  const day = sentOn(subjects);
  if (day !== undefined) {
    const copy = button('Copy a Message', () => ask(() => host.copyMessage()), {
      icon: 'copy',
      name: 'Copy a Message for Your Team',
    });
    return html`<span class="quiet">${icon('check')} Sent on ${day}</span> ${ui.state?.hasMessage ? copy : nothing}`;
  }
  return button('Send for review…', () => ask(() => host.share()), { icon: 'live-share', kind: 'primary' });
}

/** The last day on which all of them were sent as they are now; undefined where one was not. */
function sentOn(subjects: readonly SubjectState[]): string | undefined {
  const days = subjects.map(({ evaluation }) => ui.state?.sent[evaluation]);
  return days.includes(undefined) ? undefined : days.sort().at(-1);
}

function pageButtons(subject: SubjectState): TemplateResult {
  const toggle = () => (pane.isOpen ? closePane() : openPane());
  const open = () => ask(() => host.showPage({ ...named(subject), beside: false }), 'Opening the page…');
  const beside = button('Page beside', toggle, { icon: 'split-horizontal', key: 'B', isPressed: pane.isOpen });
  return html`${subject.shows.length > 0 && ui.view === 'form' ? beside : nothing}
  ${subject.url ? button('In browser', open, { icon: 'link-external' }) : nothing}`;
}

function tab({ view, label, key }: (typeof tabs)[number]): TemplateResult {
  const current = ui.view === view ? 'page' : nothing;
  const name = key === undefined ? nothing : key;
  return html`<button aria-current=${current} aria-keyshortcuts=${name} @click=${() => show(view)}>${label}</button>`;
}

onDraw(() => {
  const { state } = ui;
  if (!state) return;
  render(
    html`<div class="sheet">
        ${head(state)} ${errors()}
        <p role="status" class="quiet">${request.doing}</p>
        ${state.stale ? notice('warning', `Stale: ${state.stale}`) : nothing}
        ${state.checklistError ? notice('warning', state.checklistError) : nothing} ${notAttached()} ${views[ui.view]()}
        ${ui.view === 'form' && subjectNow() ? keysLine(state.checklist.licence) : nothing}
      </div>
      ${pagePane()} ${helpDialog()}`,
    page,
  );
  page.classList.toggle('with-page', isBeside());
  document.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal(); // only works once it is in the page
});

/** Takes a state over. Where the first comes before the answer, the answer moves nobody who has begun to work. */
function take(state: EvaluationPageState): void {
  if (ui.state) {
    takeState(state);
    redraw();
    refreshBeside();
  } else begin(state);
}

function begin(state: EvaluationPageState): void {
  ui.view = state.view;
  takeState(state);
  beginAtFirstLeft(state);
  remember();
  redraw();
  loadBeside();
  if (ui.view === 'form' && ui.item) goTo(ui.at, ui.item, !isRestored);
  // the first draw of a problem takes several times as long as the next, so it happens while nobody waits
  requestIdleCallback(() => render(problemEditor('', true), document.createElement('div')));
}

listenToKeys(page);
on('state', (state) => {
  sendUnanswered(state);
  take(state);
});
on('view', (view) => (view === 'form' && ui.item ? goTo(ui.at, ui.item) : show(view)));
page.textContent = '';
void ask(() => host.ready()).then((state) => {
  sendUnanswered(state);
  if (state) take(state);
});
void loadDrawings(() => host.drawings());
