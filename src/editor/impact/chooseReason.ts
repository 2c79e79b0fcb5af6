import * as vscode from 'vscode';
import { shortTitle } from '../../core/advice/advice';
import { usageError } from '../../core/errors';
import { hiddenFindings } from '../../core/evaluation/visibility';
import { listFindings } from '../../core/record/listFindings';
import { isOpen } from '../../core/record/record';
import { severityOf, severityText } from '../../core/record/severity';
import { listReasons, setReason } from '../../workflow/reasons';
import { picked } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';

/**
 * Asks which findings a reason for leaving is about.
 * @param me the handle of who looks, from whom findings of evaluations in progress stay hidden
 * @returns how many; undefined when the person gives up
 * @throws HumanError `no-finding`, those of {@link setReason}
 */
export async function chooseReason(
  { workspace, parsed }: RecordModel,
  reason: string,
  me: string | undefined,
): Promise<number | undefined> {
  const joined = (await listReasons(workspace)).find((one) => one.reason === reason)?.findings ?? [];
  const hidden = hiddenFindings(parsed.record, { handle: me });
  const shown = listFindings(parsed).filter(
    (finding) => !hidden.has(finding.id) && (isOpen(finding) || joined.includes(finding.id)),
  );
  if (shown.length === 0) {
    const next = 'Audit or evaluate a page first, or group what customers wrote: UX Audit: Group Comments…';
    throw usageError('no-finding', 'There is no open finding that a reason could be about.', next);
  }
  const items = shown.map((finding) => ({
    label: picked(shortTitle(finding)),
    description: picked([finding.target, severityText(severityOf(finding))].join(', ')),
    picked: joined.includes(finding.id),
    id: finding.id,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: `Customers Left Because of “${picked(reason)}”: Which Findings Is This About?`,
    placeHolder: 'Mark with Space those that it is about, then Enter',
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  // what the person could not see stays as it was
  const unseen = joined.filter((id) => hidden.has(id));
  return (await setReason(workspace, reason, [...chosen.map(({ id }) => id), ...unseen])).length;
}
