import { byCodeUnit } from '../record/canonicalText';
import type { AuditRecord } from '../record/record';
import { checklistIdOf, roundOf, usableEvaluations } from './evaluation';
import { draftsInTheWay } from './visibility';

/** What people answered to one checklist about one target. */
export interface Asked {
  checklist: string;
  /** How many people submitted answers. */
  people: number;
  /** Questions that at least one of them answered with pass or fail. */
  of: number;
  /** Questions that at least one of them answered with fail. */
  failed: number;
}

/**
 * The answers of submitted evaluations of a target, by checklist: of each person those of the last round. Nothing of a
 * checklist that somebody is still answering.
 */
export function askedOf(record: AuditRecord, target: string): Asked[] {
  const submitted = usableEvaluations(record).filter(
    (one) => one.target === target && one.state.status === 'submitted',
  );
  return [...Map.groupBy(submitted, checklistIdOf)]
    .filter(([checklist]) => draftsInTheWay(record, { target, checklist }, {}).length === 0)
    .map(([checklist, all]) => {
      const last = new Map(all.toSorted((a, b) => roundOf(a) - roundOf(b)).map((one) => [one.evaluator, one]));
      const answers = [...last.values()].flatMap((one) => Object.entries(one.answers ?? {}));
      const count = (...verdicts: string[]) =>
        new Set(answers.flatMap(([key, { verdict = '' }]) => (verdicts.includes(verdict) ? [key] : []))).size;
      return { checklist, people: last.size, of: count('pass', 'fail'), failed: count('fail') };
    })
    .sort((a, b) => byCodeUnit(a.checklist, b.checklist));
}
