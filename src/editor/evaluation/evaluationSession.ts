import type * as vscode from 'vscode';
import type { Checklist } from '../../core/checklist/checklist';
import type { AuditRecord } from '../../core/record/record';
import type { RunningSite } from '../../engine/siteServer';
import type { EvaluationView } from '../../protocol/evaluationPage';
import type { AnswerWriter } from './answerWriter';
import { type EvaluatedColumn, type EvaluationChoice, evaluatedColumns } from './evaluationState';

/** One open panel of an evaluation. */
export interface Session extends EvaluationChoice {
  panel: vscode.WebviewPanel;
  view: EvaluationView;
  sites: Map<string, RunningSite>;
  writer: AnswerWriter;
  checklistNow: Checklist | undefined;
}

/** The record with what was given in the form and is not written yet. */
export function recordIn({ model, writer }: Session): AuditRecord {
  return writer.over(model.parsed.record);
}

export function columnsIn(session: Session): EvaluatedColumn[] {
  return evaluatedColumns(session, recordIn(session), session.checklistNow);
}

/** Writes what is pending and reads the record again: from then on the model is what was given in the form. */
export async function settled({ model, writer }: Session): Promise<void> {
  await writer.flush();
  await model.load();
}
