import { activeItems, type Checklist } from '../checklist/checklist';
import { byCodeUnit } from '../record/canonicalText';
import { type AuditRecord, type Evaluation, type Finding, findingSchema } from '../record/record';
import {
  type AnyTwoAgreement,
  anyTwoAgreement,
  fleissKappa,
  foundByMany,
  foundByOne,
  weightedKappa,
} from './agreement';
import {
  answerKey,
  answerOf,
  checklistIdOf,
  parseAnswerKey,
  roundOf,
  type Subject,
  usableEvaluations,
} from './evaluation';

/** Raters differ from this range of severities on. */
export const RATERS_DIFFER = 2;
/** The fewest items that kappa is shown for. */
export const KAPPA_ITEMS = 10;

/** One problem with what all evaluators say of it. */
export interface JointProblem {
  finding: Finding;
  /** Handles of the evaluators who found it. */
  foundBy: string[];
  ratings: { handle: string; severity: number }[];
  /** The mean, lowest and highest rating; undefined without one. */
  severity?: { mean: number; min: number; max: number };
  ratersDiffer: boolean;
  consensus?: { severity: number; by: string; on: string; note?: string | undefined };
}

export interface JointItem {
  key: string;
  title: string;
  step?: string;
  /** Verdicts by handle; absent for an evaluator who left the item open. */
  verdicts: Record<string, string>;
  /** What evaluators wrote beside their verdicts, by handle. */
  notes: Record<string, string>;
  /** Whether one evaluator says pass and another fail. */
  disagree: boolean;
}

/** A kappa, or why there is none. */
export type Kappa = { value: number; items: number; raters: number } | { tooFew: string };

/** The submitted evaluations of one target with one checklist, side by side. */
export interface JointView {
  target: string;
  checklist: string;
  round: number;
  /** The rounds with a submitted evaluation, newest first. */
  rounds: number[];
  /** The submitted evaluations of this round, by evaluator. */
  evaluations: { id: string; handle: string; round: number; on?: string | undefined; checklist: string }[];
  /** Handles of the evaluators with a draft of this round, or of one after the newest. */
  drafts: string[];
  problems: JointProblem[];
  items: JointItem[];
  anyTwo: AnyTwoAgreement | undefined;
  /** Whether several evaluators found problems but share none, so that some may be duplicates to merge. */
  duplicatesOpen: boolean;
  /** Fleiss' kappa of the verdicts. */
  verdictKappa: Kappa;
  /** Cohen's kappa of the severity ratings, weighted by distance, for each pair of raters. */
  severityKappa: { raters: [string, string]; kappa: Kappa }[];
  /** The share that this many evaluators found in published case studies; says nothing of this evaluation. */
  planning: { evaluators: number; low: number; mean: number; high: number; next: { low: number; high: number } };
}

/**
 * Compares the submitted evaluations of one round. Never mixes rounds, since a problem found in another round need not
 * exist any more. Problems that most evaluators found come first, then the most severe.
 * @param asked the round; when left out, the newest with a submitted evaluation
 */
export function jointView(
  record: AuditRecord,
  target: string,
  checklistId: string,
  checklist: Checklist | undefined,
  subjects: readonly Subject[],
  asked?: number,
): JointView {
  const all = usableEvaluations(record).filter(
    (evaluation) => evaluation.target === target && checklistIdOf(evaluation) === checklistId,
  );
  const isSubmitted = ({ state }: Evaluation) => state.status === 'submitted';
  const submitted = all.filter(isSubmitted);
  const rounds = [...new Set(submitted.map(roundOf))].sort((a, b) => b - a);
  const newest = rounds[0] ?? 1;
  const round = asked ?? newest;
  const evaluations = submitted
    .filter((evaluation) => roundOf(evaluation) === round)
    .sort((a, b) => byCodeUnit(a.evaluator, b.evaluator));
  const isAtIt = (evaluation: Evaluation) =>
    roundOf(evaluation) === round || (round === newest && roundOf(evaluation) > round);
  const drafts = all.filter((evaluation) => !isSubmitted(evaluation) && isAtIt(evaluation));
  const found = evaluations.map(
    ({ answers }) => new Set(Object.values(answers ?? {}).flatMap(({ findings }) => findings ?? [])),
  );
  const problems = problemsOf(record, evaluations, found);
  const known = new Set(problems.map(({ finding }) => finding.id));
  const items = itemsOf(evaluations, checklist, subjects);
  const count = evaluations.length;
  return {
    target,
    checklist: checklistId,
    round,
    rounds,
    evaluations: evaluations.map((evaluation) => ({
      id: evaluation.id,
      handle: evaluation.evaluator,
      round: roundOf(evaluation),
      on: evaluation.state.on,
      checklist: evaluation.checklist,
    })),
    drafts: [...new Set(drafts.map(({ evaluator }) => evaluator))].sort(byCodeUnit),
    problems,
    items,
    anyTwo: anyTwoAgreement(found.map((ids) => new Set([...ids].filter((id) => known.has(id))))),
    duplicatesOpen:
      new Set(problems.flatMap(({ foundBy }) => foundBy)).size > 1 &&
      problems.every(({ foundBy }) => foundBy.length < 2),
    verdictKappa: verdictKappa(items, evaluations),
    severityKappa: severityKappas(problems),
    planning: {
      evaluators: count,
      low: foundByMany(count, foundByOne.low),
      mean: foundByMany(count, foundByOne.mean),
      high: foundByMany(count, foundByOne.high),
      next: { low: foundByMany(count + 1, foundByOne.low), high: foundByMany(count + 1, foundByOne.high) },
    },
  };
}

