import { nothing, type TemplateResult } from 'lit-html';
import type { ChecklistItem } from '../../core/checklist/checklist';
import { itemName, itemNumber } from '../../core/checklist/itemName';
import { type AnswerVerdict, answerVerdicts } from '../../core/evaluation/evaluation';
import { disclosure } from './disclosure';
import { drawingOf } from './drawing';
import { button, icon, quiet } from './elements';
import { html } from './html';
import { verdictStyles } from './verdictStyles';

/** The heading of an item, below the name of its group. @param item undefined when its texts are not known */
export function itemHeading(id: string, item: ChecklistItem | undefined): TemplateResult {
  const number = item ? (itemNumber(id) ?? '') : id;
  return html`${item?.group ? html`<p class="quiet group">${item.group}</p>` : nothing}
    <h2 id="item" tabindex="-1">
      ${quiet(number)} ${item?.title ?? ''} ${item?.level ? quiet(`(level ${item.level})`) : nothing}
    </h2>`;
}

/** How to find out what an item asks, with its examples. @param follow opens the item's address */
export function howToCheck(item: ChecklistItem, follow: () => unknown): TemplateResult | typeof nothing {
  const { howToCheck: steps = [], needs = [], good, bad, metrics = [], stages = [], url } = item;
  const { goodPicture = '', badPicture = '' } = item;
  const said = [steps, needs, good ?? '', bad ?? '', goodPicture, badPicture, metrics, stages, url ?? ''];
  const isEmpty = said.every(({ length }) => length === 0);
  if (isEmpty) return nothing;
  const line = (text: unknown) => (text ? html`<p>${text}</p>` : nothing);
  const more = `More about ${itemName(item.id, item.title)}`;
  const contents = () => html`${line(needs.length > 0 && html`${icon('tools')} At hand: ${needs.join(', ')}`)}
  ${
    steps.length === 0
      ? nothing
      : html`<ol>
          ${steps.map((each) => html`<li>${each}</li>`)}
        </ol>`
  }
  <div class="examples">${example('good', good, goodPicture)}${example('bad', bad, badPicture)}</div>
  ${line(metrics.length > 0 && quiet(`Bears on: ${metrics.join(', ')}`))}
  ${line(stages.length > 0 && quiet(`Stages: ${stages.join(', ')}`))}
  ${line(url?.startsWith('https:') && button(more, follow, { kind: 'link' }))}`;
  return html`<div class="help">${disclosure({ key: 'help', isOpen: true }, 'How to check', contents)}</div>`;
}

const sides = { good: { word: 'Good', icon: 'check' }, bad: { word: 'Bad', icon: 'error' } };

/** The addresses of the pictures of examples, by their paths; a page sets them from its host's state. */
let pictures: Readonly<Record<string, string>> = {};
export function setExamplePictures(known: Readonly<Record<string, string>>): void {
  pictures = known;
}

/** An example in words, with its picture or drawing if it has one. */
function example(side: 'good' | 'bad', text = '', path = ''): TemplateResult | typeof nothing {
  if (text === '' && path === '') return nothing;
  const { word, icon: name } = sides[side];
  return html`<figure class="example ${side}">
    <figcaption>${icon(name)} <strong>${word}:</strong> ${text}</figcaption>
    ${path === '' ? drawingOf(text, side) : examplePicture(path, `${word}: ${text}`)}
  </figure>`;
}

/** The picture of an example, or that it is missing. */
export function examplePicture(path: string, alt: string): TemplateResult {
  const url = Object.hasOwn(pictures, path) ? pictures[path] : undefined;
  return url
    ? html`<img class="example-picture" src=${url} alt=${alt} />`
    : html`<p>${quiet(`${path} is missing.`)}</p>`;
}

/** The four verdicts as buttons. */
export function verdictRow(
  given: string | undefined,
  give: (verdict: AnswerVerdict) => unknown,
  isDisabled = false,
): TemplateResult {
  return html`<div class="row verdicts ${isDisabled ? '' : 'stays'}" role="group" aria-label="Verdict">
    ${answerVerdicts.map((verdict) => {
      const { tone, key, word, icon: name } = verdictStyles[verdict];
      return button(word, () => give(verdict), {
        icon: name,
        key,
        ...(tone !== 'quiet' && { kind: tone }),
        isPressed: given === verdict,
        isDisabled,
      });
    })}
  </div>`;
}
