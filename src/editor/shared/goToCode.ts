import * as vscode from 'vscode';
import { shortTitle } from '../../core/advice/advice';
import { type HumanError, usageError } from '../../core/errors';
import { usableFinding } from '../../core/record/listFindings';
import type { ReportedCode, SourcePosition } from '../../core/sources/sources';
import { inertLine } from '../../core/text/inertText';
import { codeOf } from '../../workflow/codeLines';
import { tracedPlaces } from '../../workflow/placeSources';
import type { RecordModel } from './recordModels';

/** How sure a line is, for the person who is led to it. */
const guessed = 'This line is a guess: it was found by the text of the element.';

/**
 * Opens the line of a place. Looks for it anew, since the files may have changed since the page was drawn.
 * @param occurrence the key of the place; without one, the first whose line is known
 * @throws HumanError `source-unknown`
 */
export async function goToCode(model: RecordModel, id: string, occurrence?: string): Promise<void> {
  const { record } = model.parsed;
  const finding = usableFinding(record, id);
  const found = finding && (await tracedPlaces(model.workspace, record, model.latest, finding));
  const elements = [...(found?.places ?? [])].map(([key, { position }]) => ({ key, position }));
  const all = [...elements, ...(found?.lines ?? [])];
  const source = all.find(
    ({ key, position }) => position && (occurrence === undefined || key === occurrence),
  )?.position;
  if (!source) throw unknownLine();
  await openPosition(model, source, finding && shortTitle(finding));
}

/**
 * Opens the line that a place in a script or style is written on, as {@link goToCode}.
 * @param code as the report names it
 * @throws HumanError `source-unknown`
 */
export async function goToLine(
  model: RecordModel,
  id: string,
  code: Pick<ReportedCode, 'url' | 'line' | 'column'>,
): Promise<void> {
  const { record } = model.parsed;
  const finding = usableFinding(record, id);
  const found = finding && (await tracedPlaces(model.workspace, record, model.latest, finding));
  const isIt = (one: ReportedCode | undefined) =>
    one?.url === code.url && one.line === code.line && one.column === code.column;
  const cells = (found?.known?.tables ?? []).flatMap(({ rows }) => rows.flat());
  const cell = cells.find((one) => isIt(codeOf(one)));
  if (cell?.kind !== 'address' || !cell.source) throw unknownLine();
  await openPosition(model, cell.source, finding && shortTitle(finding));
}

function unknownLine(): HumanError {
  return usageError(
    'source-unknown',
    'The line of this place was not found in the workspace.',
    'Its files may have changed since the audit. Audit the page again, or search for its text.',
  );
}

/** Opens a line of the workspace. @param problem what is wrong there; shown at the end of the line */
export async function openPosition(
  { folder }: RecordModel,
  { file, line, column, by }: SourcePosition,
  problem?: string,
): Promise<void> {
  const uri = vscode.Uri.joinPath(folder.uri, ...file.split('/'));
  const start = new vscode.Position(line - 1, column - 1);
  const document = await vscode.workspace.openTextDocument(uri);
  const end = document.validatePosition(start);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
  editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (problem !== undefined) mark(editor, end.line, problem);
  if (by === 'guess') vscode.window.setStatusBarMessage(`$(info) ${guessed}`, 8_000);
}

const marked = vscode.window.createTextEditorDecorationType({
  isWholeLine: true,
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
});

/** Says at a line why a person was led to it, until they move the cursor to another line or edit. */
function mark(editor: vscode.TextEditor, line: number, problem: string): void {
  const { document } = editor;
  const range = document.lineAt(line).range;
  const color = new vscode.ThemeColor('editorCodeLens.foreground');
  const after = { contentText: `  ${inertLine(problem)}`, color, fontStyle: 'italic' };
  editor.setDecorations(marked, [{ range, renderOptions: { after } }]);
  const end = () => {
    editor.setDecorations(marked, []);
    for (const listener of listeners) listener.dispose();
  };
  const listeners = [
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (textEditor === editor && selections[0]?.active.line !== line) end();
    }),
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === document && change.contentChanges.length > 0) end();
    }),
  ];
}
