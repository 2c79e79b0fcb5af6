import * as vscode from 'vscode';
import { toHumanError, usageError } from '../../core/errors';
import { checklistFile, checklistIdOf, findChecklist, listChecklists, newChecklistId } from '../../workflow/checklists';
import { copyChecklist } from '../../workflow/editChecklist';
import { chooseModel } from '../shared/chooseModel';
import { uriOf } from '../shared/places';
import { picked, plain } from '../shared/plain';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import type { ChecklistName, ChecklistPanels } from './checklistPanels';
import { checklistRows } from './chooseItems';

/** What a new checklist begins with. */
type Start = 'nothing' | 'table' | { copyOf: string };

/** Asks for a title and what to start from, and opens the page on which items are written. */
export async function newChecklist(models: RecordModels, pages: ChecklistPanels): Promise<void> {
  const model = await chooseModel(models);
  if (model) await begin(model, pages);
}

async function begin(model: RecordModel, pages: ChecklistPanels, from?: Start): Promise<void> {
  const title = await askTitle(model, from ? '' : ' (1/2)');
  if (!title) return;
  const start = from ?? (await askStart(model));
  if (!start) return;
  const checklist = checklistIdOf(title);
  if (typeof start === 'object') {
    await copyChecklist(model.workspace, start.copyOf, title);
    await pages.showChecklist({ model, checklist });
  } else {
    await pages.showChecklist({ model, checklist }, start === 'table' ? 'table' : 'items', title);
  }
}

async function askTitle({ workspace }: RecordModel, step: string): Promise<string | undefined> {
  const title = await vscode.window.showInputBox({
    title: `New Checklist: Title${step}`,
    prompt: 'What evaluators will call it.',
    placeHolder: 'ACME house rules',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? undefined : titleProblem(workspace, text)),
  });
  return title?.trim();
}

/** Why a checklist cannot have this title; undefined when it can. */
function titleProblem(workspace: RecordModel['workspace'], title: string): Promise<string | undefined> {
  return newChecklistId(workspace, title).then(
    () => undefined,
    (thrown: unknown) => {
      const { message, next } = toHumanError(thrown);
      return plain(`${message} ${next}`);
    },
  );
}

async function askStart({ workspace }: RecordModel): Promise<Start | undefined> {
  const copies = checklistRows(await listChecklists(workspace)).map(({ checklist: _, ...row }) => ({
    ...row,
    start: { copyOf: row.id } as Start,
  }));
  const separator = { label: 'Copy and change', kind: vscode.QuickPickItemKind.Separator, start: undefined };
  const chosen = await vscode.window.showQuickPick(
    [
      { label: '$(edit) Write the questions', description: 'one after the other', start: 'nothing' as Start },
      { label: '$(table) Paste a table', description: 'rows of a spreadsheet or CSV', start: 'table' as Start },
      separator,
      ...copies,
    ],
    { title: 'New Checklist: Start from What? (2/2)', matchOnDetail: true, ignoreFocusOut: true },
  );
  return chosen?.start;
}

/** Opens the page of a checklist: the given one, or one of one's own that the person chooses. */
export async function editChecklist(
  models: RecordModels,
  pages: ChecklistPanels,
  given: ChecklistName | undefined,
): Promise<void> {
  const name = given ?? (await askOwn(models, pages));
  if (!name) return;
  const { model, checklist: id } = name;
  const listed = await findChecklist(model.workspace, id);
  if (listed && listed.file === undefined) {
    const copy = 'Copy and Change…';
    const title = plain(listed.checklist?.title ?? id);
    const question = `“${title}” comes with UX Audit and stays as it is. A copy of it is yours to change.`;
    if ((await vscode.window.showInformationMessage(question, copy)) === copy)
      await begin(model, pages, { copyOf: id });
  } else if (listed?.error) {
    const open = 'Open File';
    const { message, next } = listed.error;
    if ((await vscode.window.showErrorMessage(plain(`${message} ${next}`), open)) === open) await openFile(name);
  } else if (listed) {
    await pages.showChecklist(name);
  } else {
    throw usageError(
      'checklist-unknown',
      `There is no checklist "${id}" here.`,
      'Bring its file back, or begin a new one.',
    );
  }
}

/** The file of a checklist, in a text editor. */
export async function openFile({ model, checklist }: ChecklistName): Promise<void> {
  await vscode.window.showTextDocument(uriOf(checklistFile(model.workspace, checklist)));
}

/** Asks for a checklist of one's own; begins one where there is none. */
async function askOwn(models: RecordModels, pages: ChecklistPanels): Promise<ChecklistName | undefined> {
  const model = await chooseModel(models);
  if (!model) return undefined;
  const own = (await listChecklists(model.workspace)).filter(({ file }) => file !== undefined);
  const rows = own.map(({ id, checklist, file = '', error }) => ({
    label: checklist ? picked(checklist.title) : `$(warning) ${id}`,
    description: error ? 'cannot be read' : picked(file),
    id,
  }));
  const another = { label: '$(add) New checklist…', description: '', id: undefined };
  const chosen =
    rows.length === 0
      ? another
      : await vscode.window.showQuickPick([...rows, another], { title: 'Edit Which Checklist?' });
  if (chosen?.id !== undefined) return { model, checklist: chosen.id };
  if (chosen) await begin(model, pages);
  return undefined;
}
