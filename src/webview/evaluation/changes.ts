/** Changes made in the form: shown at once, sent to the host, and kept until it has answered. */

import { type ProblemChange, type ProblemText, partsOf, problemSuffix, UNTITLED } from '../../core/evaluation/problems';
import type { Answer } from '../../core/record/record';
import type { AnswerChangeText, EvaluationPageState, SubjectState } from '../../protocol/evaluationPage';
import { restoreRemarks, unsentRemarks } from '../shared/discussion';
import { redraw } from '../shared/draw';
import { HostError } from '../shared/host';
import { changed, defined, sameText, textOf } from './problemTexts';
import { answerOf, host, itemOf, kept, named, subjectNow, ui } from './ui';

/** A field of a problem as it was typed. It covers the record until that has said the same and then changes. */
interface Typed {
  part: ProblemChange;
  isRecorded: boolean;
}
/** By problem and field. */
const typed = new Map<string, Map<string, Typed>>();
/** Problems that were sent to the host. */
const sent = new Set<string>();
/** Fields of answers as they were given, until the record says the same; by evaluation, step, item and field. */
const given = new Map<string, unknown>();

/** The requests that write. */
type Write = 'answer' | 'saveProblem' | 'linkProblem' | 'removeProblem';
type Params<Method extends Write> = Parameters<(typeof host)[Method]>[0];
/** Writes that the host has not answered; they are sent again after a reload of the window. */
const unanswered = new Set<{ method: Write; params: unknown }>();

/** What VS Code keeps over a reload of the window: which form this is, and what the host has not answered. */
interface Kept {
  selection?: EvaluationPageState['selection'] | undefined;
  writes?: { method: Write; params: unknown }[];
  /** Remarks that were typed and not added, by problem. */
  remarks?: Record<string, string> | undefined;
}
const before = (kept.get() ?? {}) as Kept;
/** What is to be sent again once the state of the record is known. */
let toSendAgain = before.writes ?? [];
restoreRemarks(before.remarks);
/** Whether VS Code restored this form after a reload of the window: then it must not take the keyboard. */
export const isRestored = kept.get() !== undefined;

/** Lets VS Code keep the page as it is now. */
export function remember(): void {
  const [selection, remarks] = [ui.state?.selection ?? before.selection, unsentRemarks()];
  kept.set({ selection, writes: [...toSendAgain, ...unanswered], ...(remarks && { remarks }) } satisfies Kept);
}

/**
 * Sends a write to the host, and shows whether it was saved.
 * @param forget drops the change here if the record refuses it
 */
function keep<Method extends Write>(method: Method, params: Params<Method>, forget: () => void = () => {}): void {
  const write = { method, params };
  ui.unsaved += 1;
  ui.notTaken = '';
  unanswered.add(write);
  remember();
  (host[method] as (given: Params<Method>) => Promise<void>)(params)
    .then(
      () => {
        ui.notSaved = '';
      },
      (error: Error) => {
        if (error instanceof HostError && error.text.code === 'not-taken') {
          ui.notTaken = error.message;
          forget();
          void showRecorded();
        } else {
          ui.notSaved = error.message;
        }
      },
    )
    .finally(() => {
      ui.unsaved -= 1;
      unanswered.delete(write);
      remember();
      redraw();
    });
}

/**
 * Sends again, once, what the host had not answered when the window was reloaded.
 * @param state what the record has now, as far as it is known. VS Code may keep the page as it was before the last
 *   letters, which the host had got: where the record goes on after a text, the text is not written over it.
 */
export function sendUnanswered(state: EvaluationPageState | undefined): void {
  const writes = toSendAgain;
  toSendAgain = [];
  for (const { method, params } of writes) {
    const isOlder =
      state !== undefined &&
      textsOf(method, params, state).some(([text, recorded]) => {
        return recorded !== text && recorded.startsWith(text);
      });
    if (!isOlder) keep(method, params as never);
  }
}

/** The texts of a write, each with what the record has in its place. */
function textsOf(method: Write, params: unknown, { problems, subjects, me }: EvaluationPageState): [string, string][] {
  if (method === 'saveProblem') {
    const { id, problem } = params as Params<'saveProblem'>;
    const recorded = Object.entries(textOf(problems[id], me));
    return recorded.flatMap(([name, text]): [string, string][] => {
      const given = problem[name as keyof typeof problem];
      return typeof given === 'string' && typeof text === 'string' ? [[given, text]] : [];
    });
  }
  if (method !== 'answer') return [];
  const { evaluation, step, item, change } = params as Params<'answer'>;
  const subject = subjects.find((one) => one.evaluation === evaluation && one.step === step);
  return typeof change.note === 'string' ? [[change.note, subject?.answers[item]?.note ?? '']] : [];
}

async function showRecorded(): Promise<void> {
  const state = await host.ready().catch(() => undefined);
  if (state) ui.state = withChanges(state);
  redraw();
}

function fieldKey({ evaluation, step }: SubjectState, item: string, field: string): string {
  return [evaluation, step ?? '', item, field].join('\n');
}

function replaceAnswer(subject: SubjectState, item: string, answer: Answer): void {
  subject.answers = { ...subject.answers, [item]: answer };
}

/** Changes an answer of the present subject here at once, and in the record a moment later. */
export function setAnswer(item: string, change: AnswerChangeText): void {
  const subject = subjectNow();
  if (!subject || subject.status === 'submitted') return;
  const merged = Object.entries({ ...answerOf(subject, item), ...change });
  replaceAnswer(subject, item, Object.fromEntries(merged.filter(([, value]) => value !== null)) as Answer);
  const fields = Object.entries(change).map(([field, value]) => ({
    key: fieldKey(subject, item, field),
    value: value ?? undefined,
  }));
  for (const { key, value } of fields) given.set(key, value);
  keep('answer', { ...named(subject), item, change }, () => {
    for (const { key, value } of fields) if (given.get(key) === value) given.delete(key);
  });
  redraw();
}

