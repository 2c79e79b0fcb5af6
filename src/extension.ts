import * as vscode from 'vscode';
import { AuditController } from './editor/auditController';
import { registerBrowserCommands } from './editor/browserCommands';
import { Credentials } from './editor/credentials';
import { registerEvaluationCommands } from './editor/evaluationCommands';
import { EvaluationPanels } from './editor/evaluationPanels';
import { EvaluationsView } from './editor/evaluationsView';
import { registerExchangeCommands } from './editor/exchangeCommands';
import { FindingPanels } from './editor/findingPanels';
import { FindingsView } from './editor/findingsView';
import { registerMergeCommands } from './editor/mergeCommands';
import { registerRecordDiagnostics } from './editor/recordDiagnostics';
import { registerRecordLanguage } from './editor/recordLanguage';
import { RecordModels } from './editor/recordModels';
import { ResultPanels } from './editor/resultPanels';
import { registerSampleShop } from './editor/sampleShop';
import { TargetsView } from './editor/targetsView';

let stop: (() => Promise<void>) | undefined;

/** Constructs the parts and hands them what they need; nothing runs before a person asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('UX Audit', { log: true });
  const models = new RecordModels(log);
  const credentials = new Credentials(context.secrets);
  const audits = new AuditController(context, models, credentials, log);
  const evaluations = new EvaluationPanels(context.extensionUri, models, audits, log);
  stop = async () => {
    await evaluations.stop();
    await audits.stop();
  };
  context.subscriptions.push(
    log,
    models,
    credentials,
    audits,
    new ResultPanels(context.extensionUri, models, audits, log),
    new TargetsView(models, audits),
    new FindingsView(models, context.workspaceState, context.globalState, log),
    new FindingPanels(context, models, audits),
    evaluations,
    new EvaluationsView(models, evaluations, context.globalState),
    registerEvaluationCommands(models, evaluations, context.globalState, log),
    registerMergeCommands(models, log),
    registerExchangeCommands(models, log),
    registerRecordLanguage(models),
    registerRecordDiagnostics(models),
    registerBrowserCommands(log),
    registerSampleShop(context),
  );
}

/** Waits until answers are written, and browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
