import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { problemSuffix } from '../../core/evaluation/problems';
import { evaluationText, importEvaluationFile, newestEvaluations } from '../../workflow/exchangeEvaluations';
import { writeExport } from '../../workflow/exportRecord';
import { today } from '../../workflow/localDate';
import { ensureSaved } from '../shared/ensureSaved';
import type { EvaluationPanels } from './evaluationPanels';
import type { EvaluationChoice } from './evaluationSession';

/** Exports an evaluation as a file for other programs. */
export async function exportEvaluation({ model, targets, checklist, me }: EvaluationChoice): Promise<void> {
  const isWcag = checklist === 'wcag22-aa';
  const file = await vscode.window.showSaveDialog({
    title: 'Export Evaluation',
    defaultUri: vscode.Uri.joinPath(model.folder.uri, `${checklist}-${targets[0]}-${me.replace(/\W+/g, '-')}.csv`),
    filters: { 'CSV for spreadsheets': ['csv'], ...(isWcag && { 'WCAG-EM / EARL (JSON-LD)': ['json', 'jsonld'] }) },
  });
  if (!file) return;
  const format = /\.json(ld)?$/.test(file.fsPath) ? 'earl' : 'csv';
  const { record } = model.parsed;
  const evaluations = newestEvaluations(record, { targets, checklist, evaluator: me });
  const about = { checklist, evaluations };
  const text = await evaluationText(model.workspace, record, about, format, { date: today() });
  await writeExport(model.workspace, file.fsPath, text);
  void vscode.window.showInformationMessage(`Exported to ${path.basename(file.fsPath)}.`);
}

/** Imports answers from another program's file into a draft. */
export async function importEvaluation(choice: EvaluationChoice, panels: EvaluationPanels): Promise<void> {
  const { model, targets, checklist, me } = choice;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import Evaluation',
      filters: { 'CSV, or WCAG-EM / EARL (JSON-LD)': ['csv', 'json', 'jsonld'] },
    })) ?? [];
  if (!file) return;
  await ensureSaved(model);
  const done = await importEvaluationFile(model.workspace, await readFile(file.fsPath), path.basename(file.fsPath), {
    targets,
    checklist,
    evaluator: me,
    on: today(),
    suffixOf: () => problemSuffix(randomBytes(6)),
  });
  await model.load();
  const refused = done.faults.length;
  if (done.answers + done.problems > 0) await panels.showEvaluation(choice, 'overview');
  const text = `Imported ${done.answers} answers and ${done.problems} problems.${
    done.replaced > 0 ? ` ${done.replaced} of the answers said something else before and were replaced.` : ''
  }`;
  if (refused === 0) void vscode.window.showInformationMessage(text);
  else {
    const list = done.faults
      .slice(0, 20)
      .map(({ row, column, message }) => `${row > 0 ? `Row ${row}, ` : ''}${column}: ${message}`)
      .join('\n');
    void vscode.window.showWarningMessage(`${text} Not everything was taken over.`, {
      modal: true,
      detail: list,
    });
  }
}
