import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { itemName } from '../../core/checklist/itemName';
import { ratingsOf } from '../../core/evaluation/jointView';
import type { ProblemChange, ProblemText } from '../../core/evaluation/problems';
import { placeFields, type TextField, textFields } from '../../core/record/findingFields';
import type { Rating } from '../../core/record/record';
import { severityText } from '../../core/record/severity';
import { stages } from '../../core/record/stages';
import { disclose, disclosure } from '../shared/disclosure';
import { ask, redraw, request } from '../shared/draw';
import { button, fieldValue, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { pastePicture } from '../shared/pastedImages';
import { attachments } from './attachments';
import { editProblem, isBlank, problemText, removeProblem } from './changes';
import { openPane } from './pane';
import { factorFields, severityButtons } from './severity';
import { host, ruleName, subjectNow, ui } from './ui';

/** Factors given before a severity, by problem: the record keeps a rating only with a severity. */
const waiting = new Map<string, Partial<Rating>>();

export function rate(id: string, change: Partial<Rating>): void {
  const rating = { ...waiting.get(id), ...problemText(id).rating, ...change } as Rating;
  waiting.delete(id);
  editProblem(id, { rating });
}

function setFactor(id: string, change: Partial<Rating>): void {
  if (problemText(id).rating?.severity !== undefined) {
    rate(id, change);
    return;
  }
  waiting.set(id, { ...waiting.get(id), ...change });
  redraw();
}

/** All fields of a problem; they can be changed while the evaluation is a draft. */
export function problemEditor(id: string, isOpen: boolean): TemplateResult {
  const text = problemText(id);
  const { rating } = text;
  const give = (severity: number) => rate(id, { severity });
  const remove = button(isBlank(id) ? 'Discard' : 'Remove this problem', () => removeProblem(id), { kind: 'link' });
  return html`<div class="problem ${ui.problem === id ? 'now' : ''}" @focusin=${() => goToProblem(id)}>
    ${title(id, text, isOpen)}
    <div>
      <span class="label">Severity ${quiet(severityText(rating?.severity))}</span>
      ${severityButtons('Severity', rating?.severity, give, !isOpen)}
    </div>
    ${factorFields(id, rating ?? waiting.get(id), !isOpen, (change) => setFactor(id, change))}
    ${details(id, text, isOpen)} ${othersSay(id)} ${isOpen ? remove : nothing}
  </div>`;
}

function goToProblem(id: string): void {
  if (ui.problem === id) return;
  ui.problem = id;
  redraw();
}

function title(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  return html`<label class="field"
    >What goes wrong
    <input
      id="title-${id}"
      type="text"
      placeholder="In a few words: what goes wrong, for whom"
      ?readonly=${!isOpen}
      .value=${live(text.title)}
      @input=${typing(id, (value) => ({ title: value }))}
    />
  </label>`;
}

function typing(id: string, change: (value: string) => ProblemChange): (event: Event) => void {
  return (event) => editProblem(id, change(fieldValue(event)));
}

/** Puts the cursor into a new problem; its details open a frame later, so that the key answers at once. */
export function focusProblem(id: string): void {
  document.getElementById(`title-${id}`)?.focus();
  const open = () => {
    disclose(`${id} details`);
    redraw();
  };
  requestAnimationFrame(() => requestAnimationFrame(open));
}

/** The optional fields of a problem; folded while all of them are empty. */
function details(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  const texts = textFields.map(({ name }) => text[name]);
  const said = [...texts, ...Object.values(text.where ?? {}), ...(text.alsoBreaks ?? [])];
  const isSaid = said.some(Boolean) || (ui.state?.problems[id]?.evidence ?? []).length > 0;
  return disclosure({ key: `${id} details`, isOpen: isSaid }, 'Where, note, recommendation, attachments', () =>
    detailFields(id, text, isOpen),
  );
}

function detailFields(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  const isRecorded = ui.state?.problems[id] !== undefined;
  return html`
    ${place(id, text, isOpen)} ${isOpen && (subjectNow()?.shows ?? []).length > 0 ? showWhere(id) : nothing}
    ${textFields.map(({ name, label }) => longText(id, label, name, text[name], isOpen))}
    <div class="fields">${stage(id, text, isOpen)} ${alsoBreaks(id, text, isOpen)}</div>
    ${attachments(id, isOpen && isRecorded)}
  `;
}

function place(id: string, { where = {} }: ProblemText, isOpen: boolean): TemplateResult {
  const isJourney = subjectNow()?.step !== undefined || ui.state?.checklist.id === 'journey-cx';
  const line = ({ name, label, hint }: (typeof placeFields)[number]) => html`<label class="field"
    >${label} ${quiet(hint)}
    <input
      type="text"
      ?readonly=${!isOpen}
      .value=${live((where as Record<string, string>)[name] ?? '')}
      @input=${typing(id, (value) => ({ where: { [name]: value } }))}
    />
  </label>`;
  const asked = placeFields.filter(({ ask }) => ask === 'always' || (ask === 'in journeys' && isJourney));
  const forCode = placeFields.filter(({ ask }) => ask === 'for the code');
  const more = { key: `${id} code`, isOpen: false };
  return html`<div class="fields">${asked.map(line)}</div>
    ${disclosure(more, 'For those who mend it', () => html`<div class="fields">${forCode.map(line)}</div>`)}`;
}

/** Opens the page, on which this problem is then shown. */
function showWhere(id: string): TemplateResult {
  const open = () => {
    ui.problem = id;
    openPane();
  };
  return html`<div class="actions">
    ${button('Show where on the page…', open, { icon: 'inspect', isDisabled: request.doing !== '' })}
  </div>`;
}

function longText(
  id: string,
  label: string,
  name: TextField,
  text: string | undefined,
  isOpen: boolean,
): TemplateResult {
  const paste = (event: ClipboardEvent) =>
    pastePicture(event, (read) => void ask(async () => host.pasteImage({ id, data: await read() })));
  return html`<label class="field"
    >${label}
    <textarea
      rows="3"
      ?readonly=${!isOpen}
      .value=${live(text ?? '')}
      @input=${typing(id, (value) => ({ [name]: value }))}
      @paste=${paste}
    ></textarea>
  </label>`;
}

function stage(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  const options = [['', 'not said'] as const, ...stages.map((name) => [name, name] as const)];
  const choose = (value: string) => editProblem(id, { stage: value });
  const choice = select<string>(options, text.stage ?? '', choose, { isDisabled: !isOpen });
  return html`<label class="field">Stage of the customer's path ${choice}</label>`;
}

/** The ratings of all raters, once one's own evaluation is submitted. */
function othersSay(id: string): TemplateResult | typeof nothing {
  const finding = ui.state?.problems[id];
  if (!finding || subjectNow()?.status !== 'submitted') return nothing;
  const { ratings, ratersDiffer } = ratingsOf(finding);
  if (ratings.length < 2) return nothing;
  const said = ratings.map(({ handle, severity }) => `${handle} ${severity}`).join(' · ');
  return html`<p class="quiet">${said}${ratersDiffer ? ' · raters differ' : ''}</p>`;
}

function alsoBreaks(id: string, text: ProblemText, isOpen: boolean): TemplateResult | typeof nothing {
  const checklist = ui.state?.checklist;
  const others = checklist?.items.filter((item) => item.id !== ui.item && !item.retired) ?? [];
  if (!checklist || others.length === 0) return nothing;
  const chosen = text.alsoBreaks ?? [];
  const set = (next: string[]) => editProblem(id, { alsoBreaks: next });
  const offered = others.map((item) => ({ rule: `${checklist.id}/${item.id}`, label: itemName(item.id, item.title) }));
  const left = offered.filter(({ rule }) => !chosen.includes(rule));
  return html`<div class="field">
    <label for="also-${id}">Also breaks</label>
    ${isOpen ? addRule(id, left, (rule) => set([...chosen, rule])) : nothing}
    ${chosen.map((rule) => chip(rule, isOpen ? () => set(chosen.filter((other) => other !== rule)) : undefined))}
  </div>`;
}

function addRule(id: string, rules: readonly { rule: string; label: string }[], add: (rule: string) => void) {
  const chosen = (event: Event) => {
    const rule = fieldValue(event);
    (event.target as HTMLSelectElement).value = '';
    if (rule) add(rule);
  };
  return html`<select id="also-${id}" .value=${live('')} @change=${chosen}>
    <option value="">add another item…</option>
    ${rules.map(({ rule, label }) => html`<option value=${rule}>${label}</option>`)}
  </select>`;
}

function chip(rule: string, remove: (() => void) | undefined): TemplateResult {
  const name = ruleName(rule);
  const removal = remove && button('', remove, { icon: 'close', name: `Does not break ${name}` });
  return html`<span class="chip">${name}${removal ?? nothing}</span>`;
}
