import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { titleOf } from '../../core/record/targets';
import { inertLine } from '../../core/text/inertText';
import type { Handlers } from '../../protocol/contract';
import { type JourneyEvents, type JourneyPageState, journeyContract } from '../../protocol/journeyPage';
import { saveSteps } from '../../workflow/editJourney';
import { journeyPage } from '../../workflow/webviewStates/journeyPage';
import type { TargetItem } from '../audit/auditCommands';
import type { Audits } from '../audit/audits';
import { ensureSaved } from '../shared/ensureSaved';
import { goToCode } from '../shared/goToCode';
import { knownHandle } from '../shared/handle';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { requireTrust } from '../shared/trust';

/** What one page of a journey is about. */
interface Journey {
  model: RecordModel;
  target: string;
  /** The source of people's figures that is shown; the best one without it. */
  source?: string;
  /** Whether the page opens the form of its steps the next time it gets its state. */
  edits: boolean;
}

/** The pages of journeys, one for each. */
export class JourneyPanels extends PagePanels<Journey, typeof journeyContract, JourneyEvents> {
  private readonly auditing: vscode.Disposable;

  constructor(
    shared: Shared,
    private readonly audits: Audits,
  ) {
    const kind = { name: 'journey', title: 'Journey', icon: 'impact.svg', isKept: true } as const;
    super(shared, { ...kind, contract: journeyContract });
    this.auditing = audits.onDidChangeState(() => void this.refresh());
  }

  /** The journey whose page has the focus. */
  get journeyInFront(): TargetItem | undefined {
    return this.front?.subject;
  }

  showJourney({ model, target }: TargetItem, edits = false): void {
    const title = inertLine(titleOf(model.parsed.record.targets, target));
    const subject = () => ({ model, target, edits });
    const { page, isNew } = this.show(`${model.uri}#${target}`, subject, { title: `${title}: journey` });
    if (isNew) return;
    page.subject.edits = edits;
    void this.refresh();
  }

  protected override handlersOf(page: OpenPage<Journey>): Handlers<typeof journeyContract> {
    const { subject } = page;
    const { model, target } = subject;
    const run = async (command: string, ...given: unknown[]) =>
      void (await vscode.commands.executeCommand(command, ...given));
    return {
      ready: () => this.stateOf(page),
      show: ({ source }) => {
        subject.source = source;
        return this.stateOf(page);
      },
      run: ({ audits }) => run(commands.runJourney, { model, target }, { audits }),
      runSession: () => run(commands.runSession, { model, target }),
      showFinding: ({ id }) => run(commands.showFinding, { model, id }),
      goToCode: ({ id }) => goToCode(model, id),
      saveSteps: async (edited) => {
        requireTrust();
        await ensureSaved(model);
        await saveSteps(model.workspace, target, edited);
        await model.load();
        return this.stateOf(page);
      },
      importRecording: () => run(commands.importRecording, target),
      importFigures: () => run(commands.importOutcomes),
      showImpact: () => run(commands.showImpact),
    };
  }

  protected override async readState({ subject }: OpenPage<Journey>): Promise<JourneyPageState> {
    const { model, target, source, edits } = subject;
    subject.edits = false;
    const me = knownHandle(this.shared.context.globalState);
    const state = await journeyPage(model, target, { source, me });
    return { ...state, isBusy: this.audits.isRunning, edits };
  }

  override dispose(): void {
    this.auditing.dispose();
    super.dispose();
  }
}
