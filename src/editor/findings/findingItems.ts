import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { shortTitle } from '../../core/advice/advice';
import { openPlacesOf } from '../../core/record/places';
import { orderText, type Problem } from '../../core/record/problems';
import { type AuditRecord, type Finding, isOpen, type Occurrence } from '../../core/record/record';
import { severityOf, severityText } from '../../core/record/severity';
import { titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import type { RecordModel } from '../shared/recordModels';

/** A row of the findings view. */
export type FindingNode =
  | { kind: 'group'; model: RecordModel; name: string; problems: Problem[]; isDecided?: true }
  | { kind: 'problem'; model: RecordModel; problem: Problem; group: string }
  | { kind: 'finding'; model: RecordModel; finding: Finding; group: string }
  | { kind: 'place'; model: RecordModel; finding: Finding; place: string; group: string };

/** The most places of a finding that the tree lists; its page lists all. */
const MAX_PLACES = 50;

/** A finding, as tree items and pages name it. */
export interface FindingName {
  model: RecordModel;
  id: string;
  /** The key of the place to show first. */
  place?: string | undefined;
}

/** The findings that a row stands for. */
export function findingsOf(node: FindingNode): Finding[] {
  if (node.kind === 'group') return node.problems.flatMap(({ findings }) => findings);
  return node.kind === 'problem' ? node.problem.findings : [node.finding];
}

/** The finding that a row opens, and its place. */
export function nameOf(node: FindingNode | FindingName): FindingName {
  if (!('kind' in node)) return node;
  const [{ id = '' } = {}] = findingsOf(node);
  return { model: node.model, id, ...(node.kind === 'place' && { place: node.place }) };
}

/** The rows below a row: problems, their pages, and their places. */
export function childrenOf(node: FindingNode): FindingNode[] {
  switch (node.kind) {
    case 'group':
      return node.problems.map((problem) => ({ kind: 'problem', model: node.model, problem, group: node.name }));
    case 'problem': {
      const { findings } = node.problem;
      const [only] = findings;
      if (findings.length > 1) return findings.map((finding) => ({ ...node, kind: 'finding', finding }));
      return only ? placesBelow({ ...node, kind: 'finding', finding: only }) : [];
    }
    case 'finding':
      return placesBelow(node);
    case 'place':
      return [];
  }
}

function placesBelow({ model, finding, group }: Extract<FindingNode, { kind: 'finding' }>): FindingNode[] {
  const keys = Object.keys(finding.occurrences ?? {}).slice(0, MAX_PLACES);
  return keys.map((place) => ({ kind: 'place', model, finding, place, group }));
}

/** What the rows need to know besides the record. */
export interface ItemFacts {
  /** The folder of the extension, which holds the icons. */
  extensionUri: vscode.Uri;
  /** Ids that are not in the record of the base branch. */
  isNew: (model: RecordModel, id: string) => boolean;
}

/** The row's look, and what it opens. */
export function itemOf(node: FindingNode, facts: ItemFacts): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node);
    case 'problem':
      return problemItem(node, facts);
    case 'finding':
      return pageItem(node);
    case 'place':
      return placeItem(node);
  }
}

