import type { Checklist } from '../../../../src/core/checklist/checklist';
import {
  type AnswerVerdict,
  setAnswer,
  startEvaluation,
  submitEvaluation,
} from '../../../../src/core/evaluation/evaluation';
import { addProblem } from '../../../../src/core/evaluation/problems';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';

export const on = '2026-11-22';

export const checklist: Checklist = {
  schemaVersion: 1,
  id: 'house-rules',
  version: 1,
  title: 'House rules',
  appliesTo: ['page', 'step'],
  items: Array.from({ length: 12 }, (_, index) => ({
    id: `A${String(index + 1).padStart(2, '0')}`,
    title: `Item ${index + 1}`,
    question: `Is item ${index + 1} so?`,
  })),
};

export function record(): AuditRecord {
  return {
    ...emptyRecord(),
    targets: {
      checkout: { kind: 'page', path: '/checkout', origins: { local: 'http://localhost:3000' } },
      home: { kind: 'page', path: '/' },
      claim: { kind: 'journey', steps: ['find the form', 'letter'] },
    },
  };
}

let last = 0;

/** A record with one more evaluation in it: verdicts in the order of the items, and problems by item. */
export function evaluated(
  before: AuditRecord,
  evaluator: string,
  verdicts: readonly AnswerVerdict[],
  {
    target = 'checkout',
    submit = true,
    problems = {},
  }: { target?: string; submit?: boolean; problems?: Record<string, string[]> } = {},
): { record: AuditRecord; id: string; problems: string[] } {
  const started = startEvaluation(before, { target, checklist, evaluator, on });
  let result = started.record;
  for (const [index, verdict] of verdicts.entries()) {
    result = setAnswer(result, started.id, checklist.items[index]?.id ?? '', { verdict });
  }
  const ids: string[] = [];
  for (const [item, titles] of Object.entries(problems)) {
    for (const title of titles) {
      last += 1;
      const added = addProblem(
        result,
        started.id,
        item,
        { title, rating: { severity: 3 } },
        { suffix: `aa${String(last).padStart(4, '0')}`, on },
      );
      result = added.record;
      ids.push(added.id);
    }
  }
  if (submit) result = submitEvaluation(result, started.id, { on, commit: '4f2c9d1' });
  return { record: result, id: started.id, problems: ids };
}
