import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { severityOf, severityText } from '../../core/record/severity';
import { stateSentence } from '../../core/report/findingSentences';
import { inertLine } from '../../core/text/inertText';
import type { RecordModel, RecordModels } from '../shared/recordModels';

const key = /^ {4}"([^"]+)": \{\s*$/;
const id = /"([a-z0-9][a-z0-9.-]*\/[^"\s]+)"/;

/** Helps a person who reads the record as text: lenses and hovers on ids, and an outline of entries. */
export function registerRecordLanguage(models: RecordModels): vscode.Disposable {
  const selector: vscode.DocumentSelector = { language: 'json' };
  const modelOf = (document: vscode.TextDocument): RecordModel | undefined =>
    models.all.find(({ uri }) => uri.toString() === document.uri.toString());
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: models.onDidChange,
      provideCodeLenses: (document) => {
        const model = modelOf(document);
        if (!model) return [];
        return Object.keys(model.parsed.record.findings).flatMap((finding) => {
          const line = model.parsed.lineOf.get(finding);
          if (line === undefined || line > document.lineCount || !document.lineAt(line - 1).text.includes(finding))
            return [];
          const range = new vscode.Range(line - 1, 0, line - 1, 0);
          const about = { arguments: [{ model, id: finding }] };
          return [
            new vscode.CodeLens(range, { title: 'Show finding', command: commands.showFinding, ...about }),
            new vscode.CodeLens(range, { title: 'Go to code', command: commands.goToCode, ...about }),
          ];
        });
      },
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const model = modelOf(document);
        const range = document.getWordRangeAtPosition(position, id);
        const name = range && id.exec(document.getText(range))?.[1];
        if (!model || !name || !Object.hasOwn(model.parsed.record.findings, name) || model.parsed.invalid.has(name))
          return undefined;
        const finding = model.parsed.record.findings[name];
        if (!finding) return undefined;
        const text = new vscode.MarkdownString(); // filled by appendText alone, so that text of pages stays inert
        text.appendText(
          `${inertLine(finding.title)}\n\nSeverity ${severityText(severityOf(finding))}; ` +
            `${inertLine(stateSentence(finding))}`,
        );
        return new vscode.Hover(text, range);
      },
    }),
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) => {
        const model = modelOf(document);
        if (!model) return [];
        const symbols: vscode.DocumentSymbol[] = [];
        let section: vscode.DocumentSymbol | undefined;
        for (let line = 0; line < document.lineCount; line += 1) {
          const { text, range } = document.lineAt(line);
          const head = /^ {2}"(targets|evaluations|findings)": \{/.exec(text)?.[1];
          if (head) {
            section = new vscode.DocumentSymbol(head, '', vscode.SymbolKind.Namespace, range, range);
            symbols.push(section);
          }
          const entry = key.exec(text)?.[1];
          if (!entry || !section) continue;
          const finding = Object.hasOwn(model.parsed.record.findings, entry)
            ? model.parsed.record.findings[entry]
            : undefined;
          section.children.push(
            new vscode.DocumentSymbol(entry, inertLine(finding?.title ?? ''), vscode.SymbolKind.Object, range, range),
          );
          section.range = section.range.union(range);
        }
        return symbols;
      },
    }),
  );
}
