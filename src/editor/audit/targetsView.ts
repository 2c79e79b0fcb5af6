import * as vscode from 'vscode';
import { commands, views } from '../../contributions';
import { newest } from '../../core/audit/measurement';
import { pageGroups } from '../../core/discovery/pageGroups';
import { ratingOf } from '../../core/metrics/metricText';
import { byCodeUnit } from '../../core/record/canonicalText';
import type { Target } from '../../core/record/record';
import { targetUrl } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import type { TargetItem } from './auditCommands';
import type { Audits } from './audits';
import { type GroupNode, headline, idOf, itemOf, type TargetNode } from './targetItems';

/** A record of fewer pages is read at a glance, without groups. */
const GROUPED_FROM = 10;

function isItem(node: unknown): node is TargetItem {
  return typeof node === 'object' && node !== null && 'target' in node && 'model' in node;
}

/** The tree of targets: pages and journeys, their addresses, and their last audit on this machine. */
export class TargetsView implements vscode.TreeDataProvider<TargetNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TargetNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<TargetNode>;
  private readonly disposables: vscode.Disposable;
  /** The rows at the top, as VS Code knows them. */
  private rows: TargetNode[] = [];

  constructor(
    private readonly models: RecordModels,
    private readonly audits: Audits,
  ) {
    this.view = vscode.window.createTreeView(views.targets, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: {
        dragMimeTypes: [],
        dropMimeTypes: ['files', 'text/uri-list'],
        handleDrop: async (_, dropped) =>
          void (await vscode.commands.executeCommand(commands.importRecording, dropped)),
      },
    });
    const refresh = () => {
      this.view.message = models.stale && `Stale: ${inertLine(models.stale.message)}`;
      this.view.description = this.summary();
      this.changed.fire(this.sameRows());
    };
    this.disposables = vscode.Disposable.from(
      this.view,
      this.changed,
      models.onDidChange(refresh),
      audits.onDidChangeState(refresh),
      audits.onDidProgress(refresh),
    );
  }

  /** `9 pages, 2 poor`; while an audit runs, which page it is at. */
  private summary(): string {
    const { current } = this.audits;
    if (current) return `auditing ${current.page.target}`;
    const pages = this.models.all.flatMap((model) =>
      Object.entries(model.parsed.record.targets).flatMap(([slug, { path }]) =>
        path === undefined ? [] : [newest(model.latest.filter(({ target }) => target === slug))],
      ),
    );
    const poor = pages.filter((measurement) => {
      const head = measurement && headline(measurement);
      return head && ratingOf(head.score) === 'poor';
    }).length;
    return pages.length === 0 ? '' : `${counted(pages.length, 'page')}${poor > 0 ? `, ${poor} poor` : ''}`;
  }

  /** The pages a command is about: the selected ones, else the clicked one. */
  itemsOf(clicked: unknown, chosen: unknown): TargetItem[] {
    const items = (nodes: readonly unknown[]): TargetItem[] => {
      const all = nodes.flatMap((node): TargetItem[] => {
        const group = this.groupOf(node);
        return group ? group.targets.map((target) => ({ model: group.model, target })) : isItem(node) ? [node] : [];
      });
      const isDouble = ({ model, target, environment }: TargetItem, index: number) =>
        all.findIndex((o) => o.model === model && o.target === target && o.environment === environment) < index;
      return all.filter((item, index) => !isDouble(item, index)); // a page and its group
    };
    const many = Array.isArray(chosen) ? items(chosen) : [];
    const given = items([clicked]);
    return many.length > 0 ? many : given.length > 0 ? given : items(this.view.selection);
  }

  /** The group that a row stands for. */
  groupOf(node: unknown): GroupNode | undefined {
    const isGroup = typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'group';
    return isGroup ? (node as GroupNode) : undefined;
  }

  async getChildren(node?: TargetNode): Promise<TargetNode[]> {
    await this.models.loaded;
    if (!node) {
      this.rows = this.steadyRows();
      return this.rows;
    }
    if (node.kind === 'folder') return this.targetsOf(node.model);
    if (node.kind === 'group') return targetNodes(node.model, node.targets);
    return node.kind === 'target' ? this.environmentsOf(node.model, node.target) : [];
  }

  private topRows(): TargetNode[] {
    const { all } = this.models;
    if (all.length < 2) return all.flatMap((model) => this.targetsOf(model));
    const filled = all.filter(({ parsed }) => Object.keys(parsed.record.targets).length > 0);
    return filled.map((model) => ({ kind: 'folder', model }));
  }

  /** The rows at the top; one that stays is the same object, brought up to date. */
  private steadyRows(): TargetNode[] {
    const known = new Map(this.rows.map((row) => [idOf(row), row]));
    return this.topRows().map((row) => Object.assign(known.get(idOf(row)) ?? row, row));
  }

  /**
   * The rows at the top, if they are still those that are shown.
   * VS Code forgets the rows of a whole tree until it has asked for them again, and a menu that is open on one of
   * them then does nothing. Rows that are refreshed one by one it keeps.
   */
  private sameRows(): TargetNode[] | undefined {
    const rows = this.steadyRows();
    const isSame = rows.length === this.rows.length && rows.every((row, index) => row === this.rows[index]);
    return isSame && rows.length > 0 ? rows : undefined;
  }

  /** The targets of a record; pages of one template stand together where there are many pages. */
  private targetsOf(model: RecordModel): TargetNode[] {
    const { record, invalid } = model.parsed;
    const all = Object.keys(record.targets)
      .filter((target) => !invalid.has(target))
      .sort();
    const pages = all.filter((target) => record.targets[target]?.path !== undefined);
    const groupOf = pages.length < GROUPED_FROM ? new Map<string, string>() : pageGroups(record);
    const groups = [...Map.groupBy(pages, (target) => groupOf.get(target) ?? '')]
      .filter(([group, targets]) => group !== '' && targets.length > 1)
      .map(([group, targets]): GroupNode => ({ kind: 'group', model, group, targets }))
      .sort((a, b) => byCodeUnit(a.group, b.group));
    const grouped = new Set(groups.flatMap(({ targets }) => targets));
    return [
      ...groups,
      ...targetNodes(
        model,
        all.filter((target) => !grouped.has(target)),
      ),
    ];
  }

  private environmentsOf(model: RecordModel, slug: string): TargetNode[] {
    const target = model.parsed.record.targets[slug] as Target;
    const names = [...new Set([...(target.serve ? ['local'] : []), ...Object.keys(target.origins ?? {})])];
    return names.map((environment) => {
      const url = targetUrl(target, environment);
      return { kind: 'environment', model, target: slug, environment, ...(url !== undefined && { url }) };
    });
  }

  getTreeItem(node: TargetNode): vscode.TreeItem {
    return itemOf(node, this.audits.current);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function targetNodes(model: RecordModel, targets: readonly string[]): TargetNode[] {
  return targets.map((target) => ({ kind: 'target', model, target }));
}

/** Opens the page of an environment in the person's browser. */
export async function openPage(node: TargetNode | undefined): Promise<void> {
  if (node?.kind === 'environment' && node.url) await vscode.env.openExternal(vscode.Uri.parse(node.url));
}
