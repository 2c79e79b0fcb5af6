import type { Checklist } from '../../core/checklist/checklist';
import type { AuditRecord } from '../../core/record/record';
import type { EvaluationView } from '../../protocol/evaluationPage';
import type { Sites } from '../../workflow/sites';
import type { EvaluationSelection } from '../../workflow/webviewStates/evaluationPage';
import type { RecordModel } from '../shared/recordModels';
import type { AnswerWriter } from './answerWriter';

/** What one form evaluates, and in which record. */
export interface EvaluationChoice extends EvaluationSelection {
  model: RecordModel;
}

/** One open form of an evaluation. */
export interface EvaluationSession extends EvaluationChoice {
  view: EvaluationView;
  /** The sites that run for the form and stop when it closes. */
  sites: Sites;
  writer: AnswerWriter;
  checklistNow: Checklist | undefined;
  /** Aborted when the person has brought the page to the state of which a picture is taken. */
  taking?: AbortController | undefined;
}

/** The record with the form's answers that are not written yet. */
export function recordIn({ model, writer }: EvaluationSession): AuditRecord {
  return writer.over(model.parsed.record);
}

/** Writes what is pending and reads the record again, so that the model holds every answer of the form. */
export async function settled({ model, writer }: EvaluationSession): Promise<void> {
  await writer.flush();
  await model.load();
}
