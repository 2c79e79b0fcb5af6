import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { contexts } from '../../contributions';
import { isAtRest, REMOVED_METRICS } from '../../core/audit/clockAudits';
import { toHumanError, usageError } from '../../core/errors';
import type { AuditEngine } from '../../engine/auditEngine';
import { downloadedBrowser } from '../../engine/browsers/browserCache';
import { canSandbox, findBrowser } from '../../engine/browsers/findBrowser';
import type { ScreenshotOptions } from '../../protocol/workerMessages';
import type { FormFactor, PageResult } from '../../workflow/auditPages';
import type { CheckedFinding } from '../../workflow/checkFindings';
import { phaseText, progressText } from '../../workflow/phaseText';
import type { PlannedPage } from '../../workflow/planPages';
import { ensureSaved } from '../shared/ensureSaved';
import { plain } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import type { Credentials } from './credentials';
import type { MapAsked } from './mapForEvaluator';
import { storageFolder } from './storageFolder';

/** What a person chooses when an audit starts. */
export interface AuditChoice {
  formFactor: 'mobile' | 'desktop' | 'both';
  runs: number;
}

/** How an audit differs from what a person chose last. */
export interface AuditHow {
  /** Lighthouse's ids of the only categories. */
  categories?: string[];
  runs?: number;
  /** Whether it was not asked for just now: it opens no page, and its progress is a word in the status bar. */
  isQuiet?: boolean;
}

const CHOICE = 'uxAudit.audit.choice';

/** Starts audits, one at a time, shows their progress, and cancels and repeats them. */
export class AuditController implements vscode.Disposable {
  private readonly finished = new vscode.EventEmitter<{ model: RecordModel; result: PageResult; isQuiet: boolean }>();
  /** Fires when a page was audited. */
  readonly onDidFinish = this.finished.event;
  private readonly changedState = new vscode.EventEmitter<void>();
  /** Fires when an audit begins or ends. */
  readonly onDidChangeState = this.changedState.event;
  private readonly progressed = new vscode.EventEmitter<void>();
  /** Fires while an audit goes on. Do little: the machine is measuring. */
  readonly onDidProgress = this.progressed.event;

  private engine?: { engine: AuditEngine; key: string };
  private running?: AbortController;
  private work?: Promise<unknown>;
  private last?: { model: RecordModel; pages: PlannedPage[] };

