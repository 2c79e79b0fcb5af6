import * as vscode from 'vscode';
import { othersOnly } from '../../core/evaluation/visibility';
import type { EvaluationView } from '../../protocol/evaluationPage';
import type { EvaluationChoice } from './evaluationSession';

/**
 * Asks a person who has not evaluated a target whether they want to see what others found.
 * @returns the view they choose; undefined for none
 */
export async function askWhetherTogether(choice: EvaluationChoice): Promise<EvaluationView | undefined> {
  const unseen = othersOnly(choice.model.parsed.record, choice);
  if (unseen.length === 0) return 'together';
  const [show, evaluate] = ['Show Together', 'Evaluate First'];
  const answer = await vscode.window.showWarningMessage(
    `You have not evaluated ${unseen.join(', ')} yourself.`,
    {
      modal: true,
      detail:
        'Independent eyes find more: once you have seen what others found, you cannot judge without it. If you ' +
        'mean to evaluate too, do it first.',
    },
    evaluate,
    show,
  );
  return answer === show ? 'together' : answer === evaluate ? 'form' : undefined;
}
