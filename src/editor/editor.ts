import * as vscode from 'vscode';
import { webviews } from '../contributions';
import type { Audits } from './audit/audits';
import { TargetsView } from './audit/targetsView';
import { commandHandlers } from './commands';
import { EvaluationsView } from './evaluation/evaluationsView';
import { FindingsView } from './findings/findingsView';
import { MarksInCode } from './findings/marksInCode';
import { registerRecordDiagnostics } from './findings/recordDiagnostics';
import { registerRecordLanguage } from './findings/recordLanguage';
import { impactStatus } from './impact/impactStatus';
import type { Machine } from './machine';
import { Lazy } from './shared/lazy';
import { RecordModels } from './shared/recordModels';
import { registerCommands } from './shared/registerCommands';
import type { Shared } from './shared/shared';
import { showError } from './shared/showError';

/** The extension in one window: records, views, audits and pages. */
export class Editor implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly audits: Audits;
  private readonly evaluations: Lazy<import('./evaluation/evaluationPanels').EvaluationPanels>;
  private readonly checklists: Lazy<import('./evaluation/checklistPanels').ChecklistPanels>;

  /** @param machineFor what the window has that loads pages and runs programs */
  constructor(context: vscode.ExtensionContext, machineFor: (shared: Shared) => Machine) {
    const log = this.own(vscode.window.createOutputChannel('UX Audit', { log: true }));
    const models = this.own(new RecordModels(log));
    const shared = { context, log, models };
    const machine = this.own(machineFor(shared));
    const { audits } = machine;
    const findingsView = this.own(new FindingsView(shared));
    const evaluationsView = this.own(new EvaluationsView(models, context.globalState));
    const targetsView = this.own(new TargetsView(models, audits));
    const marks = this.own(new MarksInCode(shared));
    this.own(registerRecordLanguage(models));
    this.own(registerRecordDiagnostics(models));
    this.own(impactStatus(models));
    const results = new Lazy(async () => {
      const { ResultPanels } = await import('./audit/resultPanels');
      return this.own(new ResultPanels(shared, audits));
    });
    const findings = new Lazy(async () => {
      const { FindingPanels } = await import('./findings/findingPanels');
      return this.own(new FindingPanels(shared, audits));
    });
    const evaluations = new Lazy(async () => {
      const { EvaluationPanels } = await import('./evaluation/evaluationPanels');
      const panels = this.own(new EvaluationPanels(shared, audits));
      this.own(panels.onDidWork((choice) => evaluationsView.follow(choice)));
      return panels;
    });
    const checklists = new Lazy(async () => {
      const { ChecklistPanels } = await import('./evaluation/checklistPanels');
      return this.own(new ChecklistPanels(shared));
    });
    const impact = new Lazy(async () => {
      const { ImpactPanels } = await import('./impact/impactPanels');
      return this.own(new ImpactPanels(shared));
    });
    const journeys = new Lazy(async () => {
      const { JourneyPanels } = await import('./journey/journeyPanels');
      return this.own(new JourneyPanels(shared, audits));
    });
    const work = new Lazy(async () => {
      const { WorkPanels } = await import('./evaluation/workPanels');
      return this.own(new WorkPanels(shared, evaluations));
    });
    this.audits = audits;
    this.evaluations = evaluations;
    this.checklists = checklists;
    this.own(
      audits.onDidFinish(({ model, result, isQuiet }) => {
        if (!result.measurement || isQuiet) return;
        results.get().then(
          (pages) => pages.showResult(model, result),
          (error) => showError(error, log),
        );
      }),
    );
    this.own(
      vscode.window.registerWebviewPanelSerializer(webviews.evaluation, {
        deserializeWebviewPanel: async (panel, kept: unknown) => {
          await models.loaded;
          await (await evaluations.get()).restore(panel, kept);
        },
      }),
    );
    const pages = { results, findings, evaluations, checklists, impact, journeys, work };
    const parts = { ...shared, findingsView, targetsView, marks, pages };
    this.own(registerCommands({ ...commandHandlers(parts), ...machine.commands(parts) }, shared));
  }

  private own<T extends vscode.Disposable>(disposable: T): T {
    this.disposables.push(disposable);
    return disposable;
  }

  /** Resolves when answers are written, and the browsers and servers of a running audit have ended. */
  async stop(): Promise<void> {
    try {
      await this.checklists.ifMade((panels) => panels.stop());
      await this.evaluations.ifMade((panels) => panels.stop());
    } finally {
      await this.audits.stop();
    }
  }

  dispose(): void {
    for (const disposable of this.disposables.reverse()) disposable.dispose();
  }
}
