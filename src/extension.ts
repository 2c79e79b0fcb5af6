import * as vscode from 'vscode';
import { commands } from './contributions';
import { AuditController } from './editor/auditController';
import { Credentials } from './editor/credentials';
import { EvaluationsView } from './editor/evaluationsView';
import { FindingsView } from './editor/findingsView';
import { impactStatus } from './editor/impactStatus';
import { registerRecordDiagnostics } from './editor/recordDiagnostics';
import { registerRecordLanguage } from './editor/recordLanguage';
import { RecordModels } from './editor/recordModels';
import type { RequestedParts } from './editor/requestedParts';
import { TargetsView } from './editor/targetsView';

let stop: (() => Promise<void>) | undefined;

/** Constructs the parts and hands them what they need; nothing runs before a person asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('UX Audit', { log: true });
  const models = new RecordModels(log);
  const credentials = new Credentials(context.secrets);
  const audits = new AuditController(context, models, credentials, log);
  const findings = new FindingsView(models, context.workspaceState, context.globalState, log);
  const evaluations = new EvaluationsView(models, context.globalState);
  const targets = new TargetsView(models, audits);
  context.subscriptions.push(log, models, credentials, audits, findings, evaluations, targets);
  context.subscriptions.push(registerRecordLanguage(models), registerRecordDiagnostics(models), impactStatus(models));

  let parts: Promise<RequestedParts> | undefined;
  const standIns = commandsOfRequestedParts.map((id) =>
    vscode.commands.registerCommand(id, async (...given) => {
      await request();
      return vscode.commands.executeCommand(id, ...given);
    }),
  );
  /** Loads the rest, which registers its commands itself. */
  const request = () => {
    parts ??= import('./editor/requestedParts').then(({ RequestedParts }) => {
      vscode.Disposable.from(...standIns).dispose();
      const made = new RequestedParts({ context, log, models, audits, findings, evaluations });
      context.subscriptions.push(made);
      return made;
    });
    return parts;
  };
  context.subscriptions.push(
    ...standIns,
    audits.onDidChangeState(() => request().catch((error) => log.error(error))), // an audit ends with its result page
  );
  stop = async () => {
    await (await parts)?.stop();
    await audits.stop();
  };
}

/** Waits until answers are written, and browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

/** The commands whose code is loaded with the first of them that is used. */
const commandsOfRequestedParts = [
  commands.openResult,
  commands.openReport,
  commands.compareWithPrevious,
  commands.showFinding,
  commands.accept,
  commands.falsePositive,
  commands.fix,
  commands.reopen,
  commands.assign,
  commands.setSeverity,
  commands.setStage,
  commands.addNote,
  commands.mergeFindings,
  commands.mergeOther,
  commands.copySummary,
  commands.exportFindings,
  commands.importReports,
  commands.showImpact,
  commands.importOutcomes,
  commands.exportImpact,
  commands.setFieldKey,
  commands.evaluatePage,
  commands.openEvaluation,
  commands.showTogether,
  commands.addJourney,
  commands.newChecklist,
  commands.shareEvaluation,
  commands.exportEvaluation,
  commands.importEvaluation,
  commands.doctor,
  commands.chooseBrowser,
  commands.downloadBrowser,
  commands.openSampleShop,
];
