import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { FieldStyle } from '../../core/checklist/itemFields';
import { ask } from '../shared/draw';
import { button, fieldValue, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { examplePicture } from '../shared/itemCard';
import { pictureInClipboard } from '../shared/pastedImages';
import { host } from './page';
import { elementOf, type FieldName, keepMine, leave, problemOf, shownText, styleOf, takeTheirs, type } from './typed';

/** What a field does with what a person writes. */
export interface FieldUse {
  element: string;
  text: string;
  /** While it is written. */
  write(text: string): unknown;
  /** When it is left. */
  leave(): unknown;
  problem?: string | undefined;
  below?: TemplateResult;
}

/** A field of an item that is kept, or of the checklist itself. */
export function keptField(name: FieldName): TemplateResult {
  const { text: problem, elsewhere } = problemOf(name);
  const use: FieldUse = {
    element: elementOf(name),
    text: shownText(name),
    write: (text) => type(name, text),
    leave: () => leave(name),
    problem,
    ...(elsewhere !== undefined && { below: conflict(name, elsewhere) }),
  };
  return field(styleOf(name), use);
}

function conflict(name: FieldName, elsewhere: string): TemplateResult {
  const { label } = styleOf(name);
  return html`<div role="alert">
    ${notice(
      'warning',
      html`This was changed elsewhere meanwhile. There it says: “${elsewhere}”. Yours is not written yet.
        ${button('Keep Mine', () => keepMine(name), { name: `Keep Mine: ${label}` })}
        ${button('Take Theirs', () => takeTheirs(name), { name: `Take Theirs: ${label}` })}`,
    )}
  </div>`;
}

/** A field with its label, its hint, and what is wrong with what was written. */
export function field(style: FieldStyle, use: FieldUse): TemplateResult {
  if (style.form === 'choices') return choices(style, use);
  if (style.form === 'picture') return pictureField(style, use);
  const { element, problem } = use;
  const hint = [style.hint, ...(style.isRequired ? ['required'] : [])].filter(Boolean).join(', ');
  return html`<div class="field">
    <label for=${element}>${style.label}</label> ${hint === '' ? nothing : quiet(hint)}
    ${style.form === 'choice' ? choice(style, use) : entry(style, use)}
    ${problem === undefined ? nothing : html`<p class="problem-text" id="${element}-problem">${problem}</p>`}
    ${use.below ?? nothing}
  </div>`;
}

/** A field that is taken off the page is left while the page is being drawn, so what follows waits until it is. */
const later = (work: () => unknown) => () => queueMicrotask(work);

function entry(
  { form, isRequired }: FieldStyle,
  { element, text, write, leave: left, problem }: FieldUse,
): TemplateResult {
  const described = problem === undefined ? nothing : `${element}-problem`;
  const invalid = problem === undefined ? nothing : 'true';
  const input = (event: Event) => write(fieldValue(event));
  if (form === 'line' || form === 'list') {
    return html`<input
      id=${element}
      autocomplete="off"
      aria-required=${isRequired ? 'true' : nothing}
      aria-invalid=${invalid}
      aria-describedby=${described}
      .value=${live(text)}
      @input=${input}
      @blur=${later(left)}
    />`;
  }
  return html`<textarea
    id=${element}
    rows=${Math.min(12, Math.max(2, text.split('\n').length + (form === 'lines' ? 1 : 0)))}
    aria-required=${isRequired ? 'true' : nothing}
    aria-invalid=${invalid}
    aria-describedby=${described}
    .value=${live(text)}
    @input=${input}
    @blur=${later(left)}
  ></textarea>`;
}

function choice({ of = [], words }: FieldStyle, { element, text, write, leave: left }: FieldUse): TemplateResult {
  const options = [['', 'the evaluator says'], ...of.map((value) => [value, words?.[value] ?? value])];
  const choose = (value: string) => {
    write(value);
    void left();
  };
  return select(options as [string, string][], text, choose, { id: element });
}

/** A picture that is attached, or how to attach one. */
function pictureField({ label }: FieldStyle, { element, text, write, leave: left, problem }: FieldUse): TemplateResult {
  const set = (path: string | null | undefined) => {
    if (path === null || path === undefined) return;
    write(path);
    void left();
  };
  const choose = async () => set(await ask(() => host.choosePicture()));
  const paste = async () => set(await ask(async () => host.keepPicture({ data: await pictureInClipboard() })));
  const remove = button('Remove the picture', () => set(''), { kind: 'link' });
  const none = html`<div class="row">
    ${button('Attach a picture…', choose, { icon: 'file-media' })}
    ${button('Paste a picture', paste, { icon: 'clippy' })}
  </div>`;
  return html`<div class="field" id=${element} role="group" aria-label=${label}>
    ${text === '' ? none : html`${examplePicture(text, label)} ${remove}`}
    ${problem === undefined ? nothing : html`<p class="problem-text">${problem}</p>`}
  </div>`;
}

function choices(
  { label, hint, of = [], words }: FieldStyle,
  { element, text, write, leave: left, problem }: FieldUse,
): TemplateResult {
  const chosen = new Set(text.split(/, */));
  const choose = (value: string, { target }: Event) => {
    const isChosen = (target as HTMLInputElement).checked;
    write(of.filter((one) => (one === value ? isChosen : chosen.has(one))).join(', '));
    void left();
  };
  const box = (value: string) => html`<label class="box"
    ><input
      type="checkbox"
      .checked=${live(chosen.has(value))}
      @change=${(event: Event) => choose(value, event)}
    />${words?.[value] ?? value}</label
  >`;
  return html`<fieldset class="field" id=${element}>
    <legend>${label} ${hint === '' ? nothing : quiet(hint)}</legend>
    <div class="row">${of.map(box)}</div>
    ${problem === undefined ? nothing : html`<p class="problem-text">${problem}</p>`}
  </fieldset>`;
}
