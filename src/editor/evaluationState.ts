import { activeItems, type Checklist, parseChecklistName } from '../core/checklist/checklist';
import {
  checklistIdOf,
  columnsOf,
  parseAnswerKey,
  roundOf,
  roundsOf,
  usableEvaluations,
} from '../core/evaluation/evaluation';
import { jointViews } from '../core/evaluation/jointView';
import { type AuditRecord, type Evaluation, type Finding, findingSchema } from '../core/record/record';
import type { ColumnState, EvaluationPageState } from '../protocol/evaluationPage';
import type { ListedChecklist } from '../workflow/checklists';
import { machineState } from '../workflow/machineResults';
import { planTarget } from '../workflow/planPages';
import type { RecordModel } from './recordModels';

/** What is evaluated in one panel. */
export interface EvaluationChoice {
  model: RecordModel;
  targets: string[];
  checklist: string;
  me: string;
}

/** A page or step that is evaluated: the newest round of mine, and the one before. */
export interface EvaluatedColumn {
  target: string;
  step?: string | undefined;
  evaluation: Evaluation;
  before: Evaluation | undefined;
}

/** What a form shows: a choice, the record with what was given and is not written yet, and the checklist as it is now. */
export interface Evaluated extends EvaluationChoice {
  record: AuditRecord;
  listed: ListedChecklist | undefined;
}

/** The pages and steps of a choice that have an evaluation of mine: its newest round. */
export function evaluatedColumns(
  { targets, checklist: id, me }: EvaluationChoice,
  record: AuditRecord,
  checklist: Checklist | undefined,
): EvaluatedColumn[] {
  return targets.flatMap((target) => {
    const rounds = roundsOf(record, { target, checklist: id, evaluator: me });
    const evaluation = rounds.at(-1);
    if (!evaluation) return [];
    const before = rounds.at(-2);
    const isKnown = record.targets[target] !== undefined && checklist !== undefined;
    const columns = isKnown ? stepsOf(record, target, checklist) : stepsAnswered(evaluation);
    return columns.map(({ step }) => ({ target, step, evaluation, before }));
  });
}

/** The steps that a checklist asks about on a target; none while one of them is not known. */
export function stepsOf(record: AuditRecord, target: string, checklist: Checklist | undefined) {
  const known = record.targets[target];
  return known && checklist ? columnsOf(target, known, checklist) : [];
}

/** @param pictureUrl the address at which the page can show a file of the record's folder */
export async function evaluationState(
  evaluated: Evaluated,
  pictureUrl: (file: string) => string,
): Promise<Omit<EvaluationPageState, 'view'>> {
  const { model, me, record, listed, checklist: id } = evaluated;
  const checklist = listed?.checklist;
  const columns = columnStates(evaluated);
  const { joint, jointHidden } = jointOf(evaluated);
  const toRate = joint.flatMap(({ problems }) => problems.map(({ finding }) => finding.id));
  const linked = columns.flatMap(({ answers, previous }) =>
    [...Object.values(answers), ...Object.values(previous)].flatMap(({ findings = [] }) => findings),
  );
  const problems = problemsOf(record, [...linked, ...toRate]);
  return {
    me,
    checklist: await shownChecklist(evaluated, columns),
    checklistFault: checklist
      ? null
      : `${listed?.fault?.message ?? `There is no checklist "${id}" here.`} Answers are kept and shown by the ids of their items.`,
    columns,
    problems,
    toRate,
    joint,
    jointHidden,
    pictures: picturesOf(Object.values(problems), await model.workspace.evidence(), pictureUrl),
    stale: model.fault?.message ?? null,
  };
}

/** The usable evaluations of everybody for a choice. */
function everybodys({ record, targets, checklist }: Evaluated): Evaluation[] {
  return usableEvaluations(record).filter(
    (other) => targets.includes(other.target) && checklistIdOf(other) === checklist,
  );
}

