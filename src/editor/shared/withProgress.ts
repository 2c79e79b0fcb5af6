import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Work that takes longer than this shows its progress. Milliseconds. */
const PATIENCE = 700;

/** Work that may take longer than a second, with a way to stop it then. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const isDone = await Promise.race([working.then(() => true), delay(PATIENCE, false)]);
  if (isDone) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `UX Audit: ${title}`, cancellable: true },
    (_, token) => {
      token.onCancellationRequested(() => controller.abort());
      return working;
    },
  );
}
