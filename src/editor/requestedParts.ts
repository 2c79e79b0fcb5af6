import * as vscode from 'vscode';
import type { AuditController } from './audit/auditController';
import { registerBrowserCommands } from './audit/browserCommands';
import { ResultPanels } from './audit/resultPanels';
import { registerSampleShop } from './audit/sampleShop';
import { registerEvaluationCommands } from './evaluation/evaluationCommands';
import { EvaluationPanels } from './evaluation/evaluationPanels';
import type { EvaluationsView } from './evaluation/evaluationsView';
import { registerExchangeCommands } from './findings/exchangeCommands';
import { FindingPanels } from './findings/findingPanels';
import type { FindingsView } from './findings/findingsView';
import { registerMergeCommands } from './findings/mergeCommands';
import { registerTriageCommands } from './findings/triageCommands';
import { ImpactPanels } from './impact/impactPanels';
import type { RecordModels } from './shared/recordModels';

/** What the parts that are loaded later need of those that are there from the start. */
export interface StartedParts {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  models: RecordModels;
  audits: AuditController;
  findings: FindingsView;
  evaluations: EvaluationsView;
}

/** The pages, and the commands that the views do not need: a bundle of its own, loaded when a person first asks for one. */
export class RequestedParts implements vscode.Disposable {
  private readonly panels: EvaluationPanels;
  private readonly parts: vscode.Disposable;

  constructor({ context, log, models, audits, findings, evaluations }: StartedParts) {
    const { extensionUri, globalState } = context;
    this.panels = new EvaluationPanels(extensionUri, models, audits, log);
    this.parts = vscode.Disposable.from(
      this.panels,
      this.panels.onDidWork((choice) => evaluations.follow(choice)),
      new ResultPanels(extensionUri, models, audits, log),
      new FindingPanels(context, models, audits),
      new ImpactPanels(context, models, log),
      registerEvaluationCommands(models, this.panels, globalState, log),
      registerTriageCommands((clicked, chosen) => findings.itemsOf(clicked, chosen), globalState, log),
      registerMergeCommands(models, log),
      registerExchangeCommands(models, log),
      registerBrowserCommands(log),
      registerSampleShop(context),
    );
  }

  /** Waits until the answers of open evaluations are written. */
  stop(): Promise<void> {
    return this.panels.stop();
  }

  dispose(): void {
    this.parts.dispose();
  }
}
