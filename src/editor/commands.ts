import * as vscode from 'vscode';
import type { MachineCommand } from '../contributions';
import type { TriageChoice } from '../protocol/findingPage';
import { addTarget, type TargetItem } from './audit/auditCommands';
import type { TargetNode } from './audit/targetItems';
import { openPage } from './audit/targetsView';
import { commandSubjects, type EvaluationItem, type Parts } from './commandSubjects';
import type { ChosenTargets } from './evaluation/askEvaluation';
import type { ChecklistName } from './evaluation/checklistPanels';
import { type FindingName, type FindingNode, nameOf } from './findings/findingItems';
import { openInRecord } from './findings/findingsView';
import { chooseModel } from './shared/chooseModel';
import type { CommandHandlers } from './shared/registerCommands';

/** The handler of each command that needs no machine. A command loads code that is seldom needed when it runs. */
export function commandHandlers(parts: Parts): Omit<CommandHandlers, MachineCommand> {
  const { context, log, models, findingsView, marks } = parts;
  const { results, findings, evaluations, checklists, impact } = parts.pages;
  const triage = (choice: TriageChoice) => async (clicked: unknown, chosen: unknown) => {
    const { triageWithQuestions } = await import('./findings/triageCommands');
    await triageWithQuestions(choice, findingsView.itemsOf(clicked, chosen), context.globalState);
  };
  const { onTarget, onEvaluation, onJourney } = commandSubjects(parts);
  const withModel = async (work: (model: NonNullable<Awaited<ReturnType<typeof chooseModel>>>) => unknown) => {
    const model = await chooseModel(models);
    if (model) await work(model);
  };
  return {
    renameTarget: onTarget(async (item) => (await import('./audit/pageCommands')).renameTarget(item)),
    setTitle: onTarget(async (item) => (await import('./audit/pageCommands')).setTargetTitle(item)),
    setBelonging: onTarget(async (item) => (await import('./audit/touchpointCommands')).setStageAndOwner(item)),
    editAddress: onTarget(async (item) => (await import('./audit/pageCommands')).editAddress(item)),
    removeTarget: onTarget(async (item) => (await import('./audit/pageCommands')).removeTarget(item)),
    addTarget: () => addTarget(models),
    openPage: (node?: TargetNode) => openPage(node),
    openResult: async (item?: TargetItem) => (await results.get()).openResult(item),
    compareWithPrevious: async (item?: TargetItem) => (await results.get()).openResult(item, true),
    showLog: () => log.show(),

    showFinding: async (finding: FindingName) => (await findings.get()).showFinding(finding),
    goToCode: async (node: FindingNode | FindingName) => {
      const { model, id, place } = nameOf(node);
      await (await import('./shared/goToCode')).goToCode(model, id, place);
    },
    fixPlace: async ({ model, id, place }: FindingName) =>
      (await import('./findings/applyFix')).applyFix(model, id, place ?? null),
    showMarks: () => marks.show(true),
    hideMarks: () => marks.show(false),
    openInRecord: (node: FindingNode | FindingName) => openInRecord(node),
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
    importRecording: async (given: unknown) => {
      const { importDropped, importRecording } = await import('./journey/importRecording');
      if (given instanceof vscode.DataTransfer) await importDropped(models, given);
      else await importRecording(models, typeof given === 'string' ? given : undefined);
    },

    myWork: async () => (await parts.pages.work.get()).showWork(),
    evaluatePage: async (given: EvaluationItem | ChecklistName | ChosenTargets) => {
      const { askEvaluation } = await import('./evaluation/askEvaluation');
      const choice = await askEvaluation(parts, given);
      if (choice) await (await evaluations.get()).showEvaluation(choice);
    },
    openEvaluation: onEvaluation((choice, pages) => pages.showEvaluation(choice)),
    showTogether: onEvaluation((choice, pages) => pages.showEvaluation(choice, 'together')),
    addJourney: () => withModel(async (model) => (await import('./evaluation/askEvaluation')).askJourney(model)),
    addTouchpoint: () => withModel(async (model) => (await import('./audit/touchpointCommands')).addTouchpoint(model)),
    newChecklist: async () => (await import('./evaluation/newChecklist')).newChecklist(models, await checklists.get()),
    editChecklist: async (given?: ChecklistName) =>
      (await import('./evaluation/newChecklist')).editChecklist(models, await checklists.get(), given),
    openChecklistFile: async (given?: ChecklistName) => {
      const name = given ?? (await checklists.get()).checklistInFront;
      if (name) await (await import('./evaluation/newChecklist')).openFile(name);
    },
    exportEvaluation: onEvaluation(async (choice) =>
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
    setFieldKey: async () => void (await (await impact.get()).setFieldKey()),
    exportImpact: async () => (await impact.get()).exportHtml(),
  };
}
