import * as vscode from 'vscode';
import { commands, contexts, views } from '../../contributions';
import { activeItems } from '../../core/checklist/checklist';
import { checklistIdOf, progressOf, roundOf, usableEvaluations } from '../../core/evaluation/evaluation';
import { type Turn, workOf } from '../../core/evaluation/work';
import { dueText, isDue, leftText, waitingText } from '../../core/evaluation/workText';
import { byCodeUnit } from '../../core/record/canonicalText';
import type { AuditRecord, Evaluation } from '../../core/record/record';
import { titleOf, titleOfAll } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { hasOwnChecklists, type ListedChecklist, listChecklists } from '../../workflow/checklists';
import type { Freshness } from '../../workflow/evaluations';
import { type EvaluationSelection, subjectsIn } from '../../workflow/webviewStates/evaluationPage';
import { knownHandle, onDidChangeHandle } from '../shared/handle';
import { picked, plain } from '../shared/plain';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import type { ChecklistName } from './checklistPanels';
import type { EvaluationChoice } from './evaluationSession';

export type EvaluationNode =
  | { kind: 'group'; model: RecordModel; target: string; checklist: string; evaluations: Evaluation[] }
  | { kind: 'evaluation'; model: RecordModel; target: string; checklist: string; evaluation: Evaluation };

/** What the tree shows: evaluations, and below them the checklists of one's own. */
type TreeNode =
  | EvaluationNode
  | { kind: 'checklists' }
  | ({ kind: 'checklist'; listed: ListedChecklist } & ChecklistName);

