import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { webviews } from '../../contributions';
import { answerMessage, type Contract, type Handlers, type ToHost, type ToPage } from '../../protocol/contract';
import { coalesce } from './coalesce';
import { forEach } from './forEach';
import { hasMachine } from './hasMachine';
import { inTurn } from './inTurn';
import type { Shared } from './shared';

/** One kind of page: the requests it may send, and its fixed looks. */
interface PageKind<C extends Contract> {
  /** The type of the webview, and the name of its script and style sheet. */
  name: keyof typeof webviews;
  contract: C;
  title: string;
  /** An icon of `media`. */
  icon: string;
  /** Whether the page lives on behind another tab, with what was typed into it. It then also gets every new state. */
  isKept?: boolean;
}

/** An open page and its subject. */
export interface OpenPage<Subject> {
  readonly panel: vscode.WebviewPanel;
  readonly subject: Subject;
  /** Reads its states. */
  readonly inTurn: ReturnType<typeof inTurn>;
}

/** How a page is shown. */
interface PageLook {
  /** The title of the tab. */
  title: string;
  beside?: boolean;
  /** Further folders that the page may load files from. */
  folders?: vscode.Uri[];
  /** The panel that VS Code restored after a reload of the window. */
  panel?: vscode.WebviewPanel | undefined;
}

/** The open pages of one kind, one for each subject. A page gets its whole state whenever that may have changed. */
export abstract class PagePanels<Subject, C extends Contract, Events extends { state: unknown }>
  implements vscode.Disposable
{
  private readonly pages = new Map<string, OpenPage<Subject>>();
  private readonly changes: vscode.Disposable;
  /** Sends each page its state. */
  readonly refresh = coalesce(() =>
    forEach(
      this.open.filter(({ panel }) => panel.visible || this.kind.isKept),
      async (page) => this.tell(page, 'state', await this.stateOf(page)),
      (error) => this.shared.log.error(error as Error),
    ),
  );

  constructor(
    protected readonly shared: Shared,
    private readonly kind: PageKind<C>,
  ) {
    this.changes = shared.models.onDidChange(() => void this.refresh());
  }

  /** Reads the whole state of a page. */
  protected abstract readState(page: OpenPage<Subject>): Promise<Events['state']>;

  /** The whole state of a page. One is read at a time, so a page never gets an older state after a newer one. */
  protected stateOf(page: OpenPage<Subject>): Promise<Events['state']> {
    return page.inTurn(() => this.readState(page));
  }

  protected abstract handlersOf(page: OpenPage<Subject>): Handlers<C>;

  /** Runs after a page was closed. */
  protected closed(_page: OpenPage<Subject>): void {}

  protected get open(): OpenPage<Subject>[] {
    return [...this.pages.values()];
  }

  /** The page that has the focus. */
  protected get front(): OpenPage<Subject> | undefined {
    return this.open.find(({ panel }) => panel.active);
  }

  /**
   * Reveals the page of a subject, or opens it.
   * @param key two subjects with the same key share a page
   */
  protected show(key: string, subject: () => Subject, look: PageLook): { page: OpenPage<Subject>; isNew: boolean } {
    const known = this.pages.get(key);
    if (known) {
      look.panel?.dispose();
      known.panel.reveal(undefined, look.beside);
      return { page: known, isNew: false };
    }
    const { extensionUri } = this.shared.context;
    const panel = look.panel ?? this.newPanel(look);
    panel.title = look.title;
    panel.webview.options = this.webviewOptions(look);
    const page = { panel, subject: subject(), inTurn: inTurn() };
    this.pages.set(key, page);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', this.kind.icon);
    panel.onDidDispose(() => {
      this.pages.delete(key);
      this.closed(page);
    });
    const handlers = this.handlersOf(page);
    panel.webview.onDidReceiveMessage(async (message: ToHost) => {
      const response = await answerMessage(this.kind.contract, handlers, message);
      if (response) await panel.webview.postMessage(response);
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, this.kind.name, this.kind.title);
    return { page, isNew: true };
  }

  private newPanel({ title, beside }: PageLook): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      webviews[this.kind.name],
      title,
      beside ? { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true } : vscode.ViewColumn.Active,
      { retainContextWhenHidden: this.kind.isKept === true },
    );
  }

  private webviewOptions({ folders = [] }: PageLook): vscode.WebviewOptions {
    const own = vscode.Uri.joinPath(this.shared.context.extensionUri, 'dist', 'webview');
    return { enableScripts: true, localResourceRoots: [own, ...folders] };
  }

  /** Sends an event to a page. */
  protected tell<Name extends keyof Events & string>(
    { panel }: OpenPage<Subject>,
    name: Name,
    data: Events[Name],
  ): void {
    void panel.webview.postMessage({ kind: 'event', name, data } satisfies ToPage);
  }

  dispose(): void {
    this.changes.dispose();
    for (const { panel } of this.open) panel.dispose();
  }
}

/** Opens an address in the person's browser. */
export async function openLink({ url }: { url: string }): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/**
 * The frame of a page: a strict content security policy, one script, one style sheet, no inline data. The script is
 * built of src/webview/NAME/NAME.ts.
 */
function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="${file(`${name}.css`)}">
</head>
<body data-machine="${hasMachine ? 'here' : 'none'}">
<main id="page"><p role="status">Loading…</p></main>
<script nonce="${nonce}" src="${file(`${name}.js`)}"></script>
</body>
</html>`;
}
