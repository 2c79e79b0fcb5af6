import { usageError } from '../errors';
import { byCodeUnit } from './canonicalText';
import type { ParsedRecord } from './parseRecord';
import { type AuditRecord, type Finding, findingSchema, isDecided } from './record';
import { severityOf } from './severity';

/** Which findings to list. A missing field does not restrict. */
export interface FindingFilter {
  target?: string | undefined;
  rule?: string | undefined;
  /** At least this severity. */
  severity?: number | undefined;
  statuses?: readonly string[] | undefined;
  owner?: string | undefined;
  /** A text in the id, title, rule, note or owner, in any case. */
  text?: string | undefined;
}

export function matches(finding: Finding, filter: FindingFilter): boolean {
  const { target, rule, severity, statuses, owner, text } = filter;
  if (owner !== undefined && finding.state.owner !== owner) return false;
  if (target !== undefined && finding.target !== target) return false;
  if (rule !== undefined && finding.rule !== rule) return false;
  if (severity !== undefined && (severityOf(finding) ?? -1) < severity) return false;
  if (statuses !== undefined && !statuses.includes(finding.state.status)) return false;
  if (text !== undefined && text !== '') {
    const searched = [finding.id, finding.title, finding.rule, finding.note, finding.state.owner]
      .join('\n')
      .toLowerCase();
    if (!searched.includes(text.toLowerCase())) return false;
  }
  return true;
}

/** The findings that match, worst first, then by id. Leaves out entries that failed validation. */
export function listFindings(
  { record, invalid }: Pick<ParsedRecord, 'record' | 'invalid'>,
  filter: FindingFilter = {},
): Finding[] {
  return Object.entries(record.findings)
    .filter(([id, finding]) => !invalid.has(id) && matches(finding, filter))
    .map(([, finding]) => finding)
    .sort((a, b) => (severityOf(b) ?? -1) - (severityOf(a) ?? -1) || byCodeUnit(a.id, b.id));
}

/** Open findings first, then those that people decided about, then fixed ones; else as they come. */
export function openFirst(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => (finding.state.status === 'fixed' ? 2 : isDecided(finding) ? 1 : 0);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** The finding of an id; undefined when the record has none, or one that is not valid. */
export function usableFinding({ findings }: Pick<AuditRecord, 'findings'>, id: string): Finding | undefined {
  return findingSchema.safeParse(Object.hasOwn(findings, id) ? findings[id] : undefined).data;
}

/** The finding of an id. @throws HumanError `finding-unknown`, `finding-invalid` */
export function findingNamed(record: Pick<AuditRecord, 'findings'>, id: string): Finding {
  if (!Object.hasOwn(record.findings, id)) {
    const next = 'List them: ux-audit findings list --all';
    throw usageError('finding-unknown', `There is no finding "${id}" in the record.`, next);
  }
  const finding = usableFinding(record, id);
  if (finding) return finding;
  throw usageError(
    'finding-invalid',
    `The entry "${id}" is not valid, so it is left as it is.`,
    'Fix it first: ux-audit validate names the error.',
  );
}
