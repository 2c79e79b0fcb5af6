import type { TargetItem } from './audit/auditCommands';
import type { ResultPanels } from './audit/resultPanels';
import type { TargetsView } from './audit/targetsView';
import type { ChecklistPanels } from './evaluation/checklistPanels';
import type { EvaluationPanels } from './evaluation/evaluationPanels';
import type { EvaluationChoice } from './evaluation/evaluationSession';
import type { EvaluationNode } from './evaluation/evaluationsView';
import type { WorkPanels } from './evaluation/workPanels';
import type { FindingPanels } from './findings/findingPanels';
import type { FindingsView } from './findings/findingsView';
import type { MarksInCode } from './findings/marksInCode';
import type { ImpactPanels } from './impact/impactPanels';
import type { JourneyPanels } from './journey/journeyPanels';
import type { Lazy } from './shared/lazy';
import type { Shared } from './shared/shared';

/** What the commands use. */
export interface Parts extends Shared {
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
    work: Lazy<WorkPanels>;
  };
}

/** What a command about an evaluation may be used on. */
export type EvaluationItem = EvaluationNode | EvaluationChoice | undefined;

/** Finds what a command is about: a row of a tree, the page in front, or what the person chooses. */
export function commandSubjects(parts: Parts) {
  const { models, targetsView } = parts;
  const { evaluations, journeys } = parts.pages;
  const onTarget = (work: (item: TargetItem) => Promise<void>) => async (clicked: unknown) => {
    const [item] = targetsView.itemsOf(clicked, undefined);
    if (item) await work(item);
  };
  /** Runs `work` with the evaluation that a command is about. */
  const onEvaluation = (work: (choice: EvaluationChoice, pages: EvaluationPanels) => Promise<unknown>) => {
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
  return { onTarget, onEvaluation, onJourney };
}
