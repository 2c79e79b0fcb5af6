import * as vscode from 'vscode';
import { commands, views } from '../../contributions';
import { type Measurement, newest } from '../../core/audit/measurement';
import { pageGroups } from '../../core/discovery/pageGroups';
import { walkedText } from '../../core/journey/journeyFacts';
import { figureText, ratingOf } from '../../core/metrics/metricText';
import { labMetrics } from '../../core/metrics/pageMetrics';
import { byCodeUnit } from '../../core/record/canonicalText';
import type { Target } from '../../core/record/record';
import { targetUrl, titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { ago } from '../shared/ago';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import type { TargetItem } from './auditCommands';
import type { Audits } from './audits';

/** Pages of one template. */
export interface GroupNode {
  kind: 'group';
  model: RecordModel;
  group: string;
  targets: string[];
}

export type TargetNode =
  | { kind: 'folder'; model: RecordModel }
  | GroupNode
  | { kind: 'target'; model: RecordModel; target: string }
  | { kind: 'environment'; model: RecordModel; target: string; environment: string; url?: string };

/** A record of fewer pages is read at a glance, without groups. */
const GROUPED_FROM = 10;

/** Icon and theme colour of a rating; the word stands beside it. */
const looks = {
  good: { icon: 'circle-filled', color: 'testing.iconPassed' },
  'needs improvement': { icon: 'primitive-square', color: 'list.warningForeground' },
  poor: { icon: 'triangle-up', color: 'list.errorForeground' },
} as const;

/** The number that a list shows for a page: LCP, or the accessibility score where the load was not audited. */
function headline(measurement: Measurement): { text: string; score: number | null } | undefined {
  const lcp = measurement.metrics['largest-contentful-paint'];
  if (lcp) return { text: `LCP ${figureText(lcp.median, 'ms')}`, score: lcp.score };
  const [first] = Object.values(measurement.scores);
  return first?.spread
    ? { text: `${first.title} ${Math.round(first.spread.median * 100)}`, score: first.spread.median }
    : undefined;
}

function isItem(node: unknown): node is TargetItem {
  return typeof node === 'object' && node !== null && 'target' in node && 'model' in node;
}

/** The tree of targets: pages and journeys, their addresses, and their last audit on this machine. */
export class TargetsView implements vscode.TreeDataProvider<TargetNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<TargetNode>;
  private readonly disposables: vscode.Disposable;

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
      this.changed.fire();
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
      const { all } = this.models;
      if (all.length < 2) return all.flatMap((model) => this.targetsOf(model));
      const filled = all.filter(({ parsed }) => Object.keys(parsed.record.targets).length > 0);
      return filled.map((model) => ({ kind: 'folder', model }));
    }
    if (node.kind === 'folder') return this.targetsOf(node.model);
    if (node.kind === 'group') return targetNodes(node.model, node.targets);
    return node.kind === 'target' ? this.environmentsOf(node.model, node.target) : [];
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
    if (node.kind === 'folder') {
      const item = new vscode.TreeItem(node.model.folder.name, vscode.TreeItemCollapsibleState.Expanded);
      item.resourceUri = node.model.folder.uri;
      return item;
    }
    if (node.kind === 'group') return this.groupItem(node);
    return node.kind === 'target' ? this.targetItem(node) : this.environmentItem(node);
  }

  private groupItem({ model, group, targets }: GroupNode): vscode.TreeItem {
    const item = new vscode.TreeItem(inertLine(group), vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `${model.folder.uri}#group ${group}`;
    const heads = targets.flatMap((target) => {
      const measurement = newest(model.latest.filter((other) => other.target === target));
      return measurement ? [headline(measurement)] : [];
    });
    const poor = heads.filter((head) => head && ratingOf(head.score) === 'poor').length;
    const { current } = this.audits;
    const isWorking = current?.model === model && targets.includes(current.page.target);
    item.iconPath = new vscode.ThemeIcon(isWorking ? 'loading~spin' : 'files');
    item.description = [
      counted(targets.length, 'page'),
      ...(poor > 0 ? [`${poor} poor`] : []),
      ...(heads.length < targets.length ? [`${targets.length - heads.length} not audited here yet`] : []),
    ].join(' · ');
    item.contextValue = 'group';
    item.accessibilityInformation = { label: `Group ${item.label}, ${item.description}` };
    return item;
  }

  private targetItem({ model, target: slug }: Extract<TargetNode, { kind: 'target' }>): vscode.TreeItem {
    const target = model.parsed.record.targets[slug] as Target;
    const isPage = target.path !== undefined;
    const item = new vscode.TreeItem(
      inertLine(titleOf(model.parsed.record.targets, slug)),
      isPage ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.id = `${model.folder.uri}#${slug}`;
    if (!isPage) {
      const isJourney = target.kind === 'journey';
      item.iconPath = new vscode.ThemeIcon(isJourney ? 'milestone' : 'person');
      const about = isJourney ? counted(target.steps?.length ?? 0, 'step') : target.channel;
      item.description = inertLine([target.kind, about, target.stage].filter(Boolean).join(', '));
      item.contextValue = 'journey';
      if (isJourney) this.decorateJourney(item, model, slug);
      return item;
    }
    const measurement = newest(model.latest.filter((other) => other.target === slug));
    this.decorate(item, measurement, `${slug}: not audited on this machine yet`);
    item.contextValue = `auditable${measurement ? ' measured' : ''}`;
    this.decorateLogin(item, model, target);
    const { current } = this.audits;
    if (current?.model === model && current.page.target === slug) {
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      item.description = current.text;
    }
    if (measurement)
      item.command = { command: commands.openResult, title: 'Open Result', arguments: [{ model, target: slug }] };
    return item;
  }

  /** Who is signed in when a page is audited, and whether this machine can be. */
  private decorateLogin(item: vscode.TreeItem, model: RecordModel, { login }: Target): void {
    if (login === undefined) return;
    const name = inertLine(login);
    const keptAt = model.signedIn.get(login);
    const by = model.parsed.record.logins?.[login]?.by;
    const isByItself = by === 'recording' || by === 'script';
    const short = keptAt || isByItself ? `as ${name}` : `${name} not signed in`;
    const long = keptAt
      ? `Behind a login: signed in as ${name} ${ago(keptAt.toISOString())}, on this machine.`
      : isByItself
        ? `Behind a login: signs in as ${name} by itself.`
        : `Behind a login: nobody has signed in as ${name} on this machine (Sign In…).`;
    item.description = [short, item.description].filter(Boolean).join(' · '); // the end is often cut off
    const { current } = this.audits;
    const isAudited = current?.model === model && model.parsed.record.targets[current.page.target]?.login === login;
    if (!keptAt && !isByItself && !isAudited) item.iconPath = new vscode.ThemeIcon('lock');
    item.tooltip = [item.tooltip, long].filter(Boolean).join('\n');
    item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  }

  /** What the newest walk says, and what a click opens. */
  private decorateJourney(item: vscode.TreeItem, model: RecordModel, target: string): void {
    const run = model.walked.get(target);
    const { current } = this.audits;
    item.contextValue = 'journey steps';
    item.command = { command: commands.showJourney, title: 'Show Journey', arguments: [{ model, target }] };
    if (current?.model === model && current.page.target === target) {
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      item.description = current.text;
    } else if (run) item.description = [walkedText(run), item.description, ago(run.at)].join(' · ');
    this.decorateLogin(item, model, model.parsed.record.targets[target] as Target);
    item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  }

  private environmentItem(node: Extract<TargetNode, { kind: 'environment' }>): vscode.TreeItem {
    const { model, target, environment, url } = node;
    const item = new vscode.TreeItem(environment, vscode.TreeItemCollapsibleState.None);
    item.id = `${model.folder.uri}#${target}#${environment}`;
    const serve = model.parsed.record.targets[target]?.serve;
    const where =
      environment === 'local' && serve
        ? 'folder' in serve
          ? `served from ${serve.folder}`
          : String(serve.command)
        : (url ?? '');
    const measurement = newest(
      model.latest.filter((other) => other.target === target && other.environment === environment),
    );
    this.decorate(item, measurement, `${where}: not audited on this machine yet`);
    item.description = [inertLine(where), measurement ? headline(measurement)?.text : 'not audited here yet']
      .filter(Boolean)
      .join(' · ');
    item.contextValue = `auditable environment${measurement ? ' measured' : ''}`;
    if (measurement) item.command = { command: commands.openResult, title: 'Open Result', arguments: [node] };
    return item;
  }

  private decorate(item: vscode.TreeItem, measurement: Measurement | undefined, unmeasured: string): void {
    const head = measurement && headline(measurement);
    if (!measurement || !head) {
      item.iconPath = new vscode.ThemeIcon('circle-large-outline');
      item.description = 'not audited here yet';
      item.tooltip = unmeasured;
      return;
    }
    const verdict = ratingOf(head.score);
    const look = verdict && looks[verdict];
    item.iconPath = look
      ? new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color))
      : new vscode.ThemeIcon('circle-large-outline');
    item.description = [
      head.text,
      verdict,
      ...(measurement.development ? ['development build'] : []),
      `${measurement.formFactor}, ${counted(measurement.runs, 'run')}`,
      ago(measurement.at),
    ]
      .filter(Boolean)
      .join(' · ');
    const lines = labMetrics.flatMap(({ id, acronym, unit }) => {
      const value = measurement.metrics[id];
      if (!value) return [];
      const range =
        value.n > 1
          ? ` (${figureText(value.min, unit)} to ${figureText(value.max, unit)}, ${value.n} runs)`
          : ' (1 run)';
      return [`${acronym} ${figureText(value.median, unit)}${range}`];
    });
    item.tooltip = [
      `${measurement.target} · ${measurement.environment} · ${measurement.formFactor} · lab`,
      ...lines,
      ...(measurement.noisy ? ['Other programs slowed this audit.'] : []),
      ...measurement.warnings.map((warning) => `Lighthouse warns: ${inertLine(warning)}`),
      ...(measurement.proof?.note === undefined ? [] : [inertLine(measurement.proof.note)]),
      ...(measurement.redirectedTo ? [`The page redirected to ${inertLine(measurement.redirectedTo)}.`] : []),
    ].join('\n');
    item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
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
