import { readFile, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands, webviews } from '../../contributions';
import { HumanError, toHumanError } from '../../core/errors';
import {
  answerKey,
  bringToVersion,
  evaluationOf,
  othersOnly,
  setAnswer,
  startEvaluation,
  withdrawEvaluation,
} from '../../core/evaluation/evaluation';
import {
  linkProblem,
  lostByMerging,
  mergeProblems,
  partsOf,
  problemOf,
  rateProblem,
  removeProblem,
  saveProblem,
  setConsensus,
} from '../../core/evaluation/problems';
import type { AuditRecord, Finding } from '../../core/record/record';
import {
  type EvaluationPageState,
  type EvaluationRequests,
  type EvaluationView,
  evaluationRequestSchemas,
} from '../../protocol/evaluationPage';
import { checklistOf, findChecklist } from '../../workflow/checklists';
import { beginEvaluations, freshnessOf, targetsToBegin } from '../../workflow/evaluations';
import { localDate } from '../../workflow/localDate';
import { machineResults } from '../../workflow/machineResults';
import type { AuditController } from '../audit/auditController';
import { attachDataUrl, attachEvidence, attachFiles } from '../findings/attachments';
import { coalesce } from '../shared/coalesce';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModels } from '../shared/recordModels';
import { showError } from '../shared/showError';
import { answerPage, pageHtml, tellPage } from '../shared/webviewHost';
import { AnswerWriter } from './answerWriter';
import { mapOf, showPage, takePicture } from './evaluatedPages';
import { columnsIn, recordIn, type Session, settled } from './evaluationSession';
import { type EvaluationChoice, evaluationState, rulesOf } from './evaluationState';
import { submitColumns } from './evaluationSubmission';

