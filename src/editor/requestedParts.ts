import * as vscode from 'vscode';
import type { AuditController } from './auditController';
import { registerBrowserCommands } from './browserCommands';
import { registerEvaluationCommands } from './evaluationCommands';
import { EvaluationPanels } from './evaluationPanels';
import type { EvaluationsView } from './evaluationsView';
import { registerExchangeCommands } from './exchangeCommands';
import { FindingPanels } from './findingPanels';
import type { FindingsView } from './findingsView';
import { ImpactPanels } from './impactPanels';
import { registerMergeCommands } from './mergeCommands';
import type { RecordModels } from './recordModels';
import { ResultPanels } from './resultPanels';
import { registerSampleShop } from './sampleShop';
import { registerTriageCommands } from './triageCommands';

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
