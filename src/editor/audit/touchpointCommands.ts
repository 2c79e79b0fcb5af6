import * as vscode from 'vscode';
import { slugPattern } from '../../core/record/schemaParts';
import { stages } from '../../core/record/stages';
import { handleError } from '../../core/record/triage';
import { type Belonging, setTargets, addTouchpoint as write } from '../../workflow/targets';
import { askTitledName } from '../shared/askName';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel } from '../shared/recordModels';
import type { TargetItem } from './auditCommands';

/** Where people usually meet a product off the web. */
const usual = ['phone', 'shop', 'letter', 'e-mail', 'app', 'chat'];

/** Adds a place off the web, after asking for its name, channel, stage and owner. */
export async function addTouchpoint(model: RecordModel): Promise<void> {
  const { targets } = model.parsed.record;
  const given = await askTitledName({
    title: 'New Touchpoint: Name (1/4)',
    prompt: 'A short name of a place off the web where customers meet the product, such as hotline.',
    taken: (one) => (Object.hasOwn(targets, one) ? 'There is a target of this name already.' : undefined),
  });
  if (!given) return;
  const channel = await askChannel(model, 'New Touchpoint: Channel (2/4)');
  if (!channel) return;
  const belonging = await askBelonging({ title: 'New Touchpoint', steps: [3, 4, 4] });
  if (!belonging) return;
  await ensureSaved(model);
  const { name, title } = given;
  const { stage, owner } = belonging;
  await write(model.workspace, name, { channel, stage: stage || undefined, owner: owner || undefined });
  if (title !== undefined) await setTargets(model.workspace, [name], { title });
  await model.load();
}

/** Says where a page, journey or touchpoint belongs, and who takes care of it. */
export async function setStageAndOwner({ model, target }: TargetItem): Promise<void> {
  const { stage, owner } = model.parsed.record.targets[target] ?? {};
  const belonging = await askBelonging({ title: target, steps: [1, 2, 2] }, { stage, owner });
  if (!belonging) return;
  await ensureSaved(model);
  await setTargets(model.workspace, [target], belonging);
  await model.load();
}

/** The usual channels, those of the record, or another. */
async function askChannel(model: RecordModel, title: string): Promise<string | undefined> {
  const own = Object.values(model.parsed.record.targets).flatMap(({ channel }) => channel ?? []);
  const known = [...new Set([...own, ...usual])].filter((channel) => slugPattern.test(channel));
  const other = { label: '$(edit) Another…', description: 'in your own word', alwaysShow: true };
  const chosen = await vscode.window.showQuickPick([...known.map((label) => ({ label })), other], {
    title,
    placeHolder: 'Where do customers meet it?',
    ignoreFocusOut: true,
  });
  if (chosen !== other) return chosen?.label;
  return vscode.window.showInputBox({
    title,
    prompt: 'One word, such as kiosk.',
    ignoreFocusOut: true,
    validateInput: (text) => (slugPattern.test(text) ? undefined : 'Use lower-case letters, digits and hyphens.'),
  });
}

/**
 * Asks for a stage and an owner.
 * @param steps the numbers of the two steps, and of how many
 * @returns '' where there is none; undefined when the person gives up
 */
async function askBelonging(
  { title, steps: [first, second, all] }: { title: string; steps: readonly [number, number, number] },
  now: { stage?: string | undefined; owner?: string | undefined } = {},
): Promise<{ stage: Belonging['stage'] | ''; owner: string } | undefined> {
  const items = [
    ...stages.map((stage) => ({ label: stage as string, description: stage === now.stage ? 'now' : '', stage })),
    { label: 'None', description: now.stage === undefined ? 'now' : '', stage: '' as const },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: `${title}: Stage (${first}/${all})`,
    placeHolder: 'The stage of the customer’s path that it belongs to',
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  const owner = await vscode.window.showInputBox({
    title: `${title}: Owner (${second}/${all})`,
    prompt: 'Handle or role of who takes care of it; empty for nobody. It is committed.',
    value: now.owner ?? '',
    placeHolder: 'support',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? undefined : handleError(text)),
  });
  return owner === undefined ? undefined : { stage: chosen.stage, owner };
}
