import type { Checklist } from '../../core/checklist/checklist';
import type { AuditRecord } from '../../core/record/record';
import type { EvaluationView } from '../../protocol/evaluationPage';
import type { EvaluationSelection } from '../../workflow/pages/evaluationPage';
import type { Sites } from '../../workflow/sites';
import type { RecordModel } from '../shared/recordModels';
import type { AnswerWriter } from './answerWriter';

/** What is evaluated in one form, and in which record. */
export interface EvaluationChoice extends EvaluationSelection {
  model: RecordModel;
}

/** One open form of an evaluation. */
export interface EvaluationSession extends EvaluationChoice {
  view: EvaluationView;
  /** Sites that are served for the form; they stop with it. */
  sites: Sites;
  writer: AnswerWriter;
  /** The checklist as it was read last. */
  checklistNow: Checklist | undefined;
}

/** The record with what was given in the form and is not written yet. */
export function recordIn({ model, writer }: EvaluationSession): AuditRecord {
  return writer.over(model.parsed.record);
}

/** Writes what is pending and reads the record again: from then on the model is what was given in the form. */
export async function settled({ model, writer }: EvaluationSession): Promise<void> {
  await writer.flush();
  await model.load();
}