  constructor(
    private readonly shared: Shared,
    private readonly credentials: Credentials,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** The page whose audit is under way, if any, and how far it is: `run 2 of 3 · loading the page`. */
  current: { model: RecordModel; page: PlannedPage; text: string } | undefined;

  /** Form factor and runs of the next audit: as chosen for the last one in this window's workspace, else as set. */
  choiceOf(folder: vscode.Uri): AuditChoice {
    const chosen = this.shared.context.workspaceState.get<Partial<AuditChoice>>(CHOICE);
    return { formFactor: setting('formFactor', folder), runs: setting('runs', folder), ...chosen };
  }

  async choose(choice: AuditChoice): Promise<void> {
    await this.shared.context.workspaceState.update(CHOICE, choice);
  }

  /**
   * Audits pages, records what they found and tells the listeners.
   * @throws HumanError when nothing can be audited
   */
  async audit(model: RecordModel, pages: PlannedPage[], how: AuditHow = {}): Promise<PageResult[]> {
    return this.alone(model, (controller) => {
      if (!how.isQuiet) this.last = { model, pages };
      const { Window, Notification } = vscode.ProgressLocation;
      const location = how.isQuiet ? Window : Notification;
      return vscode.window.withProgress({ location, title: 'UX Audit', cancellable: true }, (progress, token) => {
        token.onCancellationRequested(() => controller.abort());
        return this.run(model, pages, controller.signal, progress, how);
      });
    });
  }

  /** Runs work in which pages are loaded, while no other does; the record is saved before and read again after. */
  async alone<T>(model: RecordModel, use: (controller: AbortController) => PromiseLike<T>): Promise<T> {
    requireTrust();
    if (this.running) {
      throw usageError(
        'already-auditing',
        'An audit is running already; two at once would falsify both.',
        'Wait for it, or cancel it first.',
      );
    }
    const controller = new AbortController();
    this.running = controller;
    try {
      await this.tell();
      await ensureSaved(model);
      const work = Promise.resolve(use(controller));
      this.work = work;
      return await work;
    } finally {
      this.running = undefined;
      this.current = undefined;
      await model.load();
      await this.tell();
    }
  }

  /**
   * Asks pages again what decides findings, and records the answers.
   * @throws HumanError when no page can be checked
   */
  async check(model: RecordModel, ids: readonly string[]): Promise<CheckedFinding[]> {
    return this.alone(model, async (controller) => {
      const { checkFindings, notChecked, planChecks } = await import('../../workflow/checkFindings');
      const plan = planChecks(model.parsed.record, model.latest, ids);
      if (plan.checks.length === 0) return notChecked(plan);
      const folder = model.folder.uri;
      return withProgress('checking again', async (signal) =>
        checkFindings({
          workspace: model.workspace,
          engine: await this.engineFor(folder),
          plan,
          signal: AbortSignal.any([signal, controller.signal]),
          ...this.settingsOf(folder),
        }),
      );
    });
  }

  /** How pages are loaded, as the settings of a folder say. */
  settingsOf(folder: vscode.Uri) {
    const config = setting('lighthouseConfig', folder);
    return {
      configPath: config ? path.resolve(folder.fsPath, config) : undefined,
      ignoreCertificateErrors: setting('ignoreCertificateErrors', folder),
      skipPreflight: !setting('preflight', folder),
      credentials: (_: PlannedPage, origin: string) => this.credentials.of(origin),
    };
  }

  /** Writes Lighthouse's own HTML report into VS Code's storage of this workspace. @returns its path */
  async renderReport(report: string, name: string): Promise<vscode.Uri> {
    const folder = await storageFolder(this.shared.context);
    const json = vscode.Uri.joinPath(folder, `${randomUUID()}.json`);
    const html = vscode.Uri.joinPath(folder, `${name}.html`);
    await vscode.workspace.fs.writeFile(json, Buffer.from(report));
    try {
      const engine = this.engine?.engine ?? (await this.engineFor(undefined));
      await engine.render(json.fsPath, html.fsPath);
    } finally {
      await vscode.workspace.fs.delete(json);
    }
    return html;
  }

  /** Takes a screenshot of a page; starts its site when needed. @returns the file, which the caller must delete */
  async takeScreenshot(
    model: RecordModel,
    page: PlannedPage,
    options: Omit<ScreenshotOptions, 'url'>,
  ): Promise<string> {
    requireTrust();
    const storage = await storageFolder(this.shared.context);
    const engine = await this.engineFor(model.folder.uri);
    const { withSite } = await import('../../workflow/sites');
    return withSite(page, model.workspace.paths.root, async (url) =>
      engine.screenshot(
        {
          ...options,
          ...(await this.sentTo(model, page, new URL(url).origin, engine)),
          url,
          ignoreCertificateErrors: setting('ignoreCertificateErrors', model.folder.uri),
        },
        vscode.Uri.joinPath(storage, randomUUID()).fsPath,
      ),
    );
  }

  /** Pictures of a whole page, with the places of its elements. */
  async mapPage(model: RecordModel, asked: MapAsked, signal: AbortSignal) {
    const folder = model.folder.uri;
    const { mapForEvaluator } = await import('./mapForEvaluator');
    return mapForEvaluator(model, asked, { ...this.settingsOf(folder), engine: await this.engineFor(folder), signal });
  }

  /** What goes along with a page: credentials, and who is signed in. */
  private async sentTo(model: RecordModel, page: PlannedPage, origin: string, engine: AuditEngine) {
    const { Logins } = await import('../../workflow/logins');
    const { credentials, ignoreCertificateErrors } = this.settingsOf(model.folder.uri);
    const { workspace } = model;
    return new Logins({ workspace, engine, credentials, ignoreCertificateErrors }).of(page, origin);
  }

  private async run(
    model: RecordModel,
    pages: PlannedPage[],
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    { categories: only, runs: given, isQuiet = false }: AuditHow,
  ): Promise<PageResult[]> {
    const folder = model.folder.uri;
    const { formFactor, runs } = this.choiceOf(folder);
    const formFactors: FormFactor[] = formFactor === 'both' ? ['mobile', 'desktop'] : [formFactor];
    const categories = only ?? setting('categories', folder);
    const { auditPages } = await import('../../workflow/auditPages');
    const isRecorded = isQuiet || (await this.mayRecord(model));
    if (isRecorded === undefined) return [];
    const settings = this.settingsOf(folder);
    const isQuick = isAtRest({ categories, configPath: settings.configPath }); // more runs would say the same
    let done = 0;
    const results = await auditPages({
      workspace: model.workspace,
      engine: await this.engineFor(folder),
      signal,
      plan: {
        pages,
        formFactors,
        runs: given ?? (isQuick ? 1 : runs),
        categories: categories.length > 0 ? categories : undefined,
        ...settings,
        record: isRecorded,
        forgetRuns: isQuiet,
        keepWarm: true,
      },
      onProgress: (step) => {
        const at = ((step.done + (step.run - 1) / step.runs) / step.total) * 100;
        progress.report({ message: progressText(step), increment: Math.max(0, at - done) });
        done = Math.max(done, at);
        const { page, run, runs, phase } = step;
        const text = [...(runs > 1 ? [`run ${run} of ${runs}`] : []), phaseText[phase]].join(' · ');
        this.cameTo(model, page, text);
      },
      // for the page of the result; all others hear of the record that is read again (recordModels.ts)
      onResult: (result) => this.finished.fire({ model, result, isQuiet }),
      beforeRecord: () => ensureSaved(model),
      log: (line) => this.shared.log.debug(line),
    });
    this.tellErrors(results);
    if (results.some(({ changes }) => changes.some(({ change }) => change === 'removed')))
      void vscode.window.showInformationMessage(REMOVED_METRICS);
    return results;
  }

  /** Tells how far the work on a page or journey is. */
  cameTo(model: RecordModel, page: PlannedPage, text: string): void {
    if (this.current?.page === page && this.current.text === text) return;
    this.current = { model, page, text };
    this.progressed.fire();
  }

  /** Whether the record can be written; else asks whether to audit all the same. @returns undefined for no */
  async mayRecord({ workspace }: RecordModel): Promise<boolean | undefined> {
    try {
      await workspace.record.ensureWritable();
      return true;
    } catch (error) {
      const { message, next } = toHumanError(error);
      const goOn = 'Audit Without Recording';
      const detail = `${next} Or audit all the same: the result is shown, and not kept.`;
      const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, goOn);
      return chosen === goOn ? false : undefined;
    }
  }

