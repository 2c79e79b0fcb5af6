import * as vscode from 'vscode';
import { variablesOf } from '../../core/journey/secrets';
import { planJourney } from '../../workflow/journeys';
import { walkJourney, walkText } from '../../workflow/walkJourney';
import type { TargetItem } from '../audit/auditCommands';
import type { AuditController } from '../audit/auditController';
import { withValues } from '../shared/askValues';
import { ensureSaved } from '../shared/ensureSaved';
import type { Shared } from '../shared/shared';

/** Walks a journey by machine as often as a page is audited, and records what could not be completed. */
export async function runJourney(
  { log }: Pick<Shared, 'log'>,
  audits: AuditController,
  { model, target }: TargetItem,
  { audits: alsoAudits }: { audits: boolean },
): Promise<void> {
  const { workspace, folder } = model;
  const recording = await workspace.journeys.recording(target);
  const page = planJourney(model.parsed.record, target, recording);
  await audits.alone(model, async (controller) => {
    const environment = await withValues(variablesOf(recording));
    const record = await audits.mayRecord(model);
    if (record === undefined) return;
    const { credentials, ignoreCertificateErrors } = audits.settingsOf(folder.uri);
    const engine = await audits.engineFor(folder.uri);
    const walks = audits.choiceOf(folder.uri).runs;
    const { warning } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `UX Audit: ${target}`, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => controller.abort());
        return walkJourney({
          workspace,
          engine,
          page,
          recording,
          walks,
          audits: alsoAudits,
          record,
          environment,
          credentials,
          ignoreCertificateErrors,
          signal: controller.signal,
          onProgress: (where) => {
            const message = walkText(where);
            progress.report({ message });
            audits.cameTo(model, page, message);
          },
          log: (line) => log.debug(line),
          beforeRecord: () => ensureSaved(model),
        });
      },
    );
    if (warning) void vscode.window.showWarningMessage(`${warning.message} ${warning.next}`);
  });
}
