import * as vscode from 'vscode';
import { checklistIdOf, createChecklist } from '../../workflow/checklists';
import { chooseModel } from '../shared/chooseModel';
import type { RecordModels } from '../shared/recordModels';

/** Asks for a title, writes a first checklist, and opens its file. */
export async function newChecklist(models: RecordModels): Promise<void> {
  const model = await chooseModel(models);
  if (!model) return;
  const title = await vscode.window.showInputBox({
    title: 'Title of the New Checklist',
    prompt: 'It is written to ux-audit/checklists and opened; edit its items there.',
    placeHolder: 'ACME house rules',
    ignoreFocusOut: true,
    validateInput: (text) => (checklistIdOf(text).length >= 2 ? undefined : 'At least two letters or digits.'),
  });
  if (title) await vscode.window.showTextDocument(vscode.Uri.file(await createChecklist(model.workspace, title)));
}