/** The joint views of all rounds, newest first; a single empty one when nobody has submitted. */
export function jointViews(
  record: AuditRecord,
  target: string,
  checklistId: string,
  checklist: Checklist | undefined,
  subjects: readonly Subject[],
): JointView[] {
  const viewOf = (round?: number) => jointView(record, target, checklistId, checklist, subjects, round);
  const newest = viewOf();
  return [newest, ...newest.rounds.slice(1).map(viewOf)];
}

function problemsOf(
  record: AuditRecord,
  evaluations: readonly Evaluation[],
  found: readonly ReadonlySet<string>[],
): JointProblem[] {
  const ids = [...new Set(found.flatMap((set) => [...set]))];
  const problems = ids.flatMap((id): JointProblem[] => {
    const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
    if (!finding || !findingSchema.safeParse(finding).success) return [];
    const foundBy = evaluations.filter((_, index) => found[index]?.has(id)).map(({ evaluator }) => evaluator);
    return [{ finding, foundBy, ...ratingsOf(finding) }];
  });
  return problems.sort(
    (a, b) =>
      b.foundBy.length - a.foundBy.length ||
      (b.severity?.mean ?? -1) - (a.severity?.mean ?? -1) ||
      byCodeUnit(a.finding.id, b.finding.id),
  );
}

/** The ratings of a problem with their mean and range. */
export function ratingsOf(finding: Finding): Omit<JointProblem, 'finding' | 'foundBy'> {
  const ratings = Object.entries(finding.ratings ?? {})
    .map(([handle, { severity }]) => ({ handle, severity }))
    .sort((a, b) => byCodeUnit(a.handle, b.handle));
  const values = ratings.map(({ severity }) => severity);
  const { consensus } = finding.state;
  if (values.length === 0) return { ratings, ratersDiffer: false, ...(consensus && { consensus }) };
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return {
    ratings,
    severity: { mean: values.reduce((sum, value) => sum + value, 0) / values.length, min, max },
    ratersDiffer: max - min >= RATERS_DIFFER,
    ...(consensus && { consensus }),
  };
}

function itemsOf(
  evaluations: readonly Evaluation[],
  checklist: Checklist | undefined,
  subjects: readonly Subject[],
): JointItem[] {
  const titles = new Map((checklist ? activeItems(checklist) : []).map(({ id, title }) => [id, title]));
  const asked = subjects.flatMap(({ step }) => [...titles.keys()].map((id) => answerKey(id, step)));
  const answered = evaluations.flatMap(({ answers }) =>
    Object.entries(answers ?? {}).flatMap(([key, { verdict }]) => (verdict === undefined ? [] : [key])),
  );
  const others = [...new Set(answered)].filter((key) => !asked.includes(key)).sort(byCodeUnit);
  return [...asked, ...others].map((key) => {
    const { item, step } = parseAnswerKey(key);
    const each = (field: 'verdict' | 'note'): Record<string, string> =>
      Object.fromEntries(
        evaluations.flatMap((evaluation) => {
          const said = answerOf(evaluation, key)?.[field];
          return said === undefined ? [] : [[evaluation.evaluator, said]];
        }),
      );
    const verdicts = each('verdict');
    const given = Object.values(verdicts);
    return {
      key,
      title: titles.get(item) ?? item,
      ...(step !== undefined && { step }),
      verdicts,
      notes: each('note'),
      disagree: given.includes('pass') && given.includes('fail'),
    };
  });
}

function verdictKappa(items: readonly JointItem[], evaluations: readonly Evaluation[]): Kappa {
  const handles = evaluations.map(({ evaluator }) => evaluator);
  if (handles.length < 2) return { tooFew: 'needs two evaluators who have submitted' };
  const shared = items.filter(({ verdicts }) => handles.every((handle) => Object.hasOwn(verdicts, handle)));
  if (shared.length < KAPPA_ITEMS) {
    return { tooFew: `needs ${KAPPA_ITEMS} items that all have answered; there are ${shared.length}` };
  }
  const value = fleissKappa(shared.map(({ verdicts }) => handles.map((handle) => verdicts[handle] ?? '')));
  if (value === undefined) return { tooFew: 'all gave the same verdict to everything, so chance cannot be told apart' };
  return { value, items: shared.length, raters: handles.length };
}

function severityKappas(problems: readonly JointProblem[]): JointView['severityKappa'] {
  const handles = [...new Set(problems.flatMap(({ ratings }) => ratings.map(({ handle }) => handle)))].sort(byCodeUnit);
  return handles.flatMap((one, index) =>
    handles
      .slice(index + 1)
      .map((other) => ({ raters: [one, other] as [string, string], kappa: pairKappa(problems, one, other) })),
  );
}

function pairKappa(problems: readonly JointProblem[], one: string, other: string): Kappa {
  const table = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  let shared = 0;
  for (const { ratings } of problems) {
    const a = ratings.find(({ handle }) => handle === one)?.severity;
    const b = ratings.find(({ handle }) => handle === other)?.severity;
    const row = a === undefined ? undefined : table[a];
    if (row === undefined || b === undefined) continue;
    row[b] = (row[b] ?? 0) + 1;
    shared += 1;
  }
  if (shared < KAPPA_ITEMS)
    return { tooFew: `needs ${KAPPA_ITEMS} problems that both have rated; there are ${shared}` };
  const value = weightedKappa(table);
  return value === undefined
    ? { tooFew: 'both gave everything the same severity, so chance cannot be told apart' }
    : { value, items: shared, raters: 2 };
}
