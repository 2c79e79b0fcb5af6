import { answerVerdicts, parseAnswerKey, roundOf, usableEvaluations } from '../evaluation/evaluation';
import { hiddenFindings } from '../evaluation/visibility';
import { byCodeUnit } from '../record/canonicalText';
import type { ParsedRecord } from '../record/parseRecord';
import { type AuditRecord, type Evaluation, findingSchema, isOpen } from '../record/record';

/** What reports say of a submitted evaluation. */
export interface EvaluationFacts {
  evaluation: Evaluation;
  round: number;
  /** The number of items by verdict, in the order pass, fail, n/a, unsure; only verdicts that occur. */
  counts: { verdict: string; n: number }[];
  /** Items whose verdict is unsure. */
  unsure: string[];
  /** How many of its problems are open or reopened. */
  open: string[];
}

/** The newest submitted evaluation for each target, checklist and evaluator. */
export function submittedEvaluations({ record, invalid }: Pick<ParsedRecord, 'record' | 'invalid'>): EvaluationFacts[] {
  const newest = new Map<string, Evaluation>();
  const sorted = usableEvaluations(record)
    .filter(({ id, state }) => state.status === 'submitted' && !invalid.has(id))
    .sort((a, b) => byCodeUnit(a.id, b.id) || roundOf(a) - roundOf(b));
  for (const evaluation of sorted) {
    const key = [evaluation.target, evaluation.checklist.split('@')[0], evaluation.evaluator].join('\n');
    const known = newest.get(key);
    if (!known || roundOf(known) < roundOf(evaluation)) newest.set(key, evaluation);
  }
  return [...newest.entries()]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, evaluation]) => factsOf(record, evaluation));
}

function factsOf(record: AuditRecord, evaluation: Evaluation): EvaluationFacts {
  const answers = Object.entries(evaluation.answers ?? {});
  const linked = [...new Set(answers.flatMap(([, { findings = [] }]) => findings))].sort(byCodeUnit);
  return {
    evaluation,
    round: roundOf(evaluation),
    counts: answerVerdicts
      .map((verdict) => ({ verdict, n: answers.filter(([, answer]) => answer.verdict === verdict).length }))
      .filter(({ n }) => n > 0),
    unsure: answers.filter(([, { verdict }]) => verdict === 'unsure').map(([key]) => itemName(key)),
    open: linked.filter((id) => {
      const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
      return finding !== undefined && findingSchema.safeParse(finding).success && isOpen(finding);
    }),
  };
}

/** `CW1 (letter)` for the answer key `CW1@letter`. */
function itemName(key: string): string {
  const { item, step } = parseAnswerKey(key);
  return step === undefined ? item : `${item} (${step})`;
}

/** The findings that a reader may see: without those of evaluations that nobody has submitted yet. */
export function isPublic(record: AuditRecord): (finding: { id: string }) => boolean {
  const hidden = hiddenFindings(record);
  return ({ id }) => !hidden.has(id);
}
