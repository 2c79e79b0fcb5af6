import { activeItems, type Checklist, parseChecklistName } from '../../core/checklist/checklist';
import { usageError } from '../../core/errors';
import { shownTo } from '../../core/evaluation/discussion';
import {
  checklistIdOf,
  evaluationOf,
  parseAnswerKey,
  roundOf,
  roundsOf,
  type Subject,
  subjectsOf,
  usableEvaluations,
} from '../../core/evaluation/evaluation';
import { type JointView, jointViews } from '../../core/evaluation/jointView';
import { draftsInTheWay } from '../../core/evaluation/visibility';
import { journeySteps } from '../../core/journey/recording';
import type { AuditRecord, Evaluation } from '../../core/record/record';
import { titleOf } from '../../core/record/targets';
import type { EvaluationPageState, ShownState, SubjectName, SubjectState } from '../../protocol/evaluationPage';
import { type ListedChecklist, picturesOf } from '../checklists';
import { machineState } from '../machineResults';
import { knownUrl } from '../planPages';
import { recordingOf } from '../recordings';
import { attachmentUrls, type FileUrl, type OpenRecord, pictureUrls, readableFinding } from './openRecord';

/** What one person evaluates in one form. */
export interface EvaluationSelection {
  targets: string[];
  checklist: string;
  me: string;
}

/** The input of an evaluation's page. */
export interface Evaluated extends EvaluationSelection {
  open: OpenRecord;
  /** The record with the form's answers that are not written yet. */
  record: AuditRecord;
  /** The checklist as it is now; undefined when it cannot be read. */
  listed: ListedChecklist | undefined;
}

/** The subjects that an evaluation of a target answers for; none while the checklist or a step is unknown. */
export function subjectsIn(record: AuditRecord, target: string, checklist: Checklist | undefined): Subject[] {
  const known = Object.hasOwn(record.targets, target) ? record.targets[target] : undefined;
  return known && checklist ? subjectsOf(target, known, checklist) : [];
}

/**
 * The person's own evaluation that a page names.
 * @throws HumanError `evaluation-unknown`, `evaluation-not-here`
 */
export function ownEvaluation(
  record: AuditRecord,
  { targets, checklist, me }: EvaluationSelection,
  { evaluation: id }: Pick<SubjectName, 'evaluation'>,
): Evaluation {
  const evaluation = evaluationOf(record, id);
  const isOwn = evaluation.evaluator === me;
  if (isOwn && targets.includes(evaluation.target) && checklistIdOf(evaluation) === checklist) return evaluation;
  throw usageError(
    'evaluation-not-here',
    'That page or step is no longer part of this evaluation.',
    'Close the form and open it again.',
  );
}

/** The state of the page, except what only its panel knows. */
export async function evaluationPage(
  evaluated: Evaluated,
  fileUrl: FileUrl,
): Promise<Omit<EvaluationPageState, 'view' | 'selection' | 'failedFirst' | 'sent' | 'hasMessage'>> {
  const { open, me, record, listed, checklist: id } = evaluated;
  const missing = listed?.error?.message ?? `There is no checklist "${id}" here.`;
  const steps = await recordedSteps(evaluated);
  const subjects = evaluated.targets.flatMap((target) => subjectStates(evaluated, target, steps.get(target)));
  const { joint, jointHidden } = jointOf(evaluated);
  const toRate = joint.flatMap(({ problems }) => problems.map(({ finding }) => finding.id));
  const linked = subjects.flatMap(({ answers, previous }) =>
    [...Object.values(answers), ...Object.values(previous)].flatMap(({ findings = [] }) => findings),
  );
  const shown = shownTo(record, { handle: me });
  const problems = [...new Set([...linked, ...toRate])].flatMap((one) => {
    const finding = readableFinding({ record }, one);
    return finding ? [shown(finding)] : [];
  });
  return {
    me,
    checklist: await shownChecklist(evaluated, subjects),
    checklistError: listed?.checklist ? null : `${missing} Answers are kept and shown by the ids of their items.`,
    subjects,
    titles: Object.fromEntries(evaluated.targets.map((target) => [target, titleOf(record.targets, target)])),
    problems: Object.fromEntries(problems.map((problem) => [problem.id, problem])),
    toRate,
    joint,
    jointHidden,
    attachments: {
      ...(await attachmentUrls(open, problems, fileUrl)),
      ...(await pictureUrls(open.workspace, listed?.checklist ? picturesOf(listed.checklist) : [], fileUrl)),
    },
    stale: open.error?.message ?? null,
  };
}

/** The automated checks that items of a checklist refer to. */
export function rulesOf(checklist: Checklist | undefined): string[] {
  return checklist?.items.flatMap(({ covers = [] }) => covers) ?? [];
}

