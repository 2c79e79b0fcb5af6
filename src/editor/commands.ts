import * as vscode from 'vscode';
import type { TriageChoice } from '../protocol/findingPage';
import { addTarget, auditFile, auditPage, auditTargets, auditWorking, type TargetItem } from './audit/auditCommands';
import type { AuditController } from './audit/auditController';
import type { Credentials } from './audit/credentials';
import type { ResultPanels } from './audit/resultPanels';
import { openPage, type TargetNode, type TargetsView } from './audit/targetsView';
import type { ChecklistName, ChecklistPanels } from './evaluation/checklistPanels';
import type { EvaluationPanels } from './evaluation/evaluationPanels';
import type { EvaluationChoice } from './evaluation/evaluationSession';
import type { EvaluationNode } from './evaluation/evaluationsView';
import type { WorkPanels } from './evaluation/workPanels';
import { type FindingName, type FindingNode, nameOf } from './findings/findingItems';
import type { FindingPanels } from './findings/findingPanels';
import { type FindingsView, openInRecord } from './findings/findingsView';
import type { MarksInCode } from './findings/marksInCode';
import type { ImpactPanels } from './impact/impactPanels';
import type { JourneyPanels } from './journey/journeyPanels';
import type { SessionPanels } from './journey/sessionPanels';
import { chooseModel } from './shared/chooseModel';
import type { Lazy } from './shared/lazy';
import type { CommandHandlers } from './shared/registerCommands';
import type { Shared } from './shared/shared';

/** What the commands use. */
interface Parts extends Shared {
  credentials: Credentials;
  audits: AuditController;
  findingsView: FindingsView;
  targetsView: TargetsView;
  marks: MarksInCode;
  pages: {
    results: Lazy<ResultPanels>;
    findings: Lazy<FindingPanels>;
    evaluations: Lazy<EvaluationPanels>;
    checklists: Lazy<ChecklistPanels>;
    impact: Lazy<ImpactPanels>;
    journeys: Lazy<JourneyPanels>;
    sessions: Lazy<SessionPanels>;
    work: Lazy<WorkPanels>;
  };
}

type EvaluationItem = EvaluationNode | EvaluationChoice | undefined;

