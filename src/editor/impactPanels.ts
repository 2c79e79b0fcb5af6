import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commands, webviews } from '../contributions';
import { withBaseline } from '../core/audit/baseline';
import { newestMeasurements } from '../core/audit/measurement';
import { toHumanError, usageError } from '../core/errors';
import { enteredFigure } from '../core/outcomes/enteredFigure';
import { replacedBy, withFigures } from '../core/outcomes/figures';
import { type ImportKind, importKinds, recogniseColumns } from '../core/outcomes/importFields';
import { type ImpactRequests, impactRequestSchemas, type TableChoice, type TableDraft } from '../protocol/impactPage';
import { fieldData } from '../workflow/fieldData';
import { readImpact } from '../workflow/impact';
import {
  type ImportChoice,
  previewTable,
  readFigures,
  type TablePreview,
  writeFigures,
} from '../workflow/importFigures';
import { localDate } from '../workflow/localDate';
import { planTarget } from '../workflow/planPages';
import { chooseModel } from './choosePage';
import { openHtml } from './openHtml';
import type { RecordModel, RecordModels } from './recordModels';
import { showFault } from './showFault';
import { requireTrust } from './trust';
import { answerPage, pageHtml, tellPage } from './webviewHost';

/** Where the person's key of the Chrome UX Report API is kept. */
const KEY = 'uxAudit.cruxKey';

interface Session {
  panel: vscode.WebviewPanel;
  model: RecordModel;
  /** The table that is being imported. */
  table: { name: string; bytes: Uint8Array; previews: Map<string, TablePreview> } | undefined;
  /** The page has asked for its data. */
  isReady: boolean;
}

