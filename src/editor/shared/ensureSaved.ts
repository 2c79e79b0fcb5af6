import path from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../../core/errors';
import type { RecordModel } from './recordModels';

/**
 * Asks the person to save the record first, if they are editing it.
 * @throws HumanError `cancelled` when they decline
 */
export async function ensureSaved(model: RecordModel): Promise<void> {
  const document = vscode.workspace.textDocuments.find(
    (open) => open.uri.toString() === model.uri.toString() && open.isDirty,
  );
  if (!document) return;
  const save = 'Save';
  const chosen = await vscode.window.showWarningMessage(
    `${path.basename(model.uri.path)} has unsaved changes in an editor.`,
    {
      modal: true,
      detail: 'UX Audit is about to write to this file. Save your changes first, or revert them in the editor.',
    },
    save,
  );
  if (chosen !== save || !(await document.save())) throw cancelled();
}
