import { defined } from '../defined';
import type { AuditRecord, Finding } from './record';
import { problemTitled, titleFor } from './reportedProblem';
import { triage } from './triage';

/** What a problem that was seen in task sessions breaks: it is named by a person, not by a list. */
const OBSERVED_RULE = 'sessions/notes';

/** A problem that a person names for notes of task sessions. */
export interface ObservedProblem {
  title: string;
  target: string;
  /** 0 to 4. */
  severity?: number | undefined;
  /** The step at which it was seen; undefined when it was seen at several, or after the last. */
  step: string | undefined;
  /** What the notes say. */
  note: string;
  /** The pictures, as findings name attachments. */
  evidence: readonly string[];
  seenWith: { people: number; of: number };
}

/**
 * Adds a problem that was seen in task sessions, or renews the one of that title and target; what people decided about
 * that one stays.
 * @param suffix the last part of its id, when it is new
 * @throws HumanError `title-invalid`, `target-unknown`, `severity-invalid`
 */
export function withObservedProblem(
  record: AuditRecord,
  { title, target, severity, step, note, evidence, seenWith }: ObservedProblem,
  { suffix, on }: { suffix: string; on: string },
): { record: AuditRecord; id: string } {
  const name = titleFor(record, title, target);
  const known = problemTitled(record, 'observed', { title, target });
  const before = known === undefined ? undefined : record.findings[known];
  const id = known ?? `${target}/${OBSERVED_RULE}/${suffix}`;
  const pictures = [...new Set([...(before?.evidence ?? []), ...evidence])];
  const finding: Finding = defined({
    ...(before ?? { kind: 'observed', rule: OBSERVED_RULE, title: name, target, state: { status: 'open' } }),
    where: step === undefined ? before?.where : { ...before?.where, step },
    note,
    evidence: pictures.length > 0 ? pictures : undefined,
    seenWith,
    firstSeen: before?.firstSeen ?? on,
    id,
  });
  const changed = { ...record, findings: { ...record.findings, [id]: finding } };
  return { record: severity === undefined ? changed : triage(changed, [id], { do: 'severity', severity }), id };
}