function columnStates(evaluated: Evaluated): ColumnState[] {
  const { model, me, record, listed } = evaluated;
  const checklist = listed?.checklist;
  const rules = rulesOf(checklist);
  const evaluations = everybodys(evaluated);
  return evaluatedColumns(evaluated, record, checklist).map(({ target, step, evaluation, before }): ColumnState => {
    const { version } = parseChecklistName(evaluation.checklist);
    return {
      target,
      ...(step !== undefined && { step }),
      evaluation: evaluation.id,
      round: roundOf(evaluation),
      status: evaluation.state.status === 'submitted' ? 'submitted' : 'draft',
      version,
      asked: checklist ? activeItems(checklist, version).map(({ id }) => id) : [],
      url: addressOf(record, target),
      audited: machineState(model.parsed, model.latest, target, rules),
      answers: answersOf(evaluation, step),
      previous: before ? answersOf(before, step) : {},
      previousOn: before?.state.on ?? null,
      others: evaluations
        .filter((other) => other.target === target && other.evaluator !== me)
        .map(({ evaluator, state }) => ({ handle: evaluator, status: state.status })),
    };
  });
}

/** What the evaluators say together, unless the person is still to submit. */
function jointOf(evaluated: Evaluated): Pick<EvaluationPageState, 'joint' | 'jointHidden'> {
  const { record, targets, me, checklist: id, listed } = evaluated;
  const evaluations = everybodys(evaluated);
  if (evaluations.some(({ evaluator, state }) => evaluator === me && state.status !== 'submitted')) {
    return {
      joint: [],
      jointHidden:
        'You have not submitted your evaluation yet, so what others found stays out of sight: independent eyes find more. (The record itself is a file that everybody can read.)',
    };
  }
  const joint = targets.flatMap((target) =>
    jointViews(record, target, id, listed?.checklist, stepsOf(record, target, listed?.checklist)),
  );
  const isAny = evaluations.some(({ state }) => state.status === 'submitted');
  return { joint, jointHidden: isAny ? null : 'Nobody has submitted an evaluation with this checklist yet.' };
}

function problemsOf(record: AuditRecord, ids: readonly string[]): Record<string, Finding> {
  const problems: Record<string, Finding> = {};
  for (const id of ids) {
    const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
    if (finding && findingSchema.safeParse(finding).success) problems[id] = finding;
  }
  return problems;
}

function picturesOf(
  problems: readonly Finding[],
  files: readonly string[],
  pictureUrl: (file: string) => string,
): Record<string, string> {
  const there = new Set(files);
  const shown = problems.flatMap(({ evidence = [] }) => evidence).filter((file) => there.has(file));
  return Object.fromEntries(shown.map((file) => [file, pictureUrl(file)]));
}

/** The checklist with the items that are asked, and the retired ones that were answered. */
async function shownChecklist(
  { listed, checklist: id }: Evaluated,
  columns: readonly ColumnState[],
): Promise<EvaluationPageState['checklist']> {
  const { metricOf } = await import('../core/metrics/metrics');
  const checklist = listed?.checklist;
  const answered = new Set(columns.flatMap(({ answers }) => Object.keys(answers)));
  return {
    id,
    version: checklist?.version ?? 1,
    title: checklist?.title ?? id,
    description: checklist?.description ?? '',
    licence: checklist?.source?.licence ?? '',
    items: (checklist?.items ?? [])
      .filter((item) => !item.retired || answered.has(item.id))
      .map((item) => ({ ...item, metrics: item.metrics?.map((metric) => metricOf(metric)?.name ?? metric) })),
  };
}

/** The machine checks that bear on a checklist. */
export function rulesOf(checklist: Checklist | undefined): string[] {
  return checklist?.items.flatMap(({ covers = [] }) => covers) ?? [];
}

/** The answers of one step, by item; of the target itself without a step. */
function answersOf(evaluation: Evaluation, step: string | undefined): ColumnState['answers'] {
  return Object.fromEntries(
    Object.entries(evaluation.answers ?? {}).flatMap(([key, answer]) => {
      const parsed = parseAnswerKey(key);
      return parsed.step === step ? [[parsed.item, answer]] : [];
    }),
  );
}

/** The steps that were answered, where the checklist no longer says what is asked. */
function stepsAnswered(evaluation: Evaluation): { target: string; step?: string | undefined }[] {
  const steps = new Set(Object.keys(evaluation.answers ?? {}).map((key) => parseAnswerKey(key).step));
  return steps.size === 0
    ? [{ target: evaluation.target }]
    : [...steps].map((step) => ({ target: evaluation.target, step }));
}

function addressOf(record: AuditRecord, target: string): string | null {
  try {
    return planTarget(record.targets, target).url;
  } catch {
    return null; // a journey, or a page whose address is not known
  }
}
