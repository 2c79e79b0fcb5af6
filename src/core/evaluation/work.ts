/**
 * What waits for one evaluator, for whom others wait, and what is stale. Says of others only how far they are, until
 * the rules of visibility show what they found.
 */
import { type Checklist, parseChecklistName } from '../checklist/checklist';
import { byCodeUnit } from '../record/canonicalText';
import { type AuditRecord, type Evaluation, type Finding, isOpen } from '../record/record';
import {
  checklistIdOf,
  progressOf,
  roundOf,
  roundsOf,
  type Subject,
  subjectsOf,
  usableEvaluations,
} from './evaluation';
import { type JointProblem, type JointView, jointView } from './jointView';
import { failedItems } from './newRound';
import { draftsInTheWay, othersOnly } from './visibility';

/**
 * What a person can do next: go on with an evaluation, rate problems, agree on severities that differ, evaluate again
 * what is stale, or be the second who evaluates a page. In the order of the list.
 */
export const turnKinds = ['answer', 'rate', 'agree', 'again', 'join'] as const;
export type TurnKind = (typeof turnKinds)[number];

/** One thing that waits for a person. */
export interface Turn {
  kind: TurnKind;
  target: string;
  /** Id of the checklist. */
  checklist: string;
  /** The round that it is about. */
  round: number;
  /** Items without a verdict, problems without a rating of theirs, problems to agree on, or items that failed. */
  left: number;
  /** All items or problems; 0 when they are not known. */
  of: number;
  /** The people who wait for it. */
  waiting: string[];
  /** Why it is stale, or who evaluated it alone: sentences. */
  why: string[];
}

/** What a person waits for: others who still answer, or have problems to rate. */
export interface Wait {
  target: string;
  checklist: string;
  round: number;
  handle: string;
  what: 'answers' | 'ratings';
}

/** What waits for a person, first what others wait for; and for whom the person waits. */
export interface Work {
  turns: Turn[];
  waits: Wait[];
}

/** What the record does not say of its evaluations. */
interface Known {
  me: string;
  /** Those that can be read, by id. */
  checklists: ReadonlyMap<string, Checklist>;
  /** Why files changed since an evaluation, by its id. Without this, nothing is said of what is stale. */
  changed?: ReadonlyMap<string, string>;
}

/** One target with one checklist. */
interface Place {
  target: string;
  checklist: string;
}

/** Composes what waits for a person. */
export function workOf(record: AuditRecord, known: Known): Work {
  const places = Map.groupBy(usableEvaluations(record), (one) => `${one.target}\n${checklistIdOf(one)}`);
  const works = [...places.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    // with the evaluations of the place alone, since each question reads all that a record has
    const evaluations = Object.fromEntries(all.map((one) => [one.id, one]));
    return workAt({ ...record, evaluations }, { target: first.target, checklist: checklistIdOf(first) }, known);
  });
  const rank = ({ waiting, kind }: Turn) => (waiting.length > 0 ? 0 : 10) + turnKinds.indexOf(kind);
  return {
    turns: works
      .flatMap(({ turns }) => turns)
      .sort((a, b) => rank(a) - rank(b) || byCodeUnit(a.target, b.target) || byCodeUnit(a.checklist, b.checklist)),
    waits: works.flatMap(({ waits }) => waits).sort((a, b) => byCodeUnit(a.target, b.target)),
  };
}

/** @param record with the evaluations of the place alone */
function workAt(record: AuditRecord, place: Place, known: Known): Work {
  const last = roundsOf(record, { ...place, evaluator: known.me }).at(-1);
  if (!last) return { turns: joining(record, place, known), waits: [] };
  if (last.state.status !== 'submitted') return { turns: [answering(record, place, known, last)], waits: [] };
  if (draftsInTheWay(record, place, { handle: known.me }).length > 0) return { turns: [], waits: [] };
  const { turns, waits } = afterwards(record, place, known, last);
  return { turns: [...turns, ...stale(record, place, known, last)], waits };
}

function subjectsAt(record: AuditRecord, target: string, checklist: Checklist | undefined): Subject[] {
  const known = Object.hasOwn(record.targets, target) ? record.targets[target] : undefined;
  return known && checklist ? subjectsOf(target, known, checklist) : [];
}

/** Others' evaluations of a place in a round. */
function othersAt(record: AuditRecord, { target, checklist }: Place, me: string, round: number): Evaluation[] {
  return usableEvaluations(record).filter(
    (one) =>
      one.target === target && checklistIdOf(one) === checklist && one.evaluator !== me && roundOf(one) === round,
  );
}

const handlesOf = (evaluations: readonly Evaluation[], isSubmitted: boolean) =>
  evaluations
    .filter(({ state }) => (state.status === 'submitted') === isSubmitted)
    .map(({ evaluator }) => evaluator)
    .sort(byCodeUnit);

function answering(record: AuditRecord, place: Place, { me, checklists }: Known, draft: Evaluation): Turn {
  const checklist = checklists.get(place.checklist);
  const { left, total } = progressOf(draft, checklist, subjectsAt(record, place.target, checklist));
  const round = roundOf(draft);
  return {
    ...place,
    kind: 'answer',
    round,
    left: left.length,
    of: total,
    waiting: handlesOf(othersAt(record, place, me, round), true),
    why: olderVersion(draft, checklist),
  };
}

