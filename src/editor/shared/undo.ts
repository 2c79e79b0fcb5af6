import * as vscode from 'vscode';
import type { AuditRecord } from '../../core/record/record';
import { changesBetween, type Undo, undone } from '../../core/record/undo';
import { inertLine } from '../../core/text/inertText';
import { ensureSaved } from './ensureSaved';
import type { RecordModel } from './recordModels';

/**
 * Changes the record, says how much changed, and offers to take it back. The offer does not hold the command up.
 * @param what what was done to the findings, such as `accepted`
 */
export async function changeWithUndo(
  model: RecordModel,
  what: string,
  change: (record: AuditRecord) => AuditRecord,
): Promise<void> {
  await ensureSaved(model); // a person may have typed in the record while questions were open
  let changes: Undo = { entries: [], settings: undefined };
  await model.workspace.record.update((record) => {
    const next = change(record);
    changes = changesBetween(record, next);
    return next;
  });
  await model.load();
  void offerUndo(model, what, changes);
}

async function offerUndo(model: RecordModel, what: string, changes: Undo): Promise<void> {
  const findings = changes.entries.filter(({ section }) => section === 'findings');
  const [only] = findings;
  if (!only) return;
  const title = (only.after as { title?: string } | undefined)?.title ?? only.key;
  const subject = findings.length === 1 ? `“${inertLine(title)}”` : `${findings.length} findings`;
  const undo = 'Undo';
  const chosen = await vscode.window.showInformationMessage(`${subject} ${what}.`, undo);
  if (chosen !== undo) return;
  await ensureSaved(model);
  let kept: string[] = [];
  await model.workspace.record.update((record) => {
    const back = undone(record, changes);
    kept = back.kept;
    return back.record;
  });
  await model.load();
  if (kept.length === 0) return;
  const list = kept.slice(0, 3).map(inertLine).join(', ');
  void vscode.window.showWarningMessage(
    `${kept.length === 1 ? 'One entry has' : `${kept.length} entries have`} changed since and stayed: ${list}.`,
  );
}
