/**
 * Who may see what of an evaluation. Evaluators judge independently, so what others found stays out of sight until one
 * has submitted. The file itself can be read by everybody: this is a rule for what we show, in the editor and in the
 * terminal alike.
 */
import type { AuditRecord, Evaluation } from '../record/record';
import { checklistIdOf, roundOf, usableEvaluations } from './evaluation';

/** Who looks. */
export interface Reader {
  /** Their handle; undefined where nobody said who reads. */
  handle?: string | undefined;
  /** They asked to see everything all the same. */
  seesAll?: boolean | undefined;
}

const isSubmitted = ({ state }: Evaluation) => state.status === 'submitted';

/** Whether this is a draft of somebody else, which nobody but its evaluator sees. */
export function isOthersDraft(evaluation: Evaluation, { handle, seesAll }: Reader): boolean {
  return !seesAll && !isSubmitted(evaluation) && evaluation.evaluator !== handle;
}

/** The reader's open drafts. Where nobody said who reads, anybody's count: their evaluator may be the one who looks. */
function openDrafts(record: AuditRecord, { handle, seesAll }: Reader): Evaluation[] {
  if (seesAll) return [];
  return usableEvaluations(record).filter(
    (draft) => !isSubmitted(draft) && (handle === undefined || draft.evaluator === handle),
  );
}

/** The open drafts of the reader that keep out of sight what others found on a target with a checklist. */
export function draftsInTheWay(
  record: AuditRecord,
  about: { target: string; checklist: string },
  reader: Reader,
): Evaluation[] {
  return openDrafts(record, reader).filter(
    (draft) => draft.target === about.target && checklistIdOf(draft) === about.checklist,
  );
}

/** Whether the evaluator of a draft would see ahead in another's evaluation: of the same round, or a later one. */
function seesAhead(draft: Evaluation, other: Evaluation): boolean {
  return (
    draft.evaluator !== other.evaluator &&
    draft.target === other.target &&
    checklistIdOf(draft) === checklistIdOf(other) &&
    roundOf(draft) <= roundOf(other)
  );
}

/** The open drafts of the reader that keep one evaluation out of sight. */
export function draftsBefore(record: AuditRecord, evaluation: Evaluation, reader: Reader): Evaluation[] {
  return openDrafts(record, reader).filter((draft) => seesAhead(draft, evaluation));
}

/**
 * The targets that only others have evaluated with a checklist, one of them to the end: to look at what they found is
 * to give up judging independently.
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
 * The findings that are kept out of sight: those of other people's drafts and, for somebody who is evaluating the same
 * target with the same checklist, those that others found in the same round or a later one.
 * @param reader without a handle only findings of drafts are meant, as in what is shared with everybody
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
