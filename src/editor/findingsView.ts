import * as vscode from 'vscode';
import { commands, contexts, views } from '../contributions';
import { listFindings, severityOf } from '../core/record/listFindings';
import type { Finding } from '../core/record/record';
import { inertLine } from '../core/report/inertText';
import { chooseModel } from './choosePage';
import type { RecordModel, RecordModels } from './recordModels';

type Node =
  | { kind: 'group'; model: RecordModel; name: string; findings: Finding[] }
  | { kind: 'finding'; model: RecordModel; finding: Finding };

const FILTER = 'uxAudit.findings.filter';

/** Nielsen's scale in words (nngroup.com, "Severity Ratings for Usability Problems"). */
const severityWords = ['not a problem', 'cosmetic', 'minor', 'major', 'catastrophe'];
const severityIcons: { icon: string; color?: string }[] = [
  { icon: 'circle-outline' },
  { icon: 'info', color: 'list.deemphasizedForeground' },
  { icon: 'info' },
  { icon: 'warning', color: 'list.warningForeground' },
  { icon: 'error', color: 'list.errorForeground' },
];

/** What is open in the record, by target, worst first. */
export class FindingsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly registrations: vscode.Disposable;
  private groups: Node[] = [];

  constructor(
    private readonly models: RecordModels,
    private readonly state: vscode.Memento,
  ) {
    this.refresh();
    this.view = vscode.window.createTreeView(views.findings, { treeDataProvider: this, showCollapseAll: true });
    this.registrations = vscode.Disposable.from(
      this.view,
      models.onDidChange(() => {
        this.refresh();
        this.describe();
        this.changed.fire();
      }),
      vscode.commands.registerCommand(commands.filterFindings, () => this.ask()),
      vscode.commands.registerCommand(commands.clearFilter, () => this.filter('')),
      vscode.commands.registerCommand(commands.openFinding, (node: Node | { model: RecordModel; id: string }) =>
        this.open(node),
      ),
      vscode.commands.registerCommand(commands.openRecord, async () => {
        const model = await chooseModel(models);
        if (model) await vscode.window.showTextDocument(model.uri);
      }),
    );
    this.describe();
    void vscode.commands.executeCommand('setContext', contexts.filtered, this.text !== '');
  }

  private get text(): string {
    return this.state.get<string>(FILTER, '');
  }

  private refresh(): void {
    this.groups = this.models.all.flatMap((model) => {
      const found = listFindings(model.parsed, { statuses: ['open', 'reopened'], text: this.text });
      const byTarget = Map.groupBy(found, ({ target }) => target);
      return [...byTarget]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, findings]): Node => ({ kind: 'group', model, name, findings }));
    });
  }

  private describe(): void {
    const count = this.groups.reduce((sum, group) => sum + (group.kind === 'group' ? group.findings.length : 0), 0);
    this.view.description = `${count} open${this.text ? ` matching “${this.text}”` : ''}`;
    const stale = this.models.all.find(({ fault }) => fault);
    this.view.message = stale?.fault ? `Stale: ${inertLine(stale.fault.message)}` : undefined;
    this.view.badge = undefined;
  }

  private async ask(): Promise<void> {
    const text = await vscode.window.showInputBox({
      title: 'Filter Findings',
      prompt: 'Shown are findings whose id, title, rule, note or owner contains this.',
      value: this.text,
    });
    if (text !== undefined) await this.filter(text.trim());
  }

  private async filter(text: string): Promise<void> {
    await this.state.update(FILTER, text);
    await vscode.commands.executeCommand('setContext', contexts.filtered, text !== '');
    this.refresh();
    this.describe();
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.groups;
    if (node.kind === 'finding') return [];
    return node.findings.map((finding) => ({ kind: 'finding', model: node.model, finding }));
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'group') {
      const item = new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `${node.model.folder.uri}#${node.name}`;
      item.description = `${node.findings.length}${this.models.all.length > 1 ? ` · ${node.model.folder.name}` : ''}`;
      item.iconPath = new vscode.ThemeIcon('globe');
      return item;
    }
    const { finding, model } = node;
    const item = new vscode.TreeItem(inertLine(finding.title), vscode.TreeItemCollapsibleState.None);
    item.id = `${model.folder.uri}#${finding.id}`;
    const severity = severityOf(finding);
    const rounded = severity === undefined ? undefined : Math.round(severity);
    const word = rounded === undefined ? 'not rated' : severityWords[rounded];
    const look = rounded === undefined ? { icon: 'question' } : severityIcons[rounded];
    item.iconPath = new vscode.ThemeIcon(
      look?.icon ?? 'question',
      look && 'color' in look && look.color ? new vscode.ThemeColor(look.color) : undefined,
    );
    const places = Object.values(finding.occurrences ?? {}).reduce(
      (sum, { n }) => sum + (n ?? 1),
      finding.state.more ?? 0,
    );
    item.description = [
      severity === undefined ? 'not rated' : `${Number(severity.toFixed(1))} ${word}`,
      ...(places > 1 ? [`${places}×`] : []),
      ...(finding.state.status === 'open' ? [] : [finding.state.status]),
      ...(finding.state.seenIn ?? []),
    ].join(' · ');
    item.tooltip = `${inertLine(finding.title)}\n${finding.id}\nSeverity ${severity ?? '–'} (${word}), ${finding.state.status}`;
    item.accessibilityInformation = { label: `${item.label}, severity ${item.description}` };
    item.contextValue = 'finding';
    item.command = { command: commands.openFinding, title: 'Open in Record', arguments: [node] };
    return item;
  }

  private async open(node: Node | { model: RecordModel; id: string }): Promise<void> {
    const id = 'kind' in node ? (node.kind === 'finding' ? node.finding.id : undefined) : node.id;
    if (id === undefined) return;
    const document = await vscode.workspace.openTextDocument(node.model.uri);
    const line = Math.min((node.model.parsed.lineOf.get(id) ?? 1) - 1, document.lineCount - 1);
    const start = new vscode.Position(line, 0);
    const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }
}
