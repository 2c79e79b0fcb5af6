import path from 'node:path';
import * as vscode from 'vscode';
import { cancelled, usageError } from '../../core/errors';
import type { Serve } from '../../core/record/record';
import { planTarget } from '../../workflow/planPages';
import type { ProductionBuild } from '../../workflow/productionBuild';
import { setTargets } from '../../workflow/targets';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel } from '../shared/recordModels';
import { requireTrust } from '../shared/trust';
import type { TargetItem } from './auditCommands';
import type { AuditController } from './auditController';

/**
 * Audits the production build of a page: proposes how it is built and served, asks once, and keeps the answer with the
 * page, so that later audits do the same.
 */
export async function buildAndAudit(audits: AuditController, { model, target }: TargetItem): Promise<void> {
  requireTrust();
  const proposed = await proposal(model);
  const chosen = await confirmed(proposed);
  if (!chosen) return;
  if (chosen.build !== undefined) await runBuild(model, chosen.build);
  await ensureSaved(model);
  await setTargets(model.workspace, [target], { serve: chosen.serve ?? null });
  await model.load();
  await audits.audit(model, [planTarget(model.parsed.record.targets, target, 'local')]);
}

async function proposal({ folder }: RecordModel): Promise<ProductionBuild> {
  const { productionBuild } = await import('../../workflow/productionBuild');
  const root = folder.uri.fsPath;
  const pattern = new vscode.RelativePattern(folder, '**/package.json');
  const files = await vscode.workspace.findFiles(pattern, '**/node_modules/**', 50);
  const folders = files.map(({ fsPath }) => path.relative(root, path.dirname(fsPath)).replaceAll('\\', '/') || '.');
  const found: { label: string; description: string; plan: ProductionBuild }[] = [];
  for (const below of folders.sort((a, b) => a.length - b.length)) {
    const plan = await productionBuild(root, below);
    if (plan) found.push({ label: below === '.' ? folder.name : below, description: plan.framework, plan });
  }
  if (found.length > 1) {
    const title = 'Build, Serve and Audit: Which Project?';
    const chosen = await vscode.window.showQuickPick(found, { title, ignoreFocusOut: true });
    if (!chosen) throw cancelled();
    return chosen.plan;
  }
  const [only] = found;
  if (only) return only.plan;
  throw usageError(
    'build-unknown',
    'No package.json here has a build script of a framework that UX Audit knows.',
    'Build and serve the site yourself, then audit its address.',
  );
}

/** Lets the person read and change what will run. */
async function confirmed({ framework, build, serve }: ProductionBuild): Promise<ProductionBuild | undefined> {
  const ask = (title: string, prompt: string, value: string) =>
    vscode.window.showInputBox({
      title,
      prompt,
      value,
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() ? undefined : 'It must not be empty.'),
    });
  if ('command' in serve) {
    const command = await ask(`Build and Serve (${framework})`, 'Runs in the workspace folder.', String(serve.command));
    const url =
      command && (await ask('Address of the Served Site', 'It answers once the site is ready.', String(serve.url)));
    return url ? { framework, serve: { command, url } satisfies Serve } : undefined;
  }
  const command = await ask(`Build (${framework})`, 'Runs in the workspace folder.', build ?? '');
  const folder = command && (await ask('Folder of the Build', 'Its files are served.', String(serve.folder)));
  return folder ? { framework, build: command, serve: { folder } } : undefined;
}

/** Runs the build where the person can see it. @throws HumanError `build-failed` */
async function runBuild({ folder }: RecordModel, command: string): Promise<void> {
  const execution = new vscode.ShellExecution(command, { cwd: folder.uri.fsPath });
  const task = new vscode.Task({ type: 'ux-audit' }, folder, 'Build', 'UX Audit', execution);
  let started: vscode.TaskExecution | undefined;
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution: one, exitCode }) => {
      if (one !== started) return;
      listener.dispose();
      resolve(exitCode);
    });
  });
  started = await vscode.tasks.executeTask(task);
  const code = await ended;
  if (code !== 0) {
    const next = 'Its terminal says why. Audit again once it builds.';
    throw usageError('build-failed', `The build ended with code ${code ?? 'unknown'}.`, next);
  }
}
