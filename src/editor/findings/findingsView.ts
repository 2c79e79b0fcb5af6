import * as vscode from 'vscode';
import { commands, contexts, views } from '../../contributions';
import { hiddenFindings } from '../../core/evaluation/visibility';
import { type Grouping, groupFindings, groupings } from '../../core/record/groupFindings';
import { listFindings } from '../../core/record/listFindings';
import { placesOf } from '../../core/record/places';
import { type Finding, isOpen, openStatuses, statuses } from '../../core/record/record';
import { severityOf, severityText } from '../../core/record/severity';
import { inertLine } from '../../core/text/inertText';
import { compareWithBase } from '../../workflow/compareRecords';
import { handleOf, knownHandle } from '../shared/handle';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import { requireTrust } from '../shared/trust';
import type { FindingItems } from './triageCommands';

export type FindingNode =
  | { kind: 'group'; model: RecordModel; name: string; findings: Finding[] }
  | { kind: 'finding'; model: RecordModel; finding: Finding };

/** What the view shows; kept for the workspace. */
interface Choice {
  text: string;
  grouping: Grouping;
  statuses: string[];
  mine: boolean;
  newSinceBase: boolean;
}

const CHOICE = 'uxAudit.findings.choice';
const everything: Choice = {
  text: '',
  grouping: 'target',
  statuses: [...openStatuses],
  mine: false,
  newSinceBase: false,
};

/** Icon and theme colour by whole severity; the word stands beside it. */
const looks: { icon: string; color?: string }[] = [
  { icon: 'circle-outline' },
  { icon: 'info' },
  { icon: 'info' },
  { icon: 'warning', color: 'list.warningForeground' },
  { icon: 'error', color: 'list.errorForeground' },
];

