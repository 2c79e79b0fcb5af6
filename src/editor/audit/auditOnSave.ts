import path from 'node:path';
import * as vscode from 'vscode';
import type { Target } from '../../core/record/record';
import { planTarget } from '../../workflow/planPages';
import type { RecordModel } from '../shared/recordModels';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import type { AuditController } from './auditController';

/** A person saves several files in a row. Milliseconds. */
const SETTLE = 1_000;
/** What a load decides is left to audits that a person starts. */
const CATEGORIES = ['accessibility', 'best-practices'];

/** Audits the page in work whenever one of its files is saved, where a person has switched that on. */
export class AuditOnSave implements vscode.Disposable {
  private readonly disposables: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  /** The page that was audited last by a person. */
  private page: { model: RecordModel; target: string; environment: string } | undefined;

  constructor(
    private readonly shared: Shared,
    private readonly audits: AuditController,
  ) {
    this.disposables = vscode.Disposable.from(
      audits.onDidFinish(({ model, result, isQuiet }) => {
        const { target, environment } = result.page;
        if (!isQuiet) this.page = { model, target, environment };
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.saved(uri)),
    );
  }

  private saved(uri: vscode.Uri): void {
    const { page } = this;
    if (!page || !setting('auditOnSave', uri) || !vscode.workspace.isTrusted) return;
    const target = page.model.parsed.record.targets[page.target];
    if (!target || !isPart(uri, page.model, target)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), SETTLE);
  }

  private async run(): Promise<void> {
    const { page } = this;
    if (!page || this.audits.isRunning) return;
    try {
      const planned = planTarget(page.model.parsed.record.targets, page.target, page.environment);
      await this.audits.audit(page.model, [planned], { categories: CATEGORIES, runs: 1, isQuiet: true });
    } catch (error) {
      await showError(error, this.shared.log);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }
}

/** Whether a file may be part of a page: below the files that the target names or is served from, else any source. */
function isPart(uri: vscode.Uri, { folder, uri: record }: RecordModel, { sources, serve }: Target): boolean {
  const root = folder.uri.fsPath;
  const isBelow = (place: string) => {
    const below = path.relative(path.resolve(root, place), uri.fsPath);
    return !below.startsWith('..') && !path.isAbsolute(below);
  };
  if (!isBelow('.') || isBelow(path.dirname(record.fsPath))) return false;
  if (sources && sources.length > 0) return sources.some(isBelow);
  return serve && 'folder' in serve ? isBelow(String(serve.folder)) : true;
}