  /** Shows the first error; the log has all of them. */
  private tellErrors(results: readonly PageResult[]): void {
    const failed = results.flatMap(({ error, page }) => (error ? [{ error, page }] : []));
    const [first] = failed;
    if (!first) return;
    if (failed.length === 1) {
      void showError(first.error, this.shared.log);
      return;
    }
    for (const { error, page } of failed) this.shared.log.error(`${page.target}: ${error.message} ${error.next}`);
    const show = 'Show Log';
    const many = `${failed.length} of ${results.length} audits failed`;
    const text = `${many}, first ${first.page.target}: ${first.error.message}`;
    vscode.window
      .showErrorMessage(plain(text), show)
      .then((chosen) => (chosen === show ? this.shared.log.show() : undefined));
  }

  /** The engine. A change of browser settings replaces it, unless an audit is using it. */
  async engineFor(folder: vscode.Uri | undefined): Promise<AuditEngine> {
    const found = await findBrowser({
      setting: setting('browserPath', folder) || undefined,
      downloaded: await downloadedBrowser(),
    });
    const browser = { path: found.path, sandbox: canSandbox() };
    const key = JSON.stringify(browser);
    if (this.engine && this.running && this.engine.key !== key) return this.engine.engine;
    if (this.engine?.key !== key) {
      await this.engine?.engine.dispose();
      this.shared.log.info(
        `Audits run in ${found.name} (${found.path}, ` +
          `${found.from})${browser.sandbox ? '' : ', without its sandbox because VS Code runs as root'}`,
      );
      const { AuditEngine } = await import('../../engine/auditEngine');
      const worker = vscode.Uri.joinPath(this.shared.context.extensionUri, 'dist', 'auditWorker.js').fsPath;
      this.engine = { key, engine: new AuditEngine({ worker, browser, log: (line) => this.shared.log.info(line) }) };
    }
    return this.engine.engine;
  }

  /** Repeats the last audit. @returns whether there was one */
  async again(): Promise<boolean> {
    if (this.last) await this.audit(this.last.model, this.last.pages);
    return this.last !== undefined;
  }

  cancel(): void {
    this.running?.abort();
  }

  private async tell(): Promise<void> {
    await vscode.commands.executeCommand('setContext', contexts.auditing, this.isRunning);
    this.changedState.fire();
  }

  /** Cancels the running audit and waits for its end. */
  async stop(): Promise<void> {
    this.running?.abort();
    await this.work?.catch(() => {});
    await this.engine?.engine.dispose();
  }

  dispose(): void {
    void this.stop();
    this.finished.dispose();
    this.changedState.dispose();
    this.progressed.dispose();
  }
}
