import type { Command } from 'commander';
import { HumanError } from '../core/errors';
import { outOfSight } from '../core/evaluation/evaluation';
import type { AuditRecord, Evaluation } from '../core/record/record';

export interface DraftFlags {
  by?: string;
  drafts?: boolean;
}

/** The options of commands that show what evaluators have not submitted yet only to those who ask for it. */
export function withDrafts(command: Command): Command {
  return command
    .option('--by <handle>', 'your handle: your own drafts are shown too (default: UX_AUDIT_HANDLE)')
    .option('--drafts', 'everybody’s drafts are shown too');
}

function handleIn({ by }: DraftFlags): string | undefined {
  return by ?? (process.env.UX_AUDIT_HANDLE || undefined);
}

/** The findings that stay out of sight, so that evaluators judge independently. */
export function hiddenFindings(record: AuditRecord, flags: DraftFlags): ReadonlySet<string> {
  return flags.drafts ? new Set() : outOfSight(record, handleIn(flags));
}

/** @throws HumanError `finding-draft` */
export function refuseHidden(id: string, hidden: ReadonlySet<string>): void {
  if (!hidden.has(id)) return;
  throw new HumanError('usage', 'finding-draft', {
    what: `"${id}" was found in an evaluation that is out of sight until it, or yours of the same, is submitted.`,
    next: 'Your own drafts are shown with --by HANDLE, those of everybody with --drafts.',
  });
}

/** @throws HumanError `evaluation-draft` for a draft of somebody else, unless drafts were asked for */
export function refuseOthersDraft({ id, evaluator, state }: Evaluation, flags: DraftFlags): void {
  if (state.status === 'submitted' || flags.drafts || evaluator === handleIn(flags)) return;
  throw new HumanError('usage', 'evaluation-draft', {
    what: `"${id}" is a draft: what its evaluator says stays out of sight until it is submitted.`,
    next: `Is it yours? Give --by ${evaluator}. Otherwise --drafts shows it all the same.`,
  });
}
