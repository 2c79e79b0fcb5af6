import { nothing, type TemplateResult } from 'lit-html';
import { type ItemField, itemFieldNames, itemFields, readField } from '../../core/checklist/itemFields';
import type { ItemState } from '../../protocol/checklistPage';
import { disclosure } from '../shared/disclosure';
import { button, notice, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { replace } from './actions';
import { keep, typeDraft } from './drafts';
import { field, keptField } from './fields';
import { type Draft, fieldElement, ui } from './page';

const first = ['title', 'question', 'howToCheck', 'needs'] as const;
const examples = ['good', 'bad', 'goodPicture', 'badPicture'] as const;
const more = itemFieldNames.filter((name) => ![...first, ...examples].some((one) => one === name));

/** The fields of an item, in the order in which they are usually filled. */
function form(
  one: (name: ItemField) => TemplateResult,
  around: { above?: TemplateResult; below?: TemplateResult; isMoreFilled: boolean },
): TemplateResult {
  return html`<div class="fields">
    ${around.above ?? nothing} ${first.map(one)}
    <div class="pair">${examples.map(one)}</div>
    ${disclosure(
      { key: `more ${ui.open ?? ''}`, isOpen: around.isMoreFilled },
      'Group, severity, links and what machines check',
      () => html`<div class="pair">${more.map(one)}</div>`,
    )}
    ${around.below ?? nothing}
  </div>`;
}

export function itemForm(item: ItemState): TemplateResult {
  const { id, texts } = item;
  return form((name) => keptField({ id, field: name }), {
    isMoreFilled: more.some((name) => texts[name] !== ''),
    below: html`${meaning(item)}
      <p class="quiet">Its id is ${id}. Answers name it, so it stays.</p>`,
  });
}

/** What to do when an item that was answered is to ask something else. */
function meaning(item: ItemState): TemplateResult | typeof nothing {
  if (!item.mustStay) return nothing;
  const advice =
    'Others have it, or answered it. Better words may stand in its place. For another question begin a new item: ' +
    'earlier answers stay.';
  const look = { icon: 'replace', name: `Ask Something Else: ${item.texts.title}` };
  return html`<p class="meaning">
    ${quiet(advice)} ${button('Ask Something Else', () => replace(item), look)}
  </p>`;
}

/** The fields of an item that is not kept yet. */
export function draftForm(draft: Draft): TemplateResult {
  const one = (name: ItemField) => {
    const text = draft.texts[name] ?? '';
    const problem = text === '' ? undefined : readField(itemFields[name], text).problem;
    return field(itemFields[name], {
      element: fieldElement(draft.key, name),
      text,
      write: (written) => typeDraft(draft, name, written),
      leave: () => keep(draft),
      problem,
    });
  };
  const missing = first.slice(0, 2).filter((name) => (draft.texts[name] ?? '').trim() === '');
  const words = missing.map((name) => itemFields[name].label.toLowerCase()).join(' and a ');
  return form(one, {
    isMoreFilled: false,
    ...(draft.why !== '' && { above: notice('warning', draft.why) }),
    ...(missing.length > 0 && { below: html`<p class="quiet">It is kept once it has a ${words}.</p>` }),
  });
}