/** The tree of evaluations: who evaluates what, and how far they are. It never shows the answers of others. */
export class EvaluationsView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly status: vscode.StatusBarItem;
  private readonly disposables: vscode.Disposable;
  private checklists = new Map<RecordModel, Map<string, ListedChecklist>>();
  private roots: EvaluationNode[] = [];
  private turns = new Map<RecordModel, Turn[]>();
  /** Whether a target changed since it was evaluated, by target and commit; undefined while git is asked. */
  private freshness = new Map<string, Freshness | undefined>();
  private asking: Promise<void> = Promise.resolve();
  /** The evaluation that the person worked on last. The status bar shows its progress. */
  private last: EvaluationChoice | undefined;

  constructor(
    private readonly models: RecordModels,
    private readonly handles: vscode.Memento,
  ) {
    this.view = vscode.window.createTreeView(views.evaluations, { treeDataProvider: this, showCollapseAll: true });
    this.status = vscode.window.createStatusBarItem('uxAudit.evaluation', vscode.StatusBarAlignment.Left, 10);
    this.status.name = 'UX Audit: Evaluation';
    this.disposables = vscode.Disposable.from(
      this.view,
      this.changed,
      this.status,
      models.onDidChange(() => void this.refresh()),
      onDidChangeHandle(() => void this.refresh()),
      vscode.workspace.onDidSaveTextDocument(() => this.askAgain()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.askAgain()),
    );
  }

  /** Shows the progress of this evaluation in the status bar from now on. */
  follow(choice: EvaluationChoice): void {
    this.last = choice;
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    const lists = this.models.all.map(async (model) => [model, await this.listFor(model)] as const);
    this.checklists = new Map(
      (await Promise.all(lists)).map(([model, all]) => [model, new Map(all.map((entry) => [entry.id, entry]))]),
    );
    this.roots = this.models.all.flatMap((model) => this.groupsOf(model));
    this.remind();
    void vscode.commands.executeCommand('setContext', contexts.hasEvaluations, this.roots.length > 0);
    this.showStatus();
    this.changed.fire();
  }

  /** Says beside the view's title and on its badge how much waits for the person. */
  private remind(): void {
    const me = knownHandle(this.handles);
    this.turns = new Map(
      this.models.all.map((model) => {
        const listed = [...(this.checklists.get(model)?.values() ?? [])];
        const checklists = new Map(
          listed.flatMap(({ id, checklist }) => (checklist ? [[id, checklist] as const] : [])),
        );
        const { turns } = me === undefined ? { turns: [] } : workOf(model.parsed.record, { me, checklists });
        return [model, turns.filter(isDue)];
      }),
    );
    const value = [...this.turns.values()].flat().length;
    this.view.description = value > 0 ? `${value} open for you` : undefined;
    const tooltip = `${dueText(value)}: UX Audit: My Work`;
    this.view.badge = value > 0 ? { value, tooltip } : undefined;
  }

  /** What waits for the person at a target with a checklist. */
  private turnAt(model: RecordModel, target: string, checklist: string): Turn | undefined {
    return this.turns.get(model)?.find((turn) => turn.target === target && turn.checklist === checklist);
  }

  /** The checklists of a workspace, which are read only where something is shown of them. */
  private async listFor({ parsed, workspace }: RecordModel): Promise<ListedChecklist[]> {
    const isAny = Object.keys(parsed.record.evaluations).length > 0 || (await hasOwnChecklists(workspace));
    return isAny ? listChecklists(workspace) : [];
  }

  private ownChecklists(): TreeNode[] {
    return [...this.checklists].flatMap(([model, all]) =>
      [...all.values()].flatMap((listed): TreeNode[] =>
        listed.file === undefined ? [] : [{ kind: 'checklist', model, checklist: listed.id, listed }],
      ),
    );
  }

  private groupsOf(model: RecordModel): EvaluationNode[] {
    const groups = new Map<string, Extract<EvaluationNode, { kind: 'group' }>>();
    for (const evaluation of usableEvaluations(model.parsed.record)) {
      const checklist = checklistIdOf(evaluation);
      const key = `${evaluation.target}\n${checklist}`;
      const group = groups.get(key) ?? { kind: 'group', model, target: evaluation.target, checklist, evaluations: [] };
      group.evaluations.push(evaluation);
      groups.set(key, group);
    }
    return [...groups.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, group]) => group);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    await this.models.loaded;
    if (!node) return this.ownChecklists().length === 0 ? this.roots : [...this.roots, { kind: 'checklists' }];
    if (node.kind === 'checklists') return this.ownChecklists();
    if (node.kind !== 'group') return [];
    const newest = new Map<string, Evaluation>();
    for (const evaluation of [...node.evaluations].sort((a, b) => roundOf(a) - roundOf(b))) {
      newest.set(evaluation.evaluator, evaluation);
    }
    return [...newest.values()]
      .sort((a, b) => byCodeUnit(a.evaluator, b.evaluator))
      .map((evaluation) => ({ ...node, kind: 'evaluation', evaluation }));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return this.groupItem(node);
      case 'evaluation':
        return this.evaluationItem(node);
      case 'checklists':
        return ownChecklistsItem();
      case 'checklist':
        return checklistItem(node);
    }
  }

  /** Forgets what is known of files, since they may have changed. */
  private askAgain(): void {
    if (this.freshness.size === 0) return;
    this.freshness = new Map();
    if (this.view.visible) this.changed.fire();
  }

  /** What is known by now. Asks git in turn, and draws the tree again when the answer is there. */
  private freshnessOf(model: RecordModel, evaluation: Evaluation): Freshness | undefined {
    if (evaluation.state.status !== 'submitted' || !vscode.workspace.isTrusted) return undefined;
    const { target, state } = evaluation;
    const known = this.freshness;
    const key = [model.uri, target, JSON.stringify(state)].join('\n');
    if (!known.has(key)) {
      known.set(key, undefined);
      const ask = async () => {
        const { freshnessOf } = await import('../../workflow/evaluations');
        const unknown: Freshness = { state: 'unknown', why: '' };
        known.set(key, await freshnessOf(model.workspace, model.parsed.record, evaluation).catch(() => unknown));
        const isLast = known === this.freshness && ![...known.values()].includes(undefined);
        if (isLast && [...known.values()].some((found) => found?.state !== 'current')) this.changed.fire();
      };
      this.asking = this.asking.then(ask);
    }
    return known.get(key);
  }

  private titleOf(model: RecordModel, checklist: string): string {
    return this.checklists.get(model)?.get(checklist)?.checklist?.title ?? checklist;
  }

  private progressText(model: RecordModel, evaluations: readonly Evaluation[]): string {
    let [answered, total] = [0, 0];
    for (const evaluation of evaluations) {
      const checklist = this.checklists.get(model)?.get(checklistIdOf(evaluation))?.checklist;
      const subjects = subjectsIn(model.parsed.record, evaluation.target, checklist);
      const progress = progressOf(evaluation, checklist, subjects);
      answered += progress.answered;
      total += progress.total;
    }
    return total > 0 ? `${answered} of ${total}` : `${answered} answered`;
  }

  private groupItem(node: Extract<EvaluationNode, { kind: 'group' }>): vscode.TreeItem {
    const { model, target, checklist, evaluations } = node;
    const prefix = this.models.all.length > 1 ? `${model.folder.name}: ` : '';
    const item = new vscode.TreeItem(
      `${prefix}${inertLine(titleOf(model.parsed.record.targets, target))}`,
      vscode.TreeItemCollapsibleState.Expanded,
    );
    item.id = `${model.folder.uri}#${target}#${checklist}`;
    const submitted = new Set(
      evaluations.filter(({ state }) => state.status === 'submitted').map(({ evaluator }) => evaluator),
    ).size;
    const turn = this.turnAt(model, target, checklist);
    const own = turn && turn.kind !== 'answer' ? [leftText(turn)] : []; // first, since the rest may be cut off
    item.description = [...own, this.titleOf(model, checklist), `${submitted} submitted`].join(' · ');
    item.iconPath = new vscode.ThemeIcon('checklist');
    item.contextValue = 'evaluationGroup';
    item.tooltip = this.checklists.get(model)?.get(checklist)?.error?.message;
    return item;
  }

  private evaluationItem(node: Extract<EvaluationNode, { kind: 'evaluation' }>): vscode.TreeItem {
    const { model, evaluation, target, checklist } = node;
    const isMine = evaluation.evaluator === knownHandle(this.handles);
    const isSubmitted = evaluation.state.status === 'submitted';
    const item = new vscode.TreeItem(isMine ? `${evaluation.evaluator} (you)` : evaluation.evaluator);
    item.id = `${model.folder.uri}#${evaluation.id}`;
    const round = roundOf(evaluation) > 1 ? `round ${roundOf(evaluation)}, ` : '';
    const on = evaluation.state.on ? ` ${evaluation.state.on}` : '';
    const fresh = this.freshnessOf(model, evaluation);
    const stale = fresh?.state === 'stale' ? ', stale' : '';
    if (fresh?.why) item.tooltip = fresh.why;
    const waiting = waitingText((isMine && this.turnAt(model, target, checklist)?.waiting) || []);
    const own = [`${this.progressText(model, [evaluation])}, draft`, ...(waiting === '' ? [] : [waiting])].join(' · ');
    const draft = isMine ? own : 'in progress';
    item.description = `${round}${isSubmitted ? `submitted${on}${stale}` : draft}`;
    item.iconPath = new vscode.ThemeIcon(isSubmitted ? 'pass' : 'edit');
    item.contextValue = `${isMine ? 'mine' : 'theirs'} ${isSubmitted ? 'submitted' : 'draft'}`;
    if (isMine) item.command = { command: commands.openEvaluation, title: 'Open Evaluation', arguments: [node] };
    else if (isSubmitted) item.command = { command: commands.showTogether, title: 'Show Together', arguments: [node] };
    const name = inertLine(titleOf(model.parsed.record.targets, target));
    item.accessibilityInformation = {
      label: `${name}, ${this.titleOf(model, checklist)}, ${item.label}, ${item.description}`,
    };
    return item;
  }

  /** Shows how far the person is in all pages of the sitting, until all are submitted. */
  private showStatus(): void {
    const { last } = this;
    const { record } = last?.model.parsed ?? {};
    const evaluations = last && record ? newestOf(record, last) : [];
    if (!last || !record || !evaluations.some(({ state }) => state.status !== 'submitted')) {
      this.status.hide();
      return;
    }
    const progress = this.progressText(last.model, evaluations);
    const name = titleOfAll(record.targets, last.targets);
    this.status.text = `$(checklist) ${picked(name)}: ${progress}`;
    const title = this.titleOf(last.model, last.checklist);
    const done = `${progress} items have a verdict. Click to go on.`;
    this.status.tooltip = `Your evaluation of ${plain(name)} with ${title}: ${done}`;
    this.status.accessibilityInformation = { label: this.status.tooltip };
    this.status.command = { command: commands.openEvaluation, title: 'Resume', arguments: [last] };
    this.status.show();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The newest round of each evaluation in a sitting. */
function newestOf(record: AuditRecord, { targets, checklist, me }: EvaluationSelection): Evaluation[] {
  const newest = new Map<string, Evaluation>();
  const own = usableEvaluations(record).filter(
    (one) => one.evaluator === me && targets.includes(one.target) && checklistIdOf(one) === checklist,
  );
  for (const one of own.sort((a, b) => roundOf(a) - roundOf(b))) newest.set(one.target, one);
  return [...newest.values()];
}

function ownChecklistsItem(): vscode.TreeItem {
  const item = new vscode.TreeItem('Own checklists', vscode.TreeItemCollapsibleState.Expanded);
  item.id = 'checklists';
  item.iconPath = new vscode.ThemeIcon('book');
  item.contextValue = 'ownChecklists';
  return item;
}

function checklistItem(node: Extract<TreeNode, { kind: 'checklist' }>): vscode.TreeItem {
  const { checklist, error, file = '' } = node.listed;
  const item = new vscode.TreeItem(plain(checklist?.title ?? node.checklist));
  item.id = `${node.model.folder.uri}#checklist#${node.checklist}`;
  item.description = checklist
    ? `${counted(activeItems(checklist).length, 'item')} · version ${checklist.version}`
    : 'cannot be read';
  item.tooltip = error ? plain(`${error.message} ${error.next}`) : file;
  item.iconPath = new vscode.ThemeIcon(error ? 'warning' : 'list-unordered');
  item.contextValue = error ? 'checklist broken' : 'checklist';
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  item.command = { command: commands.editChecklist, title: 'Edit Checklist', arguments: [node] };
  return item;
}
