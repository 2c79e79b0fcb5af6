import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { usageError } from '../../core/errors';
import { roundsOf } from '../../core/evaluation/evaluation';
import type { TurnKind } from '../../core/evaluation/work';
import type { Handlers } from '../../protocol/contract';
import type { EvaluationView } from '../../protocol/evaluationPage';
import { type WorkEvents, type WorkPageState, workContract } from '../../protocol/workPage';
import { pagePictures, workPage } from '../../workflow/webviewStates/workPage';
import { handleOf, knownHandle, onDidChangeHandle } from '../shared/handle';
import type { Lazy } from '../shared/lazy';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import type { ChosenTargets } from './askEvaluation';
import type { EvaluationPanels } from './evaluationPanels';
import type { EvaluationChoice } from './evaluationSession';
import { beginNewRound } from './newRound';
import { copyMessage, onDidSend, sentMessage } from './sentEvaluations';

/** Which view of an evaluation does what waits. */
const views: Record<TurnKind, EvaluationView> = {
  answer: 'form',
  rate: 'rate',
  agree: 'together',
  again: 'form',
  join: 'form',
};

/** The page *My work*: what waits for the person in this window. There is one. */
export class WorkPanels extends PagePanels<{ me: string }, typeof workContract, WorkEvents> {
  private readonly handles: vscode.Disposable;

  constructor(
    shared: Shared,
    private readonly evaluations: Lazy<EvaluationPanels>,
  ) {
    super(shared, { name: 'work', title: 'My work', icon: 'result.svg', contract: workContract });
    this.handles = vscode.Disposable.from(
      onDidChangeHandle(() => void this.refresh()),
      onDidSend(() => void this.refresh()),
    );
  }

  /** Opens the page; asks for the person's handle where it is not known. */
  async showWork(): Promise<void> {
    const me = await handleOf(this.shared.context.globalState);
    if (me === undefined) return;
    await this.shared.models.loaded;
    const { page, isNew } = this.show('', () => ({ me }), { title: 'My Work' });
    page.subject.me = me;
    if (!isNew) void this.refresh();
  }

  protected override handlersOf(page: OpenPage<{ me: string }>): Handlers<typeof workContract> {
    return {
      ready: () => this.stateOf(page),
      act: async ({ kind, folder, target, checklist }) => {
        const model = this.modelOf(folder);
        const me = this.meOf(page);
        if (kind === 'again') {
          const isBegun = await beginNewRound({ model, target, checklist, me }, this.shared.context.workspaceState);
          if (!isBegun) return;
        }
        const pages = await this.evaluations.get();
        await pages.showEvaluation({ model, targets: [target], checklist, me }, views[kind]);
      },
      send: async ({ folder, checklist, targets }) => {
        const choice = { model: this.modelOf(folder), targets, checklist, me: this.meOf(page) };
        await vscode.commands.executeCommand(commands.shareEvaluation, choice satisfies EvaluationChoice);
      },
      copyMessage: async (sent) => {
        const message = this.messageOf(sent, this.meOf(page));
        if (message !== undefined) await copyMessage(message);
      },
      pictures: ({ folder }) => pagePictures(this.modelOf(folder)),
      evaluate: async ({ folder, targets }) => {
        const given =
          folder === undefined ? undefined : ({ model: this.modelOf(folder), targets } satisfies ChosenTargets);
        await vscode.commands.executeCommand(commands.evaluatePage, given);
      },
    };
  }

  private modelOf(folder: string): RecordModel {
    const model = this.shared.models.all.find(({ folder: one }) => one.uri.toString() === folder);
    if (!model) throw usageError('folder-unknown', 'That folder is no longer open.', 'Open it again.');
    return model;
  }

  private meOf({ subject }: OpenPage<{ me: string }>): string {
    return knownHandle(this.shared.context.globalState) ?? subject.me;
  }

  protected override readState(page: OpenPage<{ me: string }>): Promise<WorkPageState> {
    const { all } = this.shared.models;
    const folders = all.map((open) => ({
      open,
      uri: open.folder.uri.toString(),
      name: all.length > 1 ? open.folder.name : undefined,
    }));
    const me = this.meOf(page);
    return workPage(folders, me, (sent) => this.messageOf(sent, me) !== undefined);
  }

  /** The message for the team about what was sent from here. */
  private messageOf(sent: { folder: string; checklist: string; targets: string[] }, me: string): string | undefined {
    const { record } = this.modelOf(sent.folder).parsed;
    const name = { checklist: sent.checklist, evaluator: me };
    const ids = sent.targets.flatMap((target) => roundsOf(record, { target, ...name }).map(({ id }) => id));
    return sentMessage(this.shared.context.workspaceState, record, ids);
  }

  override dispose(): void {
    this.handles.dispose();
    super.dispose();
  }
}
