import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { titleOf } from '../../core/record/targets';
import { inertLine } from '../../core/text/inertText';
import { journeyNames } from '../../workflow/readJourney';
import type { TargetItem } from '../audit/auditCommands';
import type { RecordModels } from '../shared/recordModels';

/** The journey that a command is about: the given one, the only one, or the one that a person picks. */
export async function chooseJourney(models: RecordModels, given: unknown): Promise<TargetItem | undefined> {
  if (isItem(given)) return given;
  await models.loaded;
  const items = [];
  for (const model of models.all)
    for (const target of await journeyNames(model.workspace, model.parsed))
      items.push({
        label: inertLine(titleOf(model.parsed.record.targets, target)),
        description: models.all.length > 1 ? model.folder.name : '',
        model,
        target,
      });
  if (items.length === 1) return items[0];
  if (items.length > 0) return vscode.window.showQuickPick(items, { title: 'Which journey?', ignoreFocusOut: true });
  const importIt = 'Import Recording…';
  const name = 'Name Its Steps…';
  const chosen = await vscode.window.showInformationMessage('The record has no journey yet.', importIt, name);
  if (chosen) await vscode.commands.executeCommand(chosen === name ? commands.addJourney : commands.importRecording);
  return undefined;
}

function isItem(given: unknown): given is TargetItem {
  return typeof given === 'object' && given !== null && 'model' in given && 'target' in given;
}
