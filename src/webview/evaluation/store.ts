import type { ChecklistItem } from '../../core/checklist/checklist';
import { type ProblemChange, type ProblemText, partsOf, problemSuffix, UNTITLED } from '../../core/evaluation/problems';
import type { Answer } from '../../core/record/record';
import type {
  AnswerChangeText,
  ColumnState,
  EvaluationPageState,
  EvaluationRequests,
  EvaluationView,
  MachineResult,
  PageMap,
} from '../../protocol/evaluationPage';
import { connect, HostError } from '../host';
import { changed, defined, sameText, textOf } from './problemTexts';

export const { host, on } = connect<EvaluationRequests>();

/** A picture of the page on which an element is being picked for a problem. */
export interface Picking {
  map: PageMap;
  problem: string;
  /** Index of the element under the pointer or chosen in the list. */
  at: number;
  filter: string;
}

/** What the page shows besides the state that the host knows. */
export const ui = {
  state: undefined as EvaluationPageState | undefined,
  view: 'form' as EvaluationView,
  column: 0,
  item: '',
  /** In which order J goes through several pages: all items of one, or one item on all. */
  order: 'page' as 'page' | 'item',
  /** The problem that severity keys are about. */
  problem: undefined as string | undefined,
  /** The id of the problem that the rating round is at; none yet: the first. */
  rated: '',
  /** Others' ratings are shown also of problems that one has not rated. */
  ratingsShown: false,
  fault: '',
  busy: '',
  /** Requests that write and have not been answered. */
  unsaved: 0,
  notSaved: '',
  /** What the record refused, and so will not be tried again. */
  notTaken: '',
  machine: new Map<string, Record<string, MachineResult>>(),
  freshness: new Map<string, { state: string; why: string }>(),
  picking: undefined as Picking | undefined,
  merging: undefined as string | undefined,
  formFactor: 'mobile' as 'mobile' | 'desktop',
};

/** A field of a problem as it was typed: it holds until the record says the same, and then something else. */
interface Typed {
  part: ProblemChange;
  isRecorded: boolean;
}
/** By problem and field. */
const typed = new Map<string, Map<string, Typed>>();
/** Problems that the host was told of. */
const sent = new Set<string>();
/** Fields of answers as they were given, likewise; by evaluation, step, item and field. */
const given = new Map<string, unknown>();

function fieldKey({ evaluation, step }: ColumnState, item: string, field: string): string {
  return [evaluation, step ?? '', item, field].join('\n');
}

let drawPage: () => void = () => {};
let isHeld = false;
export function onDraw(work: () => void): void {
  drawPage = work;
}
function draw(): void {
  if (!isHeld) drawPage();
}
export function redraw(): void {
  draw();
}

/** Does several changes and draws once. */
export function drawOnce<T>(changes: () => T): T {
  isHeld = true;
  try {
    return changes();
  } finally {
    isHeld = false;
    draw();
  }
}

/** Runs a request; says what is under way and, in place, what went wrong. */
export async function ask<T>(work: () => Promise<T>, doing = ''): Promise<T | undefined> {
  ui.fault = '';
  ui.busy = doing;
  draw();
  try {
    return await work();
  } catch (error) {
    ui.fault = (error as Error).message;
    return undefined;
  } finally {
    ui.busy = '';
    draw();
  }
}

async function showRecorded(): Promise<void> {
  const state = await host.ready(null).catch(() => undefined);
  if (state) takeState(state);
  draw();
}

/**
 * Sends something that is to be kept, and tells whether it was.
 * @param forget drops what is shown over the record, where it refused the change
 */
function keep(work: Promise<unknown>, forget: () => void = () => {}): void {
  ui.unsaved += 1;
  ui.notTaken = '';
  work
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
      draw();
    });
}

export function columnNow(): ColumnState | undefined {
  return ui.state?.columns[ui.column];
}

export function itemOf(id: string): ChecklistItem | undefined {
  return ui.state?.checklist.items.find((item) => item.id === id);
}

/** The items that count in a column, in the order of the checklist; without its texts, what was answered. */
export function askedOf(column: ColumnState): string[] {
  return column.asked.length > 0 ? column.asked : answeredItems(column);
}

/** The items that can be looked at in a column: those asked, then those that were answered and are no longer asked. */
export function itemsOf(column: ColumnState): string[] {
  const asked = new Set(askedOf(column));
  return [...asked, ...answeredItems(column).filter((id) => !asked.has(id))];
}