/** The impact view of each workspace folder, and what brings figures into it. */
export class ImpactPanels implements vscode.Disposable {
  private readonly open = new Map<string, Session>();
  private readonly registrations: vscode.Disposable;
  private refreshes = 0;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly models: RecordModels,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const guarded = (id: string, work: () => Promise<unknown>) =>
      vscode.commands.registerCommand(id, () => work().catch((error) => showFault(error, log)));
    this.registrations = vscode.Disposable.from(
      models.onDidChange(() => void this.refresh()),
      guarded(commands.showImpact, () => this.show()),
      guarded(commands.importOutcomes, async () => {
        const session = await this.show();
        if (session && (await this.chooseTable(session)) && session.isReady) await this.tellTable(session);
      }),
      guarded(commands.setFieldKey, () => this.setKey()),
      guarded(commands.exportImpact, async () => {
        const model = await chooseModel(models);
        if (model) await this.export(model);
      }),
    );
  }

  private async show(): Promise<Session | undefined> {
    const model = await chooseModel(this.models);
    if (!model) return undefined;
    const key = model.folder.uri.toString();
    const known = this.open.get(key);
    if (known) {
      known.panel.reveal();
      return known;
    }
    const { extensionUri } = this.context;
    const panel = vscode.window.createWebviewPanel(webviews.impact, 'UX Impact', vscode.ViewColumn.Active, {
      enableScripts: true,
      retainContextWhenHidden: true, // a table whose columns are being chosen stays where it is
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    });
    const session: Session = { panel, model, table: undefined, isReady: false };
    this.open.set(key, session);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'impact.svg');
    panel.onDidDispose(() => this.open.delete(key));
    this.answer(session);
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'impact', 'UX impact');
    return session;
  }

  /** @returns whether a person chose one */
  private async chooseTable(session: Session): Promise<boolean> {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: 'Import a Table of Figures',
        openLabel: 'Preview',
        filters: { Tables: ['csv', 'tsv', 'txt'] },
        defaultUri: session.model.folder.uri,
      })) ?? [];
    if (!file) return false;
    session.table = { name: path.basename(file.fsPath), bytes: await readFile(file.fsPath), previews: new Map() };
    return true;
  }

  private async tellTable(session: Session): Promise<void> {
    try {
      tellPage(session.panel.webview, 'table', await this.draft(session));
    } catch (error) {
      await showFault(error, this.log);
    }
  }

  private get dist(): string {
    return vscode.Uri.joinPath(this.context.extensionUri, 'dist').fsPath;
  }

  private dataOf(model: RecordModel) {
    return readImpact(model.workspace, { today: localDate(new Date()), dist: this.dist, title: model.folder.name });
  }

  private answer(session: Session): void {
    const { model, panel } = session;
    const { workspace } = model;
    const changed = async () => {
      requireTrust();
      await this.refresh();
      return null;
    };
    answerPage<ImpactRequests>(panel.webview, impactRequestSchemas, {
      ready: async () => {
        session.isReady = true;
        if (session.table) setImmediate(() => void this.tellTable(session)); // after the answer
        return this.dataOf(model);
      },
      audit: async () => {
        await vscode.commands.executeCommand(commands.auditPage);
        return null;
      },
      openFinding: async ({ id }) => {
        await vscode.commands.executeCommand(commands.showFinding, { model, id });
        return null;
      },
      chooseTable: async () => {
        return (await this.chooseTable(session)) ? this.draft(session) : null;
      },
      readTable: (choice) => this.draft(session, choice),
      importTable: async (choice) => {
        requireTrust();
        const { name, bytes } = tableOf(session);
        const result = await withProgress(`Importing ${name}…`, (signal) =>
          readFigures(bytes, name, importChoice(choice), { signal }),
        );
        await writeFigures(workspace, result);
        session.table = undefined;
        await changed();
        return { figures: result.figures.length };
      },
      addFigure: async ({ value, n, ...given }) => {
        requireTrust();
        const figure = enteredFigure({
          ...given,
          value: value === '' ? Number.NaN : Number(value.replace(',', '.')),
          n: n === '' ? undefined : Number(n),
          on: localDate(new Date()),
        });
        await workspace.outcomes.update((before) => withFigures(before, [figure]));
        return changed();
      },
      template: async ({ kind }) => {
        if (!(importKinds as readonly string[]).includes(kind)) return null;
        const file = vscode.Uri.joinPath(this.context.extensionUri, 'media', 'outcomes', `${kind}.csv`);
        const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'csv' }), {
          viewColumn: vscode.ViewColumn.Beside,
        });
        return null;
      },
      recordBaseline: async ({ target }) => {
        requireTrust();
        const latest = newestMeasurements(await workspace.runs.measurements());
        const chosen = target === '' ? latest : latest.filter((one) => one.target === target);
        if (chosen.length === 0)
          throw usageError('nothing-measured', 'Nothing was measured on this machine yet.', 'Audit a page first.');
        await workspace.baseline.update((before) => withBaseline(before, chosen));
        return changed();
      },
      askField: async ({ target, scope, formFactor }) => {
        requireTrust();
        const key = (await this.context.secrets.get(KEY)) ?? (await this.setKey());
        if (!key) return { figures: 0 };
        const { url } = planTarget(model.parsed.record.targets, target, 'deployed');
        const figures = await withProgress('Asking the Chrome UX Report…', (signal) =>
          fieldData({ url, key, target, scope, formFactor, on: localDate(new Date()), signal }),
        );
        await workspace.outcomes.update((before) => withFigures(before, figures));
        await changed();
        return { figures: figures.length };
      },
      exportHtml: async () => {
        await this.export(model);
        return null;
      },
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
    });
  }

  /** A table as it would be imported; what is wrong with it stands in it. */
  private async draft(session: Session, choice?: TableChoice): Promise<TableDraft> {
    const { name, bytes, previews } = tableOf(session);
    return withProgress(`Reading ${name}…`, async (signal) => {
      const given = choice && isKind(choice.kind) ? choice.kind : undefined;
      const preview = previews.get(given ?? '') ?? (await previewTable(bytes, name, given, signal));
      previews.set(given ?? '', preview).set(preview.kind ?? '', preview);
      const kind = given ?? preview.kind ?? '';
      const columns =
        choice && Object.keys(choice.columns).length > 0
          ? choice.columns
          : kind === ''
            ? {}
            : recogniseColumns(preview.headers, kind);
      const drop = choice?.drop ?? [];
      const about = { name, headers: preview.headers, sample: preview.sample, rows: preview.rows, kind, columns, drop };
      try {
        const decided = importChoice({ ...(choice ?? plain), kind, columns, drop });
        const { good, bad, faults, notices, figures } = await readFigures(bytes, name, decided, { signal, preview });
        const replaced = replacedBy(await session.model.workspace.outcomes.read(), figures).length;
        return { ...about, personal: preview.personal, good, bad, faults, notices, figures, replaced, problem: null };
      } catch (error) {
        signal.throwIfAborted();
        const { message, next } = toHumanError(error);
        const nothing = { good: 0, bad: 0, faults: [], notices: [], figures: [], replaced: 0 };
        return { ...about, personal: preview.personal, ...nothing, problem: `${message} ${next}` };
      }
    });
  }

  private async setKey(): Promise<string | undefined> {
    const key = await vscode.window.showInputBox({
      title: 'Key of the Chrome UX Report API',
      prompt: 'Your own key; kept in the secret store of VS Code. Leave it empty to forget the one that is kept.',
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return undefined;
    if (key.trim() === '') await this.context.secrets.delete(KEY);
    else await this.context.secrets.store(KEY, key.trim());
    return key.trim() || undefined;
  }

  private async export(model: RecordModel): Promise<void> {
    const file = await vscode.window.showSaveDialog({
      title: 'Export the Impact View',
      defaultUri: vscode.Uri.joinPath(model.folder.uri, 'ux-impact.html'),
      filters: { 'Web page': ['html'] },
    });
    if (!file) return;
    const { exportImpact } = await import('../workflow/exportImpact');
    await exportImpact(await this.dataOf(model), { file: file.fsPath, dist: this.dist });
    const open = 'Open';
    if ((await vscode.window.showInformationMessage(`Wrote ${path.basename(file.fsPath)}.`, open)) === open)
      await openHtml(file);
  }

  private async refresh(): Promise<void> {
    this.refreshes += 1;
    const mine = this.refreshes;
    for (const { panel, model } of this.open.values()) {
      try {
        const data = await this.dataOf(model);
        if (mine !== this.refreshes) return; // a newer one is under way
        tellPage(panel.webview, 'state', data);
      } catch (error) {
        this.log.error(error as Error);
      }
    }
  }

  dispose(): void {
    this.registrations.dispose();
    for (const { panel } of this.open.values()) panel.dispose();
  }
}

const plain: TableChoice = {
  kind: '',
  columns: {},
  drop: [],
  by: 'month',
  from: '',
  to: '',
  target: '',
  currency: '',
  discount: '',
  dates: '',
};

function isKind(kind: string): kind is ImportKind {
  return (importKinds as readonly string[]).includes(kind);
}

function tableOf({ table }: Session): NonNullable<Session['table']> {
  if (table) return table;
  throw usageError('no-table', 'No table is chosen.', 'Choose one with Import a table.');
}

function importChoice({
  kind,
  columns,
  from,
  to,
  target,
  currency,
  discount,
  dates,
  ...rest
}: TableChoice): ImportChoice {
  return {
    ...rest,
    ...(isKind(kind) && { kind }),
    columns,
    period: from && to ? { from, to } : undefined,
    target: target || undefined,
    currency: currency || undefined,
    discount: discount === '' ? undefined : Number(discount.replace(',', '.')),
    ...(dates && { style: { dates } }),
    on: localDate(new Date()),
  };
}

/** Work that takes longer than this shows its progress. Milliseconds. */
const PATIENCE = 700;

/** Work that may take longer than a second, with a way to stop it then. */
async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const isDone = await Promise.race([working.then(() => true), delay(PATIENCE, false)]);
  if (isDone) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `UX Audit: ${title}`, cancellable: true },
    (_, token) => {
      token.onCancellationRequested(() => controller.abort());
      return working;
    },
  );
}
