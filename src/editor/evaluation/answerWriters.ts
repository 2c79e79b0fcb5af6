import * as vscode from 'vscode';
import { toHumanError } from '../../core/errors';
import { ensureSaved } from '../shared/ensureSaved';
import { AnswerWriter } from './answerWriter';
import type { EvaluationChoice } from './evaluationSession';

/** One writer for each record, checklist and evaluator. It lives on after its forms until everything is written. */
export class AnswerWriters {
  private readonly writers = new Map<string, AnswerWriter>();

  /** @param written is called after a writer wrote something */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly written: (writer: AnswerWriter) => void,
  ) {}

  of(choice: EvaluationChoice): AnswerWriter {
    const { model } = choice;
    const key = keyOf(choice);
    const known = this.writers.get(key);
    if (known) return known;
    const writer = new AnswerWriter(async (change) => {
      await ensureSaved(model);
      await model.workspace.record.update(change);
      void model.load();
      this.written(writer);
    });
    this.writers.set(key, writer);
    return writer;
  }

  /**
   * Writes what is pending after a form was closed. When writing fails, keeps the answers and tells the person.
   * @param isUsed whether another form uses the same writer
   * @returns whether the person wants the form open again
   */
  async finish(choice: EvaluationChoice, isUsed: () => boolean): Promise<boolean> {
    const writer = this.of(choice);
    try {
      await writer.flush();
      if (!isUsed()) this.writers.delete(keyOf(choice));
      return false;
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      const [again, reopen] = ['Try Again', 'Open Evaluation'];
      const chosen = await vscode.window.showErrorMessage(notSaved(choice, writer.unsaved, error), again, reopen);
      return chosen === again ? this.finish(choice, isUsed) : chosen === reopen;
    }
  }

  /** Writes what is pending in every writer, also after its form was closed. */
  async flush(): Promise<void> {
    await Promise.allSettled([...this.writers.values()].map((writer) => writer.flush()));
  }
}

function notSaved({ targets }: EvaluationChoice, count: number, error: unknown): string {
  const { kind, message, next } = toHumanError(error);
  const why = kind === 'cancelled' ? 'The record has unsaved changes in an editor.' : `${message} ${next}`;
  const changes = count === 1 ? '1 change' : `${count} changes`;
  const evaluation = `your evaluation of ${targets.join(', ')}`;
  return `${changes} of ${evaluation} could not be saved. ${why} They are kept until this window closes.`;
}

function keyOf({ model, checklist, me }: EvaluationChoice): string {
  return [model.uri, checklist, me].join('\n');
}