function answeredItems({ answers }: ColumnState): string[] {
  return Object.keys(answers).filter((id) => id !== 'other' && id !== 'PURE');
}

export function answerOf(column: ColumnState, item: string): Answer {
  return Object.hasOwn(column.answers, item) ? (column.answers[item] as Answer) : {};
}

/** Changes an answer here at once, and in the record a moment later. */
export function setAnswer(index: number, item: string, change: AnswerChangeText): void {
  const column = ui.state?.columns[index];
  if (!column || column.status === 'submitted') return;
  const merged = { ...answerOf(column, item), ...change };
  column.answers = {
    ...column.answers,
    [item]: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as Answer,
  };
  const fields = Object.entries(change).map(([field, value]) => ({
    key: fieldKey(column, item, field),
    value: value ?? undefined,
  }));
  for (const { key, value } of fields) given.set(key, value);
  keep(host.answer({ column: index, item, change }), () => {
    for (const { key, value } of fields) if (given.get(key) === value) given.delete(key);
  });
  draw();
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

/** Changes a problem here at once, and in the record a moment later. */
export function editProblem(index: number, item: string, id: string, change: ProblemChange): void {
  type(id, change);
  sent.add(id);
  const problem = problemText(id);
  const known = ui.state?.problems[id];
  const fields = new Map(typed.get(id));
  const names = known ? partsOf(change).map(([name]) => name) : [...fields.keys()];
  keep(host.saveProblem({ column: index, item, id, problem: defined(known ? change : problem) }), () => {
    const now = typed.get(id);
    for (const name of names) if (now?.get(name) === fields.get(name)) now?.delete(name);
    if (now?.size === 0) typed.delete(id);
  });
  if (ui.state && known) {
    ui.state.problems[id] = {
      ...known,
      title: problem.title || UNTITLED,
      ...(problem.rating && { ratings: { ...known.ratings, [ui.state.me]: { ...problem.rating } } }),
    };
  }
  draw();
}

/** Begins a problem under an item; from its first letter or severity it is kept, and fails an item without a verdict. */
export function newProblem(index: number, item: string): string {
  const column = ui.state?.columns[index] as ColumnState;
  const suffix = problemSuffix(crypto.getRandomValues(new Uint8Array(6)));
  const id = `${column.target}/${ui.state?.checklist.id}/${item}/${suffix}`;
  const { defaultSeverity, stages = [] } = itemOf(item) ?? {};
  type(id, {
    title: '',
    ...(stages.length === 1 && { stage: stages[0] }),
    ...(defaultSeverity !== undefined && { rating: { severity: defaultSeverity } }),
  });
  const answer = answerOf(column, item);
  column.answers = {
    ...column.answers,
    [item]: { ...answer, findings: [...(answer.findings ?? []), id] },
  };
  ui.problem = id;
  draw();
  return id;
}

/** Whether a problem has never been sent: nothing was typed in it yet. */
export function isBlank(id: string): boolean {
  return ui.state?.problems[id] === undefined && !sent.has(id);
}

export function removeProblem(index: number, item: string, id: string): void {
  const column = ui.state?.columns[index];
  if (!column) return;
  if (!isBlank(id)) keep(host.removeProblem({ column: index, item, id }));
  typed.delete(id);
  const answer = answerOf(column, item);
  column.answers = {
    ...column.answers,
    [item]: { ...answer, findings: (answer.findings ?? []).filter((other) => other !== id) },
  };
  if (ui.problem === id) ui.problem = undefined;
  draw();
}

/** Names a problem of the last round in an answer of this one too. */
export function foundAgain(index: number, item: string, id: string): void {
  keep(host.linkProblem({ column: index, item, id }));
  draw();
}

/** Takes the host's state over; what was given or typed here and is not in it yet stays. */
export function takeState(next: EvaluationPageState): void {
  for (const id of typed.keys()) if (ui.state?.problems[id] && !next.problems[id]) typed.delete(id); // gone elsewhere
  const begun = (ui.state?.columns ?? []).flatMap((column) =>
    Object.entries(column.answers).flatMap(([item, { findings = [] }]) =>
      findings
        .filter((id) => typed.has(id) && !next.problems[id])
        .map((id) => ({ evaluation: column.evaluation, step: column.step, item, id })),
    ),
  );
  ui.state = next;
  for (const column of next.columns) overlay(column);
  for (const [id, fields] of ui.unsaved === 0 ? typed : []) {
    const known = next.problems[id];
    if (!known) continue;
    const text = textOf(known, next.me);
    for (const [name, field] of fields) {
      if (sameText(changed(text, field.part), text)) field.isRecorded = true;
      else if (field.isRecorded) fields.delete(name); // somebody changed it since
    }
  }
  for (const { evaluation, step, item, id } of begun) {
    const column = next.columns.find((other) => other.evaluation === evaluation && other.step === step);
    if (!column) continue;
    const answer = answerOf(column, item);
    column.answers[item] = { ...answer, findings: [...new Set([...(answer.findings ?? []), id])] };
  }
  if (ui.column >= next.columns.length) ui.column = 0;
  const column = columnNow();
  if (column && !itemsOf(column).includes(ui.item) && ui.item !== 'other') {
    const asked = askedOf(column);
    ui.item = asked.find((id) => answerOf(column, id).verdict === undefined) ?? asked[0] ?? 'other';
  }
}

/** Puts what was given here over what the record says, until they are the same. */
function overlay(column: ColumnState): void {
  for (const [key, value] of given) {
    const [evaluation, step, item = '', field = ''] = key.split('\n');
    if (evaluation !== column.evaluation || step !== (column.step ?? '')) continue;
    const { [field]: known, ...rest } = answerOf(column, item);
    if (known === value) given.delete(key);
    else column.answers[item] = (value === undefined ? rest : { ...rest, [field]: value }) as Answer;
  }
}

/** Of each question, in which state of things it was asked last; what is shown stays until the answer. */
const asked = new Map<string, string>();

function isNew(question: string, state = ''): boolean {
  if (asked.get(question) === state) return false;
  asked.set(question, state);
  return true;
}

async function loadMachine(index: number, { target, audited }: ColumnState): Promise<void> {
  if (!isNew(`machine ${target}`, audited)) return;
  const results = await host.machine({ column: index }).catch(() => undefined);
  if (!results) return;
  ui.machine.set(target, results);
  draw();
}

async function loadFreshness(evaluation: string): Promise<void> {
  if (!isNew(`freshness ${evaluation}`)) return;
  const unknown = { state: 'unknown', why: '' };
  ui.freshness.set(evaluation, await host.freshness({ evaluation }).catch(() => unknown));
  draw();
}

/** The record has changed: freshness is asked for again; what machines say where an audit or a decision was added. */
export function refreshBeside(): void {
  for (const question of asked.keys()) if (question.startsWith('freshness ')) asked.delete(question);
  loadBeside();
}

/** Asks for what is not part of the state and stands beside the present column and in the joint view. */
export function loadBeside(): void {
  const column = columnNow();
  if (column) void loadMachine(ui.column, column);
  if (column?.status === 'submitted') void loadFreshness(column.evaluation);
  if (ui.view !== 'together') return;
  for (const { evaluations } of ui.state?.joint ?? []) for (const { id } of evaluations) void loadFreshness(id);
}

/** Goes to another item; the heading takes the focus, so that a screen reader reads it. */
export function goTo(column: number, item: string, focus = true): void {
  ui.column = column;
  ui.item = item;
  ui.problem = undefined;
  ui.view = 'form';
  draw();
  loadBeside();
  document.querySelector('.step.now')?.scrollIntoView({ block: 'nearest' });
  if (focus) document.getElementById('item')?.focus();
}

/** One item on or back, in the chosen order. */
export function move(by: 1 | -1): void {
  const next = neighbour(by);
  if (next) goTo(next.column, next.item);
}

function neighbour(by: 1 | -1): { column: number; item: string } | undefined {
  const columns = ui.state?.columns ?? [];
  const column = columns[ui.column];
  if (!column) return undefined;
  const items = itemsOf(column);
  const next = items[items.indexOf(ui.item) + by];
  const other = columns[ui.column + by];
  if (ui.order === 'page' || columns.length === 1) {
    if (next !== undefined) return { column: ui.column, item: next };
    return other && { column: ui.column + by, item: itemsOf(other).at(by > 0 ? 0 : -1) ?? 'other' };
  }
  if (other) return { column: ui.column + by, item: ui.item };
  return next === undefined ? undefined : { column: by > 0 ? 0 : columns.length - 1, item: next };
}

export function movePage(by: 1 | -1): void {
  if (ui.state?.columns[ui.column + by]) goTo(ui.column + by, ui.item);
}

/** `checkout`, or `insurance-claim, step: letter`. */
export function nameOf({ target, step }: { target: string; step?: string }): string {
  return step === undefined ? target : `${target}, step: ${step}`;
}
