import { activeItems, type Checklist, checklistName, OTHER, parseChecklistName } from '../checklist/checklist';
import { HumanError, usageError } from '../errors';
import { byCodeUnit } from '../record/canonicalText';
import { type Answer, type AuditRecord, type Evaluation, evaluationSchema, type Target } from '../record/record';
import { handleError } from '../record/triage';

/** The verdicts on an item, EARL's outcome values in short. An item without a verdict was not looked at yet. */
export const answerVerdicts = ['pass', 'fail', 'n/a', 'unsure'] as const;
export type AnswerVerdict = (typeof answerVerdicts)[number];

/** The item that holds the friction of a step (PURE: 1 easy, 2 some load, 3 likely to fail). */
export const FRICTION = 'PURE';

/** What an answer is about: a page, a whole journey, or a step of one. */
export interface Subject {
  target: string;
  step?: string;
}

/**
 * What a checklist asks about: the target itself, or each step of a journey. Empty if it does not apply. A checklist
 * for pages or for journeys can be about a touchpoint.
 */
export function subjectsOf(slug: string, target: Target, checklist: Pick<Checklist, 'appliesTo'>): Subject[] {
  const isForWhole = checklist.appliesTo.some((kind) => kind === 'page' || kind === 'journey');
  if (target.kind === 'touchpoint') return isForWhole ? [{ target: slug }] : [];
  if (target.kind !== 'journey') return checklist.appliesTo.includes('page') ? [{ target: slug }] : [];
  if (checklist.appliesTo.includes('journey')) return [{ target: slug }];
  if (!checklist.appliesTo.includes('step')) return [];
  return (target.steps ?? []).map((step) => ({ target: slug, step }));
}

/** The key of an answer: `H01`, or `CW1@payment` for a step. */
export function answerKey(item: string, step?: string): string {
  return step === undefined ? item : `${item}@${step}`;
}

export function parseAnswerKey(key: string): { item: string; step?: string } {
  const at = key.indexOf('@');
  return at < 0 ? { item: key } : { item: key.slice(0, at), step: key.slice(at + 1) };
}

/** `checkout/nielsen-10/ana`, and `checkout/nielsen-10/ana/2` for the second round. */
export function evaluationId(target: string, checklist: string, evaluator: string, round = 1): string {
  return [target, checklist, evaluator, ...(round > 1 ? [round] : [])].join('/');
}

/** The round of an evaluation, from 1. */
export function roundOf(evaluation: Pick<Evaluation, 'id'>): number {
  const [, , , round] = evaluation.id.split('/');
  return Number(round) || 1;
}

/** The id of an evaluation's checklist, without its version. */
export function checklistIdOf(evaluation: Pick<Evaluation, 'checklist'>): string {
  return parseChecklistName(evaluation.checklist).id;
}

/** The evaluations that can be read. Others stay in the file unchanged. */
export function usableEvaluations(record: AuditRecord): Evaluation[] {
  return Object.entries(record.evaluations).flatMap(([id, evaluation]) =>
    isUsable(id, evaluation) ? [evaluation] : [],
  );
}

function isUsable(id: string, evaluation: Evaluation | undefined): boolean {
  const { success, data } = evaluationSchema.safeParse(evaluation);
  return success && data.id === id;
}

/** One person's evaluations of a target with a checklist, by round. */
export function roundsOf(
  record: AuditRecord,
  { target, checklist, evaluator }: { target: string; checklist: string; evaluator: string },
): Evaluation[] {
  return usableEvaluations(record)
    .filter((other) => other.target === target && other.evaluator === evaluator && checklistIdOf(other) === checklist)
    .sort((a, b) => roundOf(a) - roundOf(b));
}

/** Who has submitted an evaluation of a target, with any checklist. */
export function evaluatorsOf({ evaluations }: AuditRecord, target: string): Set<string> {
  const about = Object.entries(evaluations).filter(([, evaluation]) => evaluation?.target === target); // few, so quick
  const submitted = about.filter(([id, one]) => isUsable(id, one) && one.state.status === 'submitted');
  return new Set(submitted.map(([, { evaluator }]) => evaluator));
}

/** @throws HumanError `evaluation-unknown` */
export function evaluationOf(record: AuditRecord, id: string): Evaluation {
  const evaluation = Object.hasOwn(record.evaluations, id) ? record.evaluations[id] : undefined;
  if (evaluation && isUsable(id, evaluation)) return evaluation;
  throw usageError(
    'evaluation-unknown',
    `There is no evaluation "${id}" that can be read in the record.`,
    'List them: ux-audit evaluation list',
  );
}

/**
 * Resumes the evaluator's draft; else begins an evaluation, or the next round after a submitted one.
 * @param on today, YYYY-MM-DD
 * @throws HumanError `handle-invalid`, `target-unknown`, `checklist-not-for-target`, `evaluation-unreadable`
 */
