import { parseChecklistName } from '../checklist/checklist';
import type { Answers } from '../checklist/editChecklist';
import type { AuditRecord } from '../record/record';
import { checklistIdOf, parseAnswerKey, usableEvaluations } from './evaluation';

/** What a record holds of a checklist: its evaluations, and the items that answers and problems name. */
export function answersTo(record: AuditRecord, checklist: string): Answers {
  const evaluations = usableEvaluations(record).filter((evaluation) => checklistIdOf(evaluation) === checklist);
  const answered = evaluations.flatMap(({ answers = {} }) =>
    Object.keys(answers).map((key) => parseAnswerKey(key).item),
  );
  const rules = Object.values(record.findings)
    .filter((finding) => finding !== null) // an entry that is not valid
    .flatMap(({ rule, alsoBreaks }) => [
      ...(typeof rule === 'string' ? [rule] : []),
      ...(Array.isArray(alsoBreaks) ? alsoBreaks.filter((one) => typeof one === 'string') : []),
    ]);
  const beginning = `${checklist}/`;
  const broken = rules.filter((rule) => rule.startsWith(beginning)).map((rule) => rule.slice(beginning.length));
  return {
    versions: evaluations.map((evaluation) => parseChecklistName(evaluation.checklist).version),
    items: [...new Set([...answered, ...broken])],
  };
}
