import * as vscode from 'vscode';
import { commands } from '../contributions';
import { AuditController } from './audit/auditController';
import { Credentials } from './audit/credentials';
import { type TargetNode, TargetsView } from './audit/targetsView';
import { type EvaluationNode, EvaluationsView } from './evaluation/evaluationsView';
import { type FindingNode, FindingsView } from './findings/findingsView';
import { registerRecordDiagnostics } from './findings/recordDiagnostics';
import { registerRecordLanguage } from './findings/recordLanguage';
import { impactStatus } from './impact/impactStatus';
import type { RequestedParts } from './requestedParts';
import type { LazyTree } from './shared/lazyTree';
import { RecordModels } from './shared/recordModels';
import { StandIns } from './shared/standIns';

/** The views as they are there from the start, without contents. */
export interface Trees {
  targets: LazyTree<TargetNode>;
  findings: LazyTree<FindingNode>;
  evaluations: LazyTree<EvaluationNode>;
}

/** The records of the workspace, what the views show of them, and audits: loaded when a view is looked at or a command used. */
export class Parts implements vscode.Disposable {
  private readonly audits: AuditController;
  private readonly requested: StandIns<RequestedParts>;
  private readonly parts: vscode.Disposable;

  /** Reads the records; what it resolves with fills the views and registers the commands, which find the records read. */
  static async prepare(context: vscode.ExtensionContext, trees: Trees): Promise<() => Parts> {
    const log = vscode.window.createOutputChannel('UX Audit', { log: true });
    const models = new RecordModels(log);
    context.subscriptions.push(log, models);
    await models.loaded;
    return () => {
      const parts = new Parts(context, trees, log, models);
      context.subscriptions.push(parts);
      models.tell();
      return parts;
    };
  }

  private constructor(
    context: vscode.ExtensionContext,
    trees: Trees,
    log: vscode.LogOutputChannel,
    models: RecordModels,
  ) {
    const credentials = new Credentials(context.secrets);
    const audits = new AuditController(context, models, credentials, log);
    const findings = new FindingsView(trees.findings, models, context.workspaceState, context.globalState, log);
    const evaluations = new EvaluationsView(trees.evaluations, models, context.globalState);
    this.audits = audits;
    this.requested = new StandIns(requestedCommands, async () => {
      const { RequestedParts } = await import('./requestedParts');
      return () => new RequestedParts({ context, log, models, audits, findings, evaluations });
    });
    this.parts = vscode.Disposable.from(
      credentials,
      audits,
      findings,
      evaluations,
      new TargetsView(trees.targets, models, audits),
      registerRecordLanguage(models),
      registerRecordDiagnostics(models),
      impactStatus(models),
      this.requested,
      // an audit ends with its result page
      audits.onDidChangeState(() => this.requested.load().catch((error) => log.error(error))),
    );
  }

  /** Waits until answers are written, and browsers and servers of a running audit have ended. */
  async stop(): Promise<void> {
    try {
      await (await this.requested.loaded)?.stop();
    } finally {
      await this.audits.stop();
    }
  }

  dispose(): void {
    this.parts.dispose();
    void this.requested.loaded.then((requested) => requested?.dispose());
  }
}

/** The commands whose code is loaded with the first of them that is used. */
const requestedCommands = [
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
