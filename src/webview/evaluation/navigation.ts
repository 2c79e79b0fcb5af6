import type { EvaluationPageState, EvaluationView, SubjectState } from '../../protocol/evaluationPage';
import { redraw } from '../shared/draw';
import { setExamplePictures } from '../shared/itemCard';
import { withChanges } from './changes';
import { forgetSearch, showNext } from './pane';
import { forgetRecordedRatings } from './rating';
import { answerOf, askedOf, host, itemsOf, named, subjectNow, ui } from './ui';

/** Takes the host's state over, and stays at the subject and the item that are shown. */
export function takeState(next: EvaluationPageState): void {
  const before = subjectNow();
  ui.state = withChanges(next);
  forgetRecordedRatings();
  setExamplePictures(next.attachments);
  const at = next.subjects.findIndex(({ target, step }) => target === before?.target && step === before.step);
  ui.at = Math.max(0, at);
  const subject = subjectNow();
  if (!subject) return;
  const isNewRound = before !== undefined && before.round < subject.round;
  const isGone = !itemsOf(subject).includes(ui.item) && ui.item !== 'other';
  if (isNewRound || isGone) ui.item = firstLeft(subject);
}

/** The first item without a verdict, else the first of all. */
function firstLeft(subject: SubjectState): string {
  const asked = askedOf(subject);
  return asked.find((id) => answerOf(subject, id).verdict === undefined) ?? asked[0] ?? 'other';
}

/** Begins at the first subject that has an item without a verdict. */
export function beginAtFirstLeft({ subjects }: EvaluationPageState): void {
  const isLeft = (subject: SubjectState) =>
    subject.status === 'draft' && askedOf(subject).some((id) => answerOf(subject, id).verdict === undefined);
  ui.at = Math.max(0, subjects.findIndex(isLeft));
  const subject = subjectNow();
  if (subject) ui.item = firstLeft(subject);
}

/** The state in which each question was asked last. What is shown stays until the answer arrives. */
const asked = new Map<string, string>();

function isNew(question: string, state = ''): boolean {
  if (asked.get(question) === state) return false;
  asked.set(question, state);
  return true;
}

async function loadMachine(subject: SubjectState): Promise<void> {
  const { target, audited } = subject;
  if (!isNew(`machine ${target}`, audited)) return;
  const results = await host.machine(named(subject)).catch(() => undefined);
  if (!results) return;
  ui.machine.set(target, results);
  redraw();
}

async function loadFreshness(evaluation: string): Promise<void> {
  if (!isNew(`freshness ${evaluation}`)) return;
  const unknown = { state: 'unknown', why: '' };
  ui.freshness.set(evaluation, await host.freshness({ evaluation }).catch(() => unknown));
  redraw();
}

/** After a change of the record: asks for freshness again, and for machine results where an audit was added. */
export function refreshBeside(): void {
  for (const question of asked.keys()) if (question.startsWith('freshness ')) asked.delete(question);
  loadBeside();
}

/** Asks for what the state does not hold: machine results and freshness of what is shown. */
export function loadBeside(): void {
  const subject = subjectNow();
  if (subject) void loadMachine(subject);
  if (subject?.status === 'submitted') void loadFreshness(subject.evaluation);
  if (ui.view !== 'together') return;
  for (const { evaluations } of ui.state?.joint ?? []) for (const { id } of evaluations) void loadFreshness(id);
}

export function show(view: EvaluationView): void {
  ui.view = view;
  redraw();
  loadBeside();
}

/** Goes to another item; the heading takes the focus, so that a screen reader reads it. */
export function goTo(at: number, item: string, focus = true): void {
  const isOther = ui.at !== at;
  if (isOther || ui.item !== item) forgetSearch();
  ui.at = at;
  ui.item = item;
  ui.problem = undefined;
  show('form');
  if (isOther) showNext();
  document.querySelector('.step.now')?.scrollIntoView({ block: 'nearest' });
  if (focus) document.getElementById('item')?.focus();
}

/** Goes one item on or back, in the chosen order. */
export function move(by: 1 | -1): void {
  const next = neighbour(by);
  if (next) goTo(next.at, next.item);
}

function neighbour(by: 1 | -1): { at: number; item: string } | undefined {
  const { at, item, order, state } = ui;
  const subjects = state?.subjects ?? [];
  const subject = subjects[at];
  if (!subject) return undefined;
  const items = itemsOf(subject);
  const next = items[items.indexOf(item) + by];
  const other = subjects[at + by];
  if (order === 'page' || subjects.length === 1) {
    if (next !== undefined) return { at, item: next };
    return other && { at: at + by, item: itemsOf(other).at(by > 0 ? 0 : -1) ?? 'other' };
  }
  if (other) return { at: at + by, item };
  return next === undefined ? undefined : { at: by > 0 ? 0 : subjects.length - 1, item: next };
}

export function movePage(by: 1 | -1): void {
  if (ui.state?.subjects[ui.at + by]) goTo(ui.at + by, ui.item);
}
