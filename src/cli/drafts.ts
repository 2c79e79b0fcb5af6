import type { Command, OptionValues } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import {
  draftsBefore,
  draftsInTheWay,
  hiddenFindings,
  isOthersDraft,
  type Reader,
} from '../core/evaluation/visibility';
import type { AuditRecord, Evaluation } from '../core/record/record';

interface DraftFlags {
  by?: string | undefined;
  /** The same where `--by` says something else. */
  as?: string | undefined;
  drafts?: true | undefined;
}

/** Adds the options that say who reads, since evaluators must not see what others found too early. */
export function withDrafts<Args extends unknown[], Opts extends OptionValues, Global extends OptionValues>(
  command: Command<Args, Opts, Global>,
) {
  return command
    .option('--by <handle>', 'your handle: your own drafts are shown too (default: UX_AUDIT_HANDLE)')
    .option('--drafts', 'everybody’s drafts are shown too, and what others found before you submit');
}

/** Adds the same options to a command whose `--by` says something else. */
export function withReader<Args extends unknown[], Opts extends OptionValues, Global extends OptionValues>(
  command: Command<Args, Opts, Global>,
) {
  return command
    .option('--as <handle>', 'your handle: your own drafts are shown too (default: UX_AUDIT_HANDLE)')
    .option('--drafts', 'everybody’s drafts are shown too, and what others found before you submit');
}

/** Who reads, as the options say. */
export function readerOf({ by, as, drafts }: DraftFlags): Reader {
  return { handle: as ?? by ?? (process.env.UX_AUDIT_HANDLE || undefined), seesAll: drafts };
}

/** The ids of the findings to hide. */
export function hiddenFrom(record: AuditRecord, flags: Pick<DraftFlags, 'as' | 'drafts'>): ReadonlySet<string> {
  return hiddenFindings(record, readerOf(flags));
}

/** @throws HumanError `finding-draft` */
export function refuseHidden(id: string, hidden: ReadonlySet<string>): void {
  if (!hidden.has(id)) return;
  throw usageError(
    'finding-draft',
    `"${id}" is hidden until its evaluation, and yours of the same target, are submitted.`,
    'Your own drafts are shown with --as HANDLE, those of everybody with --drafts.',
  );
}

/** @throws HumanError `evaluation-draft` for another's draft, `evaluation-hidden` while the reader's own is open */
export function refuseHiddenEvaluation(record: AuditRecord, evaluation: Evaluation, flags: DraftFlags): void {
  const { id, evaluator } = evaluation;
  const reader = readerOf(flags);
  if (isOthersDraft(evaluation, reader)) {
    throw usageError(
      'evaluation-draft',
      `"${id}" is a draft, which only its evaluator sees until it is submitted.`,
      `Is it yours? Give --by ${evaluator}. To see it anyway, give --drafts.`,
    );
  }
  refuseWhile(draftsBefore(record, evaluation, reader), reader);
}

/** @throws HumanError `evaluation-hidden` while the reader's own evaluation is open */
export function refuseHiddenAgreement(
  record: AuditRecord,
  about: { target: string; checklist: string; round: number },
  flags: DraftFlags,
): void {
  const reader = readerOf(flags);
  refuseWhile(draftsInTheWay(record, about, reader), reader);
}

function refuseWhile(drafts: readonly Evaluation[], { handle }: Reader): void {
  const [draft] = drafts;
  if (!draft) return;
  throw usageError(
    'evaluation-hidden',
    `${handle === undefined ? `The evaluation by ${draft.evaluator}` : 'Your own evaluation'} (${draft.id}) is ` +
      'still a draft, so what others found is hidden: independent evaluators find more.',
    handle === undefined
      ? 'Are you somebody else? Give --by HANDLE. Otherwise submit it first. To see everything anyway, give --drafts.'
      : 'Submit it first. To see everything anyway, give --drafts.',
  );
}
