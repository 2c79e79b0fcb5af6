import * as vscode from 'vscode';
import { shortTitle } from '../../core/advice/advice';
import { toHumanError } from '../../core/errors';
import { type AuditRecord, findingSchema } from '../../core/record/record';
import { changesBetween, type Undo, undone } from '../../core/record/undo';
import { ensureSaved } from './ensureSaved';
import { plain } from './plain';
import type { RecordModel } from './recordModels';

/**
 * Changes the record, says how much changed, and offers to take it back. The offer does not hold the command up.
 * @param done what was done: of findings such as `accepted`, else a whole sentence
 */
export async function changeWithUndo(
  model: RecordModel,
  done: string | { sentence: string },
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
  offerUndo(model, typeof done === 'string' ? findingsText(changes, done) : done.sentence, changes).catch(
    (error: unknown) => {
      const { message, next } = toHumanError(error);
      void vscode.window.showErrorMessage(plain(`Nothing was taken back. ${message} ${next}`));
    },
  );
}

/** `“Contrast too low” accepted.`, `4 findings accepted.`; '' when nothing changed. */
function findingsText({ entries }: Undo, done: string): string {
  const findings = entries.filter(({ section }) => section === 'findings');
  const [only] = findings;
  if (!only) return 'Decided for pages that are audited later.';
  if (findings.length > 1) return `${findings.length} findings ${done}.`;
  const finding = findingSchema.safeParse(only.after).data;
  return `“${plain(finding ? shortTitle(finding) : only.key)}” ${done}.`;
}

async function offerUndo(model: RecordModel, sentence: string, changes: Undo): Promise<void> {
  if (sentence === '' || (changes.entries.length === 0 && !changes.settings)) return;
  const undo = 'Undo';
  const chosen = await vscode.window.showInformationMessage(sentence, undo);
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
  const list = kept.slice(0, 3).map(plain).join(', ');
  void vscode.window.showWarningMessage(
    `${kept.length === 1 ? 'One entry has' : `${kept.length} entries have`} changed since and stayed: ${list}.`,
  );
}
