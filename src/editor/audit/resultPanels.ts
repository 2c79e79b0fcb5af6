import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { newest } from '../../core/audit/measurement';
import { usageError } from '../../core/errors';
import type { Handlers } from '../../protocol/contract';
import { type ResultEvents, type ResultPageState, resultContract } from '../../protocol/resultPage';
import type { StoredRun } from '../../storage/runStore';
import type { PageResult } from '../../workflow/auditPages';
import { resultPage } from '../../workflow/webviewStates/resultPage';
import { goToCode } from '../shared/goToCode';
import { type OpenPage, openLink, PagePanels } from '../shared/pagePanels';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import type { TargetItem } from './auditCommands';
import type { Audits } from './audits';
import { showReport } from './showReport';

/** What one result page is about. */
interface Result {
  model: RecordModel;
  target: string;
  runId: string | undefined;
  /** Whether the page scrolls to the comparison the next time it gets its state. */
  compare: boolean;
  /** Runs that could not be kept, so that only this page has them. */
  unkept?: StoredRun;
}

/** The results of audits, a page for each target, beside the editor. */
export class ResultPanels extends PagePanels<Result, typeof resultContract, ResultEvents> {
  private readonly auditing: vscode.Disposable;

  constructor(
    shared: Shared,
    private readonly audits: Audits,
  ) {
    super(shared, { name: 'result', contract: resultContract, title: 'Audit result', icon: 'result.svg' });
    this.auditing = audits.onDidChangeState(() => void this.refresh());
  }

  /** Shows what auditing a page gave, also when it could not be kept. */
  showResult(model: RecordModel, { page, isKept, ...result }: PageResult): void {
    const { measurement, report, results, notMeasured } = result;
    if (!measurement || !report) return;
    const unkept = isKept ? undefined : { measurement, report, notMeasured, ...(results && { results }) };
    this.showRun(model, page.target, measurement.id, false, unkept);
  }

  /** Shows a set of runs of a target. */
  private showRun(model: RecordModel, target: string, runId: string, compare: boolean, unkept?: StoredRun): void {
    const subject = { model, target, runId, compare, ...(unkept && { unkept }) };
    const { page, isNew } = this.show(`${model.uri}#${target}`, () => subject, {
      title: `${target}: result`,
      beside: true,
    });
    if (isNew) return;
    Object.assign(page.subject, { runId, compare, unkept });
    void this.refresh();
  }

  async openResult(item: TargetItem | undefined, compare = false): Promise<void> {
    const chosen = await this.chooseRun(item);
    if (chosen) this.showRun(chosen.model, chosen.target, chosen.runId, compare);
  }

  async openReport(item: TargetItem | undefined): Promise<void> {
    const chosen = await this.chooseRun(item);
    if (chosen) await this.openReportOf(chosen.model, chosen.target, chosen.runId);
  }

  /** The set of runs a command is about: the tree item's, the front page's, or of a target that the person picks. */
  private async chooseRun(
    item: TargetItem | undefined,
  ): Promise<{ model: RecordModel; target: string; runId: string } | undefined> {
    const chosen: TargetItem | undefined = item ?? this.front?.subject ?? (await this.askTarget());
    if (!chosen) return undefined;
    const { model, target, environment } = chosen;
    const runs = model.latest.filter(
      (run) => run.target === target && (environment === undefined || run.environment === environment),
    );
    const runId = chosen.runId ?? newest(runs)?.id;
    return runId === undefined ? undefined : { model, target, runId };
  }

  private async askTarget(): Promise<TargetItem | undefined> {
    const { all } = this.shared.models;
    const items = all.flatMap((model) =>
      [...new Set(model.latest.map(({ target }) => target))].map((target) => ({
        label: target,
        description: all.length > 1 ? model.folder.name : '',
        model,
        target,
      })),
    );
    if (items.length === 1) return items[0];
    if (items.length > 0)
      return vscode.window.showQuickPick(items, { title: 'Result of which page?', ignoreFocusOut: true });
    const audit = 'Audit a Page…';
    const answer = await vscode.window.showInformationMessage('No page has been audited on this machine yet.', audit);
    if (answer) await vscode.commands.executeCommand(commands.auditPage);
    return undefined;
  }

  protected override handlersOf(page: OpenPage<Result>): Handlers<typeof resultContract> {
    const { subject } = page;
    const { model, target } = subject;
    const audit = async (command: string) => {
      const { view } = await resultPage(model, target, subject.runId);
      const item: TargetItem = { model, target, environment: view?.measurement.environment };
      await vscode.commands.executeCommand(command, item);
    };
    return {
      ready: () => this.stateOf(page),
      show: ({ runId }) => {
        subject.runId = runId;
        return this.stateOf(page);
      },
      auditAgain: () => audit(commands.auditTarget),
      auditAs: () => audit(commands.auditAs),
      buildAndAudit: async () => void (await vscode.commands.executeCommand(commands.buildAndAudit, { model, target })),
      openReport: ({ runId }) => this.openReportOf(model, target, runId),
      openImpact: async () => void (await vscode.commands.executeCommand(commands.showImpact)),
      showFinding: async ({ id }) => void (await vscode.commands.executeCommand(commands.showFinding, { model, id })),
      goToCode: ({ id, occurrence }) => goToCode(model, id, occurrence),
      openLink,
    };
  }

  private async openReportOf(model: RecordModel, target: string, runId: string): Promise<void> {
    const run = await model.workspace.runs.read(target, runId);
    const report = run && (await model.workspace.runs.report(target, runId, run.measurement.representative));
    if (report === undefined) {
      throw usageError(
        'report-gone',
        'The report of this run is no longer kept on this machine.',
        'Audit the page again; the newest 20 sets of runs of each page are kept.',
      );
    }
    const html = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'UX Audit: writing the report' },
      () => this.audits.renderReport(report, runId),
    );
    await showReport(html, `${target}: Lighthouse report`);
  }

  protected override async readState({ subject }: OpenPage<Result>): Promise<ResultPageState> {
    const { model, target, runId, compare, unkept } = subject;
    subject.compare = false;
    return { ...(await resultPage(model, target, runId, unkept)), auditing: this.audits.isRunning, compare };
  }

  override dispose(): void {
    this.auditing.dispose();
    super.dispose();
  }
}
