import * as vscode from 'vscode';
import { commands, contexts } from '../../contributions';
import { adviceFor } from '../../core/advice/advice';
import { hiddenFindings } from '../../core/evaluation/visibility';
import { inertLine } from '../../core/text/inertText';
import type { CodeMark } from '../../workflow/codeMarks';
import { coalesce } from '../shared/coalesce';
import { knownHandle } from '../shared/handle';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';

const SHOWN = 'uxAudit.marks.shown';
const SOURCE = 'UX Audit';
/** From this severity on a mark is a warning; below it is information. */
const MAJOR = 2.5;
/** Files are saved in bursts. Milliseconds. */
const SETTLE = 400;

/** Marks open findings on the lines they come from, and in the Problems view, once a person has asked for it. */
export class MarksInCode implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('ux-audit');
  private readonly disposables: vscode.Disposable;
  private marks: { model: RecordModel; mark: CodeMark }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly shared: Shared) {
    const later = () => {
      clearTimeout(this.timer);
      if (this.isShown)
        this.timer = setTimeout(() => this.refresh().catch((error) => this.shared.log.error(error)), SETTLE);
    };
    this.disposables = vscode.Disposable.from(
      this.diagnostics,
      shared.models.onDidChange(later),
      vscode.workspace.onDidSaveTextDocument(later),
      vscode.languages.registerCodeActionsProvider('*', this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    void vscode.commands.executeCommand('setContext', contexts.marksShown, this.isShown);
  }

  private get isShown(): boolean {
    return this.shared.context.workspaceState.get<boolean>(SHOWN) ?? false;
  }

  /** Shows or hides the marks; kept for the workspace. */
  async show(isShown: boolean): Promise<void> {
    await this.shared.context.workspaceState.update(SHOWN, isShown);
    await vscode.commands.executeCommand('setContext', contexts.marksShown, isShown);
    await this.refresh();
    if (isShown) await vscode.commands.executeCommand('workbench.actions.view.problems');
  }

  private readonly refresh = coalesce(async () => {
    if (!this.isShown) {
      this.marks = [];
      this.diagnostics.clear();
      return;
    }
    const { codeMarks } = await import('../../workflow/codeMarks');
    const me = knownHandle(this.shared.context.globalState);
    const found: typeof this.marks = [];
    for (const model of this.shared.models.all) {
      const hidden = hiddenFindings(model.parsed.record, { handle: me });
      const marks = await codeMarks(model.workspace, model.parsed, model.latest, ({ id }) => !hidden.has(id));
      found.push(...marks.map((mark) => ({ model, mark })));
    }
    this.marks = found;
    const byFile = Map.groupBy(found, (one) => uriOf(one).toString());
    this.diagnostics.clear();
    this.diagnostics.set([...byFile.values()].flatMap((ofFile) => this.entry(ofFile)));
  });

  private entry(marks: typeof this.marks): [vscode.Uri, vscode.Diagnostic[]][] {
    const [first] = marks;
    return first ? [[uriOf(first), marks.map(({ mark }) => diagnosticOf(mark))]] : [];
  }

  async provideCodeActions(
    { uri }: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const ours = diagnostics.filter(({ source }) => source === SOURCE);
    const actions = await Promise.all(ours.map((diagnostic) => this.actionsFor(uri, diagnostic)));
    return actions.flat();
  }

  private async actionsFor(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
    const here = this.marks.filter(
      (one) => uriOf(one).toString() === uri.toString() && inertLine(one.mark.message) === diagnostic.message,
    );
    // the person may have typed since, so the nearest of the same kind is meant
    const distance = ({ mark }: (typeof here)[number]) =>
      Math.abs(mark.position.line - 1 - diagnostic.range.start.line);
    const [nearest] = here.sort((a, b) => distance(a) - distance(b));
    if (!nearest) return [];
    const { model, mark } = nearest;
    const { fixNow } = await import('./applyFix');
    const fix = await fixNow(model, mark.finding, mark.occurrence);
    const about = { model, id: mark.finding, place: mark.occurrence };
    return [
      ...(fix ? [action(`${fix.title}…`, commands.fixPlace, about, diagnostic, true)] : []),
      action('Show Finding', commands.showFinding, about, diagnostic),
      action('Check Again', commands.checkAgain, about, diagnostic),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }
}

function uriOf({ model, mark }: { model: RecordModel; mark: CodeMark }): vscode.Uri {
  return vscode.Uri.joinPath(model.folder.uri, ...mark.position.file.split('/'));
}

function diagnosticOf({ position, length, message, rule, severity = 0 }: CodeMark): vscode.Diagnostic {
  const [line, column] = [position.line - 1, position.column - 1];
  const kind = severity >= MAJOR ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
  const range = new vscode.Range(line, column, line, column + length);
  const diagnostic = new vscode.Diagnostic(range, inertLine(message), kind);
  diagnostic.source = SOURCE;
  const name = rule.slice(rule.indexOf('/') + 1);
  const more = adviceFor(rule)?.more?.url ?? adviceFor(rule)?.standard?.url;
  diagnostic.code = more === undefined ? name : { value: name, target: vscode.Uri.parse(more) };
  return diagnostic;
}

function action(
  title: string,
  command: string,
  about: { model: RecordModel; id: string; place: string },
  diagnostic: vscode.Diagnostic,
  isPreferred = false,
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { title, command, arguments: [about] };
  made.diagnostics = [diagnostic];
  made.isPreferred = isPreferred;
  return made;
}
