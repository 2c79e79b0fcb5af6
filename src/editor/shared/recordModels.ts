import path from 'node:path';
import * as vscode from 'vscode';
import { contexts } from '../../contributions';
import { type Measurement, newestMeasurements } from '../../core/audit/measurement';
import { type HumanError, toHumanError } from '../../core/errors';
import type { JourneyRun } from '../../core/journey/journeyRun';
import type { ParsedRecord } from '../../core/record/parseRecord';
import { emptyRecord } from '../../core/record/record';
import type { OpenRecord } from '../../workflow/webviewStates/openRecord';
import { Workspace } from '../../workflow/workspace';
import { coalesce } from './coalesce';
import { isReachable, pathOf, uriOf } from './places';
import { setting } from './settings';

/** Changes of a file arrive in bursts. Milliseconds. */
const SETTLE = 200;
/** Milliseconds. */
const WATCHING_BEGINS = 1_500;

const nothing: ParsedRecord = { record: emptyRecord(), problems: [], invalid: new Set(), lineOf: new Map() };

/** The record of one workspace folder as the views show it. */
export class RecordModel implements OpenRecord, vscode.Disposable {
  readonly workspace: Workspace;
  parsed: ParsedRecord = nothing;
  /** Why the file cannot be read now. The views then show the last good state. */
  error: HumanError | undefined;
  /** The newest measurement of each target, environment and form factor on this machine. */
  latest: Measurement[] = [];
  /** The newest walk of each journey on this machine, by its name. */
  walked: ReadonlyMap<string, JourneyRun> = new Map();
  /** When this machine kept the state of each login, by its name. */
  signedIn: ReadonlyMap<string, Date> = new Map();

  private readonly findingsFile: string;
  private readonly disposables: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    private readonly onLoaded: () => void,
  ) {
    this.findingsFile = setting('findingsFile', folder.uri);
    this.workspace = new Workspace(pathOf(folder.uri), this.findingsFile);
    this.workspace.asksGit = vscode.workspace.isTrusted;
    const { record, runs, outcomes, baseline, journeys, checklists, auth } = this.workspace.paths;
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.load(), SETTLE);
    };
    const walks = [`${runs}/journeys.jsonl`, `${journeys}/*.json`];
    const watch = (file: string, act: () => void) => {
      const watcher = vscode.workspace.createFileSystemWatcher(patternOf(folder, file));
      this.disposables.push(watcher, watcher.onDidChange(act), watcher.onDidCreate(act), watcher.onDidDelete(act));
    };
    const files = [record, `${runs}/history.jsonl`, outcomes, baseline, `${auth}/*.json`, ...walks];
    for (const file of files) watch(file, later);
    watch(`${checklists}/*.json`, () => this.onLoaded()); // nothing else has to be read again
    this.disposables.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.workspace.asksGit = true;
      }),
    );
    // a watcher starts with a delay, so a second reading catches what changed before it ran
    this.timer = setTimeout(() => void this.load(), WATCHING_BEGINS);
  }

  /** Whether this is the record of a folder, as the settings name it now. */
  isOf({ uri }: vscode.WorkspaceFolder): boolean {
    return uri.toString() === this.folder.uri.toString() && setting('findingsFile', uri) === this.findingsFile;
  }

  get uri(): vscode.Uri {
    return uriOf(this.workspace.paths.record);
  }

  /** @param name a path relative to the record's folder */
  file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, '..', name);
  }

  /** Reads the record and the history again and tells the views. */
  readonly load = coalesce(async () => {
    try {
      this.parsed = await this.workspace.record.read();
      this.error = undefined;
    } catch (error) {
      this.error = toHumanError(error);
    }
    this.latest = newestMeasurements(await this.workspace.runs.measurements());
    this.walked = new Map((await this.workspace.journeys.runs()).map((run) => [run.target, run]));
    this.signedIn = await this.workspace.logins.allKept();
    this.onLoaded();
  });

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }
}

/** A pattern relative to the workspace folder, since a folder that does not exist yet cannot be watched itself. */
function patternOf({ uri }: vscode.WorkspaceFolder, file: string): vscode.RelativePattern {
  const below = path.relative(pathOf(uri), file).replaceAll('\\', '/');
  return below.startsWith('..') || path.isAbsolute(below)
    ? new vscode.RelativePattern(uriOf(path.dirname(file)), path.basename(file))
    : new vscode.RelativePattern(uri, below);
}

/** One model for each workspace folder. */
export class RecordModels implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  /** Fires when something that the views show has changed: views and pages (pagePanels.ts) then read it again. */
  readonly onDidChange = this.emitter.event;
  all: RecordModel[] = [];
  /** Resolves when all models have been read. */
  loaded: Promise<void> = Promise.resolve();

  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.rebuild()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('uxAudit.findingsFile')) this.rebuild();
      }),
    ];
    this.rebuild();
  }

  /** The model of the folder that holds the file; without a file, the only model. */
  of(uri?: vscode.Uri): RecordModel | undefined {
    if (!uri) return this.all.length === 1 ? this.all[0] : undefined;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return this.all.find((model) => model.folder.uri.toString() === folder?.uri.toString());
  }

  /** The error of the first record that cannot be read now, so that views can say they are stale. */
  get stale(): HumanError | undefined {
    return this.all.find(({ error }) => error)?.error;
  }

  private rebuild(): void {
    const before = this.all;
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => isReachable(uri));
    this.all = folders.map((folder) => {
      // pages that are open show the model they have
      const known = before.find((model) => model.isOf(folder));
      return known ?? new RecordModel(folder, () => this.tell());
    });
    for (const model of before) if (!this.all.includes(model)) model.dispose();
    const reading = this.all.map((model) => model.load().catch((error) => this.log.error(error)));
    this.loaded = Promise.all(reading).then(() => {});
    this.tell();
  }

  private tell(): void {
    const any = this.all.some(({ parsed }) => Object.keys(parsed.record.targets).length > 0);
    void vscode.commands.executeCommand('setContext', contexts.hasRecord, any);
    const conflicted = this.all.some(({ error }) => error?.code === 'record-conflict');
    void vscode.commands.executeCommand('setContext', contexts.conflicted, conflicted);
    this.emitter.fire();
  }

  dispose(): void {
    for (const disposable of [...this.subscriptions, ...this.all, this.emitter]) disposable.dispose();
  }
}
