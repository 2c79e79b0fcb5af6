import { usageError } from '../errors';
import { byCodeUnit } from './canonicalText';
import type { AuditRecord, Evaluation, Finding } from './record';
import { slugError } from './targets';

/** An id or key that begins with a target's name, with another name in its place. */
export function renamedKey(key: string, from: string, to: string): string {
  return key.startsWith(`${from}/`) ? `${to}${key.slice(from.length)}` : key;
}

/**
 * Checks that a target of the record can get a name.
 * @throws HumanError `target-unknown`, `target-taken`, `slug-invalid`
 */
export function checkNewName({ targets }: Pick<AuditRecord, 'targets'>, from: string, to: string): void {
  if (!Object.hasOwn(targets, from)) {
    const known = Object.keys(targets).slice(0, 10).join(', ') || 'none';
    throw usageError('target-unknown', `There is no target "${from}" in the record.`, `Known targets: ${known}.`);
  }
  const error = slugError(to);
  if (error) throw usageError('slug-invalid', `"${to}" cannot be the name of a target: ${error}`, 'Choose another.');
  if (Object.hasOwn(targets, to))
    throw usageError('target-taken', `There is a target "${to}" already.`, 'Choose another name.');
}

/**
 * Gives a target another name. Its findings and evaluations follow, with all that was decided; findings keep their old
 * ids as former ones, so that branches that know them merge.
 * @throws HumanError as {@link checkNewName}
 */
export function renameTarget(record: AuditRecord, from: string, to: string): AuditRecord {
  checkNewName(record, from, to);
  const key = (id: string) => renamedKey(id, from, to);
  const { [from]: target, ...others } = record.targets;
  return {
    ...record,
    targets: { ...others, [to]: target as AuditRecord['targets'][string] },
    findings: renamedEntries(record.findings, key, (finding) => findingOf(finding, from, to)),
    evaluations: renamedEntries(record.evaluations, key, (evaluation) => evaluationOf(evaluation, from, to)),
  };
}

function renamedEntries<Entry>(
  entries: Record<string, Entry>,
  key: (id: string) => string,
  change: (entry: Entry) => Entry,
): Record<string, Entry> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [key(id), change(entry)]));
}

/** An entry of another target stays the same object, so that it is not written anew. */
function findingOf(finding: Finding, from: string, to: string): Finding {
  if (finding.target !== from) return finding;
  const id = renamedKey(finding.id, from, to);
  const formerIds = [...new Set([...(finding.formerIds ?? []), finding.id])].filter((former) => former !== id);
  return { ...finding, target: to, id, formerIds: formerIds.sort(byCodeUnit) };
}

function evaluationOf(evaluation: Evaluation, from: string, to: string): Evaluation {
  const isOwn = evaluation.target === from;
  const names = Object.values(evaluation.answers ?? {}).some(({ findings }) =>
    findings?.some((id) => renamedKey(id, from, to) !== id),
  );
  if (!isOwn && !names) return evaluation;
  const answers = Object.entries(evaluation.answers ?? {}).map(([item, answer]) => [
    item,
    answer.findings ? { ...answer, findings: answer.findings.map((id) => renamedKey(id, from, to)) } : answer,
  ]);
  return {
    ...evaluation,
    ...(isOwn && { target: to, id: renamedKey(evaluation.id, from, to) }),
    ...(evaluation.answers && { answers: Object.fromEntries(answers) }),
  };
}
