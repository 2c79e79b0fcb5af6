import { nothing, type TemplateResult } from 'lit-html';
import type { ChecklistItem } from '../../core/checklist/checklist';
import { type ItemField, itemFieldNames, itemFields, readField } from '../../core/checklist/itemFields';
import { itemName, itemNumber } from '../../core/checklist/itemName';
import type { AnswerVerdict } from '../../core/evaluation/evaluation';
import { redraw } from '../shared/draw';
import { button, icon } from '../shared/elements';
import { html } from '../shared/html';
import { howToCheck, itemHeading, verdictRow } from '../shared/itemCard';
import { verdictStyle, verdictStyles } from '../shared/verdictStyles';
import { asked, focusOn, keyOf, ui } from './page';
import { shownText } from './typed';

/** The verdicts that were tried; nothing of them is kept. */
const tried = new Map<string, AnswerVerdict>();
let now = '';

/** An item as an evaluator gets it, with what is being typed. */
function itemOf(id: string, textOf: (field: ItemField) => string): ChecklistItem {
  const fields = itemFieldNames.flatMap((field) => {
    const { value } = { value: undefined, ...readField(itemFields[field], textOf(field)) };
    return value === undefined ? [] : [[field, value]];
  });
  const item: ChecklistItem = { id, title: '', question: '', ...Object.fromEntries(fields) };
  return { ...item, metrics: item.metrics?.map((metric) => ui.state?.metrics[metric] ?? metric) };
}

const kept = (id: string) => itemOf(id, (field) => shownText({ id, field }));

function contents(item: ChecklistItem): TemplateResult {
  const give = (verdict: AnswerVerdict) => tryVerdict(item.id, verdict);
  return html`${itemHeading(item.id, item)}
    <p class="question">${item.question}</p>
    ${howToCheck(item, () => {})} ${verdictRow(tried.get(item.id), give)}
    <label class="field">Note <textarea rows="2" placeholder="optional"></textarea></label>`;
}

function tryVerdict(id: string, verdict: AnswerVerdict): void {
  if (tried.get(id) === verdict) tried.delete(id);
  else tried.set(id, verdict);
  redraw();
}

/** What an evaluator sees of the open item; the view *Preview* has it for all, and for those who do not see. */
export function asideCard(): TemplateResult | typeof nothing {
  const draft = ui.drafts.find(({ key }) => key === ui.open);
  const item = asked().find(({ id }) => keyOf(id) === ui.open);
  if (!draft && !item) return nothing;
  const shown = draft ? itemOf('', (field) => draft.texts[field] ?? '') : kept(item?.id ?? '');
  return html`<aside class="beside" inert aria-hidden="true">
    <p class="quiet">As an evaluator sees it</p>
    <div class="card">${contents(shown)}</div>
  </aside>`;
}

/** The form as an evaluator sees it. */
export function preview(): TemplateResult {
  const all = asked();
  const item = all.find(({ id }) => id === now) ?? all[0];
  if (!item) return html`<p>There is nothing to see yet: the checklist has no item that is asked.</p>`;
  const at = all.indexOf(item);
  const isLast = at === all.length - 1;
  return html`<p class="quiet">
      ${icon('eye')} As an evaluator sees it. Nothing that you press or write here is kept.
    </p>
    <nav aria-label="Items">
      <ol class="strip">
        ${all.map(({ id }) => step(id, id === item.id))}
      </ol>
    </nav>
    <section class="card" aria-labelledby="item">
      ${contents(kept(item.id))}
      <div class="actions moves">
        ${button('Previous', () => go(-1), { icon: 'arrow-left', key: 'K', isDisabled: at === 0 })}
        ${button(html`Next${icon('arrow-right')}`, () => go(1), { kind: 'primary', key: 'J', isDisabled: isLast })}
      </div>
    </section>
    ${licence()}`;
}

function licence(): TemplateResult | typeof nothing {
  const text = shownText({ field: 'licence' });
  return text === '' ? nothing : html`<p class="quiet licence">${text}</p>`;
}

function step(id: string, isNow: boolean): TemplateResult {
  const { icon: name, tone, word } = verdictStyle(tried.get(id));
  const words = shownText({ id, field: 'title' });
  const title = `${itemName(id, words)}: ${word}`;
  return html`<li>
    <button class="step ${tone} ${isNow ? 'now' : ''}" aria-current=${isNow ? 'step' : nothing} title=${title}
      @click=${() => goTo(id)}>
      ${icon(name)}<span>${itemNumber(id) ?? words}</span><span class="visually-hidden">${word}</span>
    </button>
  </li>`;
}

function goTo(id: string): void {
  now = id;
  redraw();
  focusOn('item');
}

function go(by: 1 | -1): void {
  const all = asked();
  const at = Math.max(
    0,
    all.findIndex(({ id }) => id === now),
  );
  const next = all[at + by];
  if (next) goTo(next.id);
}

/** Shows the item that is open in the preview, if one is. */
export function previewOpen(): void {
  const item = asked().find(({ id }) => keyOf(id) === ui.open);
  if (item) now = item.id;
}

/** Single keys do what they do in the form. */
export function listenInPreview(): void {
  document.addEventListener('keydown', (event) => {
    if (ui.view !== 'preview' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches('input, textarea, select')) return;
    const key = event.key.toUpperCase();
    const verdict = (Object.keys(verdictStyles) as (AnswerVerdict | 'none')[]).find(
      (one) => verdictStyles[one].key === key,
    );
    const id = asked().find((item) => item.id === now)?.id ?? asked()[0]?.id;
    if (key === 'J') go(1);
    else if (key === 'K') go(-1);
    else if (verdict && verdict !== 'none' && id !== undefined) tryVerdict(id, verdict);
    else return;
    event.preventDefault();
  });
}
