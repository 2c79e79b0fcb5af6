import { open, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { attachmentEnding, MAX_ATTACHMENT } from '../../core/record/attachments';
import { triage } from '../../core/record/triage';
import { ensureSaved } from '../shared/ensureSaved';
import { pathOf } from '../shared/places';
import type { RecordModel } from '../shared/recordModels';

/** Shows a screenshot and attaches it if the person agrees. Deletes the file afterwards. */
export async function attachScreenshot(model: RecordModel, id: string, screenshot: string): Promise<void> {
  try {
    const bytes = await readFile(screenshot);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(screenshot), {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      preserveFocus: true,
    });
    await askToAttach(model, id, bytes);
  } finally {
    await rm(screenshot, { force: true });
  }
}

/**
 * Asks for a last look, then attaches an image.
 * @param name what messages call the image
 * @throws HumanError `attachment-not-picture`, `attachment-too-large`
 */
async function askToAttach(model: RecordModel, id: string, bytes: Uint8Array, name?: string): Promise<void> {
  attachmentEnding(bytes, name); // throws before anybody is asked
  const agree = 'Attach';
  const answer = await vscode.window.showInformationMessage(
    'Attach this image to the finding?',
    {
      modal: true,
      detail:
        'It is saved beside the record and committed with it. Check that it shows nothing private. In screenshots ' +
        'taken by UX Audit, inputs for passwords, cards, e-mail and phone are painted over.',
    },
    agree,
  );
  if (answer === agree) await attach(model, id, bytes, name);
}

/** Keeps an image beside the record and names it in the finding. */
async function attach(model: RecordModel, id: string, bytes: Uint8Array, name?: string): Promise<void> {
  const ending = attachmentEnding(bytes, name);
  await ensureSaved(model);
  const path = await model.workspace.addAttachment(bytes, ending);
  await model.workspace.record.update((record) => triage(record, [id], { do: 'attach', path }));
  await model.load();
}

const dialog = { title: 'Attach an Image', filters: { 'PNG and JPEG images': ['png', 'jpg', 'jpeg'] } };

/** Lets a person choose an image, and keeps it beside the record. @returns its path; undefined for none */
export async function chooseImage({ workspace }: RecordModel): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog(dialog)) ?? [];
  if (!uri) return undefined;
  const bytes = await beginningOf(pathOf(uri));
  return workspace.addAttachment(bytes, attachmentEnding(bytes, basename(uri.path)));
}

/** Keeps an image that a page sent beside the record. @returns its path */
export async function keepImage({ workspace }: RecordModel, url: string): Promise<string> {
  const bytes = bytesOf(url);
  return workspace.addAttachment(bytes, attachmentEnding(bytes, 'The pasted image'));
}

const bytesOf = (url: string) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');

/** Asks for images and attaches each. */
export async function attachFiles(model: RecordModel, id: string): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ ...dialog, canSelectMany: true });
  for (const uri of chosen ?? []) await askToAttach(model, id, await beginningOf(pathOf(uri)), basename(uri.path));
}

/** The bytes of a file. Of one that is too large only the first bytes are real, which is enough for the error. */
async function beginningOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size <= MAX_ATTACHMENT) return await handle.readFile();
    const bytes = Buffer.alloc(size);
    await handle.read(bytes, 0, 16, 0);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Attaches an image that a page sent. @param isChecked whether the person has seen it there and agreed */
export async function attachDataUrl(model: RecordModel, id: string, url: string, isChecked = false): Promise<void> {
  const bytes = bytesOf(url);
  await (isChecked ? attach(model, id, bytes) : askToAttach(model, id, bytes, 'The pasted image'));
}
