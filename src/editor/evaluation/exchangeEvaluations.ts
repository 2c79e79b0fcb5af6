import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { problemSuffix } from '../../core/evaluation/problems';
import { titleOfAll } from '../../core/record/targets';
import { slugOf } from '../../core/text/slug';
import { evaluationText, importEvaluationFile, newestEvaluations } from '../../workflow/exchangeEvaluations';
import { writeExport } from '../../workflow/exportRecord';
import { today } from '../../workflow/localDate';
import { evaluationReport } from '../../workflow/reportEvaluations';
import { ensureSaved } from '../shared/ensureSaved';
import { hasMachine } from '../shared/hasMachine';
import { openHtml } from '../shared/openHtml';
import { pathOf } from '../shared/places';
import type { EvaluationPanels } from './evaluationPanels';
import type { EvaluationChoice } from './evaluationSession';

/** What an evaluation can be made into. */
const kinds = [
  {
    label: '$(file-text) Report',
    detail: 'To print or send: summary, problems with pictures, every item',
    format: 'report',
  },
  { label: '$(play) Slides', detail: 'To show: one problem a page', format: 'slides' },
  { label: '$(table) Table', detail: 'CSV, for spreadsheets', format: 'csv' },
] as const;
const earl = {
  label: '$(json) WCAG-EM / EARL',
  detail: 'JSON-LD, for other tools of accessibility',
  format: 'earl',
} as const;
const endings = { report: 'html', slides: 'html', csv: 'csv', earl: 'json' } as const;

/** Makes a file of evaluations: to print, send or show, or for other programs. */
export async function exportEvaluation({ model, targets, checklist, me }: EvaluationChoice): Promise<void> {
  const offered = checklist === 'wcag22-aa' ? [...kinds, earl] : kinds;
  const chosen = await vscode.window.showQuickPick(offered, { title: 'Export Evaluation (1/2)', ignoreFocusOut: true });
  if (!chosen) return;
  const { format } = chosen;
  const { record } = model.parsed;
  const about = targets.length === 1 ? targets[0] : slugOf(titleOfAll(record.targets, targets));
  const name = `${checklist}-${about}-${me.replace(/\W+/g, '-')}${format === 'slides' ? '-slides' : ''}`;
  const file = await vscode.window.showSaveDialog({
    title: 'Export Evaluation (2/2)',
    defaultUri: vscode.Uri.joinPath(model.folder.uri, `${name}.${endings[format]}`),
    filters: { [endings[format].toUpperCase()]: [endings[format]] },
  });
  if (!file) return;
  let text: string;
  if (format === 'csv' || format === 'earl') {
    const about = { checklist, evaluations: newestEvaluations(record, { targets, checklist, evaluator: me }) };
    text = await evaluationText(model.workspace, record, about, format, { date: today() });
  } else {
    const about = { targets, checklist, reader: { handle: me }, isSlides: format === 'slides' };
    ({ text } = await evaluationReport(model.workspace, model.parsed, about));
  }
  await writeExport(model.workspace, pathOf(file), text);
  const open = hasMachine ? 'Open in Browser' : 'Open';
  const isPage = endings[format] === 'html';
  const print = hasMachine ? 'A browser prints it as PDF.' : 'Download it (in the Explorer) to print it in a browser.';
  const said = `Exported to ${path.basename(file.path)}.${isPage ? ` ${print}` : ''}`;
  const answer = await vscode.window.showInformationMessage(said, ...(isPage ? [open] : []));
  if (answer === open) await openHtml(file);
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
  const done = await importEvaluationFile(model.workspace, await readFile(pathOf(file)), path.basename(file.path), {
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
