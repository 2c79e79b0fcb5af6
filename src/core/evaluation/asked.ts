import { byCodeUnit } from '../record/canonicalText';
import type { AuditRecord } from '../record/record';
import { checklistIdOf, parseAnswerKey, roundOf, usableEvaluations } from './evaluation';
import { draftsInTheWay } from './visibility';

/** What people answered to one checklist about one target. */
export interface Asked {
  checklist: string;
  /** How many people submitted answers. */
  people: number;
  /** Questions that at least one of them answered with pass or fail. */
  of: number;
  /** Questions that at least one of them answered with fail; of the others the answer is pass. */
  failed: number;
  /** Of a checklist that is asked at each step: the steps with an answer, and those of them with a failed question. */
  steps?: { of: number; failed: number };
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
      const keys = (...verdicts: string[]) =>
        new Set(answers.flatMap(([key, { verdict = '' }]) => (verdicts.includes(verdict) ? [key] : [])));
      const [of, failed] = [keys('pass', 'fail'), keys('fail')];
      const steps = { of: stepsOf(of), failed: stepsOf(failed) };
      return {
        checklist,
        people: last.size,
        of: of.size,
        failed: failed.size,
        ...(steps.of > 0 && { steps }),
      };
    })
    .sort((a, b) => byCodeUnit(a.checklist, b.checklist));
}

/** How many steps some answers are about. */
function stepsOf(keys: ReadonlySet<string>): number {
  return new Set([...keys].flatMap((key) => parseAnswerKey(key).step ?? [])).size;
}

/** The checklists of which nothing is said of a target, since somebody is still answering them. */
export function awaitedOf(record: AuditRecord, target: string): string[] {
  const open = usableEvaluations(record).filter((one) => one.target === target);
  return [...new Set(open.map(checklistIdOf))]
    .filter((checklist) => draftsInTheWay(record, { target, checklist }, {}).length > 0)
    .sort(byCodeUnit);
}