export function problemText(id: string): ProblemText {
  const fields = [...(typed.get(id)?.values() ?? [])];
  return fields.reduce((text, { part }) => changed(text, part), textOf(ui.state?.problems[id], ui.state?.me ?? ''));
}

function type(id: string, change: ProblemChange): void {
  const fields = typed.get(id) ?? new Map<string, Typed>();
  for (const [name, part] of partsOf(change)) fields.set(name, { part, isRecorded: false });
  typed.set(id, fields);
}

/** Changes a problem of the present item here at once, and in the record a moment later. */
export function editProblem(id: string, change: ProblemChange): void {
  const { state, item } = ui;
  const subject = subjectNow();
  if (!state || !subject) return;
  type(id, change);
  sent.add(id);
  const problem = problemText(id);
  const known = state.problems[id];
  const fields = new Map(typed.get(id));
  const names = known ? partsOf(change).map(([name]) => name) : [...fields.keys()];
  keep('saveProblem', { ...named(subject), item, id, problem: defined(known ? change : problem) }, () => {
    const now = typed.get(id);
    for (const name of names) if (now?.get(name) === fields.get(name)) now?.delete(name);
    if (now?.size === 0) typed.delete(id);
  });
  if (known) {
    state.problems[id] = {
      ...known,
      title: problem.title || UNTITLED,
      ...(problem.rating && { ratings: { ...known.ratings, [state.me]: { ...problem.rating } } }),
    };
  }
  redraw();
}

/**
 * Begins a problem under the present item. It is saved with its first letter or severity, which also fails an item
 * without a verdict.
 */
export function newProblem(subject: SubjectState): string {
  const { item, state } = ui;
  const suffix = problemSuffix(crypto.getRandomValues(new Uint8Array(6)));
  const id = `${subject.target}/${state?.checklist.id}/${item}/${suffix}`;
  const { defaultSeverity, stages = [] } = itemOf(item) ?? {};
  type(id, {
    title: '',
    ...(stages.length === 1 && { stage: stages[0] }),
    ...(defaultSeverity !== undefined && { rating: { severity: defaultSeverity } }),
  });
  const answer = answerOf(subject, item);
  replaceAnswer(subject, item, { ...answer, findings: [...(answer.findings ?? []), id] });
  ui.problem = id;
  redraw();
  return id;
}

/** Whether nothing was entered in a problem yet, so that it was never sent. */
export function isBlank(id: string): boolean {
  return ui.state?.problems[id] === undefined && !sent.has(id);
}

/** Takes a problem out of the present item. */
export function removeProblem(id: string): void {
  const { item } = ui;
  const subject = subjectNow();
  if (!subject) return;
  if (!isBlank(id)) keep('removeProblem', { ...named(subject), item, id });
  typed.delete(id);
  const answer = answerOf(subject, item);
  replaceAnswer(subject, item, { ...answer, findings: (answer.findings ?? []).filter((other) => other !== id) });
  if (ui.problem === id) ui.problem = undefined;
  redraw();
}

/** Adds a problem of the last round to the present answer. */
export function foundAgain(id: string): void {
  const subject = subjectNow();
  if (subject) keep('linkProblem', { ...named(subject), item: ui.item, id });
  redraw();
}

/** The host's state with the changes that it does not hold yet. */
export function withChanges(next: EvaluationPageState): EvaluationPageState {
  for (const id of typed.keys()) if (ui.state?.problems[id] && !next.problems[id]) typed.delete(id); // gone elsewhere
  const begun = begunProblems(next);
  for (const subject of next.subjects) withGiven(subject);
  if (ui.unsaved === 0) forgetRecorded(next);
  for (const { subject, item, id } of begun) {
    const answer = answerOf(subject, item);
    subject.answers[item] = { ...answer, findings: [...new Set([...(answer.findings ?? []), id])] };
  }
  return next;
}

/** Problems that were begun here and that the next state does not know, with their places in it. */
function begunProblems(next: EvaluationPageState): { subject: SubjectState; item: string; id: string }[] {
  return (ui.state?.subjects ?? []).flatMap((before) => {
    const subject = next.subjects.find(
      ({ evaluation, step }) => evaluation === before.evaluation && step === before.step,
    );
    if (!subject) return [];
    return Object.entries(before.answers).flatMap(([item, { findings = [] }]) =>
      findings.filter((id) => typed.has(id) && !next.problems[id]).map((id) => ({ subject, item, id })),
    );
  });
}

/** Forgets what was typed in a field once the record has said the same and has then changed. */
function forgetRecorded({ problems, me }: EvaluationPageState): void {
  for (const [id, fields] of typed) {
    const known = problems[id];
    if (!known) continue;
    const text = textOf(known, me);
    for (const [name, field] of fields) {
      if (sameText(changed(text, field.part), text)) field.isRecorded = true;
      else if (field.isRecorded) fields.delete(name);
    }
  }
}

/** Puts what was given here over the record until both are the same. */
function withGiven(subject: SubjectState): void {
  for (const [key, value] of given) {
    const [evaluation, step, item = '', field = ''] = key.split('\n');
    if (evaluation !== subject.evaluation || step !== (subject.step ?? '')) continue;
    const { [field]: known, ...rest } = answerOf(subject, item);
    if (known === value) given.delete(key);
    else subject.answers[item] = (value === undefined ? rest : { ...rest, [field]: value }) as Answer;
  }
}