/** The tree of findings, in groups, worst first. */
export class FindingsView implements vscode.TreeDataProvider<FindingNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<FindingNode>;
  private readonly disposables: vscode.Disposable;
  private roots: FindingNode[] = [];
  /** By folder, the ids that are new since the base branch. Read from git on first use. */
  private fresh = new Map<RecordModel, Set<string>>();

  constructor(private readonly shared: Shared) {
    this.view = vscode.window.createTreeView(views.findings, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.disposables = vscode.Disposable.from(
      this.view,
      this.changed,
      shared.models.onDidChange(() => void this.refresh()),
    );
  }

  private get me(): string | undefined {
    return knownHandle(this.shared.context.globalState);
  }

  private get choice(): Choice {
    return { ...everything, ...this.shared.context.workspaceState.get<Partial<Choice>>(CHOICE) };
  }

  private async choose(choice: Choice): Promise<void> {
    await this.shared.context.workspaceState.update(CHOICE, choice);
    await this.refresh();
  }

  private isNarrowed({ text, statuses: shown, mine, newSinceBase }: Choice): boolean {
    return text !== '' || mine || newSinceBase || shown.join() !== everything.statuses.join();
  }

  private async refresh(): Promise<void> {
    const { choice } = this;
    const owner = choice.mine ? this.me : undefined;
    if (choice.newSinceBase) await this.readFresh();
    const several = this.shared.models.all.length > 1;
    this.roots = this.shared.models.all.flatMap((model) => {
      const all = listFindings(model.parsed, { statuses: choice.statuses, text: choice.text, owner });
      const hidden = hiddenFindings(model.parsed.record, { handle: this.me });
      const found = all.filter(
        ({ id }) => !hidden.has(id) && (!choice.newSinceBase || this.fresh.get(model)?.has(id) === true),
      );
      return groupFindings(found, choice.grouping).map(
        ({ name, findings }): FindingNode => ({
          kind: 'group',
          model,
          name: several ? `${model.folder.name}: ${name}` : name,
          findings,
        }),
      );
    });
    const count = this.roots.reduce((sum, node) => sum + (node.kind === 'group' ? node.findings.length : 0), 0);
    const about = [
      ...(choice.text ? [`matching “${choice.text}”`] : []),
      ...(choice.mine ? ['mine'] : []),
      ...(choice.newSinceBase ? ['new since the base branch'] : []),
    ];
    const which = choice.statuses.join() === everything.statuses.join() ? 'open' : choice.statuses.join(', ');
    this.view.description = [`${count} ${which}`, ...about].join(' ');
    const { stale } = this.shared.models;
    this.view.message = stale && `Stale: ${inertLine(stale.message)}`;
    void vscode.commands.executeCommand('setContext', contexts.filtered, this.isNarrowed(choice));
    this.changed.fire();
  }

  /** Asks git once for each refresh. Without a repository every finding counts as new. */
  private async readFresh(): Promise<void> {
    this.fresh = new Map();
    for (const model of this.shared.models.all) {
      try {
        requireTrust();
        const { differences } = await compareWithBase(model.workspace);
        this.fresh.set(model, new Set(differences.filter(({ change }) => change === 'new').map(({ id }) => id)));
      } catch (error) {
        await showError(error, this.shared.log);
        this.fresh.set(model, new Set(Object.keys(model.parsed.record.findings)));
      }
    }
  }

  async clearFilter(): Promise<void> {
    await this.choose({ ...everything, grouping: this.choice.grouping });
  }

  // a page that is opening may take the focus, so no question here closes when it loses it
  async askText(): Promise<void> {
    const text = await vscode.window.showInputBox({
      title: 'Filter Findings',
      ignoreFocusOut: true,
      prompt: 'Shows the findings whose id, title, rule, note or owner contains this text.',
      value: this.choice.text,
    });
    if (text !== undefined) await this.choose({ ...this.choice, text: text.trim() });
  }

  async askGrouping(): Promise<void> {
    const items = groupings.map((grouping) => ({
      label: grouping,
      picked: grouping === this.choice.grouping,
      description: grouping === this.choice.grouping ? 'now' : '',
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: 'Group Findings By', ignoreFocusOut: true });
    if (chosen) await this.choose({ ...this.choice, grouping: chosen.label });
  }

  async askWhich(): Promise<void> {
    const { choice } = this;
    const items = [
      ...statuses.map((status) => ({ label: status, picked: choice.statuses.includes(status) })),
      { label: 'mine only', picked: choice.mine },
      { label: 'new since the base branch only', picked: choice.newSinceBase },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Show Which Findings',
      canPickMany: true,
      ignoreFocusOut: true,
    });
    if (!chosen) return;
    const labels = chosen.map(({ label }) => label);
    if (labels.includes('mine only') && !(await handleOf(this.shared.context.globalState))) return;
    await this.choose({
      ...choice,
      statuses: statuses.filter((status) => labels.includes(status)),
      mine: labels.includes('mine only'),
      newSinceBase: labels.includes('new since the base branch only'),
    });
  }

  /** The findings a command is about: the selected ones, else the clicked one, else the selection of the tree. */
  itemsOf(clicked: unknown, chosen: unknown): FindingItems | undefined {
    const isNode = (node: unknown): node is FindingNode =>
      typeof node === 'object' && node !== null && 'kind' in node && 'model' in node;
    const given = [clicked].filter(isNode);
    const many = Array.isArray(chosen) ? chosen.filter(isNode) : [];
    const nodes = many.length > 0 ? many : given.length > 0 ? given : [...this.view.selection];
    const [first] = nodes;
    if (!first) return undefined;
    const findings = nodes
      .filter(({ model }) => model === first.model)
      .flatMap((node) => (node.kind === 'finding' ? [node.finding] : node.findings));
    return { model: first.model, findings: [...new Map(findings.map((finding) => [finding.id, finding])).values()] };
  }

  async getChildren(node?: FindingNode): Promise<FindingNode[]> {
    await this.shared.models.loaded;
    if (!node) return this.roots;
    if (node.kind === 'finding') return [];
    return node.findings.map((finding) => ({ kind: 'finding', model: node.model, finding }));
  }

  getTreeItem(node: FindingNode): vscode.TreeItem {
    if (node.kind === 'group') {
      const item = new vscode.TreeItem(inertLine(node.name), vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `${node.model.folder.uri}#${this.choice.grouping}#${node.name}`;
      item.description = String(node.findings.length);
      item.iconPath = new vscode.ThemeIcon(this.choice.grouping === 'target' ? 'globe' : 'list-unordered');
      item.contextValue = 'group';
      return item;
    }
    const { finding, model } = node;
    const item = new vscode.TreeItem(inertLine(finding.title), vscode.TreeItemCollapsibleState.None);
    item.id = `${model.folder.uri}#${finding.id}`;
    const severity = severityOf(finding);
    const look = severity === undefined ? { icon: 'question' } : looks[Math.round(severity)];
    item.iconPath = new vscode.ThemeIcon(
      look?.icon ?? 'question',
      look && 'color' in look && look.color ? new vscode.ThemeColor(look.color) : undefined,
    );
    const places = placesOf(finding);
    item.description = [
      severityText(severity),
      ...(this.choice.grouping === 'target' ? [] : [finding.target]),
      ...(places > 1 ? [`${places}×`] : []),
      ...(finding.state.status === 'open' ? [] : [finding.state.status]),
      ...(finding.state.owner ? [finding.state.owner] : []),
      ...(finding.state.seenIn ?? []),
    ].join(' · ');
    const decided = `Severity ${severityText(severity)}, ${finding.state.status}`;
    item.tooltip = `${inertLine(finding.title)}\n${finding.id}\n${decided}`;
    item.accessibilityInformation = { label: `${item.label}, severity ${item.description}` };
    item.contextValue = isOpen(finding) ? 'finding open' : 'finding decided';
    item.command = { command: commands.showFinding, title: 'Show Finding', arguments: [{ model, id: finding.id }] };
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Opens the record at a finding's line. */
export async function openInRecord(node: FindingNode | { model: RecordModel; id: string }): Promise<void> {
  const id = 'kind' in node ? (node.kind === 'finding' ? node.finding.id : undefined) : node.id;
  if (id === undefined) return;
  const document = await vscode.workspace.openTextDocument(node.model.uri);
  const line = Math.min((node.model.parsed.lineOf.get(id) ?? 1) - 1, document.lineCount - 1);
  const start = new vscode.Position(line, 0);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}
