import path from 'node:path';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import { REMOVED_METRICS, undecidedLines } from '../../core/audit/clockAudits';
import { notMeasuredLines } from '../../core/audit/notMeasured';
import { localDate } from '../../workflow/localDate';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import { openHtml } from '../shared/openHtml';
import { pathOf } from '../shared/places';
import type { RecordModels } from '../shared/recordModels';

const formats = [
  { label: 'HTML report', description: 'one file that anybody can open', format: 'html', ending: 'html' },
  { label: 'CSV', description: 'for spreadsheets', format: 'csv', ending: 'csv' },
  { label: 'SARIF 2.1.0', description: 'for code scanning tools', format: 'sarif', ending: 'sarif' },
] as const;

/** Exports the findings as a file for other programs. */
export async function exportFindings(models: RecordModels): Promise<void> {
  const model = await chooseModel(models);
  const chosen = model && (await vscode.window.showQuickPick(formats, { title: 'Export Findings As' }));
  if (!model || !chosen) return;
  const file = await vscode.window.showSaveDialog({
    title: `Export Findings as ${chosen.label}`,
    defaultUri: vscode.Uri.joinPath(model.folder.uri, `ux-findings.${chosen.ending}`),
  });
  if (!file) return;
  const { exportText, writeExport } = await import('../../workflow/exportRecord');
  const text = await exportText(model.workspace, await model.workspace.record.read(), chosen.format, {
    title: `UX findings: ${model.folder.name}`,
    madeOn: localDate(new Date()),
    version,
    byteOrderMark: true, // without it spreadsheets do not recognise UTF-8
  });
  await writeExport(model.workspace, pathOf(file), text);
  const open = 'Open';
  const answer = await vscode.window.showInformationMessage(`Exported to ${path.basename(file.path)}.`, open);
  if (answer === open)
    await (chosen.format === 'html' ? openHtml(file) : vscode.commands.executeCommand('vscode.open', file));
}

/** Imports the reports of other programs into the record. */
export async function importReportFiles(models: RecordModels): Promise<void> {
  const model = await chooseModel(models);
  const files =
    model &&
    (await vscode.window.showOpenDialog({
      title: 'Import Lighthouse Reports or axe-core Results',
      openLabel: 'Import',
      canSelectMany: true,
      filters: { 'JSON reports': ['json'] },
    }));
  if (!model || !files?.length) return;
  await ensureSaved(model);
  const { importReports } = await import('../../workflow/importReports');
  const result = await importReports({
    workspace: model.workspace,
    files: files.map(pathOf),
    formFactor: 'desktop',
  });
  await model.load();
  for (const error of result.files.flatMap(({ errors }) => errors)) {
    void vscode.window.showWarningMessage(`${error.message} ${error.next}`);
  }
  for (const notice of result.files.flatMap(({ notices }) => notices))
    void vscode.window.showInformationMessage(notice);
  const left = result.sets.flatMap((set) => set.notMeasured);
  if (left.length > 0) {
    const lines = notMeasuredLines(left).join('; ');
    void vscode.window.showWarningMessage(`Not measured, so findings of it stay as they are: ${lines}`);
  }
  const undecided = undecidedLines(result.sets.flatMap((set) => set.undecided)).join('; ');
  if (undecided) void vscode.window.showInformationMessage(`${undecided}. Their findings stay as they are.`);
  if (result.sets.length === 0) return;
  if (result.sets.some((set) => set.changes.some(({ change }) => change === 'removed')))
    void vscode.window.showInformationMessage(REMOVED_METRICS);
  const changes = result.sets.reduce((sum, set) => sum + set.changes.length, 0);
  const sets = `${result.sets.length} set${result.sets.length === 1 ? '' : 's'} of results`;
  void vscode.window.showInformationMessage(
    result.written ? `Imported ${sets}: ${changes} changes.` : `Imported ${sets}: nothing new for the record.`,
  );
}
