import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { titleOfAll } from '../../core/record/targets';
import { inertLine } from '../../core/text/inertText';
import type { Handlers } from '../../protocol/contract';
import {
  type EvaluationEvents,
  type EvaluationPageState,
  type EvaluationView,
  evaluationContract,
  keptForm,
} from '../../protocol/evaluationPage';
import { findChecklist } from '../../workflow/checklists';
import { beginEvaluations, targetsToBegin } from '../../workflow/evaluations';
import { today } from '../../workflow/localDate';
import { Sites } from '../../workflow/sites';
import { evaluationPage, ownEvaluation } from '../../workflow/webviewStates/evaluationPage';
import type { Audits } from '../audit/audits';
import { ensureSaved } from '../shared/ensureSaved';
import { hasMachine } from '../shared/hasMachine';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import { AnswerWriters } from './answerWriters';
import { askWhetherTogether } from './askWhetherTogether';
import { evaluationHandlers } from './evaluationHandlers';
import { type EvaluationChoice, type EvaluationSession, recordIn, settled } from './evaluationSession';
import { beginNewRound, beginsAtFailed, keepFailedFirst } from './newRound';
import { copyMessage, onDidSend, sentMessage, sentOn } from './sentEvaluations';

/** The pages of evaluations, one for each choice of targets and checklist: the form, and what all evaluators found. */
export class EvaluationPanels extends PagePanels<EvaluationSession, typeof evaluationContract, EvaluationEvents> {
  private readonly sendings: vscode.Disposable;
  private readonly worked = new vscode.EventEmitter<EvaluationChoice>();
  /** Fires when the person works on an evaluation. */
  readonly onDidWork = this.worked.event;
  private readonly writers = new AnswerWriters(this.shared.log, (writer) => {
    const sessions = this.open.filter(({ subject }) => subject.writer === writer);
    const session = sessions.find(({ panel }) => panel.active) ?? sessions[0];
    if (session) this.worked.fire(session.subject);
  });

  constructor(
    shared: Shared,
    private readonly audits: Audits,
  ) {
    const kind = { name: 'evaluation', title: 'Evaluation', icon: 'result.svg', isKept: true } as const;
    super(shared, { ...kind, contract: evaluationContract });
    this.sendings = onDidSend(() => void this.refresh());
  }

  /** The evaluation in the front page. */
  get choiceInFront(): EvaluationChoice | undefined {
    return this.front?.subject;
  }

  /** Reopens a form after a reload of the window, and closes one whose evaluation is no longer in the record. */
  async restore(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { data } = keptForm.safeParse(kept);
    const model = this.shared.models.all.find(({ folder }) => folder.uri.toString() === data?.selection.folder);
    if (!data || !model) return panel.dispose();
    const { targets, checklist, me } = data.selection;
    const missing = targetsToBegin(model.parsed.record, { targets, checklist, evaluator: me });
    // while the record cannot be read, the form keeps what is not written yet
    if (missing.length > 0 && !model.error) return panel.dispose();
    await this.showEvaluation({ ...data.selection, model }, 'form', panel);
  }

  /**
   * Begins or resumes an evaluation, or shows what all evaluators found.
   * @param panel the panel that VS Code restored after a reload of the window; then nothing begins
   */
  async showEvaluation(
    choice: EvaluationChoice,
    asked: EvaluationView = 'form',
    panel?: vscode.WebviewPanel,
  ): Promise<void> {
    const { model, targets, checklist, me } = choice;
    const view = asked === 'together' ? await askWhetherTogether(choice) : asked;
    if (!view) return;
    const checklistNow = (await findChecklist(model.workspace, checklist))?.checklist;
    const selection = { targets, checklist, evaluator: me };
    if (view !== 'together' && !panel && targetsToBegin(model.parsed.record, selection).length > 0) {
      await ensureSaved(model);
      await beginEvaluations(model.workspace, selection, today());
      await model.load();
    }
    const name = inertLine(titleOfAll(model.parsed.record.targets, targets));
    const { page, isNew } = this.show(
      [model.folder.uri, checklist, me, ...targets].join('\n'),
      () => {
        const sites = new Sites(model.workspace.paths.root, { log: (line) => this.shared.log.debug(line) });
        return { model, targets, checklist, me, view, sites, checklistNow, writer: this.writers.of(choice) };
      },
      { title: `${name} · ${checklistNow?.title ?? checklist}`, folders: [model.file('evidence')], panel },
    );
    if (!isNew) {
      page.subject.view = view;
      this.tell(page, 'view', view);
      return;
    }
    const { writer } = page.subject;
    if (writer.unsaved > 0) writer.flush().catch((error) => showError(error, this.shared.log));
    this.worked.fire(choice);
  }

