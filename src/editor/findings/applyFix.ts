import path from 'node:path';
import * as vscode from 'vscode';
import { type HumanError, usageError } from '../../core/errors';
import { edited } from '../../core/fixes/fixes';
import { usableFinding } from '../../core/record/listFindings';
import { WorkspaceFiles } from '../../storage/workspaceFiles';
import { headFix, type PlaceFix, placeFix } from '../../workflow/placeFix';
import { tracedPlaces } from '../../workflow/placeSources';
import { type Reference, referencesOf } from '../../workflow/references';
import { plain } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';

const SCHEME = 'ux-audit-fix';
let offers = 0;

/**
 * Asks for what a fix needs, shows the file before and after, and changes it when the person agrees. Looks for the
 * place anew, since the files may have changed meanwhile.
 * @param occurrence the key of the place; null for a fix of the page's head
 * @throws HumanError `fix-unknown`
 */
export async function applyFix(model: RecordModel, id: string, occurrence: string | null): Promise<void> {
  await apply(model, () => fixNow(model, id, occurrence));
}

/** As {@link applyFix}, for a tag that asks for a resource. */
export async function applyReferenceFix(model: RecordModel, id: string, url: string): Promise<void> {
  await apply(model, async () => (await referenceNow(model, id, url))?.fix);
}

/** The tag that asks for a resource of a finding, by the files as they are now. */
export async function referenceNow(model: RecordModel, id: string, url: string): Promise<Reference | undefined> {
  const { record } = model.parsed;
  const finding = usableFinding(record, id);
  const target = finding && Object.hasOwn(record.targets, finding.target) ? record.targets[finding.target] : undefined;
  if (!finding || !target) return undefined;
  return (await referencesOf(new WorkspaceFiles(model.workspace.paths.root), target, finding, [url])).get(url);
}

async function apply(model: RecordModel, find: () => Promise<PlaceFix | undefined>): Promise<void> {
  const fix = await find();
  const document = fix && (await documentOf(model, fix));
  if (document?.isDirty) {
    const what = `${path.basename(document.uri.path)} has changes that are not saved.`;
    throw usageError('file-unsaved', what, 'Save the file, then try again: the place is looked for in the file.');
  }
  if (!fix || document?.getText() !== fix.text) throw unfit();
  const answer = fix.ask ? await askFor(fix) : '';
  if (answer === undefined) return;
  const edits = fix.edits(answer);
  if (!(await isAgreed(document, fix, edited(fix.text, edits)))) return;
  if (document.getText() !== fix.text) throw unfit(); // the person has typed since
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (await vscode.workspace.applyEdit(edit)) await document.save();
}

function unfit(): HumanError {
  return usageError(
    'fix-unknown',
    'The change does not fit the file any more.',
    'It may be mended already: check again, or go to the code.',
  );
}

async function documentOf({ folder }: RecordModel, { file }: PlaceFix): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, ...file.split('/')));
}

/** Shows the file before and after, and asks. Closes the comparison afterwards. */
async function isAgreed({ uri }: vscode.TextDocument, { title, file }: PlaceFix, after: string): Promise<boolean> {
  offers += 1; // two offers for one file must not show each other's text
  const shown = uri.with({ scheme: SCHEME, query: String(offers) });
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (asked) => (asked.toString() === shown.toString() ? after : undefined),
  });
  try {
    await vscode.commands.executeCommand('vscode.diff', uri, shown, `${path.basename(file)}: ${title}`, {
      preview: true,
    });
    const apply = 'Apply';
    return (await vscode.window.showInformationMessage(plain(`${title} in ${file}?`), apply, 'Discard')) === apply;
  } finally {
    const isOurs = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === shown.toString();
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOurs)));
    provider.dispose();
  }
}

/** The fix of a place by the files as they are now; undefined where no change is certain. */
export async function fixNow(model: RecordModel, id: string, occurrence: string | null): Promise<PlaceFix | undefined> {
  const { record } = model.parsed;
  const finding = usableFinding(record, id);
  const target = finding && Object.hasOwn(record.targets, finding.target) ? record.targets[finding.target] : undefined;
  if (!finding || !target) return undefined;
  const files = new WorkspaceFiles(model.workspace.paths.root);
  if (occurrence === null) return headFix(files, target, finding);
  const { places } = await tracedPlaces(model.workspace, record, model.latest, finding);
  const traced = places.get(occurrence);
  return traced?.position && placeFix(files, target, finding, traced.place, traced.position);
}

async function askFor({ title, ask }: PlaceFix): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: ask?.prompt ?? '',
    placeHolder: ask?.placeholder ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() || ask?.isEmptyAllowed ? undefined : 'A text is needed.'),
  });
}
