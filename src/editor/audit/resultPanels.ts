import * as vscode from 'vscode';
import { commands, webviews } from '../../contributions';
import { incomparable } from '../../core/audit/compareMeasurements';
import type { Measurement } from '../../core/audit/measurement';
import { type ResultView, resultView } from '../../core/audit/resultView';
import { HumanError } from '../../core/errors';
import { type ResultPageState, type ResultRequests, resultRequestSchemas } from '../../protocol/resultPage';
import { coalesce } from '../shared/coalesce';
import { openHtml } from '../shared/openHtml';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { showError } from '../shared/showError';
import { answerPage, pageHtml, tellPage } from '../shared/webviewHost';
import type { AuditController } from './auditController';

/** The result of a target's audits beside the page being worked on; one panel for each target. */
interface ResultPanel {
  panel: vscode.WebviewPanel;
  model: RecordModel;
  target: string;
  runId: string | undefined;
  compare: boolean;
}

interface ResultItem {
  model: RecordModel;
  target: string;
  environment?: string;
}

export class ResultPanels implements vscode.Disposable {
  private readonly open = new Map<string, ResultPanel>();
  private readonly registrations: vscode.Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly models: RecordModels,
    private readonly audits: AuditController,
    log: vscode.LogOutputChannel,
  ) {
    const guarded = (id: string, work: (item?: ResultItem) => Promise<void>) =>
      vscode.commands.registerCommand(id, (item?: ResultItem) => work(item).catch((error) => showError(error, log)));
    this.registrations = vscode.Disposable.from(
      audits.onDidFinish(({ model, outcome }) => {
        if (outcome.measurement) this.show(model, outcome.page.target, outcome.measurement.id);
      }),
      audits.onDidChangeState(() => this.refresh()),
      models.onDidChange(() => this.refresh()),
      guarded(commands.openResult, (item?: ResultItem) =>
        this.pick(item, (chosen, run) => this.show(chosen.model, chosen.target, run.id)),
      ),
      guarded(commands.compareWithPrevious, (item?: ResultItem) =>
        this.pick(item, (chosen, run) => this.show(chosen.model, chosen.target, run.id, true)),
      ),
      guarded(commands.openReport, (item?: ResultItem) =>
        this.pick(item, (chosen, run) => this.openReport(chosen.model, chosen.target, run.id)),
      ),
    );
  }

  /** Finds the run a command is about: that of a tree item, of the panel in front, or of a target a person picks. */
  private async pick(
    item: ResultItem | undefined,
    then: (item: ResultItem, run: Measurement) => unknown,
  ): Promise<void> {
    let chosen = item;
    const front = [...this.open.values()].find(({ panel }) => panel.active);
    if (!chosen && front) chosen = { model: front.model, target: front.target };
    if (!chosen) {
      const items = this.models.all.flatMap((model) =>
        [...new Set(model.latest.map(({ target }) => target))].map((target) => ({
          label: target,
          description: this.models.all.length > 1 ? model.folder.name : '',
          model,
          target,
        })),
      );
      if (items.length === 0) {
        const audit = 'Audit a Page…';
        const answer = await vscode.window.showInformationMessage(
          'No page has been audited on this machine yet.',
          audit,
        );
        if (answer) await vscode.commands.executeCommand(commands.auditPage);
        return;
      }
      chosen = await vscode.window.showQuickPick(items, { title: 'Result of which page?', ignoreFocusOut: true });
    }
    if (!chosen) return;
    const { model, target, environment } = chosen;
    const runs = model.latest.filter(
      (run) => run.target === target && (environment === undefined || run.environment === environment),
    );
    const run = front && !item ? (runs.find(({ id }) => id === front.runId) ?? newest(runs)) : newest(runs);
    if (run) await then(chosen, run);
  }

  private show(model: RecordModel, target: string, runId: string, compare = false): void {
    const key = `${model.folder.uri}#${target}`;
    let entry = this.open.get(key);
    if (entry) {
      entry.runId = runId;
      entry.compare = compare;
      entry.panel.reveal(undefined, true);
      void this.refresh();
    } else {
      const panel = vscode.window.createWebviewPanel(
        webviews.result,
        `${target}: result`,
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview')] },
      );
      entry = { panel, model, target, runId, compare };
      this.open.set(key, entry);
      panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'result.svg');
      panel.onDidDispose(() => this.open.delete(key));
      this.answer(entry);
      panel.webview.html = pageHtml(panel.webview, this.extensionUri, 'result', 'Audit result');
    }
  }

  private answer(entry: ResultPanel): void {
    const { model, target, panel } = entry;
    answerPage<ResultRequests>(panel.webview, resultRequestSchemas, {
      ready: () => this.stateOf(entry),
      show: ({ runId }) => {
        entry.runId = runId;
        return this.stateOf(entry);
      },
      auditAgain: async () => {
        const environment = (await this.viewOf(entry))?.measurement.environment;
        await vscode.commands.executeCommand(commands.auditTarget, { model, target, environment });
        return null;
      },
      openReport: async ({ runId }) => {
        await this.openReport(model, target, runId);
        return null;
      },
      openImpact: async () => {
        await vscode.commands.executeCommand(commands.showImpact);
        return null;
      },
      openFinding: async ({ id }) => {
        await vscode.commands.executeCommand(commands.openFinding, { model, id });
        return null;
      },
      openLink: async ({ url }) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return null;
      },
    });
  }

  private async openReport(model: RecordModel, target: string, runId: string): Promise<void> {
    const run = await model.workspace.runs.read(target, runId);
    const report = run && (await model.workspace.runs.report(target, runId, run.measurement.representative));
    if (report === undefined) {
      throw new HumanError('usage', 'report-gone', {
        what: 'The report of this run is no longer kept on this machine.',
        next: 'Audit the page again; the newest 20 sets of runs of each page are kept.',
      });
    }
    const html = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'UX Audit: writing the report' },
      () => this.audits.renderReport(report, runId),
    );
    await openHtml(html);
  }

  private async stateOf(entry: ResultPanel): Promise<ResultPageState> {
    const { compare } = entry;
    entry.compare = false; // once is enough
    return { view: await this.viewOf(entry), auditing: this.audits.isRunning, compare };
  }

  private async viewOf({ model, target, runId }: ResultPanel): Promise<ResultView | null> {
    const { runs } = model.workspace;
    const kept = new Set(await runs.ids(target));
    const all = (await runs.measurements()).filter((run) => run.target === target);
    const shown = all.find(({ id }) => id === runId) ?? all.at(-1);
    const stored = shown && (await runs.read(target, shown.id));
    if (!stored) return null;
    const before = all.slice(
      0,
      all.findIndex(({ id }) => id === shown.id),
    );
    const previous = before.findLast((run) => incomparable(run, shown) === undefined);
    const history = all
      .filter(({ id }) => kept.has(id))
      .reverse()
      .map((run) => ({
        runId: run.id,
        at: run.at,
        label: `${run.environment}, ${run.formFactor}, ${run.runs} run${run.runs === 1 ? '' : 's'}`,
      }));
    return resultView(stored, previous, model.parsed.record.findings, history);
  }

  private readonly refresh = coalesce(async () => {
    for (const entry of this.open.values()) {
      if (entry.panel.visible) tellPage(entry.panel.webview, 'state', await this.stateOf(entry));
    }
  });

  dispose(): void {
    this.registrations.dispose();
    for (const { panel } of this.open.values()) panel.dispose();
  }
}

function newest(runs: readonly Measurement[]): Measurement | undefined {
  return runs.reduce<Measurement | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
}
