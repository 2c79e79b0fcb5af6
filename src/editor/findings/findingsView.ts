import * as vscode from 'vscode';
import { contexts, views } from '../../contributions';
import { savingsOf } from '../../core/audit/measurement';
import { usageError } from '../../core/errors';
import { hiddenFindings } from '../../core/evaluation/visibility';
import { type Grouping, groupFindings, groupings } from '../../core/record/groupFindings';
import { listFindings, usableFinding } from '../../core/record/listFindings';
import { type Problem, problemsOf } from '../../core/record/problems';
import { type Finding, openStatuses, statuses } from '../../core/record/record';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { compareWithBase } from '../../workflow/compareRecords';
import { coalesce } from '../shared/coalesce';
import { handleOf, knownHandle } from '../shared/handle';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import { requireTrust } from '../shared/trust';
import { childrenOf, type FindingName, type FindingNode, findingsOf, itemOf, NEW_SCHEME } from './findingItems';
import type { FindingItems } from './triageCommands';

/** What the view shows; kept for the workspace. */
interface Choice {
  text: string;
  grouping: Grouping;
  statuses: string[];
  mine: boolean;
  newSinceBase: boolean;
}

const CHOICE = 'uxAudit.findings.choice';
/** From this severity on a problem counts for the badge. */
const MAJOR = 2.5;
const everything: Choice = {
  text: '',
  grouping: 'problem',
  statuses: [...openStatuses],
  mine: false,
  newSinceBase: false,
};