export function startEvaluation(
  record: AuditRecord,
  given: { target: string; checklist: Checklist; evaluator: string; on: string },
): { record: AuditRecord; id: string } {
  const { target: slug, checklist, evaluator, on } = given;
  const wrong = handleError(evaluator);
  if (wrong) throw usageError('handle-invalid', `"${evaluator}" cannot be a handle. ${wrong}`, 'For example: ana');
  const target = Object.hasOwn(record.targets, slug) ? record.targets[slug] : undefined;
  if (!target)
    throw usageError(
      'target-unknown',
      `There is no target "${slug}" in the record.`,
      'Add it first: UX Audit: Add Page…',
    );
  if (subjectsOf(slug, target, checklist).length === 0) {
    throw usageError(
      'checklist-not-for-target',
      `"${checklist.title}" is for ${checklist.appliesTo.join(' or ')}, and "${slug}" is a ` +
        `${target.kind}${target.kind === 'journey' ? ' without steps' : ''}.`,
      target.kind === 'journey' ? 'Name its steps first, or choose another checklist.' : 'Choose another checklist.',
    );
  }
  const rounds = roundsOf(record, { target: slug, checklist: checklist.id, evaluator });
  const last = rounds.at(-1);
  if (last && last.state.status !== 'submitted') return { record, id: last.id };
  const id = evaluationId(slug, checklist.id, evaluator, last ? roundOf(last) + 1 : 1);
  if (Object.hasOwn(record.evaluations, id)) {
    throw new HumanError('record', 'evaluation-unreadable', {
      what: `The record has an evaluation "${id}" that cannot be read, so none is begun in its place.`,
      next: 'Fix its line in the record (ux-audit validate names it), then try again.',
    });
  }
  return {
    id,
    record: withEvaluation(record, {
      checklist: checklistName(checklist),
      target: slug,
      evaluator,
      state: { status: 'draft', on },
      answers: {},
      id,
    }),
  };
}

function withEvaluation(record: AuditRecord, evaluation: Evaluation): AuditRecord {
  return { ...record, evaluations: { ...record.evaluations, [evaluation.id]: evaluation } };
}

/** @throws HumanError `evaluation-unknown`, `evaluation-submitted` */
export function draftOf(record: AuditRecord, id: string): Evaluation {
  const evaluation = evaluationOf(record, id);
  if (evaluation.state.status === 'submitted') {
    throw usageError(
      'evaluation-submitted',
      'This evaluation was submitted, so its answers stand.',
      'Take it back to a draft first, or begin a new round.',
    );
  }
  return evaluation;
}

/** A change of one answer: `null` removes a field, and a missing field stays. */
export interface AnswerChange {
  verdict?: AnswerVerdict | null;
  note?: string | null;
  friction?: number | null;
  findings?: string[];
}

/**
 * Changes one answer of a draft. Removes an answer that becomes empty.
 * @throws HumanError `evaluation-unknown`, `evaluation-submitted`
 */
export function setAnswer(record: AuditRecord, id: string, key: string, change: AnswerChange): AuditRecord {
  const evaluation = draftOf(record, id);
  const before = answerOf(evaluation, key);
  const merged = { ...before, ...change } as Record<string, unknown>;
  const answer = Object.fromEntries(
    Object.entries(merged).filter(
      ([, value]) =>
        value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Answer;
  const others = Object.entries(evaluation.answers ?? {}).filter(([other]) => other !== key);
  const answers = Object.fromEntries(Object.keys(answer).length > 0 ? [...others, [key, answer]] : others);
  return withEvaluation(record, { ...evaluation, answers });
}

/** The answer under a key, or undefined. */
export function answerOf(evaluation: Evaluation, key: string): Answer | undefined {
  const answers = evaluation.answers ?? {};
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

/**
 * Submits a draft.
 * @param commit the commit that was evaluated, if known
 * @param uncommitted whether files of the target differed from it
 */
export function submitEvaluation(
  record: AuditRecord,
  id: string,
  { on, commit, uncommitted }: { on: string; commit?: string | undefined; uncommitted?: boolean | undefined },
): AuditRecord {
  const evaluation = draftOf(record, id);
  return withEvaluation(record, {
    ...evaluation,
    state: {
      status: 'submitted',
      on,
      ...(commit !== undefined && { commit, ...(uncommitted && { uncommitted }) }),
    },
  });
}

/** Turns a submitted evaluation back into a draft. */
export function withdrawEvaluation(record: AuditRecord, id: string, on: string): AuditRecord {
  return withEvaluation(record, { ...evaluationOf(record, id), state: { status: 'draft', on } });
}

/** Moves a draft to the present version of its checklist. Items that are new in it are open. */
export function bringToVersion(record: AuditRecord, id: string, checklist: Checklist): AuditRecord {
  return withEvaluation(record, { ...draftOf(record, id), checklist: checklistName(checklist) });
}

/** The progress of an evaluation. */
export interface Progress {
  /** Items with a verdict. */
  answered: number;
  total: number;
  /** Keys of the items without a verdict, in the order of the checklist. */
  left: string[];
  /** Keys of answers to items that the checklist no longer asks. */
  retired: string[];
}

/** @param checklist undefined when it cannot be read; then only the answers count */
export function progressOf(
  evaluation: Evaluation,
  checklist: Checklist | undefined,
  subjects: readonly Subject[],
): Progress {
  const answers = evaluation.answers ?? {};
  const hasVerdict = (key: string) => Object.hasOwn(answers, key) && answers[key]?.verdict !== undefined;
  const items = checklist ? activeItems(checklist, parseChecklistName(evaluation.checklist).version) : [];
  const keys = subjects.flatMap(({ step }) => items.map(({ id }) => answerKey(id, step)));
  const asked = new Set(keys);
  const own = new Set([OTHER, FRICTION]);
  const answered = keys.filter(hasVerdict).length;
  return {
    answered: checklist ? answered : Object.keys(answers).filter(hasVerdict).length,
    total: keys.length,
    left: keys.filter((key) => !hasVerdict(key)),
    retired: Object.keys(answers)
      .filter((key) => !asked.has(key) && !own.has(parseAnswerKey(key).item))
      .sort(byCodeUnit),
  };
}
