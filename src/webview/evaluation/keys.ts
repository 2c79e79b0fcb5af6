import { nothing, type TemplateResult } from 'lit-html';
import { redraw, request } from '../shared/draw';
import { button } from '../shared/elements';
import { html } from '../shared/html';
import { addProblem, giveSeverity, giveVerdict } from './form';
import { move, movePage, show } from './navigation';
import { closePane, openPane, pane } from './pane';
import { moveRating, ratedHeading, rateProblem } from './rating';
import { ui } from './ui';

const keys: [string, string][] = [
  ['P', 'pass (press it again to take it back)'],
  ['F', 'fail, and describe the problem'],
  ['N', 'not applicable'],
  ['U', 'unsure'],
  ['J', 'next item; while rating, next problem'],
  ['K', 'previous'],
  ['[ ]', 'previous and next page'],
  ['A', 'add a problem'],
  ['0 – 4', 'severity of the problem'],
  ['C', 'comment: go to the note'],
  ['B', 'the page beside the form, and away'],
  ['O', 'overview, and back'],
  ['Esc', 'leave a text field, so that single keys work again'],
  ['?', 'show these keys'],
];

export function helpDialog(): TemplateResult | typeof nothing {
  if (!ui.isHelpOpen) return nothing;
  const close = () => setHelp(false);
  const entries = keys.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`);
  return html`<dialog @close=${close} aria-labelledby="help-title">
    <h2 id="help-title">Keys</h2>
    <dl>${entries}</dl>
    ${button('Close', close)}
  </dialog>`;
}

function setHelp(isOpen: boolean): void {
  ui.isHelpOpen = isOpen;
  redraw();
}

/** The keys in one line, and the licence of the checklist's texts. */
export function keysLine(licence: string): TemplateResult {
  return html`<p class="keys-line quiet">
      <kbd>P</kbd> <kbd>F</kbd> <kbd>N</kbd> <kbd>U</kbd> verdict · <kbd>0</kbd>–<kbd>4</kbd> severity ·
      <kbd>A</kbd> problem · <kbd>J</kbd> next · <kbd>K</kbd> back · <kbd>Esc</kbd> leaves a text field ·
      <kbd>?</kbd> all keys
    </p>
    ${licence ? html`<p class="quiet licence">${licence}</p>` : nothing}`;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

type Shortcuts = Record<string, () => void>;

const anywhere: Shortcuts = {
  '?': () => setHelp(true),
  o: () => show(ui.view === 'overview' ? 'form' : 'overview'),
};
const inForm: Shortcuts = {
  p: () => giveVerdict('pass'),
  f: () => giveVerdict('fail'),
  n: () => giveVerdict('n/a'),
  u: () => giveVerdict('unsure'),
  j: () => move(1),
  k: () => move(-1),
  a: addProblem,
  c: () => document.getElementById('note')?.focus(),
  b: () => (pane.isOpen ? closePane() : openPane()),
  '[': () => movePage(-1),
  ']': () => movePage(1),
};
const inRating: Shortcuts = { j: () => moveRating(1), k: () => moveRating(-1) };
for (const severity of [0, 1, 2, 3, 4]) {
  inForm[severity] = () => giveSeverityOrSay(severity);
  inRating[severity] = () => rateProblem(severity);
}

function giveSeverityOrSay(severity: number): void {
  if (giveSeverity(severity)) return;
  request.error = 'Severity belongs to a problem: add one first (A).';
  redraw();
}

/** Listens to single keys, except while somebody types. */
export function listenToKeys(page: HTMLElement): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (isTyping(event.target)) {
      const heading = ui.view === 'rate' ? ratedHeading() : document.getElementById('item');
      if (event.key === 'Escape') (heading ?? page).focus();
      return;
    }
    const ofView = { form: inForm, rate: inRating, overview: {}, together: {} }[ui.view];
    const shortcuts: Shortcuts = { ...anywhere, ...ofView };
    const key = event.key.toLowerCase();
    const work = Object.hasOwn(shortcuts, key) ? shortcuts[key] : undefined;
    if (!work) return;
    event.preventDefault();
    work();
  });
}
