import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { EditedStep } from '../../core/journey/editSteps';
import { stages } from '../../core/record/stages';
import { counted } from '../../core/text/counted';
import type { StepsForm } from '../../protocol/journeyPage';
import { ask, redraw, request } from '../shared/draw';
import { button, fieldValue, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { host, shown } from './page';

/** The steps as they are being edited, of the recording as it was then; undefined while nobody edits. */
let draft: { form: StepsForm; steps: EditedStep[] } | undefined;

export const isEditing = (): boolean => draft !== undefined;

/** Opens the form, unless it is open. */
export function edit(): void {
  const form = shown.state?.form;
  if (!form || draft) return;
  draft = { form, steps: form.steps.map((step) => ({ ...step })) };
  redraw();
  document.getElementById('edit-title')?.focus();
}

function close(): void {
  draft = undefined;
  request.error = '';
  redraw();
}

async function save(): Promise<void> {
  const given = draft;
  if (!given) return;
  const next = await ask(() => host.saveSteps({ stamp: given.form.stamp, steps: given.steps }), 'Saving…');
  if (!next) return;
  shown.state = next;
  close();
}

function change(index: number, values: Partial<EditedStep>): void {
  if (draft) draft.steps = draft.steps.map((step, at) => (at === index ? { ...step, ...values } : step));
  redraw();
}

/** What a step ends with is what the later of two merged steps ended with. */
function merge(index: number): void {
  const [before, step] = [draft?.steps[index - 1], draft?.steps[index]];
  if (!draft || !before || !step) return;
  draft.steps = draft.steps.toSpliced(index - 1, 2, { ...before, expect: step.expect });
  redraw();
  document.getElementById(`step-name-${index - 1}`)?.focus();
}

/** The later half of the actions becomes a step of its own, which ends as the whole did. */
function split(index: number): void {
  const step = draft?.steps[index];
  if (!draft || !step) return;
  const from = step.from + Math.ceil((endOf(index) - step.from) / 2);
  const later: EditedStep = { name: '', stage: step.stage, expect: step.expect, from };
  draft.steps = draft.steps.toSpliced(index, 1, { ...step, expect: '' }, later);
  redraw();
  document.getElementById(`step-name-${index + 1}`)?.focus();
}

/** Where the actions of a step end: the first that is no longer its own. */
function endOf(index: number): number {
  return draft?.steps[index + 1]?.from ?? draft?.form.actions.length ?? 0;
}

/** The form of the steps: their names, stages, ends and beginnings. The actions stay as they were recorded. */
export function stepsForm(): TemplateResult {
  if (!draft) return html``;
  const send = (event: Event) => {
    event.preventDefault();
    void save();
  };
  const isDisabled = request.doing !== '';
  return html`<form class="edit" @submit=${send}>
    <h2 id="edit-title" tabindex="-1">Edit the steps</h2>
    <p class="quiet">
      A step begins at an action and ends when what it expects is visible; without that, when the page comes to rest.
      Only the beginnings of steps are written. What was recorded stays, in its order.
    </p>
    <ol class="edited">
      ${draft.steps.map(fields)}
    </ol>
    <div role="alert">${request.error ? notice('error', request.error) : nothing}</div>
    <p class="row">
      <button type="submit" class="primary" ?disabled=${isDisabled}>Save Steps</button>
      ${button('Cancel', close, { isDisabled })}
    </p>
  </form>`;
}

function fields(step: EditedStep, index: number): TemplateResult {
  const { name, stage, expect } = step;
  const known = draft?.form.steps.find(({ marker }) => marker !== undefined && marker === step.marker);
  const uses = known && known.name !== name ? (draft?.form.named[known.name] ?? 0) : 0;
  const options = [['', 'no stage'], ...stages.map((one) => [one, one] as const)] as const;
  const number = index + 1;
  const actions = draft?.form.actions.slice(step.from, endOf(index)) ?? [];
  return html`<li>
    <fieldset>
      <legend>Step ${number}</legend>
      <div class="fields">
        <label class="name"
          >Name
          <input
            id=${`step-name-${index}`}
            required
            maxlength="60"
            placeholder="what a person does, such as Pay"
            .value=${live(name)}
            @input=${(event: Event) => change(index, { name: fieldValue(event) })}
          /></label>
        <label>Stage ${select(options, stage, (value) => change(index, { stage: value }))}</label>
        <label class="expect"
          >Ends when this is visible
          <input
            spellcheck="false"
            placeholder="a selector, such as #receipt"
            .value=${live(expect)}
            @input=${(event: Event) => change(index, { expect: fieldValue(event) })}
          /></label>
        ${index === 0 ? nothing : beginning(step, index)}
      </div>
      ${
        uses > 0
          ? notice(
              'info',
              `${counted(uses, 'finding or figure', 'findings and figures')} keep the name “${known?.name}”.`,
            )
          : nothing
      }
      <p class="quiet actions-text">${actions.length === 0 ? 'No action: it only waits.' : actions.join(' → ')}</p>
      <p class="row">
        ${
          index === 0
            ? nothing
            : button('Merge with the Step Before', () => merge(index), {
                icon: 'fold-up',
                name: `Merge with the Step Before: step ${number}`,
              })
        }
        ${
          actions.length < 2
            ? nothing
            : button('Split', () => split(index), { icon: 'split-vertical', name: `Split: step ${number}` })
        }
      </p>
    </fieldset>
  </li>`;
}

/** Moves the beginning of a step among the actions of the step before and its own. */
function beginning({ from }: EditedStep, index: number): TemplateResult {
  const first = draft?.steps[index - 1]?.from ?? 0;
  const last = endOf(index);
  const places = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const text = (place: number) =>
    place === last
      ? 'nothing: it only waits'
      : `${place + 1}: ${draft?.form.actions[place] ?? 'nothing: it only waits'}`;
  return html`<label class="from"
    >${quiet('Begins with action')}
    ${select(
      places.map((place) => [place, text(place)] as const),
      from,
      (place) => change(index, { from: place }),
    )}</label
  >`;
}