/** The form of an evaluation, and what the evaluators say together; one panel for each choice of targets and checklist. */
export class EvaluationPanels implements vscode.Disposable {
  private readonly open = new Map<string, Session>();
  /** By record, checklist and evaluator: they stay when a form closes, until everything is written. */
  private readonly writers = new Map<string, AnswerWriter>();
  private readonly registration: vscode.Disposable;
  /** A page that got an older state after a newer one would take what was just begun for removed. */
  private readonly refresh = coalesce(async () => {
    for (const session of this.open.values()) {
      tellPage(session.panel.webview, 'state', await this.stateOf(session));
    }
  });
  private readonly changedProgress = new vscode.EventEmitter<EvaluationChoice>();
  /** Somebody works on this evaluation. */
  readonly onDidWork = this.changedProgress.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    models: RecordModels,
    private readonly audits: AuditController,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.registration = models.onDidChange(() => void this.refresh());
  }

  /** The evaluation in the panel in front. */
  get inFront(): EvaluationChoice | undefined {
    return [...this.open.values()].find(({ panel }) => panel.active);
  }

  /** Begins or resumes an evaluation of targets, or shows what everybody found. */
  async show(choice: EvaluationChoice, asked: EvaluationView = 'form'): Promise<void> {
    const { model, targets, checklist, me } = choice;
    const view = asked === 'together' ? await togetherOr(choice) : asked;
    if (!view) return;
    const listed = await findChecklist(model.workspace, checklist);
    const selection = { targets, checklist, evaluator: me };
    if (view !== 'together' && targetsToBegin(model.parsed.record, selection).length > 0) {
      await ensureSaved(model);
      await beginEvaluations(model.workspace, selection, localDate(new Date()));
      await model.load();
    }
    const key = [model.folder.uri, checklist, me, ...targets].join('\n');
    const known = this.open.get(key);
    if (known) {
      known.view = view;
      known.panel.reveal();
      tellPage(known.panel.webview, 'view', view);
      return;
    }
    const title = `${targets.length === 1 ? targets[0] : `${targets.length} targets`} · ${listed?.checklist?.title ?? checklist}`;
    const panel = vscode.window.createWebviewPanel(webviews.evaluation, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      retainContextWhenHidden: true, // what is being typed stays where it is
      localResourceRoots: [
        vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview'),
        vscode.Uri.joinPath(model.uri, '..', 'evidence'),
      ],
    });
    const session: Session = {
      ...choice,
      panel,
      view,
      sites: new Map(),
      checklistNow: listed?.checklist,
      writer: this.writerOf(choice),
    };
    this.open.set(key, session);
    if (session.writer.unsaved > 0) session.writer.flush().catch((error) => showError(error, this.log));
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'result.svg');
    panel.onDidDispose(() => {
      this.open.delete(key);
      void this.finish(session);
      for (const site of session.sites.values()) void site.stop();
    });
    this.answer(session);
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, 'evaluation', 'Evaluation');
    this.changedProgress.fire(choice);
  }

  private writerOf({ model, checklist, me }: EvaluationChoice): AnswerWriter {
    const key = writerKey({ model, checklist, me });
    const known = this.writers.get(key);
    if (known) return known;
    const writer = new AnswerWriter(async (change) => {
      await ensureSaved(model);
      await model.workspace.record.update(change);
      void model.load();
      const forms = [...this.open.values()].filter((session) => session.writer === writer);
      const worked = forms.find(({ panel }) => panel.active) ?? forms[0];
      if (worked) this.changedProgress.fire(worked);
    });
    this.writers.set(key, writer);
    return writer;
  }

  /** Writes what is pending of a form that was closed. What cannot be written is kept, and the person is told. */
  private async finish(session: Session): Promise<void> {
    const { writer, targets } = session;
    try {
      await writer.flush();
      if (![...this.open.values()].some((other) => other.writer === writer)) this.writers.delete(writerKey(session));
    } catch (error) {
      const { kind, code, message, next } = toHumanError(error);
      this.log.error(`${code}: ${message}`);
      const why = kind === 'cancelled' ? 'The record has unsaved changes in an editor.' : `${message} ${next}`;
      const count = writer.unsaved;
      const [again, reopen] = ['Try Again', 'Open Evaluation'];
      const chosen = await vscode.window.showErrorMessage(
        `${count} ${count === 1 ? 'change' : 'changes'} of your evaluation of ${targets.join(', ')} ${count === 1 ? 'is' : 'are'} not saved. ${why} What you gave is kept until this window closes.`,
        again,
        reopen,
      );
      if (chosen === again) await this.finish(session);
      else if (chosen === reopen) await this.show(session).catch((fault) => showError(fault, this.log));
    }
  }

  private answer(session: Session): void {
    const { model, panel, me } = session;
    const update = async (change: (record: AuditRecord) => AuditRecord) => {
      await session.writer.flush();
      await ensureSaved(model);
      await model.workspace.record.update(change);
      await model.load();
      this.changedProgress.fire(session);
    };
    const today = () => localDate(new Date());
    const columnOf = (index: number) => {
      const column = columnsIn(session)[index];
      if (column) return column;
      throw new HumanError('usage', 'column-gone', {
        what: 'That page or step is no longer part of the evaluation.',
        next: 'Close the form and open it again.',
      });
    };
    const keyOf = (index: number, item: string) => answerKey(item, columnOf(index).step);
    answerPage<EvaluationRequests>(panel.webview, evaluationRequestSchemas, {
      ready: () => this.stateOf(session),
      answer: async ({ column, item, change }) => {
        const { id } = columnOf(column).evaluation;
        const key = keyOf(column, item);
        await Promise.all(
          Object.entries(change).map(([name, value]) =>
            session.writer.add(`${id}\n${key}\n${name}`, (record) => setAnswer(record, id, key, { [name]: value })),
          ),
        );
        return null;
      },
      saveProblem: async ({ column, item, id, problem }) => {
        const { evaluation } = columnOf(column);
        const key = keyOf(column, item);
        await Promise.all(
          partsOf(problem).map(([name, part]) =>
            session.writer.add(`${id}\n${name}`, (record) =>
              saveProblem(record, evaluation.id, key, id, part, today()),
            ),
          ),
        );
        return null;
      },
      linkProblem: async ({ column, item, id }) => {
        const { evaluation } = columnOf(column);
        const key = keyOf(column, item);
        await session.writer.add(`${id}\n${key}\nlink`, (record) => linkProblem(record, evaluation.id, key, id));
        return null;
      },
      removeProblem: async ({ column, item, id }) => {
        const { evaluation } = columnOf(column);
        const key = keyOf(column, item);
        await session.writer.add(`${id}\n${key}\nlink`, (record) => removeProblem(record, evaluation.id, key, id));
        return null;
      },
      rate: async ({ id, rating }) => {
        await update((record) => rateProblem(record, id, me, rating, today()));
        return null;
      },
      mergeProblems: async ({ keep, drop }) => {
        await settled(session);
        const { record } = model.parsed;
        mergeProblems(record, keep, drop); // what stands against it is said before anything is asked
        const lost = lostByMerging(record, keep, drop);
        const merge = 'Make One';
        const answer = await vscode.window.showWarningMessage(
          'Make one problem of these two?',
          {
            modal: true,
            detail: [
              `"${problemOf(record, drop).title}" goes into "${problemOf(record, keep).title}": ratings, pictures, texts and who found it are kept, its title and place in the note. Its id stays known as a former one.`,
              ...(lost.length > 0 ? ['', 'This of it is dropped:', ...lost.map((fact) => `  ${fact}`)] : []),
            ].join('\n'),
          },
          merge,
        );
        if (answer === merge) await update((record) => mergeProblems(record, keep, drop));
        return null;
      },
      consensus: async ({ id, severity, note }) => {
        await update((record) =>
          setConsensus(record, id, severity === null ? null : { severity, by: me, on: today(), note: note.trim() }),
        );
        return null;
      },
      submit: async ({ columns }) => ({ submitted: await submitColumns(session, columns, update) }),
      withdraw: async ({ column }) => {
        await update((record) => withdrawEvaluation(record, columnOf(column).evaluation.id, today()));
        return null;
      },
      newRound: async ({ column }) => {
        const { target } = columnOf(column);
        const checklist = await checklistOf(model.workspace, session.checklist);
        await update((record) => startEvaluation(record, { target, checklist, evaluator: me, on: today() }).record);
        return null;
      },
      bringToVersion: async ({ column }) => {
        const checklist = await checklistOf(model.workspace, session.checklist);
        await update((record) => bringToVersion(record, columnOf(column).evaluation.id, checklist));
        return null;
      },
      machine: ({ column }) => {
        const { target } = columnOf(column);
        return machineResults(model.workspace, model.parsed, model.latest, target, rulesOf(session.checklistNow));
      },
      freshness: ({ evaluation }) => {
        if (!vscode.workspace.isTrusted) return { state: 'unknown', why: '' }; // git reads the repository's configuration
        const { record } = model.parsed;
        return freshnessOf(model.workspace, record, evaluationOf(record, evaluation));
      },
      showPage: async ({ column, beside }) => {
        await showPage(session, columnOf(column).target, beside, this.log);
        return null;
      },
      map: ({ column, formFactor }) => mapOf(session, this.audits, columnOf(column).target, formFactor),
      attachPicture: async ({ id, column, formFactor }) => {
        await settled(session);
        const selector = (problemOf(model.parsed.record, id).where as { selector?: string } | undefined)?.selector;
        const picture = await takePicture(session, this.audits, columnOf(column).target, {
          formFactor,
          frame: selector ? 'element' : 'viewport',
          ...(selector && { selector }),
        });
        try {
          const bytes = await readFile(picture);
          await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picture), {
            viewColumn: vscode.ViewColumn.Beside,
            preview: true,
            preserveFocus: true,
          });
          await attachEvidence(model, id, bytes);
        } finally {
          await rm(picture, { force: true });
        }
        return null;
      },
      attachFile: async ({ id }) => {
        await settled(session);
        await attachFiles(model, id);
        return null;
      },
      pasteImage: async ({ id, data }) => {
        await settled(session);
        await attachDataUrl(model, id, data);
        return null;
      },
      removeEvidence: async ({ id, file }) => {
        await update((record) => {
          const finding = problemOf(record, id);
          const { evidence = [], ...rest } = finding;
          const left = evidence.filter((other) => other !== file);
          const changed: Finding = left.length > 0 ? { ...finding, evidence: left } : rest;
          return { ...record, findings: { ...record.findings, [id]: changed } };
        });
        return null;
      },
      openFinding: async ({ id }) => {
        await vscode.commands.executeCommand(commands.showFinding, { model, id });
        return null;
      },
      openLink: async ({ url }) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
        return null;
      },
      share: async () => {
        await settled(session);
        await vscode.commands.executeCommand(commands.shareEvaluation, session satisfies EvaluationChoice);
        return null;
      },
      exportEvaluation: async () => {
        await settled(session);
        await vscode.commands.executeCommand(commands.exportEvaluation, session satisfies EvaluationChoice);
        return null;
      },
    });
  }

  private async stateOf(session: Session): Promise<EvaluationPageState> {
    const { model, panel, view } = session;
    const listed = await findChecklist(model.workspace, session.checklist);
    session.checklistNow = listed?.checklist;
    const { webview } = panel;
    const state = await evaluationState({ ...session, record: recordIn(session), listed }, (file) =>
      webview.asWebviewUri(vscode.Uri.joinPath(model.uri, '..', file)).toString(),
    );
    return { ...state, view };
  }

  /** Writes what is still pending, also of forms that were closed. */
  async stop(): Promise<void> {
    await Promise.allSettled([...this.writers.values()].map((writer) => writer.flush()));
  }

  dispose(): void {
    this.registration.dispose();
    this.changedProgress.dispose();
    for (const { panel } of this.open.values()) panel.dispose();
  }
}

/**
 * Asks whoever has not evaluated a target themself whether they want to see what others found.
 * @returns the view they want; undefined for none
 */
async function togetherOr(choice: EvaluationChoice): Promise<EvaluationView | undefined> {
  const open = othersOnly(choice.model.parsed.record, choice);
  if (open.length === 0) return 'together';
  const [show, evaluate] = ['Show Together', 'Evaluate First'];
  const answer = await vscode.window.showWarningMessage(
    `You have not evaluated ${open.join(', ')} yourself.`,
    {
      modal: true,
      detail:
        'Independent eyes find more: once you have seen what others found, you cannot judge without it. If you mean to evaluate too, do it first.',
    },
    evaluate,
    show,
  );
  return answer === show ? 'together' : answer === evaluate ? 'form' : undefined;
}

function writerKey({ model, checklist, me }: Pick<EvaluationChoice, 'model' | 'checklist' | 'me'>): string {
  return [model.uri, checklist, me].join('\n');
}
