import * as vscode from 'vscode';
import { confirmPage as confirm, learntPage } from '../../workflow/targets';
import { ensureSaved } from '../shared/ensureSaved';
import { plain } from '../shared/plain';
import type { TargetItem } from './auditCommands';

/** Shows what the newest audit saw of a page, and asks whether it is the right one. */
export async function confirmPage({ model, target }: TargetItem): Promise<void> {
  const learnt = await learntPage(model.workspace, target);
  const known = model.parsed.record.targets[target]?.is;
  const seen = learnt.heading === undefined ? 'It has no main heading' : `Its main heading is “${learnt.heading}”`;
  const [yes, forget] = ['Confirm', 'Forget What Was Confirmed'];
  const detail =
    `${seen}, its address ${learnt.url}. Once confirmed, an audit that lands on another address is an error and not ` +
    'recorded; another heading is noted.';
  const chosen = await vscode.window.showInformationMessage(
    plain(`Is this the right page for ${target}?`),
    { modal: true, detail: plain(detail) },
    yes,
    ...(known ? [forget] : []),
  );
  if (chosen === undefined) return;
  await ensureSaved(model);
  // what a person said of elements on the page stays
  await confirm(model.workspace, target, chosen === yes ? { ...known, ...learnt } : undefined);
  await model.load();
}