/** The subjects of a target in the person's newest evaluation, with the answers of the one before. */
function subjectStates(
  { open, record, listed, checklist: id, me }: Evaluated,
  target: string,
  recorded: readonly string[] | undefined,
): SubjectState[] {
  const checklist = listed?.checklist;
  const [before, evaluation] = lastTwo(roundsOf(record, { target, checklist: id, evaluator: me }));
  if (!evaluation) return [];
  const isKnown = record.targets[target] !== undefined && checklist !== undefined;
  const subjects = isKnown ? subjectsIn(record, target, checklist) : stepsAnswered(evaluation);
  const { version } = parseChecklistName(evaluation.checklist);
  const others = usableEvaluations(record).filter(
    (other) => other.target === target && checklistIdOf(other) === id && other.evaluator !== me,
  );
  return subjects.map(({ step }) => ({
    target,
    ...(step !== undefined && { step }),
    evaluation: evaluation.id,
    round: roundOf(evaluation),
    status: evaluation.state.status === 'submitted' ? 'submitted' : 'draft',
    version,
    asked: checklist ? activeItems(checklist, version).map((item) => item.id) : [],
    url: knownUrl(record.targets, target),
    shows: shownStatesOf(step, recorded, knownUrl(record.targets, target) !== null),
    audited: machineState(open.parsed, open.latest, target, rulesOf(checklist)),
    answers: answersOf(evaluation, step),
    previous: before ? answersOf(before, step) : {},
    previousOn: before?.state.on ?? null,
    others: others.map(({ evaluator, state }) => ({ handle: evaluator, status: state.status })),
  }));
}

/** The steps that the recordings of journeys have, by target; a page and a journey without one have none. */
async function recordedSteps({ open, record, targets }: Evaluated): Promise<Map<string, string[]>> {
  const steps = targets.map(async (target): Promise<[string, string[]][]> => {
    const recording = await recordingOf(open.workspace, record, target);
    return recording ? [[target, journeySteps(recording).map(({ name }) => name)]] : [];
  });
  return new Map((await Promise.all(steps)).flat());
}

/** The states of which a picture can be taken: of a step that is recorded, first as it leaves the page. */
function shownStatesOf(
  step: string | undefined,
  recorded: readonly string[] | undefined,
  hasAddress: boolean,
): ShownState[] {
  const isWalked = step !== undefined && recorded?.includes(step);
  return [...(isWalked ? ['step' as const] : []), ...(recorded || hasAddress ? (['open', 'hand'] as const) : [])];
}

function lastTwo(rounds: readonly Evaluation[]): [Evaluation | undefined, Evaluation | undefined] {
  return [rounds.at(-2), rounds.at(-1)];
}

/** What all evaluators found; hidden until the person has submitted. */
function jointOf(evaluated: Evaluated): { joint: JointView[]; jointHidden: string | null } {
  const { record, targets, me, checklist: id, listed } = evaluated;
  if (targets.some((target) => draftsInTheWay(record, { target, checklist: id }, { handle: me }).length > 0)) {
    return {
      joint: [],
      jointHidden:
        'You have not submitted your evaluation yet, so what others found stays out of sight: independent eyes ' +
        'find more. (The record itself is a file that everybody can read.)',
    };
  }
  const joint = targets.flatMap((target) =>
    jointViews(record, target, id, listed?.checklist, subjectsIn(record, target, listed?.checklist)),
  );
  const isAny = joint.some(({ evaluations }) => evaluations.length > 0);
  return { joint, jointHidden: isAny ? null : 'Nobody has submitted an evaluation with this checklist yet.' };
}

/** The items that the checklist asks, and the retired ones that were answered. */
async function shownChecklist(
  { listed, checklist: id }: Evaluated,
  subjects: readonly SubjectState[],
): Promise<EvaluationPageState['checklist']> {
  const { metricOf } = await import('../../core/metrics/metrics');
  const checklist = listed?.checklist;
  const answered = new Set(subjects.flatMap(({ answers }) => Object.keys(answers)));
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

/** The answers of one step, by item; without a step, those of the target itself. */
function answersOf(evaluation: Evaluation, step: string | undefined): SubjectState['answers'] {
  return Object.fromEntries(
    Object.entries(evaluation.answers ?? {}).flatMap(([key, answer]) => {
      const parsed = parseAnswerKey(key);
      return parsed.step === step ? [[parsed.item, answer]] : [];
    }),
  );
}

/** The steps that have answers, for a checklist that can no longer be read. */
function stepsAnswered({ target, answers = {} }: Evaluation): Subject[] {
  const steps = [...new Set(Object.keys(answers).map((key) => parseAnswerKey(key).step))];
  if (steps.length === 0) return [{ target }];
  return steps.map((step) => (step === undefined ? { target } : { target, step }));
}
