import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { type HumanError, toHumanError } from '../../core/errors';

/** Buttons that lead on from a fault, by its code. */
const remedies: Record<string, { label: string; command: string; arguments?: unknown[] }[]> = {
  'browser-missing': [
    { label: 'Download Chrome for Testing…', command: commands.downloadBrowser },
    { label: 'Choose Browser…', command: commands.chooseBrowser },
  ],
  'browser-setting-wrong': [{ label: 'Choose Browser…', command: commands.chooseBrowser }],
  'browser-failed': [{ label: 'Run Doctor', command: commands.doctor }],
  'sandbox-refused': [{ label: 'Run Doctor', command: commands.doctor }],
  'needs-login': [{ label: 'Set Credentials…', command: commands.setCredentials }],
  'record-conflict': [{ label: 'Merge Findings', command: commands.mergeFindings }],
  certificate: [
    { label: 'Open Setting', command: 'workbench.action.openSettings', arguments: ['uxAudit.ignoreCertificateErrors'] },
  ],
};

/** Tells a person once what went wrong and what to do, with a button where one helps. Cancelling needs no message. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const fault: HumanError = toHumanError(error);
  if (fault.kind === 'cancelled') return;
  log.error(`${fault.code}: ${fault.message}`, fault.cause ?? '');
  const actions = [
    ...(remedies[fault.code] ?? []),
    ...(fault.kind === 'record' ? [{ label: 'Open Record', command: commands.openRecord }] : []),
  ];
  const showLog = { label: 'Show Log', command: commands.showLog };
  const offered = fault.kind === 'internal' || actions.length === 0 ? [...actions, showLog] : actions;
  const chosen = await vscode.window.showErrorMessage(
    `${fault.message} ${fault.next}`,
    ...offered.map(({ label }) => label),
  );
  const action = offered.find(({ label }) => label === chosen) as
    | { command: string; arguments?: unknown[] }
    | undefined;
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}
