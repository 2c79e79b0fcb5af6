import * as vscode from 'vscode';
import { variablesOf } from '../../core/journey/secrets';
import type { ShownState } from '../../protocol/evaluationPage';
import { type MappedPage, mapPage, recordingOf } from '../../workflow/mapPage';
import { planTarget } from '../../workflow/planPages';
import type { AuditController } from '../audit/auditController';
import { withValues } from '../shared/askValues';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import type { EvaluationSession } from './evaluationSession';

interface MapAsked {
  target: string;
  step?: string | undefined;
  formFactor: 'mobile' | 'desktop';
  shows: ShownState;
}

/** Pictures of a whole page in the state that the evaluator wants, with the places of its elements. */
export async function mapOf(
  session: EvaluationSession,
  audits: AuditController,
  { target, step, formFactor, shows }: MapAsked,
): Promise<MappedPage> {
  requireTrust();
  const { workspace, folder, parsed } = session.model;
  const { record } = parsed;
  const walked = shows === 'step' ? step : undefined;
  const recording = walked === undefined ? undefined : await recordingOf(workspace, record, target);
  const environment = recording ? await withValues(variablesOf(recording)) : process.env;
  const { credentials, ignoreCertificateErrors } = audits.settingsOf(folder.uri);
  const engine = await audits.engineFor(folder.uri);
  const byHand = shows === 'hand';
  session.taking = new AbortController();
  const { signal: stop } = session.taking;
  return withProgress(byHand ? `${target} is open in a browser` : `taking a picture of ${target}`, (signal) =>
    mapPage({
      workspace,
      engine,
      record,
      target,
      formFactor,
      step: walked,
      byHand,
      environment,
      credentials,
      ignoreCertificateErrors,
      stop,
      signal,
    }),
  );
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
