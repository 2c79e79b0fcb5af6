import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands, webviews } from '../../contributions';
import { HumanError } from '../../core/errors';
import type { Finding } from '../../core/record/record';
import type { FindingPageState, FindingRequests } from '../../protocol/findingPage';
import { findingRequestSchemas } from '../../protocol/findingPage';
import { findingHistory } from '../../workflow/findingHistory';
import { planTarget } from '../../workflow/planPages';
import type { AuditController } from '../audit/auditController';
import { coalesce } from '../shared/coalesce';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { answerPage, pageHtml, tellPage } from '../shared/webviewHost';
import { attachDataUrl, attachEvidence, attachFiles } from './attachments';
import { triageWithQuestions } from './triageCommands';

interface FindingPanel {
  panel: vscode.WebviewPanel;
  model: RecordModel;
  id: string;
}

/** One page for each finding that is looked at. */
export class FindingPanels implements vscode.Disposable {
  private readonly open = new Map<string, FindingPanel>();
  private readonly registrations: vscode.Disposable;
  private explanations: Promise<Record<string, string>> | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    models: RecordModels,
    private readonly audits: AuditController,
  ) {
    this.registrations = vscode.Disposable.from(
      models.onDidChange(() => void this.refresh()),
      vscode.commands.registerCommand(commands.showFinding, ({ model, id }: { model: RecordModel; id: string }) =>
        this.show(model, id),
      ),
    );
  }

  private show(model: RecordModel, id: string): void {
    const key = `${model.folder.uri}#${id}`;
    const known = this.open.get(key);
    if (known) {
      known.panel.reveal();
      return;
    }
    const evidence = vscode.Uri.joinPath(model.uri, '..', 'evidence');
    const panel = vscode.window.createWebviewPanel(
      webviews.finding,
      id.split('/').slice(-1)[0] ?? id,
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(this.context.extensionUri, 'dist', 'webview'), evidence],
      },
    );
    const entry = { panel, model, id };
    this.open.set(key, entry);
    panel.iconPath = vscode.Uri.joinPath(this.context.extensionUri, 'media', 'result.svg');
    panel.onDidDispose(() => this.open.delete(key));
    this.answer(entry);
    panel.webview.html = pageHtml(panel.webview, this.context.extensionUri, 'finding', 'Finding');
  }

  private findingOf({ model, id }: FindingPanel): Finding | undefined {
    return model.parsed.invalid.has(id) || !Object.hasOwn(model.parsed.record.findings, id)
      ? undefined
      : model.parsed.record.findings[id];
  }

  private required(entry: FindingPanel): Finding {
    const finding = this.findingOf(entry);
    if (finding) return finding;
    throw new HumanError('usage', 'finding-unknown', {
      what: 'The finding is no longer in the record.',
      next: 'Close this page.',
    });
  }

  private answer(entry: FindingPanel): void {
    const { model, id, panel } = entry;
    answerPage<FindingRequests>(panel.webview, findingRequestSchemas, {
      ready: () => this.stateOf(entry),
      history: () => {
        const finding = vscode.workspace.isTrusted ? this.findingOf(entry) : undefined; // git reads the repository's configuration
        return finding ? findingHistory(model.workspace, finding) : [];
      },
      triage: async ({ action }) => {
        await triageWithQuestions(action, { model, findings: [this.required(entry)] }, this.context.globalState);
        return null;
      },
      showOnPage: async ({ occurrence }) => {
        const picture = await this.picture(entry, occurrence, 'viewport');
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picture), vscode.ViewColumn.Beside);
        return null;
      },
      attachPicture: async ({ occurrence }) => {
        await this.attach(entry, occurrence);
        return null;
      },
      attachFile: async () => {
        await attachFiles(model, id);
        return null;
      },
      pasteImage: async ({ data }) => {
        await attachDataUrl(model, id, data);
        return null;
      },
      openRecord: async () => {
        await vscode.commands.executeCommand(commands.openFinding, { model, id });
        return null;
      },
      openLink: async ({ url }) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return null;
      },
    });
  }

  private async picture(
    entry: FindingPanel,
    occurrence: string | null,
    frame: 'element' | 'viewport',
  ): Promise<string> {
    const finding = this.required(entry);
    const { record } = entry.model.parsed;
    const [environment, formFactor] = (finding.state.seenIn?.[0] ?? 'local/mobile').split('/');
    const page = planTarget(record.targets, finding.target, environment);
    const selector = occurrence === null ? undefined : finding.occurrences?.[occurrence]?.selector;
    return this.audits.takePicture(entry.model, page, {
      formFactor: formFactor === 'desktop' ? 'desktop' : 'mobile',
      frame,
      mask: record.settings?.mask ?? [],
      ...(selector !== undefined && { selector }),
    });
  }

  /** Takes a picture, shows it once for confirmation, and attaches it. */
  private async attach(entry: FindingPanel, occurrence: string | null): Promise<void> {
    const { model, id } = entry;
    const picture = await this.picture(entry, occurrence, occurrence === null ? 'viewport' : 'element');
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picture), {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      preserveFocus: true,
    });
    await attachEvidence(model, id, await readFile(picture));
  }

  /** Lighthouse's explanations by audit, gathered when the extension was built. */
  private explanationOf(rule: string): Promise<string> {
    this.explanations ??= readFile(
      vscode.Uri.joinPath(this.context.extensionUri, 'dist', 'explanations.json').fsPath,
      'utf8',
    ).then(
      (text) => JSON.parse(text) as Record<string, string>,
      () => ({}),
    );
    const audit = /^lighthouse\/(.+)$/.exec(rule)?.[1];
    return this.explanations.then((all) => (audit && Object.hasOwn(all, audit) ? (all[audit] as string) : ''));
  }

  private async stateOf(entry: FindingPanel): Promise<FindingPageState> {
    const { model, id, panel } = entry;
    const finding = this.findingOf(entry) ?? null;
    const folder = vscode.Uri.joinPath(model.uri, '..');
    const pictures: Record<string, string> = {};
    const there = new Set(await model.workspace.evidence());
    for (const file of finding?.evidence ?? []) {
      if (there.has(file)) pictures[file] = panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    }
    let url: string | null = null;
    try {
      url = finding
        ? planTarget(model.parsed.record.targets, finding.target, finding.state.seenIn?.[0]?.split('/')[0]).url
        : null;
    } catch {
      // a journey, or a page whose address is not known
    }
    return {
      id,
      finding,
      explanation: finding ? await this.explanationOf(finding.rule) : '',
      metrics: finding ? await this.metricsOf(model, finding) : [],
      url,
      pictures,
      stale: model.fault?.message ?? null,
    };
  }

  /** The load metrics that the newest run on this machine expects to gain from mending it. */
  private async metricsOf(model: RecordModel, finding: Finding): Promise<string[]> {
    const audit = /^lighthouse\/(.+)$/.exec(finding.rule)?.[1];
    const run = model.latest.find(({ target }) => target === finding.target);
    const stored = audit && run && (await model.workspace.runs.read(run.target, run.id));
    if (!stored) return [];
    const { savings = {} } = stored.report.audits.find(({ id }) => id === audit) ?? {};
    return Object.entries(savings)
      .filter(([, value]) => value > 0)
      .map(([metric]) => metric);
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
