import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Work that takes longer than this shows its progress. Milliseconds. */
const SHOWN_AFTER = 700;

/**
 * Runs work; once it takes longer than {@link SHOWN_AFTER}, shows its progress with a button that cancels it.
 * @param work gets what to call when it comes to another part of the work
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, onPart: (text: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let part = '';
  let show = () => {};
  const working = work(controller.signal, (text) => {
    part = text;
    show();
  });
  const isDone = await Promise.race([working.then(() => true), delay(SHOWN_AFTER, false)]);
  if (isDone) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `UX Audit: ${title}`, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      show = () => progress.report({ message: part });
      show();
      return working;
    },
  );
}
