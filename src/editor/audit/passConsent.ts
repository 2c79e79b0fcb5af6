import * as vscode from 'vscode';
import { showConsent } from '../../workflow/consent';
import { planTarget } from '../../workflow/planPages';
import { setConsent } from '../../workflow/targets';
import { ensureSaved } from '../shared/ensureSaved';
import { plain } from '../shared/plain';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { requireTrust } from '../shared/trust';
import type { TargetItem } from './auditCommands';
import type { Credentials } from './credentials';
import { newEngine } from './newEngine';

/** Asks what to do where a page asks for consent, and keeps the answer in the record. */
export async function passConsent(parts: Shared & { credentials: Credentials }, item: TargetItem): Promise<void> {
  requireTrust(); // a record may name the command that serves a page
  const { model, target } = item;
  const known = model.parsed.record.targets[target]?.consent;
  const ways = [
    { label: 'Show What to Click…', description: 'a browser opens; audits then click it first', way: 'show' as const },
    { label: 'Audit It With What Asks', description: 'as people meet it first', way: 'keep' as const },
    ...(known ? [{ label: 'Forget', description: 'what was said before', way: 'forget' as const }] : []),
  ];
  const chosen = await vscode.window.showQuickPick(ways, { title: `${target} Asks for Consent` });
  if (!chosen) return;
  const shown = chosen.way === 'show' ? await showIn(parts, item) : undefined;
  await ensureSaved(model);
  await setConsent(
    model.workspace,
    target,
    shown ? { click: shown.click } : chosen.way === 'keep' ? { keep: true } : undefined,
  );
  await model.load();
  if (shown)
    void vscode.window.showInformationMessage(
      plain(`Before ${target} is audited, this is clicked: ${shown.labels.join(', then ')}.`),
    );
}

async function showIn(parts: Shared & { credentials: Credentials }, { model, target, environment }: TargetItem) {
  const page = planTarget(model.parsed.record.targets, target, environment);
  const engine = await newEngine(parts, model.folder.uri);
  try {
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Answer ${target} in the browser. Then close it, or cancel here; what was clicked is kept`,
        cancellable: true,
      },
      (_, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return showConsent({
          workspace: model.workspace,
          engine,
          page,
          credentials: (__, origin) => parts.credentials.of(origin),
          ignoreCertificateErrors: setting('ignoreCertificateErrors', model.folder.uri),
          stop: stop.signal,
        });
      },
    );
  } finally {
    await engine.dispose();
  }
}
