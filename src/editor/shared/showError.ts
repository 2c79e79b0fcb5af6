import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { type HumanError, toHumanError } from '../../core/errors';
import { nextInEditor } from './editorNext';
import { plain } from './plain';

/** Buttons that help with an error, by its code. */
const remedies: Record<string, { label: string; command: string; arguments?: unknown[] }[]> = {
  'browser-missing': [
    { label: 'Download Chrome for Testing…', command: commands.downloadBrowser },
    { label: 'Choose Browser…', command: commands.chooseBrowser },
  ],
  'browser-setting-wrong': [{ label: 'Choose Browser…', command: commands.chooseBrowser }],
  'browser-failed': [{ label: 'Run Doctor', command: commands.doctor }],
  'sandbox-refused': [{ label: 'Run Doctor', command: commands.doctor }],
  'needs-login': [{ label: 'Set Credentials…', command: commands.setCredentials }],
  'consent-wall': [{ label: 'Pass Consent…', command: commands.passConsent }],
  'signed-out': [{ label: 'Sign In…', command: commands.signIn }],
  'not-signed-in': [{ label: 'Sign In…', command: commands.signIn }],
  'login-elsewhere': [{ label: 'Sign In…', command: commands.signIn }],
  'record-conflict': [{ label: 'Merge Findings', command: commands.mergeFindings }],
  certificate: [
    { label: 'Open Setting', command: 'workbench.action.openSettings', arguments: ['uxAudit.ignoreCertificateErrors'] },
  ],
};

/** Shows what went wrong and what to do next, with buttons that help. Shows nothing after a cancel. */
export async function showError(thrown: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const error: HumanError = toHumanError(thrown);
  if (error.kind === 'cancelled') return;
  log.error(`${error.code}: ${error.message}`, error.cause ?? '');
  const actions = [
    ...(remedies[error.code] ?? []),
    ...(error.kind === 'record' ? [{ label: 'Open Record', command: commands.openRecord }] : []),
  ];
  const showLog = { label: 'Show Log', command: commands.showLog };
  const offered = error.kind === 'internal' || actions.length === 0 ? [...actions, showLog] : actions;
  const chosen = await vscode.window.showErrorMessage(
    plain(`${error.message} ${nextInEditor(error)}`.trim()),
    ...offered.map(({ label }) => label),
  );
  const action = offered.find(({ label }) => label === chosen) as
    | { command: string; arguments?: unknown[] }
    | undefined;
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}
