import path from 'node:path';
import * as vscode from 'vscode';
import { pageGroups } from '../../core/discovery/pageGroups';
import { usageError } from '../../core/errors';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { planTarget } from '../../workflow/planPages';
import { chooseModel } from '../shared/chooseModel';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { auditTargets, type TargetItem } from './auditCommands';
import type { AuditController } from './auditController';
import type { GroupNode } from './targetItems';

/** Audits pages of a record one after the other. @param wanted names of targets; those that are no page are left out */
async function auditNamed(audits: AuditController, model: RecordModel, wanted: readonly string[]): Promise<void> {
  const { targets } = model.parsed.record;
  const pages = wanted.flatMap((target) => {
    try {
      return [planTarget(targets, target)];
    } catch {
      return []; // a journey, or a page without an address
    }
  });
  if (pages.length === 0) {
    throw usageError('no-page', 'There is no page to audit here.', 'Add one first: UX Audit: Add Page.');
  }
  await audits.audit(model, pages);
}

export async function auditAll(models: RecordModels, audits: AuditController): Promise<void> {
  const model = await chooseModel(models);
  if (model) await auditNamed(audits, model, Object.keys(model.parsed.record.targets).sort());
}

/** Audits the pages, of a group or all, whose sources changed since they were audited last. */
export async function auditChanged(models: RecordModels, audits: AuditController, group?: GroupNode): Promise<void> {
  const model = group?.model ?? (await chooseModel(models));
  if (!model) return;
  const { changedPages } = await import('../../workflow/changedPages');
  const all = await changedPages(model.folder.uri.fsPath, model.parsed.record, model.latest);
  const changed = all.filter((name) => group?.targets.includes(name) ?? true);
  if (changed.length > 0) return auditNamed(audits, model, changed.sort());
  void vscode.window.showInformationMessage('No page’s files changed since its last audit.');
}

/** Audits the pages of a group that the person chooses. */
export async function auditGroup(models: RecordModels, audits: AuditController): Promise<void> {
  const model = await chooseModel(models);
  if (!model) return;
  const groups = Map.groupBy(pageGroups(model.parsed.record), ([, group]) => group);
  const items = [...groups].map(([label, pages]) => ({
    label: inertLine(label),
    description: counted(pages.length, 'page'),
    names: pages.map(([name]) => name),
  }));
  if (items.length === 0) {
    const next = 'Pages with addresses such as /product/1 and /product/2 make one, and so does "group" of a page.';
    throw usageError('no-group', 'No pages of the record have a template in common.', next);
  }
  const options = { title: 'Audit a Group of Pages', placeHolder: 'Pages of one template', ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen) await auditNamed(audits, model, chosen.names.sort());
}

/** Audits the pages whose files lie in a folder. */
export async function auditFolder(
  models: RecordModels,
  audits: AuditController,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const model = uri ? models.of(uri) : await chooseModel(models);
  if (!model) return;
  const root = model.folder.uri.fsPath;
  const folder = uri?.fsPath ?? root;
  const inside = Object.entries(model.parsed.record.targets).filter(([, { serve, path: address }]) => {
    if (address === undefined || !serve || !('folder' in serve)) return false;
    const file = path.join(path.resolve(root, String(serve.folder)), address);
    return !path.relative(folder, file).startsWith('..');
  });
  if (inside.length > 0) return auditNamed(audits, model, inside.map(([name]) => name).sort());
  const name = path.relative(root, folder) || model.folder.name;
  throw usageError(
    'no-page-in-folder',
    `No page of the record is served from ${name}.`,
    'Open one of its HTML files and choose Audit This Page.',
  );
}

/** Asks for form factor and number of runs, and remembers both for later audits. */
export async function auditAs(audits: AuditController, items: readonly TargetItem[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const now = audits.choiceOf(first.model.folder.uri);
  const formFactors = [
    { label: 'Mobile', description: 'a slow phone', value: 'mobile' as const },
    { label: 'Desktop', value: 'desktop' as const },
    { label: 'Both', description: 'one after the other', value: 'both' as const },
  ].map((item) => ({ ...item, picked: item.value === now.formFactor }));
  const formFactor = await vscode.window.showQuickPick(formFactors, { title: 'Audit As (1/2)', ignoreFocusOut: true });
  const runs = formFactor && (await askRuns(now.runs));
  if (!formFactor || runs === undefined) return;
  await audits.choose({ formFactor: formFactor.value, runs });
  await auditTargets(audits, items);
}

async function askRuns(now: number): Promise<number | undefined> {
  const runs = [
    { label: '1 run', description: 'quick; decides nothing that depends on time', value: 1 },
    { label: '3 runs', description: 'medians with their range', value: 3 },
    { label: '5 runs', description: 'for a decision', value: 5 },
  ].map((item) => ({ ...item, detail: item.value === now ? 'as last time' : '' }));
  return (await vscode.window.showQuickPick(runs, { title: 'Audit As (2/2): How Many Runs?', ignoreFocusOut: true }))
    ?.value;
}
