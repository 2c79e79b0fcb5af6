import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { AuditRecord } from '../../core/record/record';

/** What was sent of an evaluation: the day, a digest of what it said then, and a message for the team. */
interface Sent {
  on: string;
  digest: string;
  message?: string | undefined;
}

const KEY = 'uxAudit.evaluation.sent';

const changed = new vscode.EventEmitter<void>();
/** Fires when evaluations were sent. */
export const onDidSend = changed.event;

/** Keeps that evaluations were sent for review, as they are in a record. */
export async function rememberSent(
  state: vscode.Memento,
  record: AuditRecord,
  ids: readonly string[],
  on: string,
  message?: string,
): Promise<void> {
  const before = state.get<Record<string, Sent>>(KEY, {});
  const sent = ids.map((id): [string, Sent] => {
    return [id, { on, digest: digestOf(record, id), message: message ?? before[id]?.message }];
  });
  await state.update(KEY, { ...before, ...Object.fromEntries(sent) });
  changed.fire();
}

/** The days on which evaluations were sent from here, by id; of those that have not changed since. */
export function sentOn(state: vscode.Memento, record: AuditRecord, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(sentIn(state, record, ids).map(([id, { on }]) => [id, on]));
}

/** The message for the team about evaluations that were sent together; undefined where one has changed since. */
export function sentMessage(state: vscode.Memento, record: AuditRecord, ids: readonly string[]): string | undefined {
  const sent = sentIn(state, record, ids);
  const messages = new Set(sent.map(([, { message }]) => message));
  return sent.length === ids.length && messages.size === 1 ? [...messages][0] : undefined;
}

function sentIn(state: vscode.Memento, record: AuditRecord, ids: readonly string[]): [string, Sent][] {
  const known = state.get<Record<string, Sent>>(KEY, {});
  return ids.flatMap((id): [string, Sent][] => {
    const sent = Object.hasOwn(known, id) ? known[id] : undefined;
    return sent?.digest === digestOf(record, id) ? [[id, sent]] : [];
  });
}

/** Copies a message; shows it where there is no way to. */
export async function copyMessage(message: string): Promise<void> {
  try {
    await vscode.env.clipboard.writeText(message);
    void vscode.window.showInformationMessage('Copied. Paste the message where your team reads it.');
  } catch {
    await vscode.window.showInformationMessage('Copy this message by hand', { modal: true, detail: message });
  }
}

/** Tells whether an evaluation or a problem in it has changed. */
function digestOf({ evaluations, findings }: AuditRecord, id: string): string {
  const evaluation = Object.hasOwn(evaluations, id) ? evaluations[id] : undefined;
  const linked = Object.values(evaluation?.answers ?? {}).flatMap((answer) => answer.findings ?? []);
  const said = [evaluation, ...linked.map((problem) => findings[problem])];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
