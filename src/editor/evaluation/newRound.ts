import * as vscode from 'vscode';
import { activeItems } from '../../core/checklist/checklist';
import { parseAnswerKey, roundOf, roundsOf, startEvaluation } from '../../core/evaluation/evaluation';
import { failedItems, failedText } from '../../core/evaluation/newRound';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { checklistOf } from '../../workflow/checklists';
import { today } from '../../workflow/localDate';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel } from '../shared/recordModels';

const KEY = 'uxAudit.failedFirst';

/** Whose evaluation of what gets a new round. */
interface NewRound {
  model: RecordModel;
  target: string;
  checklist: string;
  me: string;
}

/** Ids of the evaluations whose form begins at what failed in the round before. Kept on this machine. */
export function beginsAtFailed(state: vscode.Memento): string[] {
  return state.get<string[]>(KEY, []);
}

/** Keeps whether the form of an evaluation begins at what failed. */
export async function keepFailedFirst(state: vscode.Memento, id: string, isOn: boolean): Promise<void> {
  const others = beginsAtFailed(state).filter((one) => one !== id);
  await state.update(KEY, isOn ? [...others, id] : others);
}

/**
 * Begins the next round of a submitted evaluation. Where items failed in the last one, asks whether to begin there; all
 * other items stay to be answered.
 * @returns whether it was begun, or is there already
 */
export async function beginNewRound(given: NewRound, state: vscode.Memento): Promise<boolean> {
  const { model, target, me } = given;
  const place = { target, checklist: given.checklist, evaluator: me };
  const last = roundsOf(model.parsed.record, place).at(-1);
  if (last && last.state.status !== 'submitted') return true;
  const checklist = await checklistOf(model.workspace, given.checklist);
  const asked = new Set(activeItems(checklist).map(({ id }) => id));
  const failed = (last ? failedItems(last) : []).filter((key) => asked.has(parseAnswerKey(key).item));
  const isFirst = failed.length === 0 ? false : await askWhere(target, (last ? roundOf(last) : 0) + 1, failed);
  if (isFirst === undefined) return false;
  await ensureSaved(model);
  let id: string | undefined;
  await model.workspace.record.update((record) => {
    const started = startEvaluation(record, { target, checklist, evaluator: me, on: today() });
    id = started.id;
    return started.record;
  });
  if (id !== undefined) await keepFailedFirst(state, id, isFirst);
  await model.load();
  return true;
}

/** @returns whether to begin at what failed; undefined where no round is wanted */
async function askWhere(target: string, round: number, failed: readonly string[]): Promise<boolean | undefined> {
  const [there, first] = ['Begin at What Failed', 'Begin at the First Item'];
  const answer = await vscode.window.showInformationMessage(
    `Begin round ${round} of ${inertLine(target)} at what failed (${counted(failed.length, 'item')})?`,
    {
      modal: true,
      detail:
        `${inertLine(failedText(failed))} failed in your last round. All other items come afterwards and stay to be ` +
        'answered: what passed then may fail now.',
    },
    there,
    first,
  );
  return answer === undefined ? undefined : answer === there;
}
