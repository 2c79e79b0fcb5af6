import * as vscode from 'vscode';
import { shortTitle } from '../../core/advice/advice';
import { usageError } from '../../core/errors';
import { usableFinding } from '../../core/record/listFindings';
import { counted } from '../../core/text/counted';
import type { CheckedFinding } from '../../workflow/checkFindings';
import type { Audits } from '../audit/audits';
import { withoutTerminal } from '../shared/editorNext';
import { plain } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';
import type { FindingItems } from './triageCommands';

/**
 * Checks findings again without a whole audit, and says what became of them.
 * @throws HumanError `no-finding`
 */
export async function checkAgain(audits: Audits, items: FindingItems | undefined): Promise<void> {
  if (!items?.findings.length) {
    throw usageError('no-finding', 'No finding is chosen.', 'Choose one or more in the Findings view first.');
  }
  const { model, findings } = items;
  const checked = await audits.check(
    model,
    findings.map(({ id }) => id),
  );
  const text = checked.length === 1 && checked[0] ? one(model, checked[0]) : many(checked);
  void vscode.window.showInformationMessage(text);
}

function one(model: RecordModel, { id, result, places, reason }: CheckedFinding): string {
  const finding = usableFinding(model.parsed.record, id);
  const title = `“${plain(finding ? shortTitle(finding) : id)}”`;
  const why = reason === undefined ? '' : ` ${plain(withoutTerminal(reason))}`;
  if (result === 'fixed') return `${title} is fixed.${why}`;
  if (result === 'not-checked') return `${title} was not checked.${why}`;
  return `${title} is still there${places > 0 ? `, at ${counted(places, 'place')}` : ''}.${why}`;
}

/** `7 fixed, 2 still there, 1 not checked.` */
function many(checked: readonly CheckedFinding[]): string {
  const words = { fixed: 'fixed', open: 'still there', 'not-checked': 'not checked' } as const;
  const parts = (['fixed', 'open', 'not-checked'] as const).flatMap((kind) => {
    const count = checked.filter(({ result }) => result === kind).length;
    return count > 0 ? [`${count} ${words[kind]}`] : [];
  });
  return `${parts.join(', ')}.`;
}
