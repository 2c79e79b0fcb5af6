import { defined } from '../defined';
import { usageError } from '../errors';
import { inertLine } from '../text/inertText';
import { findingNamed, usableFinding } from './listFindings';
import type { AuditRecord, Finding } from './record';
import { triage } from './triage';

/** What a problem that customers report breaks: it is named by a person, not by a list. */
export const REPORTED_RULE = 'customers/comments';

/** The longest title. Characters. */
const TITLE = 120;

/** A problem that a person names for comments of customers. */
export interface ReportedProblem {
  title: string;
  target: string;
  stage?: string | undefined;
  /** 0 to 4. */
  severity?: number | undefined;
}

/** The id that a finding has now: its own, or that of the finding that lists it as a former one. */
export function currentId({ findings }: Pick<AuditRecord, 'findings'>, id: string): string | undefined {
  if (usableFinding({ findings }, id)) return id;
  return Object.keys(findings).find((one) => usableFinding({ findings }, one)?.formerIds?.includes(id));
}

const titleOf = (text: string) => inertLine(text).toLowerCase();

/** The problem of a kind and target with a title, in any case; undefined when there is none. */
export function problemTitled(
  { findings }: Pick<AuditRecord, 'findings'>,
  kind: 'reported' | 'observed',
  { title, target }: Pick<ReportedProblem, 'title' | 'target'>,
): string | undefined {
  return Object.keys(findings).find((id) => {
    const finding = usableFinding({ findings }, id);
    return finding?.kind === kind && finding.target === target && titleOf(finding.title) === titleOf(title);
  });
}

/**
 * Adds a problem that customers report, or takes the one of that title and target.
 * @param suffix the last part of its id, when it is new
 * @throws HumanError `title-invalid`, `target-unknown`, `stage-invalid`, `severity-invalid`
 */
export function withReportedProblem(
  record: AuditRecord,
  { title, target, stage, severity }: ReportedProblem,
  { suffix, on }: { suffix: string; on: string },
): { record: AuditRecord; id: string } {
  const name = titleFor(record, title, target);
  const known = problemTitled(record, 'reported', { title, target });
  const id = known ?? `${target}/${REPORTED_RULE}/${suffix}`;
  const finding: Finding = {
    kind: 'reported',
    rule: REPORTED_RULE,
    title: name,
    target,
    state: { status: 'open' },
    comments: 0,
    firstSeen: on,
    id,
  };
  let changed = known === undefined ? { ...record, findings: { ...record.findings, [id]: finding } } : record;
  if (stage !== undefined) changed = triage(changed, [id], { do: 'stage', stage });
  if (severity !== undefined) changed = triage(changed, [id], { do: 'severity', severity });
  return { record: changed, id };
}

/**
 * The title of a problem as it is kept.
 * @throws HumanError `title-invalid`, `target-unknown`
 */
export function titleFor({ targets }: Pick<AuditRecord, 'targets'>, title: string, target: string): string {
  const name = inertLine(title);
  if (name === '' || name.length > TITLE) {
    const next = `Name what is wrong in at most ${TITLE} characters, such as: The way to pay is hard to find`;
    throw usageError('title-invalid', 'A problem needs a short title.', next);
  }
  if (!Object.hasOwn(targets, target)) {
    const what = `There is no target "${target}" in the record.`;
    throw usageError('target-unknown', what, 'List the targets: ux-audit target list');
  }
  return name;
}

/**
 * Counts comments more, or fewer, of a finding. A reported problem without any, about which nobody decided, is removed.
 * @throws HumanError `finding-unknown`, `finding-invalid`
 */
export function withComments(record: AuditRecord, id: string, more: number): AuditRecord {
  const finding = findingNamed(record, id);
  const comments = Math.max(0, (finding.comments ?? 0) + more);
  const { [id]: _, ...others } = record.findings;
  const isNothing = comments === 0 && finding.kind === 'reported' && finding.state.by === undefined;
  if (isNothing && finding.state.status === 'open') return { ...record, findings: others };
  return { ...record, findings: { ...others, [id]: defined({ ...finding, comments: comments || undefined }) } };
}
