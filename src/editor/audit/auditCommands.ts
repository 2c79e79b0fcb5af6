import path from 'node:path';
import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { planServed, planTarget } from '../../workflow/planPages';
import { addPages } from '../../workflow/targets';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import type { AuditController } from './auditController';
import { choosePage } from './choosePage';

/** A target, as tree items and pages name it. */
export interface TargetItem {
  model: RecordModel;
  target: string;
  environment?: string | undefined;
  /** The set of runs that is meant; the newest without one. */
  runId?: string | undefined;
}

export async function auditPage(models: RecordModels, audits: AuditController): Promise<void> {
  const model = await chooseModel(models);
  const page = model && (await choosePage(model));
  if (model && page) await audits.audit(model, [page]);
}

/** Audits the HTML file in front, else the page of a development server or an address that the person chooses. */
export async function auditWorking(models: RecordModels, audits: AuditController): Promise<void> {
  const file = fileOf(undefined);
  const isPage = file !== undefined && /\.x?html?$/i.test(file.path) && models.of(file) !== undefined;
  await (isPage ? auditFile(models, audits, file) : auditPage(models, audits));
}

/** Audits pages of the first one's record. */
export async function auditTargets(audits: AuditController, items: readonly TargetItem[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const { targets } = first.model.parsed.record;
  const ofModel = items.filter(({ model }) => model === first.model);
  await audits.audit(
    first.model,
    ofModel.map(({ target, environment }) => planTarget(targets, target, environment)),
  );
}

export async function addTarget(models: RecordModels): Promise<void> {
  const model = await chooseModel(models);
  const page = model && (await choosePage(model, 'Add Page'));
  if (!model || !page?.learn) return;
  await ensureSaved(model);
  await addPages(model.workspace, () => [page]);
  await model.load();
}

/** Audits an HTML file, served from the folder of a target that holds it, else from one that the person picks. */
export async function auditFile(
  models: RecordModels,
  audits: AuditController,
  given: vscode.Uri | undefined,
): Promise<void> {
  const uri = fileOf(given);
  if (!uri) throw usageError('no-file', 'No HTML file is open.', 'Open one, or use UX Audit: Audit a Page.');
  const model = models.of(uri);
  if (!model) {
    throw usageError(
      'no-folder',
      'This file is not in a folder that is open, and UX Audit records what it finds in a workspace.',
      'Open the folder of your project (File > Open Folder), then audit again.',
    );
  }
  const folder = servedFolderOf(model, uri) ?? (await askServedFolder(model, uri));
  if (folder === undefined) return;
  const file = path.relative(path.resolve(model.folder.uri.fsPath, folder), uri.fsPath).replaceAll('\\', '/');
  await vscode.workspace.textDocuments
    .find((document) => document.uri.toString() === uri.toString() && document.isDirty)
    ?.save();
  await audits.audit(model, [planServed(model.parsed.record.targets, folder, file)]);
}

/** The given file, else the front editor's, else the front tab's, since a tab exists before its editor. */
function fileOf(given: vscode.Uri | undefined): vscode.Uri | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const inTab = tab instanceof vscode.TabInputText ? tab.uri : undefined;
  return [given, vscode.window.activeTextEditor?.document.uri, inTab].find((uri) => uri?.scheme === 'file');
}

/** The folder of a target that serves a file already. */
function servedFolderOf({ folder, parsed }: RecordModel, uri: vscode.Uri): string | undefined {
  return Object.values(parsed.record.targets)
    .flatMap(({ serve }) => (serve && 'folder' in serve ? [serve.folder as string] : []))
    .find((served) => !path.relative(path.resolve(folder.uri.fsPath, served), uri.fsPath).startsWith('..'));
}

/** Asks for the root of the site, unless only the workspace folder can be it. */
async function askServedFolder({ folder }: RecordModel, uri: vscode.Uri): Promise<string | undefined> {
  const below = path.relative(folder.uri.fsPath, path.dirname(uri.fsPath)).split(path.sep).filter(Boolean);
  if (below.length === 0) return '.';
  const folders = ['.', ...below.map((_, index) => below.slice(0, index + 1).join('/'))];
  return vscode.window.showQuickPick(folders.reverse(), {
    title: 'Audit This Page: Root of the Site',
    placeHolder: 'The folder that paths such as /style.css begin at; it is served during the audit',
  });
}
