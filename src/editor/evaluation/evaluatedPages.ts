import * as vscode from 'vscode';
import type { MappedPage } from '../../workflow/mapPage';
import { planTarget } from '../../workflow/planPages';
import type { Audits } from '../audit/audits';
import type { MapAsked } from '../audit/mapForEvaluator';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import type { EvaluationSession } from './evaluationSession';

/** Pictures of a whole page in the state that the evaluator wants, with the places of its elements. */
export function mapOf(session: EvaluationSession, audits: Audits, asked: Omit<MapAsked, 'stop'>): Promise<MappedPage> {
  requireTrust();
  session.taking = new AbortController();
  const { signal: stop } = session.taking;
  const { target, shows } = asked;
  const doing = shows === 'hand' ? `${target} is open in a browser` : `taking a picture of ${target}`;
  return withProgress(doing, (signal) => audits.mapPage(session.model, { ...asked, stop }, signal));
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
