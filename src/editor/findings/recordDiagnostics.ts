import * as vscode from 'vscode';
import { inertLine } from '../../core/text/inertText';
import type { RecordModels } from '../shared/recordModels';

/** Shows what is wrong with the record file in the Problems panel. Findings do not appear there. */
export function registerRecordDiagnostics(models: RecordModels): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('uxAudit');
  const refresh = () => {
    collection.clear();
    for (const { uri, parsed, error } of models.all) {
      const problems = error
        ? [
            {
              line: Number(/line (\d+)/.exec(error.message)?.[1] ?? 1),
              text: `${error.message} ${error.next}`,
              severity: vscode.DiagnosticSeverity.Error,
            },
          ]
        : parsed.problems.map(({ line, key, message }) => ({
            line,
            text: `${key}: ${message}. The entry is kept as it is and left out of the views.`,
            severity: vscode.DiagnosticSeverity.Warning,
          }));
      if (problems.length === 0) continue;
      collection.set(
        uri,
        problems.map(({ line, text, severity }) => {
          const diagnostic = new vscode.Diagnostic(
            new vscode.Range(line - 1, 0, line - 1, 200),
            inertLine(text),
            severity,
          );
          diagnostic.source = 'UX Audit';
          return diagnostic;
        }),
      );
    }
  };
  refresh();
  return vscode.Disposable.from(collection, models.onDidChange(refresh));
}
