import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import type { AuditRecord } from '../../core/record/record';

/** What was sent of an evaluation: the day, and a digest of what it said then. */
interface Sent {
  on: string;
  digest: string;
}

const KEY = 'uxAudit.evaluation.sent';

/** Keeps that evaluations were sent for review, as they are in a record. */
export async function rememberSent(
  state: vscode.Memento,
  record: AuditRecord,
  ids: readonly string[],
  on: string,
): Promise<void> {
  const sent = ids.map((id): [string, Sent] => [id, { on, digest: digestOf(record, id) }]);
  await state.update(KEY, { ...state.get<Record<string, Sent>>(KEY), ...Object.fromEntries(sent) });
}

/** The days on which evaluations were sent from here, by id; of those that have not changed since. */
export function sentOn(state: vscode.Memento, record: AuditRecord, ids: readonly string[]): Record<string, string> {
  const known = state.get<Record<string, Sent>>(KEY, {});
  const days = ids.flatMap((id): [string, string][] => {
    const sent = Object.hasOwn(known, id) ? known[id] : undefined;
    return sent?.digest === digestOf(record, id) ? [[id, sent.on]] : [];
  });
  return Object.fromEntries(days);
}

/** Tells whether an evaluation or a problem in it has changed. */
function digestOf({ evaluations, findings }: AuditRecord, id: string): string {
  const evaluation = Object.hasOwn(evaluations, id) ? evaluations[id] : undefined;
  const linked = Object.values(evaluation?.answers ?? {}).flatMap((answer) => answer.findings ?? []);
  const said = [evaluation, ...linked.map((problem) => findings[problem])];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