/** The handler of each command. A command loads code that is seldom needed when it runs. */
export function commandHandlers(parts: Parts): CommandHandlers {
  const { context, log, models, audits, credentials, findingsView, targetsView, marks } = parts;
  const { results, findings, evaluations, checklists, impact, journeys, sessions } = parts.pages;
  const triage = (choice: TriageChoice) => async (clicked: unknown, chosen: unknown) => {
    const { triageWithQuestions } = await import('./findings/triageCommands');
    await triageWithQuestions(choice, findingsView.itemsOf(clicked, chosen), context.globalState);
  };
  const onTarget = (work: (item: TargetItem) => Promise<void>) => async (clicked: unknown) => {
    const [item] = targetsView.itemsOf(clicked, undefined);
    if (item) await work(item);
  };
  /** Runs `use` with the evaluation that a command is about. */
  const about = (work: (choice: EvaluationChoice, pages: EvaluationPanels) => Promise<unknown>) => {
    return async (given: EvaluationItem) => {
      const pages = await evaluations.get();
      const { evaluationOf } = await import('./evaluation/askEvaluation');
      const choice = await evaluationOf(given, pages.choiceInFront, parts);
      if (choice) await work(choice, pages);
    };
  };
  /** Runs `use` with the journey that a command is about: a row of the tree, the page in front, or a chosen one. */
  const onJourney = async (given: unknown, use: (item: TargetItem, pages: JourneyPanels) => unknown) => {
    const pages = await journeys.get();
    const { chooseJourney } = await import('./journey/chooseJourney');
    const item = await chooseJourney(models, given ?? pages.journeyInFront);
    if (item) await use(item, pages);
  };
  const withModel = async (work: (model: NonNullable<Awaited<ReturnType<typeof chooseModel>>>) => unknown) => {
    const model = await chooseModel(models);
    if (model) await work(model);
  };
  return {
    auditPage: () => auditPage(models, audits),
    auditFile: (uri?: vscode.Uri) => auditFile(models, audits, uri),
    auditWorking: () => auditWorking(models, audits),
    auditTarget: (clicked: unknown, chosen: unknown) => auditTargets(audits, targetsView.itemsOf(clicked, chosen)),
    auditAs: async (clicked: unknown, chosen: unknown) =>
      (await import('./audit/pageCommands')).auditAs(audits, targetsView.itemsOf(clicked, chosen)),
    auditAll: async () => (await import('./audit/pageCommands')).auditAll(models, audits),
    auditChanged: async (group?: unknown) =>
      (await import('./audit/pageCommands')).auditChanged(models, audits, targetsView.groupOf(group)),
    auditGroup: async () => (await import('./audit/pageCommands')).auditGroup(models, audits),
    discoverPages: async () => (await import('./audit/discoverPages')).discoverPages(parts),
    auditFolder: async (uri?: vscode.Uri) => (await import('./audit/pageCommands')).auditFolder(models, audits, uri),
    buildAndAudit: onTarget(async (item) => (await import('./audit/buildAndAudit')).buildAndAudit(audits, item)),
    renameTarget: onTarget(async (item) => (await import('./audit/pageCommands')).renameTarget(item)),
    setTitle: onTarget(async (item) => (await import('./audit/pageCommands')).setTargetTitle(item)),
    setBelonging: onTarget(async (item) => (await import('./audit/touchpointCommands')).setStageAndOwner(item)),
    signIn: async (clicked: unknown) => {
      const [item] = targetsView.itemsOf(clicked, undefined);
      await (await import('./audit/signIn')).signInWithQuestions(parts, item);
    },
    confirmPage: onTarget(async (item) => (await import('./audit/confirmPage')).confirmPage(item)),
    passConsent: onTarget(async (item) => (await import('./audit/passConsent')).passConsent(parts, item)),
    editAddress: onTarget(async (item) => (await import('./audit/pageCommands')).editAddress(item)),
    removeTarget: onTarget(async (item) => (await import('./audit/pageCommands')).removeTarget(item)),
    auditAgain: async () => {
      if (!(await audits.again())) await auditPage(models, audits);
    },
    cancelAudit: () => audits.cancel(),
    addTarget: () => addTarget(models),
    openPage: (node?: TargetNode) => openPage(node),
    openResult: async (item?: TargetItem) => (await results.get()).openResult(item),
    compareWithPrevious: async (item?: TargetItem) => (await results.get()).openResult(item, true),
    openReport: async (item?: TargetItem) => (await results.get()).openReport(item),
    doctor: async () => (await import('./audit/browserCommands')).doctor(log),
    chooseBrowser: async () => (await import('./audit/browserCommands')).chooseBrowser(),
    downloadBrowser: async () => (await import('./audit/browserCommands')).downloadForAudits(),
    setCredentials: () => credentials.ask(),
    clearCredentials: () => credentials.clear(),
    openSampleShop: async () => (await import('./audit/sampleShop')).openSampleShop(context),
    showLog: () => log.show(),

    showFinding: async (finding: FindingName) => (await findings.get()).showFinding(finding),
    goToCode: async (node: FindingNode | FindingName) => {
      const { model, id, place } = nameOf(node);
      await (await import('./shared/goToCode')).goToCode(model, id, place);
    },
    checkAgain: async (clicked: unknown, chosen: unknown) => {
      const { checkAgain } = await import('./findings/checkAgain');
      await checkAgain(audits, findingsView.itemsOf(clicked, chosen));
    },
    fixPlace: async ({ model, id, place }: FindingName) =>
      (await import('./findings/applyFix')).applyFix(model, id, place ?? null),
    showMarks: () => marks.show(true),
    hideMarks: () => marks.show(false),
    openFinding: (node: FindingNode | FindingName) => openInRecord(node),
    openRecord: () => withModel(({ uri }) => vscode.window.showTextDocument(uri)),
    filterFindings: () => findingsView.askText(),
    clearFilter: () => findingsView.clearFilter(),
    groupFindings: () => findingsView.askGrouping(),
    chooseFindings: () => findingsView.askWhich(),
    accept: triage('accept'),
    falsePositive: triage('false-positive'),
    fix: triage('fix'),
    reopen: triage('reopen'),
    assign: triage('assign'),
    setSeverity: triage('severity'),
    setStage: triage('stage'),
    addNote: triage('note'),
    mergeFindings: async () => (await import('./findings/mergeCommands')).mergeFindings(models),
    mergeOther: async () => (await import('./findings/mergeCommands')).mergeOtherFile(models),
    copySummary: async () => (await import('./findings/mergeCommands')).copySummary(models),
    exportFindings: async () => (await import('./findings/exchangeCommands')).exportFindings(models),
    importReports: async () => (await import('./findings/exchangeCommands')).importReportFiles(models),

    showJourney: (given: unknown) => onJourney(given, (item, pages) => pages.showJourney(item)),
    editSteps: (given: unknown) => onJourney(given, (item, pages) => pages.showJourney(item, true)),
    runJourney: (given: unknown, how: unknown) =>
      onJourney(given, async (item, pages) => {
        const { runJourney } = await import('./journey/runJourney');
        const isAudit = typeof how === 'object' && how !== null && 'audits' in how && how.audits === true;
        await runJourney(parts, audits, item, { audits: isAudit });
        pages.showJourney(item);
      }),
    runSession: (given: unknown) =>
      onJourney(given, async (item) => {
        const { runSessionWithQuestions } = await import('./journey/runSession');
        await runSessionWithQuestions(await sessions.get(), audits, item);
      }),
    importRecording: async (given: unknown) => {
      const { importDropped, importRecording } = await import('./journey/importRecording');
      if (given instanceof vscode.DataTransfer) await importDropped(models, given);
      else await importRecording(models, typeof given === 'string' ? given : undefined);
    },

    myWork: async () => (await parts.pages.work.get()).showWork(),
    evaluatePage: async (given: EvaluationItem | ChecklistName) => {
      const { askEvaluation } = await import('./evaluation/askEvaluation');
      const choice = await askEvaluation(parts, given);
      if (choice) await (await evaluations.get()).showEvaluation(choice);
    },
    openEvaluation: about((choice, pages) => pages.showEvaluation(choice)),
    showTogether: about((choice, pages) => pages.showEvaluation(choice, 'together')),
    addJourney: () => withModel(async (model) => (await import('./evaluation/askEvaluation')).askJourney(model)),
    recordJourney: async () => (await import('./journey/recordJourney')).recordWithQuestions(parts),
    addTouchpoint: () => withModel(async (model) => (await import('./audit/touchpointCommands')).addTouchpoint(model)),
    newChecklist: async () => (await import('./evaluation/newChecklist')).newChecklist(models, await checklists.get()),
    editChecklist: async (given?: ChecklistName) =>
      (await import('./evaluation/newChecklist')).editChecklist(models, await checklists.get(), given),
    openChecklistFile: async (given?: ChecklistName) => {
      const name = given ?? (await checklists.get()).checklistInFront;
      if (name) await (await import('./evaluation/newChecklist')).openFile(name);
    },
    shareEvaluation: about(async (choice) => (await import('./evaluation/shareEvaluation')).shareEvaluation(choice)),
    exportEvaluation: about(async (choice) =>
      (await import('./evaluation/exchangeEvaluations')).exportEvaluation(choice),
    ),
    importEvaluation: async () => {
      const { askEvaluation } = await import('./evaluation/askEvaluation');
      const choice = await askEvaluation(parts);
      const { importEvaluation } = await import('./evaluation/exchangeEvaluations');
      if (choice) await importEvaluation(choice, await evaluations.get());
    },

    showImpact: async () => void (await (await impact.get()).showImpact()),
    importOutcomes: async (file: unknown) =>
      (await impact.get()).importTable(typeof file === 'string' ? file : undefined),
    makeSurvey: async () => (await import('./impact/makeSurvey')).makeSurvey(models, context.extensionUri),
    groupComments: async () => (await import('./impact/groupComments')).groupCommentsWithQuestions(models),
    setFieldKey: async () => void (await (await impact.get()).setFieldKey()),
    exportImpact: async () => (await impact.get()).exportHtml(),
  };
}
