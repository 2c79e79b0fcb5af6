import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Work that takes longer than this shows its progress. Milliseconds. */
const SHOWN_AFTER = 700;

/** Runs work; once it takes longer than {@link SHOWN_AFTER}, shows its progress with a button that cancels it. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const isDone = await Promise.race([working.then(() => true), delay(SHOWN_AFTER, false)]);
  if (isDone) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `UX Audit: ${title}`, cancellable: true },
    (_, token) => {
      token.onCancellationRequested(() => controller.abort());
      return working;
    },
  );
}
