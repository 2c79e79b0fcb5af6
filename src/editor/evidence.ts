import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { evidenceEnding } from '../core/record/evidence';
import { triage } from '../core/record/triage';
import type { RecordModel } from './recordModels';
import { whenNotDirty } from './whenNotDirty';

/**
 * Keeps a picture beside the record and names it in a finding, after a last look.
 * @param name how the picture is called in messages
 * @returns whether it was attached
 * @throws HumanError `evidence-not-picture`, `evidence-too-large`
 */
export async function attachEvidence(
  model: RecordModel,
  id: string,
  bytes: Uint8Array,
  name?: string,
): Promise<boolean> {
  const ending = evidenceEnding(bytes, name);
  const attach = 'Attach';
  const answer = await vscode.window.showInformationMessage(
    'Attach this picture to the finding?',
    {
      modal: true,
      detail:
        'It is saved beside the record and committed with it. Look whether it shows anything private; in pictures taken by UX Audit, inputs for passwords, cards, e-mail and phone are painted over.',
    },
    attach,
  );
  if (answer !== attach) return false;
  const file = `${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${ending}`;
  await whenNotDirty(model);
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(model.uri, '..', 'evidence', file), bytes);
  await model.workspace.record.update((record) => triage(record, [id], { do: 'evidence', path: `evidence/${file}` }));
  await model.load();
  return true;
}
