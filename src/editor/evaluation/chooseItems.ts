import * as vscode from 'vscode';
import { activeItems } from '../../core/checklist/checklist';
import type { ItemTexts } from '../../core/checklist/editChecklist';
import { itemTexts } from '../../core/checklist/itemFields';
import { counted } from '../../core/text/counted';
import { type ListedChecklist, listChecklists } from '../../workflow/checklists';
import { picked } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';

/** A row for each checklist that can be read. */
export function checklistRows(listed: readonly ListedChecklist[]) {
  return listed.flatMap(({ id, checklist, file }) =>
    checklist
      ? [
          {
            label: picked(checklist.title),
            description: `${counted(activeItems(checklist).length, 'item')}${file ? ` · ${picked(file)}` : ''}`,
            detail: picked(checklist.description ?? ''),
            id,
            checklist,
          },
        ]
      : [],
  );
}

/**
 * Asks for a checklist, and which of its items to take.
 * @param known questions that are asked already; they are not offered
 * @returns an empty list when the person leaves
 */
export async function chooseItems(
  { model, checklist: own }: { model: RecordModel; checklist: string },
  known: readonly string[],
): Promise<ItemTexts[]> {
  const rows = checklistRows(await listChecklists(model.workspace)).filter(({ id }) => id !== own);
  const from = await vscode.window.showQuickPick(rows, {
    title: 'Items from Which Checklist? (1/2)',
    ignoreFocusOut: true,
  });
  if (!from) return [];
  const items = activeItems(from.checklist).filter(({ question }) => !known.includes(question));
  const chosen = await vscode.window.showQuickPick(
    items.map((item) => ({ label: picked(item.title), detail: picked(item.question), item })),
    { title: 'Which Items? (2/2)', canPickMany: true, ignoreFocusOut: true, matchOnDetail: true },
  );
  return chosen?.map(({ item }) => itemTexts(item)) ?? [];
}
