import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { downloadBrowser, downloadedBrowser } from '../../engine/browsers/browserCache';
import { installedBrowsers } from '../../engine/browsers/findBrowser';
import { setting } from '../shared/settings';

const marks = { ok: '$(pass)', warning: '$(info)', failed: '$(error)' } as const;

/** Checks what audits need, shows the result, and offers ways to fix it. */
export async function doctor(log: vscode.LogOutputChannel): Promise<void> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'UX Audit: starting the browser once…' },
    async () =>
      (await import('../../engine/browsers/doctor')).examine({
        setting: setting('browserPath') || undefined,
        downloaded: await downloadedBrowser(),
      }),
  );
  for (const { id, status, message, remedy } of report.diagnoses)
    log.info(`doctor ${id}: ${status}: ${message} ${remedy ?? ''}`);
  const items = report.diagnoses.map(({ status, message, remedy }) => ({
    label: `${marks[status]} ${message}`,
    ...(remedy && { detail: remedy }),
  }));
  const actions = [
    { label: '$(folder-opened) Choose Browser…', command: commands.chooseBrowser },
    { label: '$(cloud-download) Download Chrome for Testing…', command: commands.downloadBrowser },
  ];
  const chosen = await vscode.window.showQuickPick(
    [
      ...items,
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      ...(report.healthy ? actions.slice(0, 1) : actions),
    ],
    {
      title: report.healthy ? 'Doctor: audits can run here' : 'Doctor: audits cannot run here yet',
      placeHolder: 'What was checked, and what to do',
    },
  );
  if (chosen && 'command' in chosen) await vscode.commands.executeCommand(chosen.command as string);
}

/** Lets a person choose the browser to audit with. */
export async function chooseBrowser(): Promise<void> {
  const current = setting('browserPath');
  const found = await installedBrowsers();
  const browse = { label: '$(folder-opened) Another program…', path: undefined as string | undefined };
  const automatic = { label: '$(sparkle) Automatic', description: 'CHROME_PATH, then an installed browser', path: '' };
  const chosen = await vscode.window.showQuickPick(
    [
      automatic,
      ...found.map(({ name, path }) => ({
        label: `$(browser) ${name}`,
        description: path,
        path: path as string | undefined,
      })),
      browse,
    ],
    { title: 'Browser to audit with', placeHolder: current ? `Now: ${current}` : 'Now: automatic' },
  );
  if (!chosen) return;
  let { path } = chosen;
  if (chosen === browse) {
    const [picked] =
      (await vscode.window.showOpenDialog({
        title: 'Chrome, Chromium, Edge or Brave',
        openLabel: 'Use This Browser',
      })) ?? [];
    if (!picked) return;
    path = picked.fsPath;
  }
  await vscode.workspace
    .getConfiguration('uxAudit')
    .update('browserPath', path || undefined, vscode.ConfigurationTarget.Global);
}

/** Downloads Chrome for Testing after the person agreed. */
export async function downloadForAudits(): Promise<void> {
  const agree = 'Download';
  const answer = await vscode.window.showInformationMessage(
    'Download Chrome for Testing?',
    {
      modal: true,
      detail:
        'About 150 MB from Google’s servers (storage.googleapis.com), kept for UX Audit alone. Nothing else is sent.',
    },
    agree,
  );
  if (answer !== agree) return;
  const program = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Downloading Chrome for Testing', cancellable: true },
    (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      let last = 0;
      return downloadBrowser({
        signal: controller.signal,
        onProgress: (bytes, total) => {
          const percent = (bytes / total) * 100;
          progress.report({
            message: `${Math.round(bytes / 1e6)} of ${Math.round(total / 1e6)} MB`,
            increment: percent - last,
          });
          last = percent;
        },
      });
    },
  );
  void vscode.window.showInformationMessage(`Chrome for Testing is ready: ${program}`);
}
