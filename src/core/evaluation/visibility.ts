/**
 * Decides what a reader may see of evaluations, in the editor and the terminal. Evaluators judge independently, so an
 * evaluator does not see what others found before submitting. The file itself hides nothing.
 */
import type { AuditRecord, Evaluation, Finding } from '../record/record';
import { checklistIdOf, roundOf, usableEvaluations } from './evaluation';

export interface Reader {
  /** Undefined when it is not known who reads. */
  handle?: string | undefined;
  /** Whether the reader asked to see everything. */
  seesAll?: boolean | undefined;
}

const isSubmitted = ({ state }: Evaluation) => state.status === 'submitted';

/** Whether this is another evaluator's draft, which only its evaluator may see. */
export function isOthersDraft(evaluation: Evaluation, { handle, seesAll }: Reader): boolean {
  return !seesAll && !isSubmitted(evaluation) && evaluation.evaluator !== handle;
}

/** The reader's open drafts. An unknown reader may be any evaluator, so then all drafts count. */
function openDrafts(record: AuditRecord, { handle, seesAll }: Reader): Evaluation[] {
  if (seesAll) return [];
  return usableEvaluations(record).filter(
    (draft) => !isSubmitted(draft) && (handle === undefined || draft.evaluator === handle),
  );
}

/**
 * The reader's open drafts that hide what others found on a target with a checklist.
 * @param about `round`: the round to be shown, which later drafts do not hide; any round when left out
 */
export function draftsInTheWay(
  record: AuditRecord,
  { target, checklist, round = Number.POSITIVE_INFINITY }: { target: string; checklist: string; round?: number },
  reader: Reader,
): Evaluation[] {
  return openDrafts(record, reader).filter(
    (draft) => draft.target === target && checklistIdOf(draft) === checklist && roundOf(draft) <= round,
  );
}

/** Whether another's evaluation, of the same round or a later one, could influence the evaluator of a draft. */
function seesAhead(draft: Evaluation, other: Evaluation): boolean {
  return (
    draft.evaluator !== other.evaluator &&
    draft.target === other.target &&
    checklistIdOf(draft) === checklistIdOf(other) &&
    roundOf(draft) <= roundOf(other)
  );
}

/** The reader's open drafts that hide one evaluation. */
export function draftsBefore(record: AuditRecord, evaluation: Evaluation, reader: Reader): Evaluation[] {
  return openDrafts(record, reader).filter((draft) => seesAhead(draft, evaluation));
}

/**
 * The targets that others have evaluated and submitted, and the reader has not begun. A reader who looks at what they
 * found can no longer judge independently.
 */
export function othersOnly(
  record: AuditRecord,
  { targets, checklist, me }: { targets: readonly string[]; checklist: string; me: string },
): string[] {
  const evaluations = usableEvaluations(record).filter((evaluation) => checklistIdOf(evaluation) === checklist);
  return targets.filter((target) => {
    const ofTarget = evaluations.filter((evaluation) => evaluation.target === target);
    return ofTarget.some(isSubmitted) && !ofTarget.some(({ evaluator }) => evaluator === me);
  });
}

/** The evaluations that link to each finding. */
function linksOf(record: AuditRecord): Map<string, Set<Evaluation>> {
  const links = new Map<string, Set<Evaluation>>();
  for (const evaluation of usableEvaluations(record)) {
    for (const { findings = [] } of Object.values(evaluation.answers ?? {})) {
      for (const id of findings) links.set(id, (links.get(id) ?? new Set()).add(evaluation));
    }
  }
  return links;
}

/**
 * The findings to hide from a reader: those of other people's drafts and, while the reader is evaluating the same
 * target with the same checklist, those that others found in the same round or a later one.
 * @param reader without a handle, only findings of drafts are hidden, as in what everybody gets
 */
export function hiddenFindings(record: AuditRecord, reader: Reader = {}): Set<string> {
  const hidden = new Set<string>();
  if (reader.seesAll) return hidden;
  const { handle } = reader;
  const mine = handle === undefined ? [] : openDrafts(record, reader);
  for (const [id, linked] of linksOf(record)) {
    const evaluations = [...linked];
    if (handle !== undefined && evaluations.some(({ evaluator }) => evaluator === handle)) continue;
    const isAhead = (evaluation: Evaluation) => mine.some((draft) => seesAhead(draft, evaluation));
    if (evaluations.filter(isSubmitted).every(isAhead)) hidden.add(id);
  }
  return hidden;
}

/**
 * Whose remarks to hide from a reader, and where the reader may add none: on hidden findings, and on those of a target
 * and checklist of which the reader has an open draft of any round, even if the reader found the problem too.
 */
export function hidesRemarks(record: AuditRecord, reader: Reader): (finding: Finding) => boolean {
  const nameOf = (target: string, checklist: string) => `${target}\n${checklist}`;
  const drafts = new Set(openDrafts(record, reader).map((draft) => nameOf(draft.target, checklistIdOf(draft))));
  const [hidden, links] = [hiddenFindings(record, reader), linksOf(record)];
  return ({ id, target, rule }) =>
    hidden.has(id) ||
    drafts.has(nameOf(target, rule.split('/')[0] ?? '')) ||
    [...(links.get(id) ?? [])].some((evaluation) => drafts.has(nameOf(evaluation.target, checklistIdOf(evaluation))));
}
