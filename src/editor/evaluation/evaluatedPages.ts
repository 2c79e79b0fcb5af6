import { readFile, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PageMap } from '../../protocol/evaluationPage';
import type { PlacedElements } from '../../protocol/workerMessages';
import { planTarget } from '../../workflow/planPages';
import type { AuditController } from '../audit/auditController';
import { requireTrust } from '../shared/trust';
import type { EvaluationSession } from './evaluationSession';

/** Takes a screenshot of a page and shows progress. @returns the file, which the caller must delete */
export async function takeScreenshot(
  { model }: EvaluationSession,
  audits: AuditController,
  target: string,
  options: { formFactor: 'mobile' | 'desktop'; frame: 'element' | 'viewport' | 'map'; selector?: string },
): Promise<string> {
  const { record } = model.parsed;
  const page = planTarget(record.targets, target);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `UX Audit: opening ${target}…` },
    () => audits.takeScreenshot(model, page, { ...options, mask: record.settings?.mask ?? [] }),
  );
}

/** A screenshot of the whole page, with the positions of its elements. */
export async function mapOf(
  session: EvaluationSession,
  audits: AuditController,
  target: string,
  formFactor: 'mobile' | 'desktop',
): Promise<PageMap> {
  const file = await takeScreenshot(session, audits, target, { formFactor, frame: 'map' });
  const places = file.replace(/\.jpg$/, '.json');
  try {
    const bytes = await readFile(file);
    const placed = JSON.parse(await readFile(places, 'utf8')) as PlacedElements;
    const viewport = formFactor === 'mobile' ? '412x823' : '1350x940';
    return { screenshot: `data:image/jpeg;base64,${bytes.toString('base64')}`, viewport, ...placed };
  } finally {
    await rm(file, { force: true });
    await rm(places, { force: true });
  }
}

/**
 * Opens the page in VS Code beside the form, or in the person's browser. A site that is started for it stops when the
 * form closes.
 */
export async function showPage(session: EvaluationSession, target: string, beside: boolean): Promise<void> {
  requireTrust();
  const page = planTarget(session.model.parsed.record.targets, target);
  const url = await session.sites.urlOf(page);
  if (beside)
    await vscode.commands.executeCommand('simpleBrowser.api.open', vscode.Uri.parse(url, true), {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
  else await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