function groupItem({ model, name, problems, isDecided }: Extract<FindingNode, { kind: 'group' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(inertLine(name), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${model.folder.uri}#group#${name}`;
  item.description = counted(problems.length, 'problem');
  item.iconPath = new vscode.ThemeIcon(isDecided ? 'check' : 'list-unordered');
  item.contextValue = isDecided ? 'group decided' : 'group open';
  return item;
}

function problemItem(
  { model, problem, group }: Extract<FindingNode, { kind: 'problem' }>,
  { extensionUri, isNew }: ItemFacts,
): vscode.TreeItem {
  const { findings, key, severity } = problem;
  const [first] = findings as [Finding];
  const hasChildren = findings.length > 1 || Object.keys(first.occurrences ?? {}).length > 0;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(inertLine(shortTitle(first)), hasChildren ? Collapsed : None);
  item.id = `${model.folder.uri}#${group}#${key}`;
  item.iconPath = severityIcon(extensionUri, severity);
  item.description = reachText(problem, model.parsed.record.targets);
  const decided = isOpen(first) ? '' : `\n${inertLine(first.state.status)}`;
  item.tooltip = `${inertLine(first.title)}\n${orderText(problem)}\n${inertLine(key)}${decided}`;
  item.contextValue = isOpen(first) ? 'problem open' : 'problem decided';
  item.accessibilityInformation = { label: `${item.label}, severity ${severityText(severity)}, ${item.description}` };
  if (findings.some(({ id }) => isNew(model, id))) {
    item.resourceUri = vscode.Uri.from({ scheme: NEW_SCHEME, path: `/${key}` });
  }
  item.command = open(model, first.id);
  return item;
}

/** Rows whose address has this scheme get the mark of what is new. */
export const NEW_SCHEME = 'ux-audit-new';

/** `41 on 7 pages`, `1 on checkout`, `1.1 s on home`, `on checkout`. */
function reachText({ findings, pages, places, saving }: Problem, targets: AuditRecord['targets']): string {
  const [first] = findings as [Finding];
  const where = pages > 1 ? counted(pages, 'page') : inertLine(titleOf(targets, first.target));
  const owners = [...new Set(findings.flatMap(({ state }) => state.owner ?? []))].map(inertLine);
  const much = saving >= 100 ? `${(saving / 1000).toFixed(1)} s` : places > 0 ? places.toLocaleString('en') : '';
  const reopened = findings.some(({ state }) => state.status === 'reopened') ? ['reopened'] : [];
  return [`${much} on ${where}`.trim(), ...reopened, ...owners].join(' · ');
}

function pageItem({ model, finding, group }: Extract<FindingNode, { kind: 'finding' }>): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const places = openPlacesOf(finding);
  const item = new vscode.TreeItem(
    inertLine(titleOf(model.parsed.record.targets, finding.target)),
    finding.occurrences ? Collapsed : None,
  );
  item.id = `${model.folder.uri}#${group}#${finding.id}`;
  item.iconPath = new vscode.ThemeIcon('globe');
  const status = finding.state.status === 'open' ? [] : [inertLine(finding.state.status)];
  item.description = [...(places > 0 ? [counted(places, 'place')] : []), ...status].join(' · ');
  item.tooltip = `${inertLine(finding.title)}\n${finding.id}\nSeverity ${severityText(severityOf(finding))}`;
  item.contextValue = isOpen(finding) ? 'finding open' : 'finding decided';
  item.command = open(model, finding.id);
  return item;
}

function placeItem({ model, finding, place, group }: Extract<FindingNode, { kind: 'place' }>): vscode.TreeItem {
  const occurrence = finding.occurrences?.[place] ?? {};
  const item = new vscode.TreeItem(inertLine(placeName(occurrence)), vscode.TreeItemCollapsibleState.None);
  item.id = `${model.folder.uri}#${group}#${finding.id}#${place}`;
  const { decided, n } = occurrence;
  item.iconPath = new vscode.ThemeIcon(decided ? 'check' : 'symbol-field');
  item.description = [
    ...(n ? [`${n} alike`] : []),
    ...(decided ? [`${inertLine(decided.status)} by ${inertLine(decided.by)}`] : []),
  ].join(' · ');
  item.tooltip = [occurrence.selector, occurrence.snippet, occurrence.url]
    .filter((text) => text !== undefined)
    .map(inertLine)
    .join('\n');
  item.contextValue = decided ? 'place decided' : 'place open';
  item.command = open(model, finding.id, place);
  return item;
}

/** What tells a place from its neighbours: the end of its selector, or its address. */
function placeName({ selector, snippet, url, label }: Occurrence): string {
  return selector?.split(' > ').at(-1) ?? url ?? label ?? snippet ?? 'the whole page';
}

/** Opens the page of a finding (FindingPanels.showFinding). */
function open(model: RecordModel, id: string, place?: string): vscode.Command {
  return { command: commands.showFinding, title: 'Show Finding', arguments: [{ model, id, place }] };
}

/** The diamond with its digit, the same as on pages and in reports. */
export function severityIcon(
  extensionUri: vscode.Uri,
  severity: number | undefined,
): { light: vscode.Uri; dark: vscode.Uri } {
  const name = severity === undefined ? 'none' : String(Math.round(severity));
  const file = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', 'severity', `${name}-${theme}.svg`);
  return { light: file('light'), dark: file('dark') };
}
