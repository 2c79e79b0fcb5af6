import type { ChecklistItem } from '../../core/checklist/checklist';
import { itemName } from '../../core/checklist/itemName';
import { failedFirst } from '../../core/evaluation/newRound';
import type { Answer } from '../../core/record/record';
import type {
  EvaluationEvents,
  EvaluationPageState,
  EvaluationView,
  evaluationContract,
  MachineResult,
  SubjectName,
  SubjectState,
} from '../../protocol/evaluationPage';
import { connect } from '../shared/host';

export const { host, on, kept } = connect<typeof evaluationContract, EvaluationEvents>();

/** What the page shows besides the state that the host knows. */
export const ui = {
  state: undefined as EvaluationPageState | undefined,
  view: 'form' as EvaluationView,
  /** Index of the subject that is shown. */
  at: 0,
  item: '',
  /** How J goes through several pages: all items of a page first, or one item on all pages first. */
  order: 'page' as 'page' | 'item',
  /** The problem that severity keys are about. */
  problem: undefined as string | undefined,
  /** The id of the problem that is being rated; '' for the first. */
  rated: '',
  /** Whether others' ratings are shown even of problems that one has not rated. */
  ratingsShown: false,
  /** How many writes the host has not answered. */
  unsaved: 0,
  notSaved: '',
  /** Why the record refused the last write; it will not be tried again. */
  notTaken: '',
  machine: new Map<string, Record<string, MachineResult>>(),
  freshness: new Map<string, { state: string; why: string }>(),
  isHelpOpen: false,
};

export function subjectNow(): SubjectState | undefined {
  return ui.state?.subjects[ui.at];
}

/** Whether the present subject can be answered: its evaluation is a draft. */
export function isOpen(): boolean {
  return subjectNow()?.status === 'draft';
}

/** The name by which the host knows a subject. */
export function named({ evaluation, step }: SubjectState): SubjectName {
  return { evaluation, ...(step !== undefined && { step }) };
}

/** What people read of a target or its step: `Checkout`, or `Insurance claim, step: letter`. */
export function nameOf({ target, step }: { target: string; step?: string }): string {
  const title = ui.state?.titles[target] ?? target;
  return step === undefined ? title : `${title}, step: ${step}`;
}

/** The item that a rule of a problem stands for, in words; the rule itself of another checklist. */
export function ruleName(rule: string): string {
  const [checklist, id = ''] = rule.split('/');
  return checklist === ui.state?.checklist.id && id !== '' ? itemName(id, itemOf(id)?.title) : rule;
}

export function itemOf(id: string): ChecklistItem | undefined {
  return ui.state?.checklist.items.find((item) => item.id === id);
}

/**
 * The items that count for a subject, in the order of the checklist or with what failed first; the answered ones if its
 * texts are missing.
 */
export function askedOf(subject: SubjectState): string[] {
  const items = subject.asked.length > 0 ? subject.asked : answeredItems(subject);
  return isFailedFirst(subject) ? failedFirst(items, subject.previous) : items;
}

/** Whether the form begins at what failed in the round before. */
export function isFailedFirst({ status, evaluation }: SubjectState): boolean {
  return status === 'draft' && (ui.state?.failedFirst ?? []).includes(evaluation);
}

/** The items that can be shown: those asked, then those answered earlier and no longer asked. */
export function itemsOf(subject: SubjectState): string[] {
  const asked = new Set(askedOf(subject));
  return [...asked, ...answeredItems(subject).filter((id) => !asked.has(id))];
}

function answeredItems({ answers }: SubjectState): string[] {
  return Object.keys(answers).filter((id) => id !== 'other' && id !== 'PURE');
}

export function answerOf(subject: SubjectState, item: string): Answer {
  return Object.hasOwn(subject.answers, item) ? (subject.answers[item] as Answer) : {};
}

/** How many items have a verdict. */
export function doneIn(subject: SubjectState): number {
  return askedOf(subject).filter((id) => answerOf(subject, id).verdict !== undefined).length;
}
