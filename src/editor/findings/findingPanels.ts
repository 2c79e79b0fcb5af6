import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { usageError } from '../../core/errors';
import type { Finding } from '../../core/record/record';
import type { Handlers } from '../../protocol/contract';
import { type FindingEvents, type FindingPageState, findingContract } from '../../protocol/findingPage';
import { findingHistory } from '../../workflow/findingHistory';
import { findingPage } from '../../workflow/pageStates/findingPage';
import { readableFinding } from '../../workflow/pageStates/openRecord';
import { planTarget } from '../../workflow/planPages';
import type { AuditController } from '../audit/auditController';
import { type OpenPage, openLink, PagePanels } from '../shared/pagePanels';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { attachDataUrl, attachFiles, attachScreenshot } from './attachments';
import { triageWithQuestions } from './triageCommands';

export interface FindingName {
  model: RecordModel;
  id: string;
}

/** The pages of findings, one for each. */
export class FindingPanels extends PagePanels<FindingName, typeof findingContract, FindingEvents> {
  constructor(
    shared: Shared,
    private readonly audits: AuditController,
  ) {
    super(shared, { name: 'finding', contract: findingContract, title: 'Finding', icon: 'result.svg' });
  }

  showFinding(finding: FindingName): void {
    const { model, id } = finding;
    this.show(`${model.folder.uri}#${id}`, () => finding, {
      title: id.split('/').at(-1) ?? id,
      folders: [model.file('evidence')],
    });
  }

  protected override handlersOf(page: OpenPage<FindingName>): Handlers<typeof findingContract> {
    const { model, id } = page.subject;
    const finding = (): Finding => {
      const found = readableFinding(model.parsed, id);
      if (found) return found;
      throw usageError('finding-unknown', 'The finding is no longer in the record.', 'Close this page.');
    };
    return {
      ready: () => this.stateOf(page),
      // git reads the repository's configuration, which may name programs to run
      history: () => (vscode.workspace.isTrusted ? findingHistory(model.workspace, finding()) : []),
      triage: ({ action }) =>
        triageWithQuestions(action, { model, findings: [finding()] }, this.shared.context.globalState),
      showOnPage: async ({ occurrence }) => {
        const screenshot = await this.screenshot(model, finding(), occurrence, 'viewport');
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(screenshot), vscode.ViewColumn.Beside);
      },
      attachScreenshot: async ({ occurrence }) => {
        const frame = occurrence === null ? 'viewport' : 'element';
        await attachScreenshot(model, id, await this.screenshot(model, finding(), occurrence, frame));
      },
      attachFile: () => attachFiles(model, id),
      pasteImage: ({ data }) => attachDataUrl(model, id, data),
      openInRecord: async () => void (await vscode.commands.executeCommand(commands.openFinding, page.subject)),
      openLink,
    };
  }

  private screenshot(
    model: RecordModel,
    finding: Finding,
    occurrence: string | null,
    frame: 'element' | 'viewport',
  ): Promise<string> {
    const { record } = model.parsed;
    const [environment, formFactor] = (finding.state.seenIn?.[0] ?? 'local/mobile').split('/');
    const page = planTarget(record.targets, finding.target, environment);
    const selector = occurrence === null ? undefined : finding.occurrences?.[occurrence]?.selector;
    return this.audits.takeScreenshot(model, page, {
      formFactor: formFactor === 'desktop' ? 'desktop' : 'mobile',
      frame,
      mask: record.settings?.mask ?? [],
      ...(selector !== undefined && { selector }),
    });
  }

  protected override stateOf({ panel, subject }: OpenPage<FindingName>): Promise<FindingPageState> {
    const { model, id } = subject;
    return findingPage(model, id, {
      fileUrl: (file) => panel.webview.asWebviewUri(model.file(file)).toString(),
      dist: vscode.Uri.joinPath(this.shared.context.extensionUri, 'dist').fsPath,
    });
  }
}
