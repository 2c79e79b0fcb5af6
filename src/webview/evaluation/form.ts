import { nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import type { ChecklistItem } from '../../core/checklist/checklist';
import { itemName, itemNumber } from '../../core/checklist/itemName';
import type { AnswerVerdict } from '../../core/evaluation/evaluation';
import type { Answer } from '../../core/record/record';
import { counted } from '../../core/text/counted';
import type { SubjectState } from '../../protocol/evaluationPage';
import { ask, drawOnce, redraw } from '../shared/draw';
import { button, fieldValue, icon, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { howToCheck, itemHeading, verdictRow } from '../shared/itemCard';
import { verdictStyle } from '../shared/verdictStyles';
import { newProblem, setAnswer } from './changes';
import { lastRound, machineResults } from './itemContext';
import { goTo, move, movePage } from './navigation';
import { needsLine } from './needs';
import { notices } from './notices';
import { focusProblem, problemEditor, rate } from './problem';
import { submitButton } from './submit';
import { answerOf, askedOf, doneIn, host, isOpen, itemOf, itemsOf, nameOf, subjectNow, ui } from './ui';

/** Gives the present item a verdict, or takes back the same verdict. A fail begins a problem if there is none. */
export function giveVerdict(verdict: AnswerVerdict): void {
  const subject = subjectNow();
  if (!subject || ui.item === 'other' || !isOpen()) return;
  const before = answerOf(subject, ui.item);
  const isBack = before.verdict === verdict;
  const isProblemMissing = verdict === 'fail' && !isBack && (before.findings ?? []).length === 0;
  const problem = drawOnce(() => {
    setAnswer(ui.item, { verdict: isBack ? null : verdict });
    return isProblemMissing ? newProblem(subject) : undefined;
  });
  if (problem) focusProblem(problem);
}

/** Begins a problem under the present item and puts the cursor into its title. */
export function addProblem(): void {
  const subject = subjectNow();
  if (subject && isOpen()) focusProblem(newProblem(subject));
}

/** Sets the severity of the present problem. @returns whether there was one */
export function giveSeverity(severity: number): boolean {
  const subject = subjectNow();
  if (!subject || !isOpen()) return false;
  const findings = answerOf(subject, ui.item).findings ?? [];
  const id = ui.problem && findings.includes(ui.problem) ? ui.problem : findings.at(-1);
  if (!id) return false;
  rate(id, { severity });
  return true;
}

export function form(): TemplateResult {
  const { state } = ui;
  const subject = subjectNow();
  if (!state || !subject) {
    const command = html`<strong>UX Audit: Evaluate a Page…</strong>`;
    return html`<p>You have no evaluation with this checklist here yet. Begin one with ${command}</p>`;
  }
  const { subjects, checklist } = state;
  const answers = subjects.map((each) => each.answers);
  return html`
    ${subjects.length > 1 ? guard([ui.at, ui.order, ...answers], () => pages(subjects)) : nothing}
    ${notices(subject)} ${needsLine(subject)}
    ${guard([subject.answers, ui.item, checklist], () => strip(subject))} ${card(subject)}
  `;
}

function pages(subjects: readonly SubjectState[]): TemplateResult {
  const chosen = (event: Event) => goTo(Number(fieldValue(event)), ui.item, false);
  const option = (subject: SubjectState, index: number) => {
    const text = `${nameOf(subject)} (${doneIn(subject)} of ${askedOf(subject).length})`;
    return html`<option value=${index} ?selected=${index === ui.at}>${text}</option>`;
  };
  return html`<div class="row pages">
    <label for="page-choice">Page</label>
    ${pageButton('Previous page', 'chevron-left', -1, ui.at === 0)}
    <select id="page-choice" .value=${live(String(ui.at))} @change=${chosen}>
      ${subjects.map(option)}
    </select>
    ${pageButton('Next page', 'chevron-right', 1, ui.at === subjects.length - 1)} ${orderChoice()}
  </div>`;
}

function pageButton(label: string, name: string, by: 1 | -1, isDisabled: boolean): TemplateResult {
  return button('', () => movePage(by), { icon: name, name: label, isDisabled });
}

const orders = [
  ['page', 'the next item on this page'],
  ['item', 'the same item on the next page'],
] as const;

function orderChoice(): TemplateResult {
  const choose = (order: typeof ui.order) => {
    ui.order = order;
    redraw();
  };
  return html`<span class="mark">
    <label for="order">Next goes to</label> ${select(orders, ui.order, choose, { id: 'order' })}
  </span>`;
}

/** The items side by side, each with its verdict. */
function strip(subject: SubjectState): TemplateResult {
  const asked = new Set(askedOf(subject));
  const others = (answerOf(subject, 'other').findings ?? []).length;
  const other = others > 0 ? `other (${others})` : 'other';
  return html`<nav aria-label="Items">
    <ol class="strip">
      ${itemsOf(subject).map((id) => {
        const { word, icon: name, tone } = verdictStyle(answerOf(subject, id).verdict);
        const said = asked.has(id) ? word : `${word}, no longer asked`;
        const title = itemOf(id)?.title;
        const short = itemNumber(id) ?? title ?? id;
        const label = html`<span>${asked.has(id) ? short : html`<s>${short}</s>`}</span>`;
        const hidden = html`<span class="visually-hidden">${said}</span>`;
        return step(id, tone, `${itemName(id, title)}: ${said}`, html`${icon(name)}${label}${hidden}`);
      })}
      ${step('other', 'quiet', 'Problems outside the list', html`${icon('add')}<span>${other}</span>`)}
    </ol>
  </nav>`;
}

function step(id: string, tone: string, title: string, contents: TemplateResult): TemplateResult {
  const isNow = id === ui.item;
  const current = isNow ? 'step' : nothing;
  const kind = `step ${tone} ${isNow ? 'now' : ''}`;
  return html`<li>
    <button class=${kind} aria-current=${current} title=${title} @click=${() => goTo(ui.at, id)}>${contents}</button>
  </li>`;
}

/** One item: what is asked, the answer, and the problems found. */
function card(subject: SubjectState): TemplateResult {
  const id = ui.item;
  const item = itemOf(id);
  const isOther = id === 'other';
  const isFinished = isOpen() && allAnswered();
  return html`<section class="card" aria-labelledby="item">
    ${isOther ? html`<h2 id="item" tabindex="-1">Problems outside the list</h2>` : itemHeading(id, item)}
    ${isOther ? html`<p>Anything you noticed that no item asks about.</p>` : question(subject, id, item)}
    ${lastRound(subject, id)} ${problems(answerOf(subject, id))} ${isFinished ? finished() : nothing}
    <div class="actions moves">
      ${button('Previous', () => move(-1), { icon: 'arrow-left', key: 'K' })}
      ${button(html`Next${icon('arrow-right')}`, () => move(1), { key: 'J', ...(!isFinished && { kind: 'primary' }) })}
    </div>
  </section>`;
}

function allAnswered(): boolean {
  return (ui.state?.subjects ?? []).every((each) => doneIn(each) === askedOf(each).length);
}

/** Once every item has a verdict: that the evaluation can be submitted. */
function finished(): TemplateResult {
  return notice(
    'info',
    html`Everything is answered. Submit it when you are done. ${submitButton('Submit the evaluation…')}`,
  );
}

function question(subject: SubjectState, id: string, item: ChecklistItem | undefined): TemplateResult {
  const text = item?.question ?? 'The checklist no longer has the text of this item. Your answer is kept.';
  const retired = html`<p class="quiet">
    This item is no longer asked. Your earlier answer is kept, but does not count.
  </p>`;
  return html`<p class="question">${text}</p>
    ${askedOf(subject).includes(id) ? nothing : retired} ${item ? howToCheck(item, follow(item)) : nothing}
    ${verdictRow(answerOf(subject, id).verdict, giveVerdict, !isOpen())}
    ${ui.state?.checklist.id === 'cognitive-walkthrough' ? friction(subject) : nothing}
    ${note(id, answerOf(subject, id))} ${machineResults(subject, item?.covers ?? [])}`;
}

const follow = ({ url }: ChecklistItem) => {
  return () => ask(() => host.openLink({ url: url as string }));
};

function note(id: string, answer: Answer): TemplateResult {
  const typed = (event: Event) => setAnswer(id, { note: fieldValue(event) || null });
  return html`<label class="field"
    >Note ${quiet(html`optional, <kbd>C</kbd>`)}
    <textarea id="note" rows="2" ?readonly=${!isOpen()} .value=${live(answer.note ?? '')} @input=${typed}></textarea>
  </label>`;
}

/** The items that pass although they have problems, as the evaluator said when asked. */
const meant = new Set<string>();
const placeNow = () => `${ui.at} ${ui.item}`;

function problems({ verdict, findings = [] }: Answer): TemplateResult {
  const isMixed = verdict === 'pass' && findings.length > 0 && isOpen() && !meant.has(placeNow());
  const leave = () => {
    meant.add(placeNow());
    redraw();
  };
  const mixed = notice(
    'warning',
    html`This item passes, and has ${counted(findings.length, 'problem')}. Does it fail?
      ${button('It fails', () => giveVerdict('fail'))} ${button('It passes all the same', leave)}`,
  );
  const none = findings.length === 0 ? html`<p class="quiet">None.</p>` : nothing;
  return html`<h3>Problems here</h3>
    ${isMixed ? mixed : nothing}
    <ul class="problems">
      ${findings.map((problem) => html`<li>${problemEditor(problem, isOpen())}</li>`)}
    </ul>
    ${isOpen() ? button('Add a problem', addProblem, { icon: 'add', key: 'A' }) : none}`;
}

/** The friction of a step as PURE rates it: 1 easy, 2 some load, 3 likely to fail. */
const frictions = ['easy', 'some load', 'likely to fail'];

function friction(subject: SubjectState): TemplateResult {
  const value = answerOf(subject, 'PURE').friction;
  const choice = (word: string, index: number) => {
    const isPressed = value === index + 1;
    const give = () => setAnswer('PURE', { friction: isPressed ? null : index + 1 });
    return button(`${index + 1} ${word}`, give, { isPressed, isDisabled: !isOpen() });
  };
  return html`<div class="row verdicts" role="group" aria-label="Friction of this step (PURE), optional">
    ${quiet('Friction of the whole step, optional:')} ${frictions.map(choice)}
  </div>`;
}