  protected override handlersOf(page: OpenPage<EvaluationSession>): Handlers<typeof evaluationContract> {
    const { subject } = page;
    const handlers = evaluationHandlers(subject, this.audits, () => this.worked.fire(subject));
    return {
      ready: () => this.stateOf(page),
      ...handlers,
      submit: (given) => focusedAfter(page, () => handlers.submit(given)),
      mergeProblems: (given) => focusedAfter(page, () => handlers.mergeProblems(given)),
      share: async () => {
        await settled(subject);
        const choice: EvaluationChoice = subject;
        await focusedAfter(page, () => vscode.commands.executeCommand(commands.shareEvaluation, choice));
      },
      copyMessage: async () => {
        const ids = (await this.stateOf(page)).subjects.map(({ evaluation }) => evaluation);
        const message = sentMessage(this.shared.context.workspaceState, subject.model.parsed.record, ids);
        if (message !== undefined) await copyMessage(message);
      },
      newRound: async ({ evaluation }) => {
        const { target } = ownEvaluation(recordIn(subject), subject, { evaluation });
        await settled(subject);
        const place = { ...subject, target };
        await focusedAfter(page, () => beginNewRound(place, this.shared.context.workspaceState));
        this.worked.fire(subject);
      },
      beginAtFailed: async ({ evaluation, isOn }) => {
        const { id } = ownEvaluation(recordIn(subject), subject, { evaluation });
        await keepFailedFirst(this.shared.context.workspaceState, id, isOn);
        await this.refresh();
      },
    };
  }

  protected override async readState({ panel, subject }: OpenPage<EvaluationSession>): Promise<EvaluationPageState> {
    const { model, targets, checklist, me } = subject;
    const listed = await findChecklist(model.workspace, checklist);
    subject.checklistNow = listed?.checklist;
    const state = await evaluationPage({ ...subject, open: model, record: recordIn(subject), listed }, (file) =>
      panel.webview.asWebviewUri(model.file(file)).toString(),
    );
    const subjects = state.subjects.map((each) => (hasMachine ? each : { ...each, shows: [] }));
    const failedFirst = beginsAtFailed(this.shared.context.workspaceState);
    const ids = subjects.map(({ evaluation }) => evaluation);
    return {
      ...state,
      subjects,
      sent: sentOn(this.shared.context.workspaceState, model.parsed.record, ids),
      hasMessage: sentMessage(this.shared.context.workspaceState, model.parsed.record, ids) !== undefined,
      view: subject.view,
      failedFirst,
      selection: { folder: model.folder.uri.toString(), targets, checklist, me },
    };
  }

  protected override closed({ subject }: OpenPage<EvaluationSession>): void {
    void subject.sites.stop();
    subject.taking?.abort();
    const isUsed = () => this.open.some((other) => other.subject.writer === subject.writer);
    void this.writers
      .finish(subject, isUsed)
      .then((isWanted) => (isWanted ? this.showEvaluation(subject) : undefined))
      .catch((error) => showError(error, this.shared.log));
  }

  /** Writes what is pending, also after a form was closed. */
  stop(): Promise<void> {
    return this.writers.flush();
  }

  override dispose(): void {
    this.sendings.dispose();
    this.worked.dispose();
    super.dispose();
  }
}

/** Gives a page the keyboard back after a question of the window, which leaves it nowhere. */
async function focusedAfter<T>({ panel }: OpenPage<EvaluationSession>, ask: () => PromiseLike<T> | T): Promise<T> {
  try {
    return await ask();
  } finally {
    if (panel.active) panel.reveal();
  }
}
