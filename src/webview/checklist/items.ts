import { nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { itemNumber } from '../../core/checklist/itemName';
import { counted } from '../../core/text/counted';
import type { ItemState } from '../../protocol/checklistPage';
import { disclosure } from '../shared/disclosure';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { addFromChecklist, askAgain, move, remove, toggle, undo } from './actions';
import { addDraft, dropDraft } from './drafts';
import { draftForm, itemForm } from './itemForm';
import { asked, type Draft, keyOf, ui } from './page';
import { asideCard } from './preview';
import { type Row, rows } from './rows';
import { shownText } from './typed';

/** The list of items, of which one is open, with what an evaluator sees of it beside. */
export function items(): TemplateResult {
  const all = rows();
  const isEmpty = all.length === 0;
  return html`<div class="row tools">
      ${addButton()}
      ${button('From Another Checklist…', addFromChecklist, { icon: 'library' })} ${undoButton()}
    </div>
    ${isEmpty ? empty() : nothing}
    <div class="columns">
      <ol class="items" aria-label="Items">
        ${repeat(all, ({ key }) => key, row)}
      </ol>
      ${asideCard()}
    </div>
    ${isEmpty ? nothing : keysLine()} ${retired()}`;
}

function empty(): TemplateResult {
  return html`<p>
    What will evaluators ask of a page? Add a question, take some from a checklist that comes with UX Audit, or paste
    rows from a spreadsheet. The file is written with the first item.
  </p>`;
}

const [alt, control] = /Mac/.test(navigator.platform) ? ['⌥', '⌘'] : ['Alt', 'Ctrl'];

const keysLine = () => html`<p class="quiet keys-line">
  <kbd>${alt}</kbd> <kbd>↑</kbd> <kbd>↓</kbd> move an item · <kbd>${control}</kbd> <kbd>Enter</kbd> adds one below ·
  <kbd>Delete</kbd> on its row removes it · <kbd>${control}</kbd> <kbd>Z</kbd> takes that back ·
  <kbd>Esc</kbd> closes it
</p>`;

/** An item has the elements that its draft had, so that nobody who is typing loses their place. */
function row({ key, item, draft, at }: Row): TemplateResult {
  const isOpen = ui.open === key;
  const textOf = (field: 'title' | 'question') =>
    item ? shownText({ id: item.id, field }) : (draft?.texts[field] ?? '');
  const title = textOf('title') || 'New item';
  const asks = html`<span class="quiet asks">${textOf('question')}</span>`;
  return html`<li class=${isOpen ? 'open' : ''} data-key=${key}>
    <div class="head-row">
      <button id="open-${key}" class="words" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => toggle(key)}>
        ${icon(isOpen ? 'chevron-down' : 'chevron-right')} <span class="number quiet">${at ?? '–'}</span>
        <span><strong>${title}</strong>${isOpen ? nothing : asks}</span>
      </button>
      <span class="row-actions">${item ? rowButtons(item, title) : discard(draft)}</span>
    </div>
    ${isOpen ? (item ? itemForm(item) : draftForm(draft)) : nothing}
  </li>`;
}

function discard(draft: Draft): TemplateResult {
  return button('', () => dropDraft(draft), { icon: 'close', name: 'Discard this new item' });
}

function rowButtons(item: ItemState, title: string): TemplateResult {
  const at = asked().indexOf(item);
  const key = keyOf(item.id);
  const by = (step: 1 | -1, word: string) => html`<button
    type="button"
    id="${word}-${key}"
    aria-label="Move ${word}: ${title}"
    title="Move ${word}"
    ?disabled=${step < 0 ? at === 0 : at === asked().length - 1}
    @click=${() => move(key, step, word)}
  >
    ${icon(`arrow-${word}`)}
  </button>`;
  const word = item.mustStay ? 'Retire' : 'Delete';
  return html`${by(-1, 'up')} ${by(1, 'down')}
    <button type="button" aria-label="${word}: ${title}" title=${word} @click=${() => remove(item.id)}>
      ${icon(item.mustStay ? 'archive' : 'trash')}
    </button>`;
}

function undoButton(): TemplateResult | typeof nothing {
  const what = ui.state?.undo ?? null;
  return what === null ? nothing : button(`Undo: ${what}`, undo, { icon: 'discard' });
}

/** What was asked once. Answers to it stay readable. */
function retired(): TemplateResult | typeof nothing {
  const all = ui.state?.items.filter(({ isRetired }) => isRetired) ?? [];
  if (all.length === 0) return nothing;
  const summary = `${counted(all.length, 'retired item')}: no longer asked, earlier answers stay`;
  const entry = (item: ItemState) => html`<li>
    <span>${quiet(itemNumber(item.id) ?? '')} <strong>${item.texts.title}</strong> ${item.texts.question}
      ${item.replacedBy === '' ? nothing : quiet(`Now asked as ${item.replacedBy}.`)}</span>
    ${button('Ask Again', () => askAgain(item), { icon: 'redo', name: `Ask Again: ${item.texts.title}` })}
  </li>`;
  return disclosure({ key: 'retired', isOpen: false }, summary, () => html`<ul class="retired">${all.map(entry)}</ul>`);
}

const addButton = () => html`<button type="button" id="add" class="primary" @click=${() => addDraft()}>
  ${icon('add')}Add Item
</button>`;
