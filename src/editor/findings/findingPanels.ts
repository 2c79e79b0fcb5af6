import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { shortTitle } from '../../core/advice/advice';
import { usageError } from '../../core/errors';
import { addRemark, takeRemarkBack } from '../../core/evaluation/discussion';
import { listFindings } from '../../core/record/listFindings';
import { problemOf } from '../../core/record/problems';
import type { Finding } from '../../core/record/record';
import { openStatuses } from '../../core/record/record';
import { inertLine } from '../../core/text/inertText';
import type { Handlers } from '../../protocol/contract';
import { type FindingEvents, type FindingPageState, findingContract } from '../../protocol/findingPage';
import { findingHistory } from '../../workflow/findingHistory';
import { now } from '../../workflow/localDate';
import { planTarget } from '../../workflow/planPages';
import { findingPage } from '../../workflow/webviewStates/findingPage';
import { readableFinding } from '../../workflow/webviewStates/openRecord';
import type { Audits } from '../audit/audits';
import { ensureSaved } from '../shared/ensureSaved';
import { goToCode, goToLine, openPosition } from '../shared/goToCode';
import { handleOf, knownHandle } from '../shared/handle';
import { type OpenPage, openLink, PagePanels } from '../shared/pagePanels';
import { pathOf } from '../shared/places';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { applyFix, applyReferenceFix, referenceNow } from './applyFix';
import { attachDataUrl, attachFiles, attachScreenshot } from './attachments';
import { checkAgain } from './checkAgain';
import type { FindingName } from './findingItems';
import { triageWithQuestions } from './triageCommands';

/** The pages of problems, one for each; a page shows one finding of its problem at a time. */
export class FindingPanels extends PagePanels<FindingName, typeof findingContract, FindingEvents> {
  constructor(
    shared: Shared,
    private readonly audits: Audits,
  ) {
    super(shared, { name: 'finding', contract: findingContract, title: 'Finding', icon: 'result.svg' });
  }

  showFinding({ model, id, place }: FindingName): void {
    const finding = readableFinding(model.parsed, id);
    const key = finding ? problemOf(finding) : id;
    const { page, isNew } = this.show(`${model.uri}#${key}`, () => ({ model, id, place }), {
      title: finding ? inertLine(shortTitle(finding)) : id,
      folders: [model.file('evidence')],
    });
    if (isNew) return;
    Object.assign(page.subject, { id, place });
    void this.refresh();
  }

  protected override handlersOf(page: OpenPage<FindingName>): Handlers<typeof findingContract> {
    const { subject } = page;
    const { model } = subject;
    const finding = (): Finding => {
      const found = readableFinding(model.parsed, subject.id);
      if (found) return found;
      throw usageError('finding-unknown', 'The finding is no longer in the record.', 'Close this page.');
    };
    return {
      ready: () => this.stateOf(page),
      show: ({ id }) => {
        Object.assign(subject, { id, place: undefined });
        return this.stateOf(page);
      },
      // git reads the repository's configuration, which may name programs to run
      history: () => (vscode.workspace.isTrusted ? findingHistory(model.workspace, finding()) : null),
      triage: ({ action, occurrence }) => {
        const places = occurrence === null ? {} : { places: [occurrence] };
        return triageWithQuestions(
          action,
          { model, findings: [finding()], ...places },
          this.shared.context.globalState,
        );
      },
      addRemark: async ({ id, key, text }) => {
        const by = await handleOf(this.shared.context.globalState);
        if (!by) throw usageError('handle-missing', 'A remark names who makes it.', 'Give your handle when asked.');
        await ensureSaved(model);
        await model.workspace.record.update((record) => addRemark(record, id, { key, by, at: now(), text }));
        await model.load();
      },
      takeRemarkBack: async ({ id, key }) => {
        const by = knownHandle(this.shared.context.globalState) ?? '';
        await ensureSaved(model);
        await model.workspace.record.update((record) => takeRemarkBack(record, id, { key, by }));
        await model.load();
      },
      fix: ({ occurrence }) => applyFix(model, subject.id, occurrence),
      checkAgain: async ({ everywhere }) => {
        const own = finding();
        const all = listFindings(model.parsed, { rule: own.rule, statuses: openStatuses });
        const alike = all.filter((other) => problemOf(other) === problemOf(own));
        await checkAgain(this.audits, { model, findings: everywhere && alike.length > 0 ? alike : [own] });
      },
      goToReference: async ({ url }) => {
        const found = await referenceNow(model, subject.id, url);
        if (found) await openPosition(model, found.position);
      },
      goToLine: (code) => goToLine(model, subject.id, code),
      fixReference: ({ url }) => applyReferenceFix(model, subject.id, url),
      goToCode: ({ occurrence }) => goToCode(model, subject.id, occurrence),
      showOnPage: async ({ occurrence }) => {
        const screenshot = await this.screenshot(model, finding(), occurrence, 'viewport');
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(screenshot), vscode.ViewColumn.Beside);
      },
      showJourney: async () =>
        void (await vscode.commands.executeCommand(commands.showJourney, { model, target: finding().target })),
      attachScreenshot: async ({ occurrence }) => {
        const frame = occurrence === null ? 'viewport' : 'element';
        await attachScreenshot(model, subject.id, await this.screenshot(model, finding(), occurrence, frame));
      },
      attachFile: () => attachFiles(model, subject.id),
      pasteImage: ({ data }) => attachDataUrl(model, subject.id, data),
      openInRecord: async () => void (await vscode.commands.executeCommand(commands.openInRecord, page.subject)),
      openReport: async ({ runId }) => {
        const { target } = finding();
        await vscode.commands.executeCommand(commands.openReport, { model, target, runId });
      },
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

  protected override readState({ panel, subject }: OpenPage<FindingName>): Promise<FindingPageState> {
    const { model, id, place } = subject;
    subject.place = undefined;
    return findingPage(model, id, {
      me: knownHandle(this.shared.context.globalState),
      place,
      fileUrl: (file) => panel.webview.asWebviewUri(model.file(file)).toString(),
      dist: pathOf(vscode.Uri.joinPath(this.shared.context.extensionUri, 'dist')),
    });
  }
}