/** Places that one other person alone has evaluated, once: a second evaluator finds what the first did not. */
function joining(record: AuditRecord, place: Place, { me, checklists }: Known): Turn[] {
  const { target, checklist } = place;
  if (!Object.hasOwn(record.targets, target) || !checklists.has(checklist)) return [];
  if (othersOnly(record, { targets: [target], checklist, me }).length === 0) return [];
  const others = new Set(
    usableEvaluations(record)
      .filter((one) => one.target === target && checklistIdOf(one) === checklist)
      .map(({ evaluator }) => evaluator),
  );
  if (others.size !== 1) return [];
  const why = [`${[...others].join()} alone has evaluated it.`];
  return [{ ...place, kind: 'join', round: 1, left: 0, of: 0, waiting: [], why }];
}

/** What is to do, and what others have to do, once the person has submitted. */
function afterwards(record: AuditRecord, place: Place, { me, checklists }: Known, last: Evaluation): Work {
  const round = roundOf(last);
  const checklist = checklists.get(place.checklist);
  const subjects = subjectsAt(record, place.target, checklist);
  const view = jointView(record, place.target, place.checklist, checklist, subjects, round);
  const open = view.problems.filter(({ finding }) => isOpen(finding));
  const unratedBy = (handle: string) => open.filter((problem) => !hasRated(problem, handle));
  const others = view.evaluations.map(({ handle }) => handle).filter((handle) => handle !== me);
  const mine = unratedBy(me);
  const about = { ...place, round, why: [] };
  if (mine.length > 0) {
    const done = others.filter((handle) => unratedBy(handle).length === 0);
    const rate: Turn = { ...about, kind: 'rate', left: mine.length, of: open.length, waiting: done };
    return { turns: [rate], waits: waitsFor({ ...place, round }, stillAnswering(record, place, me, round), []) };
  }
  const raters = others.filter((handle) => unratedBy(handle).length > 0);
  const differ = open.filter((problem) => isToAgree(problem, view));
  const answering = stillAnswering(record, place, me, round);
  const isReady = differ.length > 0 && answering.length === 0 && raters.length === 0;
  const agree: Turn = { ...about, kind: 'agree', left: differ.length, of: open.length, waiting: [] };
  return { turns: isReady ? [agree] : [], waits: waitsFor({ ...place, round }, answering, raters) };
}

const hasRated = ({ ratings }: JointProblem, who: string) => ratings.some(({ handle }) => handle === who);

/** Whether all evaluators have rated a problem, far apart, and nobody wrote down what they agree on. */
function isToAgree(problem: JointProblem, { evaluations }: JointView): boolean {
  const isRated = evaluations.every(({ handle }) => hasRated(problem, handle));
  return isRated && problem.ratersDiffer && problem.consensus === undefined;
}

const stillAnswering = (record: AuditRecord, place: Place, me: string, round: number) =>
  handlesOf(othersAt(record, place, me, round), false);

function waitsFor(place: Place & { round: number }, answering: readonly string[], rating: readonly string[]): Wait[] {
  return [
    ...answering.map((handle): Wait => ({ ...place, handle, what: 'answers' })),
    ...rating.map((handle): Wait => ({ ...place, handle, what: 'ratings' })),
  ];
}

function olderVersion({ checklist: name }: Evaluation, now: Checklist | undefined): string[] {
  const { version } = parseChecklistName(name);
  if (!now || version >= now.version) return [];
  return [`The checklist is at version ${now.version} now; this evaluation is of version ${version}.`];
}

/** What happened to a page or its checklist since the person's evaluation of it. */
function stale(record: AuditRecord, place: Place, { checklists, changed }: Known, last: Evaluation): Turn[] {
  const checklist = checklists.get(place.checklist);
  if (!changed || !checklist || !Object.hasOwn(record.targets, place.target)) return [];
  const files = changed.get(last.id);
  const since = [...olderVersion(last, checklist), ...foundSince(record, checklist, last)];
  const why = files === undefined ? since : [files, ...since];
  if (why.length === 0) return [];
  const left = failedItems(last).length;
  const of = progressOf(last, checklist, subjectsAt(record, place.target, checklist)).total;
  return [{ ...place, kind: 'again', round: roundOf(last) + 1, left, of, waiting: [], why }];
}

/** What audits found since, of that which the checklist asks about. */
function foundSince(record: AuditRecord, checklist: Checklist, { target, state }: Evaluation): string[] {
  const rules = new Set(checklist.items.flatMap(({ covers = [] }) => covers));
  const since = state.on;
  if (since === undefined || rules.size === 0) return [];
  // by their own words alone: reading all findings of a large record takes too long while somebody types
  const found = Object.values(record.findings)
    .filter((finding) => finding !== null) // an entry that is not valid
    .filter(
      ({ kind, target: of, rule, state: now, firstSeen = '' }: Partial<Finding>) =>
        kind === 'automated' &&
        of === target &&
        firstSeen > since &&
        rules.has(rule ?? '') &&
        now &&
        isOpen({ state: now }),
    );
  if (found.length === 0) return [];
  const what = found.length === 1 ? 'a problem' : `${found.length} problems`;
  return [`Audits since then found ${what} that it asks about.`];
}