/** The tree of findings, in groups, worst first. */
export class FindingsView
  implements vscode.TreeDataProvider<FindingNode>, vscode.FileDecorationProvider, vscode.Disposable
{
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
      vscode.window.registerFileDecorationProvider(this),
      shared.models.onDidChange(() => {
        void this.refresh();
        void this.markFresh();
      }),
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
    if (choice.newSinceBase) await this.readFresh();
    const isDefault = choice.statuses.join() === everything.statuses.join();
    this.roots = this.shared.models.all.flatMap((model) => this.rowsOf(model, choice));
    const problems = this.roots.flatMap((node) => problemsBelow(node));
    const major = problems.filter(({ severity = 0 }) => severity >= MAJOR).length;
    const fresh = problems.filter(({ findings }) => findings.some(({ id }) => this.isFresh(id))).length;
    const about = [
      ...(choice.text ? [`matching “${choice.text}”`] : []),
      ...(choice.mine ? ['mine'] : []),
      ...(choice.newSinceBase ? ['new since the base branch'] : fresh > 0 ? [`${fresh} new`] : []),
      ...(isDefault ? [] : [choice.statuses.join(', ')]),
    ];
    this.view.description =
      problems.length > 0
        ? [`${counted(problems.length, 'problem')}${problems.length > 1 ? ', worst first' : ''}`, ...about].join(' · ')
        : '';
    this.view.badge =
      major > 0 ? { value: major, tooltip: `${counted(major, 'problem')} of severity major or worse` } : undefined;
    const { stale } = this.shared.models;
    this.view.message = stale && `Stale: ${inertLine(stale.message)}`;
    void vscode.commands.executeCommand('setContext', contexts.filtered, this.isNarrowed(choice));
    this.changed.fire();
  }

  /** The rows of one record at the top: problems or groups of them, and at the end what is accepted. */
  private rowsOf(model: RecordModel, choice: Choice): FindingNode[] {
    const { me } = this;
    const owner = choice.mine ? me : undefined;
    const hidden = hiddenFindings(model.parsed.record, { handle: me });
    const savings = savingsOf(model.latest);
    const found = (wanted: readonly string[]) =>
      listFindings(model.parsed, { statuses: wanted, text: choice.text, owner }).filter(
        ({ id }) => !hidden.has(id) && (!choice.newSinceBase || this.fresh.get(model)?.has(id) === true),
      );
    const several = this.shared.models.all.length > 1;
    const named = (name: string) => (several ? `${model.folder.name}: ${name}` : name);
    const group = (name: string, findings: Finding[]) => ({
      ...{ kind: 'group' as const, model, name: named(name) },
      problems: problemsOf(findings, savings),
    });
    const groups = groupFindings(found(choice.statuses), choice.grouping).map(({ name, findings }) =>
      group(choice.grouping === 'problem' && several ? 'open' : name, findings),
    );
    const isFlat = choice.grouping === 'problem' && !several;
    const rows: FindingNode[] = isFlat ? groups.flatMap((node) => childrenOf(node)) : groups;
    if (this.isNarrowed(choice) || rows.length === 0) return rows;
    const decided = group('Accepted', found(['accepted', 'false-positive']));
    return decided.problems.length > 0 ? [...rows, { ...decided, isDecided: true as const }] : rows;
  }

  private isFresh(id: string): boolean {
    return [...this.fresh.values()].some((ids) => ids.has(id));
  }

  /** Asks git what is new since the base branch. Without a repository every finding counts as new. */
  private async readFresh(): Promise<void> {
    this.fresh = new Map();
    for (const model of this.shared.models.all) {
      try {
        this.fresh.set(model, await newSinceBase(model));
      } catch (error) {
        await showError(error, this.shared.log);
        this.fresh.set(model, new Set(Object.keys(model.parsed.record.findings)));
      }
    }
  }

  /** Marks what is new, where git can tell and not everything is; without trust there are no marks. */
  private readonly markFresh = coalesce(async () => {
    const found = new Map<RecordModel, Set<string>>();
    for (const model of vscode.workspace.isTrusted ? this.shared.models.all : []) {
      const ids = await newSinceBase(model).catch(() => undefined);
      if (ids && ids.size < Object.keys(model.parsed.record.findings).length) found.set(model, ids);
    }
    const isSame = JSON.stringify(listOf(this.fresh)) === JSON.stringify(listOf(found));
    this.fresh = found;
    if (!isSame) await this.refresh();
  });

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
    const named = findingNamed(clicked);
    if (named) return named;
    const given = [clicked].filter(isNode);
    const many = Array.isArray(chosen) ? chosen.filter(isNode) : [];
    const nodes = many.length > 0 ? many : given.length > 0 ? given : [...this.view.selection];
    const [first] = nodes;
    if (!first) return undefined;
    const ofModel = nodes.filter(({ model }) => model === first.model);
    const findings = [...new Map(ofModel.flatMap(findingsOf).map((finding) => [finding.id, finding])).values()];
    const places = ofModel.flatMap((node) => (node.kind === 'place' ? [node.place] : []));
    if (places.length > 0 && (findings.length > 1 || places.length < ofModel.length)) {
      const next = 'Choose places of one finding, or the findings themselves.';
      throw usageError('places-of-several', 'The chosen rows are places of several findings.', next);
    }
    return { model: first.model, findings, ...(places.length > 0 && { places }) };
  }

  async getChildren(node?: FindingNode): Promise<FindingNode[]> {
    await this.shared.models.loaded;
    return node ? childrenOf(node) : this.roots;
  }

  getTreeItem(node: FindingNode): vscode.TreeItem {
    return itemOf(node, {
      extensionUri: this.shared.context.extensionUri,
      isNew: (model, id) => this.fresh.get(model)?.has(id) === true,
    });
  }

  /** Marks what is new since the base branch. */
  provideFileDecoration({ scheme }: vscode.Uri): vscode.FileDecoration | undefined {
    if (scheme !== NEW_SCHEME) return undefined;
    return new vscode.FileDecoration('N', 'New: your team does not have it yet', new vscode.ThemeColor('charts.blue'));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The finding that a page or a mark in the code names; undefined for a row of the tree. */
function findingNamed(given: unknown): FindingItems | undefined {
  if (typeof given !== 'object' || given === null || 'kind' in given || !('model' in given) || !('id' in given))
    return undefined;
  const { model, id } = given as FindingName;
  const finding = usableFinding(model.parsed.record, id);
  return finding && { model, findings: [finding] };
}

/** The problems of a row at the top that count: not those that are decided. */
function problemsBelow(node: FindingNode): Problem[] {
  if (node.kind === 'problem') return [node.problem];
  return node.kind === 'group' && !node.isDecided ? node.problems : [];
}

function listOf(fresh: ReadonlyMap<RecordModel, ReadonlySet<string>>): string[] {
  return [...fresh.values()].flatMap((ids) => [...ids]).sort();
}

/** The ids of findings that the base branch does not have. @throws HumanError of kind `usage` without a repository */
async function newSinceBase({ workspace }: RecordModel): Promise<Set<string>> {
  requireTrust();
  const { differences } = await compareWithBase(workspace);
  return new Set(differences.filter(({ change }) => change === 'new').map(({ id }) => id));
}

/** Opens the record at a finding's line. */
export async function openInRecord(node: FindingNode | { model: RecordModel; id: string }): Promise<void> {
  const id = 'kind' in node ? findingsOf(node)[0]?.id : node.id;
  if (id === undefined) return;
  const document = await vscode.workspace.openTextDocument(node.model.uri);
  const line = Math.min((node.model.parsed.lineOf.get(id) ?? 1) - 1, document.lineCount - 1);
  const start = new vscode.Position(line, 0);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}
