import * as vscode from 'vscode';
import { checkNewName } from '../../core/record/renameTarget';
import { targetUrl } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { parseUrl } from '../../workflow/planPages';
import { attachedTo, removed, renameEverywhere, setTargets } from '../../workflow/targets';
import { ensureSaved } from '../shared/ensureSaved';
import { changeWithUndo } from '../shared/undo';
import type { TargetItem } from './auditCommands';

/** Gives a page or journey another name; findings, runs and evaluations follow. */
export async function renameTarget({ model, target }: TargetItem): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: `Rename ${target}`,
    prompt: 'Its findings, evaluations, figures and runs follow.',
    value: target,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text === target) return undefined;
      try {
        checkNewName(model.parsed.record, target, text);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  });
  if (name === undefined || name === target) return;
  await ensureSaved(model);
  await renameEverywhere(model.workspace, target, name);
  await model.load();
}

/** Sets what people read instead of the name of a page or journey. */
export async function setTargetTitle({ model, target }: TargetItem): Promise<void> {
  const title = await vscode.window.showInputBox({
    title: `Title of ${target}`,
    prompt: 'What people read instead of its name; empty for its name.',
    value: model.parsed.record.targets[target]?.title ?? '',
    ignoreFocusOut: true,
  });
  if (title === undefined) return;
  await ensureSaved(model);
  await setTargets(model.workspace, [target], { title });
  await model.load();
}

/** Sets where a page is found in one of its environments, or in a new one. */
export async function editAddress({ model, target, environment }: TargetItem): Promise<void> {
  const known = model.parsed.record.targets[target];
  const before = known && environment !== undefined ? (targetUrl(known, environment) ?? '') : '';
  const url = await vscode.window.showInputBox({
    title: `Address of ${target}${environment === undefined ? '' : `, ${environment}`}`,
    prompt: 'Its path is that of the page in every environment; its origin is the environment’s.',
    value: before,
    placeHolder: 'https://shop.example/checkout',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseUrl(text);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  });
  if (url === undefined || url === before) return;
  await ensureSaved(model);
  await setTargets(model.workspace, [target], { address: { url, environment } });
  await model.load();
}

/** Removes a page or journey with its findings and evaluations, after a look at how many; can be taken back. */
export async function removeTarget({ model, target }: TargetItem): Promise<void> {
  const { findings, evaluations } = attachedTo(model.parsed.record, target);
  if (findings + evaluations > 0) {
    const remove = 'Remove';
    const attached = `${counted(findings, 'finding')} and ${counted(evaluations, 'evaluation')}`;
    const detail = `${attached} go with it. The runs of this machine stay.`;
    const chosen = await vscode.window.showWarningMessage(`Remove ${target}?`, { modal: true, detail }, remove);
    if (chosen !== remove) return;
  }
  await changeWithUndo(model, { sentence: `${target} was removed.` }, (record) => removed(record, target));
}
