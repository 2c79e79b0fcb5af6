import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { pathOf } from './places';
import type { RecordModel, RecordModels } from './recordModels';

/** The workspace folder to work in: the only one, the active editor's, or the one the person picks. */
export async function chooseModel(models: RecordModels): Promise<RecordModel | undefined> {
  if (models.all.length === 0) {
    throw usageError(
      'no-folder',
      'No folder is open, and UX Audit records what it finds in a workspace.',
      'Open the folder of your project (File > Open Folder), then try again.',
    );
  }
  if (models.all.length === 1) return models.all[0];
  const active = vscode.window.activeTextEditor?.document.uri;
  const suggested = active && models.of(active);
  const items = models.all.map((model) => ({ label: model.folder.name, description: pathOf(model.folder.uri), model }));
  items.sort((a, b) => Number(b.model === suggested) - Number(a.model === suggested));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Record in which workspace folder?' });
  return chosen?.model;
}
