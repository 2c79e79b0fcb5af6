import { defined } from '../defined';
import { usageError } from '../errors';
import { findingNamed } from './listFindings';
import type { AuditRecord, Finding, FindingState } from './record';
import { type Stage, stages } from './stages';

/** What a person may do with a finding. Days are YYYY-MM-DD; `by` is the person's handle. */
export type TriageAction =
  | { do: 'accept'; by: string; on: string; reason: string; until?: string | undefined; upTo?: number | undefined }
  | { do: 'false-positive'; by: string; on: string; reason: string }
  | { do: 'fix'; by: string; on: string }
  | { do: 'reopen'; by: string; on: string; reason: string }
  | { do: 'assign'; owner: string | null }
  | { do: 'severity'; severity: number | null }
  | { do: 'stage'; stage: string | null }
  | { do: 'note'; text: string }
  | { do: 'attach' | 'detach'; path: string };

const day = /^\d{4}-\d{2}-\d{2}$/;
const handlePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u;

/** Why a name cannot be a handle or a role; undefined when it can. */
export function handleError(handle: string): string | undefined {
  return handlePattern.test(handle)
    ? undefined
    : 'Up to 40 letters, digits, spaces, dots, hyphens; not an e-mail address.';
}

/**
 * Applies one action to all of the given findings, or to none.
 *
 * @throws HumanError of kind `usage`: finding-unknown, finding-invalid, handle-invalid, reason-missing, date-invalid,
 *   severity-invalid, stage-invalid
 */
export function triage(record: AuditRecord, ids: readonly string[], action: TriageAction): AuditRecord {
  checkAction(action);
  const findings = { ...record.findings };
  for (const id of ids) {
    findings[id] = applied(findingNamed({ findings }, id), action);
  }
  return { ...record, findings };
}

/** Checks what a person gives with an action. @throws HumanError of kind `usage`, as {@link triage} */
export function checkAction(action: TriageAction): void {
  if ('by' in action) {
    const error = handleError(action.by);
    if (error)
      throw usageError('handle-invalid', `"${action.by}" cannot be a handle. ${error}`, 'For example: --by ana');
  }
  if ('reason' in action && action.reason.trim() === '') {
    throw usageError(
      'reason-missing',
      'A decision needs a reason that others can read later.',
      'For example: --reason "payment rewrite ships in December"',
    );
  }
  if (action.do === 'accept' && action.until !== undefined) {
    if (!day.test(action.until) || Number.isNaN(Date.parse(action.until))) {
      throw usageError('date-invalid', `"${action.until}" is not a date.`, 'Give it as 2026-12-31.');
    }
    if (action.until < action.on)
      throw usageError('date-invalid', `${action.until} is in the past.`, 'Give a future day.');
  }
  if (
    action.do === 'severity' &&
    action.severity !== null &&
    !(Number.isInteger(action.severity) && action.severity >= 0 && action.severity <= 4)
  ) {
    throw usageError(
      'severity-invalid',
      'Severity is a whole number from 0 to 4.',
      '0 not a problem, 1 cosmetic, 2 minor, 3 major, 4 catastrophe.',
    );
  }
  if (action.do === 'stage' && action.stage !== null && !stages.includes(action.stage as Stage)) {
    throw usageError('stage-invalid', `"${action.stage}" is not a stage.`, `One of ${stages.join(', ')}.`);
  }
  if (action.do === 'assign' && action.owner !== null) {
    const error = handleError(action.owner);
    if (error)
      throw usageError(
        'handle-invalid',
        `"${action.owner}" cannot be an owner. ${error}`,
        'A handle or a role, for example: checkout team',
      );
  }
}

function applied(finding: Finding, action: TriageAction): Finding {
  // these fields stay with every decision
  const { severity, consensus, owner, seenIn, more, fixedOn } = finding.state;
  const kept = { severity, consensus, owner, seenIn, more };
  const decided = (state: FindingState): Finding => clean({ ...finding, state });
  switch (action.do) {
    case 'accept':
      return decided({
        ...kept,
        status: 'accepted',
        by: action.by,
        on: action.on,
        reason: oneLine(action.reason),
        until: action.until,
        upTo: action.upTo,
      });
    case 'false-positive':
      return decided({
        ...kept,
        status: 'false-positive',
        by: action.by,
        on: action.on,
        reason: oneLine(action.reason),
      });
    case 'fix':
      return decided({ ...kept, status: 'fixed', by: action.by, fixedOn: action.on });
    case 'reopen':
      return decided({
        ...kept,
        status: 'reopened',
        by: action.by,
        on: action.on,
        reason: oneLine(action.reason),
        fixedOn,
      });
    case 'assign':
      return decided({ ...finding.state, owner: action.owner ?? undefined });
    case 'severity':
      return decided({ ...finding.state, consensus: undefined, severity: action.severity ?? undefined });
    case 'stage':
      return clean({
        ...finding,
        cx: action.stage === null ? without(finding.cx, 'stage') : { ...finding.cx, stage: action.stage },
      });
    case 'note':
      return clean({ ...finding, note: [finding.note, action.text.trim()].filter(Boolean).join('\n') });
    case 'attach':
      return clean({ ...finding, evidence: [...new Set([...(finding.evidence ?? []), action.path])].sort() });
    case 'detach': {
      const left = finding.evidence?.filter((path) => path !== action.path);
      return clean({ ...finding, evidence: left?.length ? left : undefined });
    }
  }
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function without(object: Finding['cx'], key: string): Finding['cx'] {
  const rest = Object.fromEntries(Object.entries(object ?? {}).filter(([name]) => name !== key));
  return Object.keys(rest).length > 0 ? rest : undefined;
}

function clean(finding: Finding): Finding {
  return defined({ ...finding, state: defined(finding.state) });
}
