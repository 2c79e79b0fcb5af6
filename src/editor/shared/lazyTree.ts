import * as vscode from 'vscode';

/** What fills a tree view. */
export interface TreeContents<T> {
  getChildren(node?: T): vscode.ProviderResult<T[]>;
  getTreeItem(node: T): vscode.TreeItem;
}

/** A tree view that is there from the start; what fills it is loaded when somebody first looks at it. */
export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<T>;
  private contents: TreeContents<T> | undefined;

  /** @param load must {@link fill} the tree before it resolves */
  constructor(
    id: string,
    private readonly load: () => Promise<unknown>,
    options: Partial<vscode.TreeViewOptions<T>> = {},
  ) {
    this.view = vscode.window.createTreeView(id, { showCollapseAll: true, ...options, treeDataProvider: this });
  }

  fill(contents: TreeContents<T>): void {
    this.contents = contents;
  }

  /** Shows the contents anew. */
  refresh(): void {
    this.changed.fire();
  }

  async getChildren(node?: T): Promise<T[]> {
    if (!this.contents) await this.load();
    return (await this.contents?.getChildren(node)) ?? [];
  }

  getTreeItem(node: T): vscode.TreeItem {
    if (!this.contents) throw new Error('a node of a tree that is not filled');
    return this.contents.getTreeItem(node);
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}
