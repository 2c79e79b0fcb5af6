import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { type Measurement, newest } from '../../core/audit/measurement';
import { evaluatorsOf } from '../../core/evaluation/evaluation';
import { walkedText } from '../../core/journey/journeyFacts';
import { figureText, ratingOf } from '../../core/metrics/metricText';
import { labMetrics } from '../../core/metrics/pageMetrics';
import type { Target } from '../../core/record/record';
import { titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { ago } from '../shared/ago';
import type { RecordModel } from '../shared/recordModels';
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

/** Icon and theme colour of a rating; the word stands beside it. */
const looks = {
  good: { icon: 'circle-filled', color: 'testing.iconPassed' },
  'needs improvement': { icon: 'primitive-square', color: 'list.warningForeground' },
  poor: { icon: 'triangle-up', color: 'list.errorForeground' },
} as const;

/** The number that a list shows for a page: LCP, or the accessibility score where the load was not audited. */
export function headline(measurement: Measurement): { text: string; score: number | null } | undefined {
  const lcp = measurement.metrics['largest-contentful-paint'];
  if (lcp) return { text: `LCP ${figureText(lcp.median, 'ms')}`, score: lcp.score };
  const [first] = Object.values(measurement.scores);
  return first?.spread
    ? { text: `${first.title} ${Math.round(first.spread.median * 100)}`, score: first.spread.median }
    : undefined;
}

/** What tells a row from all others, and stays the same while its facts change. */
export function idOf(node: TargetNode): string {
  const folder = String(node.model.folder.uri);
  if (node.kind === 'folder') return folder;
  if (node.kind === 'group') return `${folder}#group ${node.group}`;
  return node.kind === 'target' ? `${folder}#${node.target}` : `${folder}#${node.target}#${node.environment}`;
}

type Current = Audits['current'];

/** The row of a node; of `current`, the page whose audit is under way, it tells how far that is. */
export function itemOf(node: TargetNode, current: Current): vscode.TreeItem {
  if (node.kind === 'folder') {
    const item = new vscode.TreeItem(node.model.folder.name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = idOf(node);
    item.resourceUri = node.model.folder.uri;
    return item;
  }
  if (node.kind === 'group') return groupItem(node, current);
  return node.kind === 'target' ? targetItem(node, current) : environmentItem(node);
}

function groupItem(node: GroupNode, current: Current): vscode.TreeItem {
  const { model, group, targets } = node;
  const item = new vscode.TreeItem(inertLine(group), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = idOf(node);
  const heads = targets.flatMap((target) => {
    const measurement = newest(model.latest.filter((other) => other.target === target));
    return measurement ? [headline(measurement)] : [];
  });
  const poor = heads.filter((head) => head && ratingOf(head.score) === 'poor').length;
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

function targetItem(node: Extract<TargetNode, { kind: 'target' }>, current: Current): vscode.TreeItem {
  const { model, target: slug } = node;
  const target = model.parsed.record.targets[slug] as Target;
  const isPage = target.path !== undefined;
  const item = new vscode.TreeItem(
    inertLine(titleOf(model.parsed.record.targets, slug)),
    isPage ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = idOf(node);
  if (!isPage) {
    const isJourney = target.kind === 'journey';
    item.iconPath = new vscode.ThemeIcon(isJourney ? 'milestone' : 'person');
    const about = isJourney ? counted(target.steps?.length ?? 0, 'step') : target.channel;
    item.description = inertLine([target.kind, about, target.stage].filter(Boolean).join(', '));
    item.contextValue = 'journey';
    if (isJourney) decorateJourney(item, model, slug, current);
    return item;
  }
  const measurement = newest(model.latest.filter((other) => other.target === slug));
  decorate(item, measurement, `${slug}: not audited on this machine yet`);
  if (!measurement) {
    const people = evaluatorsOf(model.parsed.record, slug).size;
    const by = people > 0 ? [`evaluated by ${counted(people, 'person', 'people')}`] : [];
    item.description = [...by, item.description].join(' · ');
    item.tooltip = [item.tooltip, ...by].join('; ');
    item.accessibilityInformation = { label: `${item.label}, ${item.description}` }; // else a reader says the tooltip
  }
  item.contextValue = `auditable${measurement ? ' measured' : ''}`;
  decorateLogin(item, model, target, current);
  if (current?.model === model && current.page.target === slug) {
    item.iconPath = new vscode.ThemeIcon('loading~spin');
    item.description = current.text;
  }
  if (measurement)
    item.command = { command: commands.openResult, title: 'Open Result', arguments: [{ model, target: slug }] };
  return item;
}

/** Who is signed in when a page is audited, and whether this machine can be. */
function decorateLogin(item: vscode.TreeItem, model: RecordModel, { login }: Target, current: Current): void {
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
  const isAudited = current?.model === model && model.parsed.record.targets[current.page.target]?.login === login;
  if (!keptAt && !isByItself && !isAudited) item.iconPath = new vscode.ThemeIcon('lock');
  item.tooltip = [item.tooltip, long].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
}

/** What the newest walk says, and what a click opens. */
function decorateJourney(item: vscode.TreeItem, model: RecordModel, target: string, current: Current): void {
  const run = model.walked.get(target);
  item.contextValue = 'journey steps';
  item.command = { command: commands.showJourney, title: 'Show Journey', arguments: [{ model, target }] };
  if (current?.model === model && current.page.target === target) {
    item.iconPath = new vscode.ThemeIcon('loading~spin');
    item.description = current.text;
  } else if (run) item.description = [walkedText(run), item.description, ago(run.at)].join(' · ');
  decorateLogin(item, model, model.parsed.record.targets[target] as Target, current);
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
}

function environmentItem(node: Extract<TargetNode, { kind: 'environment' }>): vscode.TreeItem {
  const { model, target, environment, url } = node;
  const item = new vscode.TreeItem(environment, vscode.TreeItemCollapsibleState.None);
  item.id = idOf(node);
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
  decorate(item, measurement, `${where}: not audited on this machine yet`);
  item.description = [inertLine(where), measurement ? headline(measurement)?.text : 'not audited here yet']
    .filter(Boolean)
    .join(' · ');
  item.contextValue = `auditable environment${measurement ? ' measured' : ''}`;
  if (measurement) item.command = { command: commands.openResult, title: 'Open Result', arguments: [node] };
  return item;
}

function decorate(item: vscode.TreeItem, measurement: Measurement | undefined, unmeasured: string): void {
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
      value.n > 1 ? ` (${figureText(value.min, unit)} to ${figureText(value.max, unit)}, ${value.n} runs)` : ' (1 run)';
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
